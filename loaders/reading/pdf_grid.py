"""The cells that the ruling lines of a page close in; where no line stands between two of them they are one cell."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from .pdf_rules import Rule

_TOGETHER = 2.5
_REACH = 3.5
_SHORTEST = 4.0
_BEYOND = 8.0
_COVERED = 0.6
_MOST_RULES = 3000
_MOST_COLUMNS = 120
_MOST_ROWS = 1000
_MOST_ODD = 0.3


@dataclass(frozen=True, slots=True)
class Box:
    """A cell: its first row and column and those after its last, from 0."""

    row: int
    column: int
    row_end: int
    column_end: int


@dataclass(frozen=True, slots=True)
class Ruled:
    """A ruled table: the edges of its columns from the left and of its rows from the top, and its cells in order."""

    xs: tuple[float, ...]
    ys: tuple[float, ...]
    boxes: tuple[Box, ...]

    @property
    def top(self) -> float:
        """The height of its upper edge."""
        return self.ys[0]

    def index_at(self, x: float, y: float) -> tuple[int, int] | None:
        """Return the row and column of a point, or None if it lies outside."""
        if not (self.xs[0] <= x < self.xs[-1] and self.ys[-1] < y <= self.ys[0]):
            return None
        row = bisect_left(self.ys, -y, key=lambda edge: -edge) - 1
        return max(row, 0), bisect_right(self.xs, x) - 1


@dataclass(frozen=True, slots=True)
class _Line:
    """A level or upright line: where it lies across, and from where to where it runs."""

    at: float
    start: float
    end: float


def find_tables(rules: Sequence[Rule]) -> list[Ruled]:
    """Return the ruled tables, from the top of the page; one of a single column may be but a frame around a text.

    Examples:
        >>> from innograph.loaders.reading.pdf_rules import Rule
        >>> level = [Rule(0, y, 100, y) for y in (100, 50)] + [Rule(50, 75, 100, 75)]
        >>> upright = [Rule(x, 50, x, 100) for x in (0, 50, 100)]
        >>> find_tables(level + upright)[0].boxes
        (Box(row=0, column=0, row_end=2, column_end=1), Box(row=0, column=1, row_end=1, column_end=2), \
Box(row=1, column=1, row_end=2, column_end=2))
    """
    level = _joined(_Line((r.y0 + r.y1) / 2, min(r.x0, r.x1), max(r.x0, r.x1)) for r in rules if _is_level(r))
    upright = _joined(_Line((r.x0 + r.x1) / 2, min(r.y0, r.y1), max(r.y0, r.y1)) for r in rules if not _is_level(r))
    if len(level) + len(upright) > _MOST_RULES:
        return []  # a drawing: no table of one page has so many
    tables = (_table(*group) for group in _groups(level, upright))
    return sorted((table for table in tables if table), key=lambda table: -table.top)


def _is_level(rule: Rule) -> bool:
    return abs(rule.x1 - rule.x0) >= abs(rule.y1 - rule.y0)


def _joined(lines: Iterable[_Line]) -> list[_Line]:
    """Lines at the same place that touch or overlap become one; what stays as short as a dot is none."""
    found: list[_Line] = []
    near: list[_Line] = []
    for line in sorted(lines, key=lambda line: line.at):
        if near and line.at - near[0].at > _TOGETHER:
            found.extend(_runs(near))
            near = []
        near.append(line)
    found.extend(_runs(near))
    return [line for line in found if line.end - line.start >= _SHORTEST]


def _runs(near: list[_Line]) -> Iterator[_Line]:
    if not near:
        return
    at = sum(line.at for line in near) / len(near)
    start = end = None
    for line in sorted(near, key=lambda line: line.start):
        if start is None or end is None:
            start, end = line.start, line.end
        elif line.start - end > _REACH:
            yield _Line(at, start, end)
            start, end = line.start, line.end
        else:
            end = max(end, line.end)
    if start is not None and end is not None:
        yield _Line(at, start, end)


def _groups(level: list[_Line], upright: list[_Line]) -> Iterator[tuple[list[_Line], list[_Line]]]:
    """Level and upright lines that cross or touch, directly or over others."""
    heights = [line.at for line in level]
    group = list(range(len(level) + len(upright)))
    for index, line in enumerate(upright, start=len(level)):
        for other in range(
            bisect_left(heights, line.start - _REACH),
            bisect_right(heights, line.end + _REACH),
        ):
            if level[other].start - _REACH <= line.at <= level[other].end + _REACH:
                _unite(group, index, other)
    members: defaultdict[int, tuple[list[_Line], list[_Line]]] = defaultdict(lambda: ([], []))
    for index, line in enumerate([*level, *upright]):
        members[_root(group, index)][index >= len(level)].append(line)
    yield from members.values()


def _table(level: list[_Line], upright: list[_Line]) -> Ruled | None:
    if len(level) < 2 or not upright:
        return None
    # Tables are drawn open at their sides, or cut off by the end of the page: lines that reach beyond end at an edge.
    xs = _edges([line.at for line in upright], min(h.start for h in level), max(h.end for h in level))
    ys = _edges([line.at for line in level], min(v.start for v in upright), max(v.end for v in upright))[::-1]
    columns, rows = len(xs) - 1, len(ys) - 1
    if not (1 <= columns <= _MOST_COLUMNS and 1 <= rows <= _MOST_ROWS):
        return None
    boxes = _boxes(rows, columns, _walls(upright, xs, ys[::-1]), _walls(level, ys[::-1], xs))
    return Ruled(tuple(xs), tuple(ys), tuple(boxes)) if boxes else None


def _edges(lines: list[float], least: float, most: float) -> list[float]:
    edges: list[float] = []
    for at in sorted(lines):
        if not edges or at - edges[-1] > _TOGETHER:
            edges.append(at)
    if edges[0] - least > _BEYOND:
        edges.insert(0, least)
    if most - edges[-1] > _BEYOND:
        edges.append(most)
    return edges


def _walls(lines: list[_Line], across: list[float], along: list[float]) -> set[tuple[int, int]]:
    """Which stretches between two edges ``along`` have a line at an edge ``across``, both counted from the least."""
    covered: defaultdict[tuple[int, int], float] = defaultdict(float)
    for line in lines:
        at = min(range(len(across)), key=lambda index: abs(across[index] - line.at))
        first = max(bisect_right(along, line.start) - 1, 0)
        for index in range(first, min(bisect_left(along, line.end), len(along) - 1)):
            covered[at, index] += min(line.end, along[index + 1]) - max(line.start, along[index])
    return {key for key, length in covered.items() if length >= _COVERED * (along[key[1] + 1] - along[key[1]])}


def _boxes(rows: int, columns: int, upright: set[tuple[int, int]], level: set[tuple[int, int]]) -> list[Box] | None:
    """The cells, or None if too many are no rectangles: then the lines are a drawing.

    Edges are counted from the left, and rows from the top, but walls from below.
    """
    group = list(range(rows * columns))
    for row in range(rows):
        for column in range(columns):
            here = row * columns + column
            if column + 1 < columns and (column + 1, rows - 1 - row) not in upright:
                _unite(group, here, here + 1)
            if row + 1 < rows and (rows - 1 - row, column) not in level:
                _unite(group, here, here + columns)
    members: defaultdict[int, list[tuple[int, int]]] = defaultdict(list)
    for here in range(rows * columns):
        members[_root(group, here)].append(divmod(here, columns))
    boxes: list[Box] = []
    odd = 0
    for cells in members.values():
        box = _around(cells)
        if (box.row_end - box.row) * (box.column_end - box.column) == len(cells):
            boxes.append(box)
        else:
            odd += len(cells)
            boxes.extend(_by_row(cells))
    if odd > _MOST_ODD * rows * columns:
        return None
    return sorted(boxes, key=lambda box: (box.row, box.column))


def _around(cells: list[tuple[int, int]]) -> Box:
    rows, columns = [row for row, _ in cells], [column for _, column in cells]
    return Box(min(rows), min(columns), max(rows) + 1, max(columns) + 1)


def _by_row(cells: list[tuple[int, int]]) -> Iterator[Box]:
    """Cells whose lines are incomplete, row by row: merged across, not down."""
    run: list[tuple[int, int]] = []
    for cell in sorted(cells):
        if run and cell != (run[-1][0], run[-1][1] + 1):
            yield _around(run)
            run = []
        run.append(cell)
    yield _around(run)


def _root(group: list[int], index: int) -> int:
    while group[index] != index:
        group[index] = group[group[index]]
        index = group[index]
    return index


def _unite(group: list[int], one: int, other: int) -> None:
    group[_root(group, one)] = _root(group, other)
