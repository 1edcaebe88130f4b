"""Pictures of a workspace: what is around a thing, who cooperates, who is responsible, how regions are tied, the matrix.

:func:`picture_of` is the way in: each kind of picture is a small :class:`Scene` asked of the engine, laid out once and
kept, and written as a page, SVG or PNG. The explorer draws the same :class:`Drawing` with the same script.
"""

from .drawing import Drawing, drawn
from .flows import Flows, flows_of
from .kinds import Picture, picture_of
from .scene import Scene
from .svg import flows_svg
from .wanted import KINDS, MOST_EVER, MOST_NODES, Wanted, node_type
from .writing import picture_form

__all__ = [
    "KINDS",
    "MOST_EVER",
    "MOST_NODES",
    "Drawing",
    "Flows",
    "Picture",
    "Scene",
    "Wanted",
    "drawn",
    "flows_of",
    "flows_svg",
    "node_type",
    "picture_form",
    "picture_of",
]
