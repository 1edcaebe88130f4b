"""Who works on a subject: tasks that speak of it in title or text, or name a thing or an industry of that name."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any, NamedTuple

from innograph.graph.identity import plain
from innograph.graph.text import Text

from .assignments import at_most, duties_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from innograph.graph.stores import Store

    from ..answering import Found
    from .assignments import Assignment, Duties

_TITLES = """
MATCH (p:Plan)-[:HAS_TASK]->(t:Task)
WHERE $plan IS NULL OR p.id = $plan
RETURN t.id AS task, t.name AS said, t.quote AS quote, t.place AS place, t.id AS own
ORDER BY task
"""
_SENTENCES = """
MATCH (p:Plan)-[:HAS_TASK]->(t:Task)-[:HAS_ACTION]->(a:Action)
WHERE $plan IS NULL OR p.id = $plan
RETURN t.id AS task, a.name AS said, a.quote AS quote, a.place AS place, a.id AS own, a.position AS position
ORDER BY task, position, own
"""
_NAMED = """
MATCH (p:Plan)-[:HAS_TASK]->(t:Task)-[:HAS_ACTION*0..1]->(a:Task|Action)-[r:NAMES|FOCUSES_ON]->
    (n:Organisation|Platform|TalentProgram|Event|Project|Region|Tier|Industry)
WHERE $plan IS NULL OR p.id = $plan
RETURN t.id AS task, CASE WHEN $spelt THEN n.name ELSE coalesce(n.search, n.name) END AS said, r.quote AS quote,
    r.place AS place, r.id AS own, type(r) AS kind
ORDER BY task, own
"""
# Who leads a task answers for it too.
_KINDS = {"lead": ("LEADS",), "support": ("SUPPORTS",), "responsible": ("LEADS", "RESPONSIBLE_FOR")}
# Of several places in one task, the row names the one that tells most.
_TELLING = ("title", "named", "industry", "text")


class _Hit(NamedTuple):
    """Where a task speaks of the subject."""

    how: str
    quote: str
    place: str
    evidence: str


def answer(store: Store, parameters: Mapping[str, Any]) -> Found:
    """Return one row for each unit of each task that speaks of the subject, and one for such a task without units."""
    hits: defaultdict[str, list[_Hit]] = defaultdict(list)
    for task, hit in _hits(store, plain(str(parameters["subject"])).casefold(), parameters["plan"]):
        hits[task].append(hit)
    duties = duties_of(store, parameters["plan"])
    rows = [row for task in duties.tasks if task in hits for row in _rows(duties, task, hits[task], parameters["role"])]
    tasks = len(hits)
    remark = Text(f"共{tasks}项任务讲到“{parameters['subject']}”", f"{tasks} tasks speak of “{parameters['subject']}”")
    return at_most(rows, parameters["top"], remark)


def _hits(store: Store, needle: str, plan: str | None) -> Iterator[tuple[str, _Hit]]:
    if not needle:
        return
    asked = {"plan": plan, "spelt": needle.isascii()}  # other names hold pinyin too, in which AI is in many a word
    for how, cypher in (("title", _TITLES), ("text", _SENTENCES), ("named", _NAMED)):
        for task, said, quote, place, own, *more in store.query(cypher, asked).rows:
            if needle in plain(said).casefold():
                yield task, _Hit("industry" if more == ["FOCUSES_ON"] else how, quote, place, own)


def _rows(duties: Duties, task: str, hits: list[_Hit], wanted: str | None) -> Iterator[tuple[Any, ...]]:
    some: list[Assignment | None] = [
        one for one in duties.of_task[task] if wanted is None or one.kind in _KINDS[wanted]
    ]
    told = duties.tasks[task]
    where = min((hit.how for hit in hits), key=_TELLING.index)
    for one in some or ([None] if wanted is None else []):
        unit, role = (duties.names[one.unit], duties.role(one)) if one else (None, None)
        quotes, places = [hit.quote for hit in hits], [hit.place for hit in hits]
        evidence = [hit.evidence for hit in hits]
        if one:
            quotes, places, evidence = [*quotes, one.quote], [*places, one.place], [*evidence, one.edge]
        proof = (list(dict.fromkeys(quotes)), list(dict.fromkeys(places)), evidence)
        yield told.number, told.name, where, unit, role, told.plan_name, *proof
