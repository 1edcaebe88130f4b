"""What is drawn on a page of a PDF: the lines along its sides, and how large its pictures are.

Programs draw the rules of a table in several ways: as lines, as thin filled bars, or as the outlines of its cells.
All become the same here.
"""

from __future__ import annotations

import ctypes
import math
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any, NamedTuple

from .pdfium import raw

MOST_OBJECTS = 200_000
_MOST_SEGMENTS = 400_000
_DEEPEST_FORM = 6
_THIN = 3.0
_CROOKED = 1.0
_FARTHEST = 20_000.0

_Matrix = tuple[float, float, float, float, float, float]
_Point = tuple[float, float]
_IDENTITY: _Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)


class DrawingTooLarge(Exception):
    """A page holds absurdly many drawings."""


class Rule(NamedTuple):
    """A line, level or upright, from one point to another."""

    x0: float
    y0: float
    x1: float
    y1: float


@dataclass(slots=True)
class Drawing:
    """What is drawn on a page: its rules, the area of its largest picture, and the number of objects looked at."""

    rules: list[Rule] = field(default_factory=list[Rule])
    largest_picture: float = 0.0
    objects: int = 0
    segments: int = 0


def read_drawing(page: Any) -> Drawing:
    """Read what is drawn on a page, given pdfium's handle of it.

    Raises:
        DrawingTooLarge: there is more of it than any page holds.
    """
    drawing = Drawing()
    for index in range(_counted(raw().FPDFPage_CountObjects(page))):
        _read_object(drawing, raw().FPDFPage_GetObject(page, index), _IDENTITY, 0)
    return drawing


def _counted(count: int) -> int:
    if count > MOST_OBJECTS:
        raise DrawingTooLarge
    return count


def _read_object(drawing: Drawing, item: Any, outer: _Matrix, depth: int) -> None:
    drawing.objects += 1
    if drawing.objects > MOST_OBJECTS:
        raise DrawingTooLarge
    kind = raw().FPDFPageObj_GetType(item)
    if kind == raw().FPDF_PAGEOBJ_FORM and depth < _DEEPEST_FORM:
        matrix = _times(_matrix_of(item), outer)
        for index in range(_counted(raw().FPDFFormObj_CountObjects(item))):
            _read_object(drawing, raw().FPDFFormObj_GetObject(item, index), matrix, depth + 1)
    elif kind == raw().FPDF_PAGEOBJ_PATH:
        _read_path(drawing, item, _times(_matrix_of(item), outer))
    elif kind == raw().FPDF_PAGEOBJ_IMAGE:
        # A picture fills the unit square of its own coordinates.
        a, b, c, d, _, _ = _times(_matrix_of(item), outer)
        area = abs(a * d - b * c)
        if math.isfinite(area):
            drawing.largest_picture = max(drawing.largest_picture, area)


def _read_path(drawing: Drawing, path: Any, matrix: _Matrix) -> None:
    fill, stroke = ctypes.c_int(), ctypes.c_int()
    if not raw().FPDFPath_GetDrawMode(path, fill, stroke) or not (fill.value or stroke.value):
        return
    count = raw().FPDFPath_CountSegments(path)
    drawing.segments += max(count, 0)
    if drawing.segments > _MOST_SEGMENTS:
        raise DrawingTooLarge
    part: list[_Point] = []
    straight = True
    x, y = ctypes.c_float(), ctypes.c_float()
    for index in range(count):
        segment = raw().FPDFPath_GetPathSegment(path, index)
        kind = raw().FPDFPathSegment_GetType(segment)
        if kind == raw().FPDF_SEGMENT_MOVETO:
            _add_part(drawing, part, straight=straight, stroked=bool(stroke.value))
            part, straight = [], True
        straight = straight and kind != raw().FPDF_SEGMENT_BEZIERTO
        raw().FPDFPathSegment_GetPoint(segment, x, y)
        part.append(_apply(matrix, (x.value, y.value)))
        if raw().FPDFPathSegment_GetClose(segment):
            part.append(part[0])
    _add_part(drawing, part, straight=straight, stroked=bool(stroke.value))


def _add_part(drawing: Drawing, points: list[_Point], *, straight: bool, stroked: bool) -> None:
    """Add the rules that one stroke of the pen, or one filled bar, makes."""
    if not straight or len(points) < 2 or not all(abs(v) < _FARTHEST for point in points for v in point):
        return
    xs, ys = [x for x, _ in points], [y for _, y in points]
    x0, x1, y0, y1 = min(xs), max(xs), min(ys), max(ys)
    if x1 - x0 <= _THIN or y1 - y0 <= _THIN:
        # A bar, a line or a dot; a dot may be one of a dotted line either way, or where two bars meet.
        if y1 - y0 <= _THIN:
            drawing.rules.append(Rule(x0, (y0 + y1) / 2, x1, (y0 + y1) / 2))
        if x1 - x0 <= _THIN:
            drawing.rules.append(Rule((x0 + x1) / 2, y0, (x0 + x1) / 2, y1))
    elif stroked:
        for (ax, ay), (bx, by) in pairwise(points):
            if abs(ax - bx) <= _CROOKED or abs(ay - by) <= _CROOKED:
                drawing.rules.append(Rule(ax, ay, bx, by))


def _matrix_of(item: Any) -> _Matrix:
    matrix = raw().FS_MATRIX()
    if not raw().FPDFPageObj_GetMatrix(item, matrix):
        return _IDENTITY
    return (matrix.a, matrix.b, matrix.c, matrix.d, matrix.e, matrix.f)


def _times(inner: _Matrix, outer: _Matrix) -> _Matrix:
    a, b, c, d, e, f = inner
    g, h, i, j, k, m = outer
    return (
        a * g + b * i,
        a * h + b * j,
        c * g + d * i,
        c * h + d * j,
        e * g + f * i + k,
        e * h + f * j + m,
    )


def _apply(matrix: _Matrix, point: _Point) -> _Point:
    a, b, c, d, e, f = matrix
    x, y = point
    return (a * x + c * y + e, b * x + d * y + f)
