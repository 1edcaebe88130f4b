"""The kinds of pictures, and one picture of a workspace in each form that people want."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from innograph.graph.text import Text
from innograph.queries.lookup import resolve

from ..matrix import Matrix, matrix_in
from .cooperation import cooperation
from .drawing import Drawing, drawn
from .html import page
from .neighbourhood import neighbourhood
from .png import png_of
from .regions import regions
from .responsibility import responsibility
from .svg import flows_svg, matrix_svg, network_svg
from .wanted import KINDS, NotDrawn, Wanted

if TYPE_CHECKING:
    from collections.abc import Callable

    from innograph.workspace import Workspace

    from .flows import Flows
    from .scene import Scene

_MATRIX = Text("责任矩阵", "Responsibility matrix")
_NEEDS_A_THING = Text(
    "请写明是哪个对象的周围，如 innograph draw 科技局", "say around which thing, as in innograph draw 科技局"
)
_ON_DAY = Text("（截至{day}）", " (as of {day})")
_ASKED_OF = {"Plan": "plan", "Organisation": "unit", "Task": "task"}
"""By what is named, the parameter of the question ``matrix`` that takes it."""
_LONGEST_NAME = 40
PNG_WIDTH = 1600
_SCENES: dict[str, Callable[[Workspace, Wanted], Scene]] = {
    "neighbourhood": neighbourhood,
    "cooperation": cooperation,
    "responsibility": responsibility,
}


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture of a workspace, to be written in one of several forms.

    Args:
        title: what it says.
        name: for a file, without an ending.
        drawing: the network, if it shows one.
        matrix: the responsibility matrix, if it shows one.
        flows: the flows, if it shows some.
    """

    title: str
    name: str
    drawing: Drawing | None = None
    matrix: Matrix | None = None
    flows: Flows | None = None

    @property
    def note(self) -> str:
        """What was left out, and how to see it."""
        return self.drawing.note if self.drawing else self.flows.left_out if self.flows else ""

    def html(self) -> str:
        """Return one page that holds everything and opens offline."""
        return page(self.title, self.drawing, self.matrix, self.flows)

    def svg(self) -> str:
        """Return the picture as SVG; of a network with a matrix, the network."""
        if self.drawing is not None:
            return network_svg(self.drawing)
        if self.flows is not None:
            return flows_svg(self.flows)
        return matrix_svg(self.matrix or Matrix([], [], {}), self.title)

    def png(self, width: int = PNG_WIDTH) -> bytes:
        """Return the picture as PNG.

        Args:
            width: in pixels; the height follows.

        Raises:
            NoFont: this computer has no font for its letters.
            TooLarge: it would have too many pixels.
        """
        return png_of(self.svg(), width)


def picture_of(workspace: Workspace, wanted: Wanted) -> Picture:
    """Return a picture of a workspace.

    Args:
        workspace: what is drawn.
        wanted: what of it.

    Raises:
        NotDrawn: a neighbourhood of nothing.
        NothingFound: there is no such thing.
        Ambiguous: several things have that name.
    """
    found = _of_kind(workspace, wanted)
    return replace(found, title=found.title + _ON_DAY.format(day=wanted.day)) if wanted.day else found


def _of_kind(workspace: Workspace, wanted: Wanted) -> Picture:
    kind = wanted.kind_or_default
    if kind == "neighbourhood" and not wanted.thing:
        raise NotDrawn(asked="--kind neighbourhood", problem=_NEEDS_A_THING)
    named = "" if kind == "responsibility" or (wanted.thing and not wanted.kind) else kind
    name = "-".join(part for part in ("innograph", named, _for_file(wanted.thing)) if part)
    if kind == "matrix":
        return _matrix(workspace, wanted, name)
    if kind == "regions":
        flows = regions(workspace, wanted)
        return Picture(flows.title, name, flows=flows)
    scene = _SCENES[kind](workspace, wanted)
    drawing = drawn(scene, workspace.folder, workspace.store(wanted.day or None).stamp() or "")
    matrix = matrix_in(workspace, as_of=wanted.day or None) if kind == "responsibility" and not wanted.thing else None
    return Picture(scene.title, name, drawing, matrix if matrix and matrix.tasks else None)


def _matrix(workspace: Workspace, wanted: Wanted, name: str) -> Picture:
    """Return the matrix of all plans, or of the plan, the unit or the task that is named."""
    of, whose = {}, workspace.settings.title
    if wanted.thing:
        thing = resolve(workspace.store(wanted.day or None), wanted.thing, ("Plan", "Organisation", "Task"))
        root = workspace.ontology.nodes[thing.label].root
        of, whose = {_ASKED_OF[root]: thing.id}, thing.name
    title = f"{whose}　{_MATRIX.show()}" if whose else _MATRIX.show()
    return Picture(title, name, matrix=matrix_in(workspace, of, wanted.day or None))


def _for_file(name: str) -> str:
    return "".join(c if c.isalnum() else "-" for c in name)[:_LONGEST_NAME]


assert set(_SCENES) | {"regions", "matrix"} == set(KINDS)  # noqa: S101  # one builder for each kind
