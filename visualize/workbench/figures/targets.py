"""The register of targets: each value with its sign in words, how it stands, what is due when, and what is missing."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from innograph.graph.text import Text, language

from ..grid import Cell, Grid, Head, Item, figure, grid_of
from ..links import to_name, to_question
from ..web import day_in

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from starlette.requests import Request

    from innograph.queries import Answer

    from ..desk import Reader

BAR = 200
"""How long the longest bar is."""
STATES = ("met", "on-course", "behind", "uncountable", "unreported")
_OWNERS = ("Task", "Measure", "Plan")
_ALL_ROWS = 100_000
_ORDER = ("indicator", "value", "year", "owner", "leads", "plan")
"""Columns of the register; the value has its sign, upper end, unit and kind with it."""
_GOAL, _STATE = Text("目标值", "Value"), Text("进展", "Standing")
_DONE = Text("完成{value}", "{value} reported")
_OVERALL = Text("总体目标", "overall target")
_NO_YEAR = Text("没有年份", "no year")


@dataclass(frozen=True, slots=True)
class Year:
    """A year: its name, where its targets are listed, how many there are with the length of their bar, and how they stand."""

    name: str
    href: str
    count: int
    bar: float
    states: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Door:
    """A way on: what is listed there, how much, and the same as a workbook."""

    label: str
    count: int
    href: str
    xlsx: str


def overview(reader: Reader, answer: Answer, request: Request) -> Mapping[str, Any]:
    """Return what stands above the register: what is missing or late, and what is due when."""
    plan, unit = answer.parameters.get("plan"), answer.parameters.get("unit")
    rows = _progress(reader, request, plan, unit)
    asked = {subject for subjects in answer.column("evidence") for subject in subjects}
    shown = [row for row in rows if row["evidence"][0] in asked]
    return {**_by_year(reader, shown, plan, unit), "doors": _doors(reader, request, plan, unit)}


def due(reader: Reader, answer: Answer, request: Request) -> Mapping[str, Any]:
    """Return for the question ``due`` how many targets are due each year, each counted once."""
    plan, unit, year = (answer.parameters.get(name) for name in ("plan", "unit", "year"))
    given = {name: answer.parameters.get(name) for name in ("day", "patience")}
    rows = _progress(reader, request, plan, unit, **given)
    asked = [row for row in rows if year in (None, row["year"])]
    return {**_by_year(reader, asked, plan, unit), "doors": []}


def register(reader: Reader, answer: Answer, request: Request) -> Grid:
    """Return the page of the register that a request asks for: as the answer's table, the value told in one cell."""
    grid = grid_of(answer, request)
    heads = {head.name: head for head in grid.heads}
    names = [name for name in _ORDER if name in heads]
    raw = {row["evidence"][0]: row for row in answer.dicts()}
    rows = _progress(reader, request, answer.parameters.get("plan"), answer.parameters.get("unit"))
    told = {row["evidence"][0]: row for row in rows if row["state"] != "unreported"}
    state_words = reader.workspace.catalogue()["target-progress"].column("state").words
    words = {name: answer.question.column(name).words for name in ("comparator", "kind")}
    shown: list[Any] = []
    for row in grid.rows:
        cells = dict(zip(heads, row.cells, strict=True))
        target = row.evidence[0]
        cells["value"] = goal_of(raw[target], words["comparator"], words["kind"])
        cells["owner"] = _owner(raw[target])
        cells["year"] = Cell((Item(str(raw[target]["year"])),)) if raw[target]["year"] else Cell(())
        standing = [_standing(told.get(target), state_words)] if told else []
        shown.append(replace(row, cells=(*(cells[name] for name in names), *standing)))
    named = [replace(heads[name], label=_GOAL.show()) if name == "value" else heads[name] for name in names]
    last = [Head("state", _STATE.show(), numeric=False, sorted="", href="")] if told else []
    return replace(grid, heads=(*named, *last), rows=tuple(shown))


def goal_of(row: Mapping[str, Any], signs: Mapping[str, Text], kinds: Mapping[str, Text]) -> Cell:
    """Return the value of a target with its sign in words and its unit, and its kind unless that is a plain figure.

    Args:
        row: of the question ``targets``.
        signs: their words.
        kinds: their words.

    Examples:
        >>> signs = {">=": Text("不少于", "at least"), "range": Text("介于", "between")}
        >>> row = {"comparator": ">=", "value": 20000.0, "value_to": None, "unit_of_measure": "人次", "kind": "numeric"}
        >>> goal_of(row, signs, {}).items[0].text
        '不少于20000人次'
        >>> goal_of({**row, "comparator": "range", "value": 2.0, "value_to": 3.0}, signs, {}).items[0].text
        '介于2至3人次'
    """
    zh = language() == "zh"
    sign = signs[row["comparator"]].show() if row["comparator"] in signs else ""
    kind = (Item(kinds[row["kind"]].show()),) if row["kind"] in kinds and row["kind"] != "numeric" else ()
    if row["value"] is None:
        return Cell((*((Item(sign),) if sign else ()), *kind))
    first = figure(row["value"])
    upper = figure(row["value_to"]) if row["value_to"] is not None else None
    value = first.items[0].text + (f"{'至' if zh else ' and '}{upper.items[0].text}" if upper else "")
    unit = row["unit_of_measure"] or ""
    gap = "" if zh else " "
    exact = " ".join(cell.exact for cell in (first, upper) if cell and cell.exact)
    return Cell((Item(f"{sign}{gap}{value}{'' if unit == '%' else gap}{unit}".strip()), *kind), exact=exact)


def _owner(row: Mapping[str, Any]) -> Cell:
    """Return what sets a target; of the plan as a whole it is said so, where its title would only repeat."""
    name = _OVERALL.show() if row["owner"] == row["plan"] else str(row["owner"])
    return Cell((Item(name, to_name(str(row["owner"]), _OWNERS)),))


def _standing(row: Mapping[str, Any] | None, words: Mapping[str, Text]) -> Cell:
    if row is None:
        return Cell(())
    state = Item(words[row["state"]].show(), to_question("target-progress", {"state": row["state"]}))
    if row["reported"] is None:
        return Cell((state,))
    value = f"{figure(row['reported']).items[0].text}{row['reported_unit'] or ''}"
    return Cell((state, Item(_DONE.format(value=value))))


def _progress(reader: Reader, request: Request, plan: Any, unit: Any, **given: Any) -> list[dict[str, Any]]:
    """Return how each target stands, each once."""
    asked = {"plan": plan, "unit": unit, "top": _ALL_ROWS, **given}
    return reader.workspace.answer("target-progress", asked, as_of=day_in(request)).dicts()


def _by_year(reader: Reader, rows: Iterable[Mapping[str, Any]], plan: Any, unit: Any) -> Mapping[str, Any]:
    groups: defaultdict[int | None, Counter[str]] = defaultdict(Counter)
    for row in rows:
        groups[row["year"]][row["state"]] += 1
    longest = max((counts.total() for counts in groups.values()), default=1)
    present = [state for state in STATES if any(counts[state] for counts in groups.values())]
    years = [
        Year(
            str(year) if year else _NO_YEAR.show(),
            to_question("due", {"year": year, "plan": plan, "unit": unit}) if year else "",
            groups[year].total(),
            round(groups[year].total() / longest * BAR, 1),
            tuple(groups[year][state] for state in present),
        )
        for year in sorted(groups, key=lambda year: (year is None, year or 0))
    ]
    words = reader.workspace.catalogue()["target-progress"].column("state").words
    return {"years": years, "states": [words[state].show() for state in present]}


_DOORS: tuple[tuple[Text, str, Mapping[str, Any]], ...] = (
    (Text("没有数值的任务", "tasks without a figure"), "unquantified", {"kind": "task"}),
    (Text("没有数值的目标", "targets without a figure"), "unquantified", {"kind": "target"}),
    (Text("没有单独责任单位", "no single unit answers"), "targets-unowned", {}),
    (Text("重复或冲突", "duplicate or conflicting"), "target-conflicts", {}),
    (Text("进度落后", "behind"), "target-progress", {"state": "behind"}),
)


def _doors(reader: Reader, request: Request, plan: Any, unit: Any) -> list[Door]:
    """Return the ways on, each with how much is there; what a question does not take is left out of what it is asked."""
    found: list[Door] = []
    as_of = day_in(request)
    for label, question, given in _DOORS:
        taken = {parameter.name for parameter in reader.workspace.catalogue()[question].parameters}
        narrowed = {name: value for name, value in (("plan", plan), ("unit", unit)) if name in taken and value}
        asked = {**given, **narrowed}
        rows = reader.workspace.answer(
            question, {**asked, **({"top": _ALL_ROWS} if "top" in taken else {})}, as_of=as_of
        )
        address = {**asked, "as_of": as_of}
        count = len(rows.rows.rows)
        found.append(Door(label.show(), count, to_question(question, address), to_question(question, address, ".xlsx")))
    return found
