"""What is around one thing: asked of the engine step by step, and no farther than can be drawn."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from innograph.graph.text import Text
from innograph.queries.lookup import FINDABLE, resolve

from .reading import graph_of, how_tied, ties_of
from .scene import Scene

if TYPE_CHECKING:
    from collections.abc import Mapping

    from innograph.graph.stores import Store
    from innograph.workspace import Workspace

    from .wanted import Wanted

_NEXT_TO = Text("{name}：周围1步", "{name}: within one step")
_AROUND = Text("{name}：周围{depth}步", "{name}: within {depth} steps")
_STOPPED = Text("第{step}步已画满，未再往外画", "Step {step} already fills the picture: nothing farther out is drawn")
THROUGH = frozenset({"Region", "Industry", "Tier"})
"""What tells of a thing where and of which sort it is: all that share it are not near each other for that."""


class Reach(NamedTuple):
    """What lies within some steps of a thing.

    ``kept`` are the nodes to draw, ``there`` is how many there are up to the step that filled the picture (``stopped``; 0 if
    none did before the last), ``left`` the type most left out, and ``types`` how many of each type were met.
    """

    kept: tuple[str, ...]
    there: int
    stopped: int
    left: str
    types: Mapping[str, int]


def neighbourhood(workspace: Workspace, wanted: Wanted) -> Scene:
    """Return what lies within some steps of a thing, whatever the direction of the edges.

    Regions, industries and tiers are drawn, but the way does not lead through them, unless they are what is asked for.

    Args:
        workspace: what is drawn from.
        wanted: the thing, how far, and what of it.

    Raises:
        NothingFound: there is no such thing.
        Ambiguous: several things have that name.
    """
    store = workspace.store(wanted.day or None)
    thing = resolve(store, wanted.thing, FINDABLE)
    found = reach(store, thing.id, wanted)
    title = (_NEXT_TO if wanted.depth == 1 else _AROUND).format(name=thing.name, depth=wanted.depth)
    notes = [wanted.left_out(len(found.kept), found.there, found.left)]
    if found.stopped:
        notes.append(_STOPPED.format(step=found.stopped))
    separator = Text("。", ". ").show()
    return Scene(title, graph_of(store, found.kept), separator.join(note for note in notes if note), thing.id)


def reach(store: Store, centre: str, wanted: Wanted) -> Reach:
    """Return which nodes are to be drawn around a thing.

    Args:
        store: the engine.
        centre: id of the thing.
        wanted: how far, which types, and how many.
    """
    kept, ring, types = [centre], [centre], Counter[str]()
    for step in range(1, wanted.depth + 1):
        near, labels = Counter[str](), dict[str, str]()
        known = set(kept)
        for tie in ties_of(store, ring):
            if tie.other not in known and wanted.allows(tie.label):
                near[tie.other] += 1
                labels[tie.other] = tie.label
        types.update(labels.values())
        room = wanted.limit - len(kept)
        if len(near) > room:
            best = most_tied(store, near)
            common = Counter(labels[own] for own in best[room:]).most_common(1)[0][0]
            stopped = step if step < wanted.depth else 0
            return Reach((*kept, *best[:room]), len(kept) + len(near), stopped, common, types)
        kept += sorted(near)
        ring = [own for own in near if labels[own] not in THROUGH]
    return Reach(tuple(kept), len(kept), 0, "", types)


def most_tied(store: Store, near: Mapping[str, int]) -> list[str]:
    """Return nodes in the order in which they are worth drawing: those with most edges to what is drawn, then in all.

    Args:
        store: the engine.
        near: how many edges to what is drawn each has.
    """
    tied = how_tied(store, near)
    return sorted(near, key=lambda own: (-near[own], -tied.get(own, 0), own))
