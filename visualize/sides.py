"""The two sides of a candidate beside each other, as far as it helps a person to say whether they are one thing."""

from __future__ import annotations

import io
import re
import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, cast

from innograph.graph.text import Text

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from innograph.graph.ledger import EvidenceRecord
    from innograph.graph.ontology import Property
    from innograph.graph.recognition.candidates import Candidate
    from innograph.workspace import Workspace

_LINES, _LONGEST_LINE = 3, 200
_JURISDICTION = "jurisdiction"
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
    """Describes the nodes of a workspace as its engine has them now; the graph is not assembled for it.

    Args:
        workspace: its engine is brought up to date once.
    """

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace
        self._store = workspace.store()
        self._known: dict[str, _Known | None] = {}

    def __getitem__(self, node_id: str) -> Side:
        known = self._node(node_id)
        evidence = self._workspace.evidence(node_id)
        lines = list(dict.fromkeys(_line(record) for record in evidence))
        return Side(
            id=node_id,
            name=self.name(node_id),
            type=self._workspace.ontology.nodes[known.label].label.show() if known else "",
            regions=tuple(legible(name) for name in dict.fromkeys(self._regions(node_id, known))),
            keys=tuple(self._keys(known)) if known else (),
            aliases=tuple(legible(alias) for alias in known.aliases) if known else (),
            lines=tuple(lines[:_LINES]),
            more=max(0, len(lines) - _LINES),
        )

    def name(self, node_id: str) -> str:
        """Return what a node is called, legibly: its name in the graph, else what a source says, else its id."""
        known = self._node(node_id)
        name = known.said.get("name") if known else self._workspace.judgements.name(node_id)
        return legible(str(name or node_id))

    def is_one_of(self, candidate: Candidate, label: str) -> bool:
        """Whether either side of a candidate is of type ``label`` or of one below it."""
        nodes = (self._node(end) for end in (candidate.left, candidate.right))
        return any(node is not None and label in node.labels for node in nodes)

    def _node(self, node_id: str) -> _Known | None:
        if node_id not in self._known:
            self._known[node_id] = self._asked(node_id)
        return self._known[node_id]

    def _asked(self, node_id: str) -> _Known | None:
        """Ask the engine for a node; one that has become another has no entry of its own."""
        types = self._workspace.ontology.nodes
        kind = node_id.partition(":")[0]
        if kind not in types:
            return None
        root = types[kind].root
        below = [one for one in types.values() if one.root == root]
        names = [
            "name",
            "aliases",
            *dict.fromkeys(p.name for one in below for p in one.properties.values() if _tells(p)),
        ]
        returned = ", ".join(f"n.{name} AS {name}" for name in dict.fromkeys(names))
        rows = self._store.query(
            f"MATCH (n:{root} {{id: $id}}) RETURN labels(n) AS labels, {returned}", {"id": node_id}
        ).dicts()
        if not rows:
            return None
        labels = frozenset(cast("list[str]", rows[0].pop("labels")))
        label = next((one for one in labels if one in self._workspace.ontology.concrete), kind)
        return _Known(label, labels, {name: value for name, value in rows[0].items() if value not in (None, "", [])})

    def _regions(self, node_id: str, known: _Known | None) -> Iterator[str]:
        """Yield where a node is: said by sources, by its jurisdiction or by its own id."""
        if known:
            located = (
                f"MATCH (n:{known.label} {{id: $id}})-[:LOCATED_IN]->(r:Region) RETURN r.name AS name ORDER BY r.id"
            )
            yield from (str(row[0]) for row in self._store.query(located, {"id": node_id}).rows if row[0])
        code = (known.said.get(_JURISDICTION) if known else "") or node_id.partition(":")[2].partition("/")[0]
        own = self._store.query("MATCH (r:Region {id: $id}) RETURN r.name AS name", {"id": f"Region:{code}"})
        yield from (str(row[0]) for row in own.rows if row[0])

    def _keys(self, known: _Known) -> Iterator[str]:
        for name, about in self._workspace.ontology.nodes[known.label].properties.items():
            if about.identifier and known.said.get(name):
                yield f"{about.label.show()} {legible(str(known.said[name]))}"


@dataclass(frozen=True, slots=True)
class _Known:
    """What the engine says of a node: its type, that with all above it, and what tells it from others."""

    label: str
    labels: frozenset[str]
    said: Mapping[str, Any]

    @property
    def aliases(self) -> list[str]:
        return cast("list[str]", self.said.get("aliases", []))


def _tells(about: Property) -> bool:
    return bool(about.identifier) or about.name == _JURISDICTION


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
