"""The responsibility matrix: tasks down, units across, a mark where they meet."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING, NamedTuple

from innograph.graph.text import Text

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from innograph.queries import Answer
    from innograph.workspace import Workspace


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


class Row(NamedTuple):
    """One task of a matrix."""

    number: str
    title: str
    plan: str = ""


@dataclass(frozen=True, slots=True)
class Matrix:
    """Tasks by plan and in its order, units by load (the busiest first), and the cells where they meet.

    A task that nobody owns is a row without cells.
    """

    tasks: list[Row]
    units: list[str]
    cells: Mapping[tuple[int, str], Cell]

    @property
    def roles(self) -> list[str]:
        """The roles that occur, in the order of :data:`MARKS`."""
        found = {cell.role for cell in self.cells.values()}
        return [role for role in MARKS if role in found]

    @property
    def plans(self) -> list[str]:
        """The plans in the order of their tasks; where there are several, readers are told which is which."""
        return list(dict.fromkeys(task.plan for task in self.tasks))

    def by_plan(self) -> Iterator[tuple[str, list[tuple[int, Row]]]]:
        """Yield each plan with its rows, each with the index that :attr:`cells` knows it by."""
        for plan, rows in groupby(enumerate(self.tasks), key=lambda row: row[1].plan):
            yield plan, list(rows)


def matrix_of(assigned: Answer, unassigned: Answer | None = None) -> Matrix:
    """Return the matrix.

    Args:
        assigned: the answer of the question ``matrix``.
        unassigned: the answer of ``unassigned``: tasks nobody owns have a row too.
    """
    nobodys = unassigned.dicts() if unassigned else []
    rows = sorted([*assigned.dicts(), *nobodys], key=lambda row: (row["plan"], row["position"] or 0))
    tasks: dict[tuple[str, int, str], int] = {}
    shown: list[Row] = []
    cells: dict[tuple[int, str], Cell] = {}
    for row in rows:
        index = tasks.setdefault((row["plan"], row["position"], row["task"]), len(tasks))
        if index == len(shown):
            shown.append(Row(row["number"] or "", row["task"], row["plan"]))
        if "unit" in row:
            cells.setdefault((index, row["unit"]), Cell(row["role"], row["quote"], row["place"], row["evidence"][0]))
    load = Counter(unit for _, unit in cells)
    return Matrix(tasks=shown, units=sorted(load, key=lambda u: (-load[u], u)), cells=cells)


def matrix_in(workspace: Workspace, of: Mapping[str, str] | None = None, as_of: str | None = None) -> Matrix:
    """Return the matrix of a workspace.

    Args:
        workspace: what is asked.
        of: what the question ``matrix`` is asked about, by its parameters; by default all plans. Tasks nobody owns have a
            row if it is of plans as a whole.
        as_of: the day whose graph is asked; by default that of now.
    """
    given = dict(of or {})
    whole = set(given) <= {"plan"}
    unassigned = workspace.answer("unassigned", given, as_of=as_of) if whole else None
    return matrix_of(workspace.answer("matrix", given, as_of=as_of), unassigned)


def legend(matrix: Matrix) -> str:
    """Return the marks that occur, each with its word."""
    return "  ".join(f"{MARKS[role].sign} {MARKS[role].word.show()}" for role in matrix.roles)


def terminal_matrix(matrix: Matrix) -> str:
    """Return the matrix for a terminal: units are numbered across and listed below, so that it fits 80 columns."""
    from innograph.graph.text import language

    heads = [f"{i:>2}" for i in range(1, len(matrix.units) + 1)]
    lines = [" ".join([*heads, ""])]
    several = len(matrix.plans) > 1
    for plan, rows in matrix.by_plan():
        if several:
            lines.append(f"《{plan}》")
        for index, task in rows:
            cells = [matrix.cells.get((index, unit)) for unit in matrix.units]
            marks = [cell.mark.sign if cell else "·" for cell in cells]
            lines.append(" ".join(f" {mark}" for mark in marks) + f"  {task.number}{task.title}")
    load = Counter(unit for _, unit in matrix.cells)
    separator = "、" if language() == "zh" else ", "
    named = separator.join(f"{i} {unit}({load[unit]})" for i, unit in enumerate(matrix.units, start=1))
    return "\n".join([*lines, legend(matrix), named])
