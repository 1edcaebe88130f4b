"""The responsibility matrix: tasks down, units across; sorted and thinned as the address says."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

from innograph.graph.text import Text
from innograph.visualize.matrix import MARKS, Matrix, matrix_of

from ..web import day_in

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from starlette.requests import Request

    from innograph.queries import Answer

    from ..desk import Reader

UNIT_ORDERS = {"load": Text("任务多的在前", "busiest first"), "name": Text("按名称", "by name")}
TASK_ORDERS = {"plan": Text("按文件次序", "as in the plan"), "units": Text("单位多的在前", "most units first")}
LEAST = {
    "1": Text("全部单位", "all units"),
    "2": Text("隐去只有一项的", "hide those with one task"),
    "3": Text("三项及以上", "three tasks or more"),
}


def responsibilities(reader: Reader, answer: Answer, request: Request) -> Mapping[str, Any]:
    """Return the matrix of an answer of the question ``matrix``.

    Tasks nobody owns have a row too, unless the answer is of one unit, task, role or section.
    """
    query = request.query_params
    narrowed = any(answer.parameters.get(name) for name in ("unit", "task", "role", "section"))
    plan = {"plan": answer.parameters.get("plan")}
    nobodys = None if narrowed else reader.workspace.answer("unassigned", plan, as_of=day_in(request))
    matrix = matrix_of(answer, nobodys)
    least = query.get("least", "1") if query.get("least") in LEAST else "1"
    order = query.get("units", "load") if query.get("units") in UNIT_ORDERS else "load"
    tasks = query.get("tasks", "plan") if query.get("tasks") in TASK_ORDERS else "plan"
    units = ordered_units(matrix, order, int(least))
    return {
        "matrix": matrix,
        "units": units,
        "hidden": len(matrix.units) - len(units),
        "load": Counter(unit for _, unit in matrix.cells),
        "plans": ordered_tasks(matrix, tasks),
        "marks": [(role, MARKS[role]) for role in matrix.roles],
        "choices": [("units", UNIT_ORDERS, order), ("tasks", TASK_ORDERS, tasks), ("least", LEAST, least)],
    }


def ordered_units(matrix: Matrix, order: str, least: int) -> list[str]:
    """Return the units that have at least so many tasks, the busiest first or by name.

    Examples:
        >>> from innograph.visualize.matrix import Cell, Row
        >>> cells = {(0, "乙"): Cell("lead", "", "", ""), (0, "甲"): Cell("support", "", "", ""), (1, "乙"): Cell("lead", "", "", "")}
        >>> matrix = Matrix([Row("1", "a"), Row("2", "b")], ["乙", "甲"], cells)
        >>> ordered_units(matrix, "load", 1), ordered_units(matrix, "load", 2)
        (['乙', '甲'], ['乙'])
    """
    load = Counter(unit for _, unit in matrix.cells)
    kept = [unit for unit in matrix.units if load[unit] >= least]
    return sorted(kept) if order == "name" else kept


def ordered_tasks(matrix: Matrix, order: str) -> list[tuple[str, list[tuple[int, Any]]]]:
    """Return each plan with its rows: in its order, or those with most units first."""
    count = Counter(index for index, _ in matrix.cells)

    def busiest(rows: Sequence[tuple[int, Any]]) -> list[tuple[int, Any]]:
        return sorted(rows, key=lambda row: -count[row[0]]) if order == "units" else list(rows)

    return [(plan, busiest(rows)) for plan, rows in matrix.by_plan()]
