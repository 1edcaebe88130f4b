"""What a picture is to show, as people ask for it, and how they are told what else there is."""

from __future__ import annotations

import shlex
from dataclasses import dataclass

from innograph.graph.errors import UsageError
from innograph.graph.ontology import load_ontology
from innograph.graph.text import Text

from ..tables import number

MOST_NODES = 300
"""More than this nobody can read."""
MOST_EVER = 1000
_MOST_OF = {"cooperation": 150}
"""A network without a centre is dense: so many have their labels."""
KINDS = ("neighbourhood", "cooperation", "responsibility", "regions", "matrix")
_LEFT_OUT = Text(
    "图中有{shown}个节点，另有{left}个未画出。要看更多：{more}；只看某一类：{type}",
    "{shown} nodes are drawn; {left} more are left out. To see more: {more}; to see one type: {type}",
)
_ONLY_LEFT_OUT = Text("图中有{shown}个节点，另有{left}个未画出", "{shown} nodes are drawn; {left} more are left out")
_NO_TYPE = Text("没有这种类型。可用：{known}", "there is no such type. Known: {known}")


class NotDrawn(UsageError):
    """What is asked for cannot be drawn, or not in this form."""

    code = "not-drawn"
    text = Text("不能这样画（{asked}）：{problem}", "This cannot be drawn ({asked}): {problem}")


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is to be drawn.

    Args:
        kind: one of :data:`KINDS`; by default the responsibilities, or what is around ``thing`` if one is named.
        thing: its name or id; a neighbourhood must have one.
        depth: how many steps a neighbourhood goes.
        types: node types; all if there are none.
        most: how many nodes to draw at most; 0 for as many as people can read.
        level: of the regions between which flows are drawn; by default the one that tells most.
        day: the day whose graph is drawn, as ``2024-12-31``; by default today's.
        commands: whether notes name the commands that draw more; a page has links for that.

    Examples:
        >>> Wanted(thing="科技局").kind_or_default
        'neighbourhood'
    """

    kind: str = ""
    thing: str = ""
    depth: int = 1
    types: tuple[str, ...] = ()
    most: int = 0
    level: str = ""
    day: str = ""
    commands: bool = True

    @property
    def kind_or_default(self) -> str:
        """The kind asked for, or the one that fits what else is asked for."""
        return self.kind or ("neighbourhood" if self.thing else "responsibility")

    @property
    def limit(self) -> int:
        """How many nodes to draw at most."""
        return self.most or _MOST_OF.get(self.kind_or_default, MOST_NODES)

    def allows(self, label: str) -> bool:
        """Whether nodes of this type are to be drawn.

        Args:
            label: a node type.
        """
        return not self.types or not {label, load_ontology().nodes[label].root}.isdisjoint(self.types)

    def command(self, *extra: str) -> str:
        """Return the command that draws this, with more arguments behind it.

        Args:
            *extra: the arguments.

        Examples:
            >>> Wanted("cooperation", "某学院").command("--most", "500")
            'innograph draw 某学院 --kind cooperation --most 500'
        """
        words = ["innograph", "draw", *([self.thing] if self.thing else [])]
        words += ["--kind", self.kind] if self.kind else []
        words += ["--depth", str(self.depth)] if self.depth > 1 else []
        words += [word for name in self.types for word in ("--type", name)] if "--type" not in extra else []
        words += ["--level", self.level] if self.level else []
        words += ["--as-of", self.day] if self.day else []
        return " ".join(_quoted(word) for word in [*words, *extra])

    def left_out(self, shown: int, there: int, example: str) -> str:
        """Return in words how many of the nodes that are ``there`` are not shown and how to see them, if any.

        Args:
            shown: how many are drawn.
            there: how many there are.
            example: a node type to narrow the picture to.
        """
        if shown >= there:
            return ""
        if not self.commands:
            return _ONLY_LEFT_OUT.format(shown=number(shown), left=number(there - shown))
        return _LEFT_OUT.format(
            shown=number(shown),
            left=number(there - shown),
            more=self.command("--most", str(min(there, MOST_EVER))),
            type=self.command("--type", example),
        )


def _quoted(word: str) -> str:
    """Return a word for a shell; quotes only where it needs them, which is not of Chinese characters."""
    return word if all(c.isalnum() or c in "-_.=:/" for c in word) else shlex.quote(word)


def node_type(written: str) -> str:
    """Return the node type that is meant by its name in either language.

    Args:
        written: as people type it.

    Raises:
        NotDrawn: there is none; those that are there are named.

    Examples:
        >>> node_type("企业"), node_type("enterprise")
        ('Enterprise', 'Enterprise')
    """
    asked = written.strip().casefold()
    for name, node in load_ontology().nodes.items():
        if asked in {name.casefold(), node.label.zh.casefold(), node.label.en.casefold()}:
            return name
    known = "、".join(f"{name}（{node.label.zh}）" for name, node in load_ontology().nodes.items())
    raise NotDrawn(asked=f"--type {written}", problem=_NO_TYPE.format(known=known))
