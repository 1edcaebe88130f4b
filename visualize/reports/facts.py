"""What the report says by counting: what plans assign, the matrix, and what is missing."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple

from innograph.graph.text import Text, language
from innograph.visualize.matrix import MARKS, matrix_of
from innograph.visualize.tables import NOTHING_LOADED, number

from .model import MatrixTable, Table, TaskRow
from .safe import one_line

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from innograph.graph.ledger import Source
    from innograph.queries import Answer
    from innograph.visualize.matrix import Matrix, Row
    from innograph.workspace import Workspace

UNITS_ACROSS = 30
"""So many units stand side by side in a printed matrix; the others follow in tables of their own."""
_LONGEST_NAME = 60
_LEADERS = 3
_LEADS = ("lead", "joint-lead")
_ASSIGNS = Text(
    "{plan}部署任务{tasks}项，设定目标{targets}个，由{units}个单位承担分工{assignments}项，其中{roles}。",
    "{plan} sets {tasks} tasks and {targets} targets. {units} units have {assignments} assignments in them: {roles}.",
)
_PLAN, _THE_PLAN = Text("《{name}》", "“{name}”"), Text("方案", "The plan")
_NO_ASSIGNMENTS = Text(
    "{plan}部署任务{tasks}项，设定目标{targets}个，没有写明责任单位。",
    "{plan} sets {tasks} tasks and {targets} targets, and names no unit for them.",
)
_ROLES = {
    "lead": Text("牵头{n}项", "{n} as lead"),
    "support": Text("配合{n}项", "{n} in support"),
    "responsible": Text("负责{n}项（原文不分牵头和配合）", "{n} responsible (lead and support not told apart)"),
}
_MOST_LEADS = Text(
    "牵头单位共{units}个，牵头最多的是{leaders}；前{top}个单位承担了全部牵头的{share}。",
    "{units} units lead. {leaders} lead most; these {top} hold {share} of all leads.",
)
_ALL_LEADS = Text("牵头单位为{leaders}。", "Those that lead: {leaders}.")
_LED = Text("{unit}（{n}项）", "{unit} ({n})")
_BUSIEST = Text(
    "参与任务最多的是{unit}，牵头、配合合计{n}项。",
    "{unit} takes part in most tasks, {n} in all, as lead or in support.",
)
_JOINT = Text("{n}项任务由几个单位共同牵头。", "Jointly led tasks: {n}.")
_LEADERLESS = Text("{n}项任务有责任单位而没有牵头单位。", "Tasks with units but no lead: {n}.")
_UNASSIGNED = Text("{n}项任务没有责任单位。", "Tasks without any unit: {n}.")
_ALL_ASSIGNED = Text("每项任务都有牵头单位。", "Every task has a lead.")
_MORE_PLANS = Text("另有{n}份文件未逐一说明。", "{n} more plans are not described here.")
_SOME_UNITS = Text("单位第{first}—{last}个，共{n}个", "units {first}–{last} of {n}")
_NOBODY = Text("以上任务没有写明责任单位", "no unit is named for these tasks")
_NO_PLAN = Text("工作区没有行动方案，以下只按名册分析。", "No plan is loaded; what follows is of the rosters.")
_UNQUANTIFIED = Text("没有量化的内容：{told}。", "Without a figure: {told}.")
_COUNTED = Text("{kind}{n}项", "{kind} ({n})")
_EXPECTED = Text(
    "{n}处讲到某项工作，而分工中没有职能所在的单位，疑似缺位。",
    "Tasks that speak of a subject without the body whose mandate covers it: {n} cases, possibly missing.",
)
_NO_ROSTERS = Text(
    "没有载入名册，企业与高校院所的合作缺口未作分析。",
    "No rosters are loaded, so gaps of cooperation between enterprises and institutes were not looked into.",
)
_PLAN_GAPS = ("targets-unowned", "target-progress")
_ROSTER_GAPS = ("partner-coverage", "institutes-alone", "ladder", "platform-gaps", "programme-gaps", "region-matrix")
_TELLING: Mapping[str, Callable[[Mapping[str, Any]], bool]] = {
    "target-progress": lambda row: row["reported"] is not None,
    "ladder": lambda row: row["step"] is not None,
    "link-indicators": lambda row: bool(row["denominator" if row["indicator"] == "external" else "numerator"]),
}
"""Which rows of a question count something: a progress sheet, a ladder, and somebody who cooperates may be missing."""


def joined(words: Sequence[str]) -> str:
    """Return words as a list in a sentence.

    Examples:
        >>> from innograph.graph.text import use_language
        >>> with use_language("zh"):
        ...     joined(["牵头", "配合"])
        '牵头、配合'
    """
    return ("、" if language() == "zh" else ", ").join(words)


@dataclass(frozen=True, slots=True)
class Facts:
    """The answers that the report counts in.

    Args:
        workspace: where they were asked.
        rosters: whether it has any.
        assigned: of the question ``matrix``.
        unassigned: of ``unassigned``.
        targets: of ``targets``.
        plan: the plan's id, if the report is about one.
        as_of: the day whose graph was asked.
    """

    workspace: Workspace
    rosters: bool
    assigned: Answer
    unassigned: Answer
    targets: Answer
    plan: str | None
    as_of: dt.date | None

    @classmethod
    def of(cls, workspace: Workspace, sources: Sequence[Source], plan: str | None, as_of: dt.date | None) -> Facts:
        """Ask for them; ``plan`` is an id."""
        rosters = any(source.loader == "table" for source in sources)
        given = {"plan": plan} if plan else {}
        assigned, unassigned, targets = (
            workspace.answer(question, given, as_of=as_of) for question in ("matrix", "unassigned", "targets")
        )
        return cls(workspace, rosters, assigned, unassigned, targets, plan, as_of)

    @property
    def matrix(self) -> Matrix:
        """The responsibility matrix."""
        return matrix_of(self.assigned, self.unassigned)


class Overview(NamedTuple):
    """What is assigned: a paragraph for each plan, and what is said beside them."""

    plans: tuple[str, ...]
    beside: tuple[str, ...]

    def lines(self, most: int) -> tuple[str, ...]:
        """Return the paragraphs of so many plans, how many more there are, and what is said beside them."""
        rest = len(self.plans) - most
        more = (_MORE_PLANS.format(n=number(rest)),) if rest > 0 else ()
        return (*self.plans[:most], *more, *self.beside)


def overview(facts: Facts) -> Overview:
    """Return a paragraph for each plan: what it assigns, to how many, and who leads most; then how much cooperates."""
    matrix = facts.matrix
    targets = Counter(row["plan"] for row in facts.targets.dicts())
    plans = tuple("".join(_spaced(_of_plan(matrix, plan, rows, targets[plan]))) for plan, rows in matrix.by_plan())
    beside: list[str] = []
    if facts.rosters:
        beside = [*([] if plans else [_NO_PLAN.show()]), *_said(facts, "link-indicators")]
    elif not plans:
        beside = [NOTHING_LOADED.show()]
    return Overview(plans, tuple(beside))


def _spaced(sentences: Iterator[str]) -> Iterator[str]:
    """Yield sentences, in English with a space between them."""
    for position, sentence in enumerate(sentences):
        yield f" {sentence}" if position and language() == "en" else sentence


def _of_plan(matrix: Matrix, plan: str, rows: list[tuple[int, Row]], targets: int) -> Iterator[str]:
    indexes = {index for index, _ in rows}
    cells = [(index, unit, cell.role) for (index, unit), cell in matrix.cells.items() if index in indexes]
    units = Counter(unit for _, unit, _ in cells)
    several = len(matrix.plans) > 1  # the title names a single one
    name = _PLAN.format(name=one_line(plan, 2 * _LONGEST_NAME)) if several else _THE_PLAN.show()
    tasks = number(len(rows))
    if not cells:
        yield _NO_ASSIGNMENTS.format(plan=name, tasks=tasks, targets=number(targets))
        return
    roles = Counter("lead" if role in _LEADS else role for _, _, role in cells)
    yield _ASSIGNS.format(
        plan=name,
        tasks=tasks,
        targets=number(targets),
        units=number(len(units)),
        assignments=number(len(cells)),
        roles=joined([text.format(n=number(roles[role])) for role, text in _ROLES.items() if roles[role]]),
    )
    led = Counter(unit for _, unit, role in cells if role in _LEADS)
    if led:
        yield _leading(led)
    busiest, most = min(units.items(), key=lambda one: (-one[1], one[0]))
    if most > 1 and sum(count == most for count in units.values()) == 1 and roles["lead"]:
        yield _BUSIEST.format(unit=one_line(busiest, _LONGEST_NAME), n=number(most))
    yield from _unled(indexes, cells)


def _leading(led: Counter[str]) -> str:
    ranked = sorted(led.items(), key=lambda one: (-one[1], one[0]))
    shown = [_LED.format(unit=one_line(unit, _LONGEST_NAME), n=number(n)) for unit, n in ranked[:_LEADERS]]
    if len(ranked) <= _LEADERS:
        return _ALL_LEADS.format(leaders=joined(shown))
    share = sum(n for _, n in ranked[:_LEADERS]) / led.total()
    return _MOST_LEADS.format(units=number(len(ranked)), leaders=joined(shown), top=_LEADERS, share=f"{share:.1%}")


def _unled(indexes: set[int], cells: list[tuple[int, str, str]]) -> Iterator[str]:
    """Yield what is to be said of tasks with several leads, with none, and without anybody."""
    leads = Counter(index for index, _, role in cells if role in _LEADS)
    owned = {index for index, _, _ in cells}
    if joint := sum(count > 1 for count in leads.values()):
        yield _JOINT.format(n=number(joint))
    if leads and owned - set(leads):
        yield _LEADERLESS.format(n=number(len(owned - set(leads))))
    if indexes - owned:
        yield _UNASSIGNED.format(n=number(len(indexes - owned)))
    if set(leads) == indexes:
        yield _ALL_ASSIGNED.show()


def matrix_tables(facts: Facts) -> tuple[MatrixTable | Table, ...]:
    """Return the responsibility matrix for paper: every task and unit, in tables of one plan and so many units each."""
    matrix = facts.matrix
    several = len(matrix.plans) > 1
    made: list[MatrixTable | Table] = []
    for plan, rows in matrix.by_plan():
        indexes = {index for index, _ in rows}
        load = Counter(unit for index, unit in matrix.cells if index in indexes)
        units = [unit for unit in matrix.units if load[unit]]
        units.sort(key=lambda unit: -load[unit])  # stable: what is as busy stays in the order of the whole matrix
        name = one_line(plan, 2 * _LONGEST_NAME) if several else ""
        parts = [units[at : at + UNITS_ACROSS] for at in range(0, len(units), UNITS_ACROSS)]
        if matrix.cells and not parts:
            made.append(_unowned(name, rows))
        for position, part in enumerate(parts):
            first = position * UNITS_ACROSS + 1
            counts = {"first": number(first), "last": number(first + len(part) - 1), "n": number(len(units))}
            made.append(_table(matrix, name, rows, part, _SOME_UNITS.format(**counts) if len(parts) > 1 else ""))
    return tuple(made)


def _unowned(plan: str, rows: Sequence[tuple[int, Row]]) -> Table:
    """Return the tasks of a plan that names no unit: there is nobody to put across."""
    cells = tuple(((one_line(f"{task.number}{task.title}", _LONGEST_NAME),),) for _, task in rows)
    return Table((_PLAN.format(name=plan),), cells, (1,), _NOBODY.show())


def _table(matrix: Matrix, plan: str, rows: Sequence[tuple[int, Row]], units: Sequence[str], note: str) -> MatrixTable:
    told = tuple(_task_row(matrix, index, task, units) for index, task in rows)
    found = {role for row in told for role in row.roles}
    names = tuple(one_line(unit, _LONGEST_NAME) for unit in units)
    return MatrixTable(names, ((plan, told),), tuple(role for role in MARKS if role in found), note)


def _task_row(matrix: Matrix, index: int, task: Row, units: Sequence[str]) -> TaskRow:
    cells = (matrix.cells.get((index, unit)) for unit in units)
    return TaskRow(one_line(f"{task.number}{task.title}", _LONGEST_NAME), tuple(c.role if c else "" for c in cells))


def gaps(facts: Facts) -> Iterator[str]:
    """Yield a sentence for each kind of gap, with its denominator."""
    if facts.targets.rows.rows:
        for question in _PLAN_GAPS:
            yield from _said(facts, question)
    if facts.matrix.tasks:
        yield from _unquantified(_ask(facts, "unquantified"))
        expected = sum(row["list"] == "complete" for row in _ask(facts, "expected-absent").dicts())
        if expected:
            yield _EXPECTED.format(n=number(expected))
    if facts.rosters:
        for question in _ROSTER_GAPS:
            yield from _said(facts, question)
    elif facts.matrix.tasks:
        yield _NO_ROSTERS.show()


def _ask(facts: Facts, question: str) -> Answer:
    taken = {parameter.name for parameter in facts.workspace.catalogue()[question].parameters}
    given: dict[str, Any] = {"plan": facts.plan} if facts.plan and "plan" in taken else {}
    return facts.workspace.answer(question, given, as_of=facts.as_of)


def _said(facts: Facts, question: str) -> Iterator[str]:
    """Yield the sentence with which a question counts its rows, if there are any."""
    answer = _ask(facts, question)
    telling = _TELLING.get(question)
    if answer.remarks and any(telling is None or telling(row) for row in answer.dicts()):
        yield answer.remarks[0].show()


def _unquantified(answer: Answer) -> Iterator[str]:
    kinds = Counter(str(answer.question.column("kind").show(row["kind"])) for row in answer.dicts())
    if kinds:
        told = [_COUNTED.format(kind=kind, n=number(count)) for kind, count in kinds.items()]
        yield _UNQUANTIFIED.format(told=joined(told))
