"""The responsibility matrix: tasks down, units across, a mark where they meet."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from innograph.graph.text import Text

if TYPE_CHECKING:
    from collections.abc import Mapping

    from innograph.queries import Answer


@dataclass(frozen=True, slots=True)
class Mark:
    """How a role is drawn, and its word: meaning is never in the mark's colour."""

    sign: str
    word: Text


MARKS: dict[str, Mark] = {
    "lead": Mark("●", Text("牵头", "lead")),
    "joint-lead": Mark("◉", Text("共同牵头", "joint lead")),
    "support": Mark("○", Text("配合", "support")),
    "responsible": Mark("◐", Text("负责（不分牵头配合）", "responsible (lead and support not told apart)")),
}


@dataclass(frozen=True, slots=True)
class Cell:
    """One assignment: its role and the line that states it."""

    role: str
    quote: str
    place: str
    edge: str

    @property
    def mark(self) -> Mark:
        """How it is drawn."""
        return MARKS[self.role]


@dataclass(frozen=True, slots=True)
class Matrix:
    """Tasks in plan order, units by load (the busiest first), and the cells where they meet."""

    tasks: list[tuple[str, str]]
    units: list[str]
    cells: Mapping[tuple[int, str], Cell]

    @property
    def roles(self) -> list[str]:
        """The roles that occur, in the order of :data:`MARKS`."""
        found = {cell.role for cell in self.cells.values()}
        return [role for role in MARKS if role in found]


def matrix_of(answer: Answer) -> Matrix:
    """Return the matrix of the question ``matrix``'s rows."""
    tasks: dict[tuple[str, int, str], int] = {}
    cells: dict[tuple[int, str], Cell] = {}
    for row in answer.dicts():
        task = (row["plan"], row["position"], row["task"])
        index = tasks.setdefault(task, len(tasks))
        cells.setdefault((index, row["unit"]), Cell(row["role"], row["quote"], row["place"], row["evidence"][0]))
    numbers = {(r["plan"], r["position"], r["task"]): r["number"] for r in answer.dicts()}
    load = Counter(unit for _, unit in cells)
    return Matrix(
        tasks=[(numbers[task] or "", task[2]) for task in tasks],
        units=sorted(load, key=lambda u: (-load[u], u)),
        cells=cells,
    )


def legend(matrix: Matrix) -> str:
    """Return the marks that occur, each with its word."""
    return "  ".join(f"{MARKS[role].sign} {MARKS[role].word.show()}" for role in matrix.roles)


def terminal_matrix(matrix: Matrix) -> str:
    """Return the matrix for a terminal: units are numbered across and listed below, so that it fits 80 columns."""
    from innograph.graph.text import language

    heads = [f"{i:>2}" for i in range(1, len(matrix.units) + 1)]
    lines = [" ".join([*heads, ""])]
    for index, (number, title) in enumerate(matrix.tasks):
        marks = [matrix.cells[index, unit].mark.sign if (index, unit) in matrix.cells else "·" for unit in matrix.units]
        lines.append(" ".join(f" {mark}" for mark in marks) + f"  {number}{title}")
    load = Counter(unit for _, unit in matrix.cells)
    separator = "、" if language() == "zh" else ", "
    named = separator.join(f"{i} {unit}({load[unit]})" for i, unit in enumerate(matrix.units, start=1))
    return "\n".join([*lines, legend(matrix), named])
