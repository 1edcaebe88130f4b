"""What is around one thing: asked of the engine step by step, and no farther than can be drawn."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from innograph.graph.text import Text
from innograph.queries.lookup import FINDABLE, resolve

from .reading import graph_of, how_tied, ties_of
from .scene import Scene

if TYPE_CHECKING:
    from innograph.graph.stores import Store
    from innograph.workspace import Workspace

    from .wanted import Wanted

_NEXT_TO = Text("{name}：周围1步", "{name}: within one step")
_AROUND = Text("{name}：周围{depth}步", "{name}: within {depth} steps")
_STOPPED = Text("第{step}步已画满，未再往外画", "Step {step} already fills the picture: nothing farther out is drawn")
_THROUGH = frozenset({"Region", "Industry", "Tier"})
"""What tells of a thing where and of which sort it is: all that share it are not near each other for that."""


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
    store = workspace.store()
    thing = resolve(store, wanted.thing, FINDABLE)
    kept, there, stopped, left = _reached(store, thing.id, wanted)
    title = (_NEXT_TO if wanted.depth == 1 else _AROUND).format(name=thing.name, depth=wanted.depth)
    notes = [wanted.left_out(len(kept), there, left)]
    if stopped:
        notes.append(_STOPPED.format(step=stopped))
    separator = Text("。", ". ").show()
    return Scene(title, graph_of(store, kept), separator.join(note for note in notes if note), thing.id)


def _reached(store: Store, centre: str, wanted: Wanted) -> tuple[list[str], int, int, str]:
    """Return the nodes to draw, how many there are, the step that filled the picture, and the type most left out."""
    kept, ring = [centre], [centre]
    for step in range(1, wanted.depth + 1):
        near, labels = Counter[str](), dict[str, str]()
        known = set(kept)
        for tie in ties_of(store, ring):
            if tie.other not in known and wanted.allows(tie.label):
                near[tie.other] += 1
                labels[tie.other] = tie.label
        room = wanted.limit - len(kept)
        if len(near) > room:
            tied = how_tied(store, near)
            best = sorted(near, key=lambda own: (-near[own], -tied.get(own, 0), own))
            common = Counter(labels[own] for own in best[room:]).most_common(1)[0][0]
            return [*kept, *best[:room]], len(kept) + len(near), step if step < wanted.depth else 0, common
        kept += sorted(near)
        ring = [own for own in near if labels[own] not in _THROUGH]
    return kept, len(kept), 0, ""
