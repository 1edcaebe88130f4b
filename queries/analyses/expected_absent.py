"""Tasks that speak of a subject without the body whose mandate covers it.

A body is known by level and jurisdiction: 州文旅局 does not stand in for 市文旅局; a branch that works in the city does for
its parent (州生态环境局昌吉市分局).
"""

from __future__ import annotations

import re
from collections import defaultdict
from typing import TYPE_CHECKING, Any, NamedTuple

from innograph.graph.regions import region_table
from innograph.graph.text import Text

from ..answering import Found
from .assignments import duties_of
from .mandates import load_functions

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence

    from innograph.graph.regions import Region
    from innograph.graph.stores import Store

    from .assignments import Assignment, Duties
    from .mandates import Function

_HOMES = """
MATCH (p:Plan)-[:ISSUED_BY]->(b:Organisation:Department)
WHERE b.jurisdiction IS NOT NULL
RETURN p.id AS plan, min(b.jurisdiction) AS home, p.issue_date AS issued, p.period_start AS began
ORDER BY plan
"""
_BODIES = """
MATCH (o:Organisation:Department)
OPTIONAL MATCH (o)-[:PART_OF]->(q:Organisation:Department)
OPTIONAL MATCH (o)-[:LOCATED_IN]->(g:Region)
RETURN o.id AS body, o.name AS name, o.mandate AS mandate, o.jurisdiction AS jurisdiction, q.mandate AS parent, g.id AS seat
ORDER BY body, parent, seat
"""
_OPEN = """
MATCH (o:Organisation)-[r:LEADS|SUPPORTS|RESPONSIBLE_FOR]->(t:Task)
WHERE r.open OR o:Collective
RETURN t.id AS task, r.open AS open, o.name AS name
ORDER BY task, name
"""
_TEXTS = """
MATCH (t:Task)-[:HAS_ACTION*0..1]->(a:Task|Action)
RETURN t.id AS task, a.id AS own, a.name AS said, a.quote AS quote, a.place AS place,
    CASE WHEN a:Task THEN 0 ELSE a.position END AS position
ORDER BY task, position, own
"""
_NAMED = """
MATCH (a:Task|Action)-[:NAMES]->(o:Organisation)
RETURN a.id AS own, o.name AS name, o.aliases AS aliases
ORDER BY own, name
"""
# Groups that departments of the place itself may be among, unlike 各乡镇 or 各县市人民政府.
_MAY_INCLUDE = re.compile(r"(?:单位|部门|机构|委办局)$")


class _Text(NamedTuple):
    """A heading or a sentence of a task; ``said`` is without the names of bodies."""

    own: str
    said: str
    quote: str
    place: str


class _Body(NamedTuple):
    """A department, with what it does for which region."""

    name: str
    region: str
    mandate: str


class _Missing(NamedTuple):
    """A body that is missing, and why it is expected."""

    body: str
    function: Function
    words: list[str]
    texts: tuple[_Text, ...]


class _Plan(NamedTuple):
    """A plan's region and year."""

    home: Region
    year: int | None


def answer(store: Store, parameters: Mapping[str, Any]) -> Found:
    """Return a row for each task and body that is missing; bodies expected by the very same sentences share one."""
    duties = duties_of(store, parameters["plan"])
    plans, bodies, texts, open_lists = _plans(store), _bodies(store), _texts(store), _open_lists(store)
    rows: list[tuple[Any, ...]] = []
    for task, some in duties.of_task.items():
        plan = duties.tasks[task].plan
        if some and plan in plans:
            found = _missing(plans[plan], texts[task], some, bodies)
            rows += _rows(duties, task, found, "open" if task in open_lists else "complete")
    left_out = len({task.plan for task in duties.tasks.values()} - set(plans))
    remark = Text(
        f"{left_out}份文件不知由哪级地方机关印发，未作判断",
        f"{left_out} plans are left out: no local body is known to have issued them",
    )
    return Found(rows, [remark] if left_out else ())


def _plans(store: Store) -> dict[str, _Plan]:
    plans: dict[str, _Plan] = {}
    for plan, home, issued, began in store.query(_HOMES).rows:
        if home in region_table():
            plans[plan] = _Plan(region_table()[home], issued.year if issued else began)
    return plans


def _bodies(store: Store) -> dict[str, list[_Body]]:
    """Return what each department does: for its own region, and as a branch for the one it works in."""
    found: defaultdict[str, list[_Body]] = defaultdict(list)
    for own, name, mandate, jurisdiction, parent, seat in store.query(_BODIES).rows:
        if mandate and jurisdiction:
            found[own].append(_Body(name, jurisdiction, mandate))
        if parent and seat:
            found[own].append(_Body(name, seat.partition(":")[2], parent))
    return {own: list(dict.fromkeys(some)) for own, some in found.items()}


def _texts(store: Store) -> Mapping[str, list[_Text]]:
    """Return heading and sentences of each task, without the names of bodies: 某某畜牧公司 says nothing of 畜牧."""
    names: defaultdict[str, set[str]] = defaultdict(set)
    for own, name, aliases in store.query(_NAMED).rows:
        names[own] |= {name, *(aliases or [])}
    found: defaultdict[str, list[_Text]] = defaultdict(list)
    for task, own, said, quote, place, _ in store.query(_TEXTS).rows:
        found[task].append(_Text(own, _without(said, names[own]), quote, place))
    return found


def _without(said: str, names: Iterable[str]) -> str:
    for name in sorted(names, key=len, reverse=True):
        said = said.replace(name, "　")
    return said


def _open_lists(store: Store) -> set[str]:
    """Return the tasks whose list of units may have more: it ends in 等, or has a group without its members."""
    rows = store.query(_OPEN).rows
    return {task for task, open_list, name in rows if open_list or _MAY_INCLUDE.search(name)}


def _missing(
    plan: _Plan, texts: Sequence[_Text], some: Iterable[Assignment], bodies: Mapping[str, list[_Body]]
) -> list[_Missing]:
    code = plan.home.code
    assigned = {body.mandate for one in some for body in bodies.get(one.unit, ()) if body.region == code}
    found: list[_Missing] = []
    for function in load_functions():
        if function.holds(plan.home.level, plan.year) and not any(function.covers(mandate) for mandate in assigned):
            hits = tuple(text for text in texts if any(word in text.said for word in function.words))
            if hits:
                words = [word for word in function.words if any(word in text.said for text in hits)]
                found.append(_Missing(_name(function, plan.home, bodies), function, words, hits))
    return found


def _name(function: Function, home: Region, bodies: Mapping[str, Collection[_Body]]) -> str:
    """Return the body that is expected: the one that the graph has, or else what it is usually called."""
    there = [body for some in bodies.values() for body in some if body.region == home.code]
    known = sorted(body.name for body in there if function.covers(body.mandate))
    usual = function.body_at(home)
    return known[0] if known and usual not in known else usual


def _rows(duties: Duties, task: str, found: Iterable[_Missing], state: str) -> list[tuple[Any, ...]]:
    by_texts: defaultdict[tuple[_Text, ...], list[_Missing]] = defaultdict(list)
    for missing in found:
        by_texts[missing.texts].append(missing)
    told = duties.tasks[task]
    rows: list[tuple[Any, ...]] = []
    for texts, some in by_texts.items():
        words = list(dict.fromkeys(word for one in some for word in one.words))
        basis = list(dict.fromkeys(one.function.source for one in some))
        quotes, places = (list(dict.fromkeys(words)) for words in ((t.quote for t in texts), (t.place for t in texts)))
        expected = list(dict.fromkeys(one.body for one in some))
        rows.append(
            (
                told.number,
                told.name,
                words,
                expected,
                state,
                basis,
                told.plan_name,
                quotes,
                places,
                [t.own for t in texts],
            )
        )
    return rows
