"""The two sides of a candidate beside each other, as far as it helps a person to say whether they are one thing."""

from __future__ import annotations

import io
import re
import sys
from collections import defaultdict
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, cast

from innograph.graph.text import Text

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from innograph.graph.ledger import EvidenceRecord
    from innograph.graph.recognition.candidates import Candidate
    from innograph.graph.records import Node
    from innograph.workspace import Workspace

_LINES, _LONGEST_LINE = 3, 200
_WIDTH_WITHOUT_TERMINAL = 120
# Escape sequences would steer the terminal, and marks of direction would turn what stands behind them around.
_STEERING = re.compile("[\x00-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069]")
_SPACE = re.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class Side:
    """One of two things to be told apart, as far as it helps to do so.

    Args:
        id: the node's id.
        name: what it is called.
        type: its type, in words; empty if the graph no longer has it.
        regions: where it is.
        keys: what registers call it, each with the register.
        aliases: other names.
        lines: what is quoted of it, at most three, each with its source and place.
        more: how many further lines there are.
    """

    id: str
    name: str
    type: str
    regions: tuple[str, ...]
    keys: tuple[str, ...]
    aliases: tuple[str, ...]
    lines: tuple[str, ...]
    more: int


def legible(text: str) -> str:
    r"""Return ``text`` on one line, of a length that can be read, and without what would steer a terminal.

    Examples:
        >>> legible("甲公司\n \x1b[31m乙")
        '甲公司 �[31m乙'
    """
    clean = _STEERING.sub("\ufffd", _SPACE.sub(" ", text)).strip()
    return clean if len(clean) <= _LONGEST_LINE else f"{clean[:_LONGEST_LINE]}…"


class Sides:
    """Describes the nodes of a workspace as they stand now.

    Args:
        workspace: is asked for its graph once.
    """

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace
        self._graph = workspace.graph()

    def __getitem__(self, node_id: str) -> Side:
        node = self._graph.nodes.get(node_id)
        evidence = self._workspace.evidence(node_id)
        lines = list(dict.fromkeys(_line(record) for record in evidence))
        aliases = cast("list[str]", node.properties.get("aliases", [])) if node else []
        return Side(
            id=node_id,
            name=self.name(node_id),
            type=self._workspace.ontology.nodes[node.label].label.show() if node else "",
            regions=tuple(legible(name) for name in dict.fromkeys(self._regions(node_id, node))),
            keys=tuple(self._keys(node)),
            aliases=tuple(legible(alias) for alias in aliases),
            lines=tuple(lines[:_LINES]),
            more=max(0, len(lines) - _LINES),
        )

    def name(self, node_id: str) -> str:
        """Return what a node is called, legibly: its name in the graph, else what a source says, else its id."""
        node = self._graph.nodes.get(node_id)
        name = node.properties.get("name") if node else self._workspace.judgements.name(node_id)
        return legible(str(name or node_id))

    def is_one_of(self, candidate: Candidate, label: str) -> bool:
        """Whether either side of a candidate is of type ``label`` or of one below it."""
        nodes = (self._graph.nodes.get(end) for end in (candidate.left, candidate.right))
        return any(node is not None and label in node.labels for node in nodes)

    @cached_property
    def _located(self) -> Mapping[str, list[str]]:
        located: defaultdict[str, list[str]] = defaultdict(list)
        for edge in self._graph.edges.values():
            if edge.type == "LOCATED_IN":
                located[edge.source].append(edge.target)
        return located

    def _regions(self, node_id: str, node: Node | None) -> Iterator[str]:
        """Yield where a node is: said by sources, by its jurisdiction or by its own id."""
        code = node_id.partition(":")[2].partition("/")[0]
        said = node.properties if node else {}
        for region in (*self._located.get(node_id, ()), f"Region:{said.get('jurisdiction') or code}"):
            if region in self._graph.nodes:
                yield str(self._graph.nodes[region].properties.get("name") or region)

    def _keys(self, node: Node | None) -> Iterator[str]:
        if node:
            for name, about in self._workspace.ontology.nodes[node.label].properties.items():
                if about.identifier and node.properties.get(name):
                    yield f"{about.label.show()} {legible(str(node.properties[name]))}"


def candidate_text(candidate: Candidate, sides: Sides) -> str:
    """Return both sides of a candidate beside each other and, below, what speaks for and against."""
    left, right = sides[candidate.left], sides[candidate.right]
    rows: list[tuple[Text, str, str]] = [
        (Text("名称", "Name"), left.name, right.name),
        (Text("类型", "Type"), left.type, right.type),
        (Text("地区", "Region"), "、".join(left.regions), "、".join(right.regions)),
        (Text("登记编号", "Keys"), "\n".join(left.keys), "\n".join(right.keys)),
        (Text("别名", "Other names"), "、".join(left.aliases), "、".join(right.aliases)),
        (Text("原文", "Quoted"), _quoted(left), _quoted(right)),
        (Text("编号", "Id"), legible(left.id), legible(right.id)),
    ]
    below = [Text("  相似度 {score}", "  Score {score}").format(score=f"{candidate.score:.2f}")]
    below += [f"  + {legible(reason.show())}" for reason in candidate.reasons]
    below += [f"  − {legible(reason.show())}" for reason in candidate.against]
    drawn = _beside([(head.show(), one, two) for head, one, two in rows if one or two])
    return "\n".join([drawn, *below])


def _line(record: EvidenceRecord) -> str:
    return f"「{legible(record.quote)}」 {legible(record.source)} {legible(record.place.show())}".rstrip()


def _quoted(side: Side) -> str:
    more = Text("…还有{n}处", "…and {n} more").format(n=side.more) if side.more else ""
    return "\n".join([*side.lines, *([more] if more else [])])


def _beside(rows: Sequence[tuple[str, str, str]]) -> str:
    """Return rows of a head and two texts as two columns of equal width."""
    from rich import box
    from rich.console import Console
    from rich.table import Table

    out = io.StringIO()
    width = None if sys.stdout.isatty() else _WIDTH_WITHOUT_TERMINAL
    console = Console(file=out, width=width, force_terminal=False, markup=False, highlight=False, emoji=False)
    drawn = Table(box=box.SIMPLE, show_header=False, show_edge=False, pad_edge=False, expand=True)
    drawn.add_column(no_wrap=True)
    for _ in range(2):
        drawn.add_column(ratio=1, overflow="fold")
    for row in rows:
        drawn.add_row(*row)
    console.print(drawn)
    return "\n".join(line.rstrip() for line in out.getvalue().splitlines())
