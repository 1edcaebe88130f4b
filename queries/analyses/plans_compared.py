"""What questions about two plans share: the plans themselves, and their targets, set against one another."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from innograph.graph.errors import BadParameter
from innograph.graph.text import Text

from ..measures.progress import base_unit, is_rate
from .task_profiles import Proof, filled

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from innograph.graph.stores import Store

_PLAN = """
MATCH (p:Plan {id: $plan})
OPTIONAL MATCH (p)-[:ISSUED_BY]->(b:Organisation:Department)
OPTIONAL MATCH (p)-[:HAS_TASK]->(t:Task)
RETURN p.name AS name, min(b.jurisdiction) AS region, count(t) AS tasks
"""
_TARGETS = """
MATCH (p:Plan {id: $plan})-[:HAS_TASK|HAS_MEASURE*0..1]->(w:Plan|Task|Measure)-[:SETS_TARGET]->(g:Target)-[:MEASURES]->(i:Indicator)
RETURN g.id AS id, i.id AS indicator, i.name AS name, w.id AS owner, w.name AS owner_name,
    CASE WHEN w:Measure THEN 2 WHEN w:Task THEN 1 ELSE 0 END AS rank, coalesce(w.position, 0) AS position, g.kind AS kind,
    g.comparator AS comparator, g.value AS value, g.value_to AS value_to, g.unit AS unit, g.year AS year,
    g.quote AS quote, g.place AS place, coalesce(size(split(w.content, g.quote)[0]), 0) AS at
"""
_UNREAD = Text(
    "图谱里《{name}》只有名称，没有任务和目标：请先载入这份文件，再来比较。",
    "Of 《{name}》 the graph has the title only, no task and no target: load the plan, then compare.",
)
_SAME = Text(
    "两个参数是同一份文件，请另选一份来比较", "both parameters name the same plan; choose another to compare it with"
)


class Plan(NamedTuple):
    """A plan, its title, the region for which it is, and how many tasks it has."""

    id: str
    name: str
    region: str | None
    tasks: int


class Target(NamedTuple):
    """A target of a plan.

    ``owner`` is the task, safeguard or plan that sets it, ``rank`` which of these it is (0 the plan, 1 a task, 2 a
    safeguard).
    """

    indicator: str
    name: str
    owner: str
    rank: int
    kind: str
    comparator: str | None
    value: float | None
    value_to: float | None
    unit: str | None
    year: int | None
    proof: Proof

    @property
    def measure(self) -> str:
        """The unit of measure without 万 and 亿; 家 and 个 are one."""
        return base_unit(self.unit)[0]

    @property
    def amount(self) -> float | None:
        """The value in :attr:`measure`."""
        return None if self.value is None else self.value * base_unit(self.unit)[1]

    @property
    def upper(self) -> float | None:
        """The upper value of a range, in :attr:`measure`."""
        return None if self.value_to is None else self.value_to * base_unit(self.unit)[1]

    @property
    def is_rate(self) -> bool:
        """Whether it is a share or growth, which does not depend on how large a region is."""
        return is_rate(self.unit)


def two_plans(store: Store, question: str, parameters: Mapping[str, Any]) -> tuple[Plan, Plan]:
    """Return the plan and the other one.

    Args:
        store: the engine.
        question: id of the question that is asked.
        parameters: ``plan`` and ``other`` are their ids.

    Raises:
        BadParameter: they are one.
    """
    if parameters["plan"] == parameters["other"]:
        raise BadParameter(question=question, parameter="other", problem=_SAME)
    return _plan_of(store, parameters["plan"]), _plan_of(store, parameters["other"])


def _plan_of(store: Store, own_id: str) -> Plan:
    row = store.query(_PLAN, {"plan": own_id}).dicts()[0]
    return Plan(own_id, row["name"], row["region"], row["tasks"])


def targets_of(store: Store, plan: Plan) -> list[Target]:
    """Return the targets of a plan in the order of its text."""
    rows = store.query(_TARGETS, {"plan": plan.id}).dicts()
    rows.sort(key=lambda row: (row["rank"], row["position"], row["owner"], row["at"], row["name"], row["id"]))
    return [_target(row) for row in rows]


def why_not(one: Plan, other: Plan, targets: Iterable[Sequence[Target]] = ()) -> list[Text]:
    """Return why two plans cannot be compared, if they cannot.

    Args:
        one: a plan.
        other: another.
        targets: their targets, if these are compared.
    """
    counts = [len(some) for some in targets] or [0, 0]
    return [
        filled(_UNREAD, name=plan.name)
        for plan, count in zip((one, other), counts, strict=True)
        if not plan.tasks and not count
    ]


def _target(row: dict[str, Any]) -> Target:
    facts = (row["kind"], row["comparator"], row["value"], row["value_to"], row["unit"], row["year"])
    proof = Proof(row["id"], row["quote"], row["place"])
    return Target(row["indicator"], row["name"], row["owner_name"], row["rank"], *facts, proof)
