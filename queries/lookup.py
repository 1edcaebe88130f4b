"""Finds things by what people call them: exactly, by part of the name, by pinyin, and by likeness.

A parameter is resolved only where one thing is meant. Where several fit equally, the caller is told, not guessed for.
The name of a body is never taken for one that is merely alike: 州科技局 is not 市科技局, and 水务局 is not 税务局. A task is
known by what it says, so one that is clearly the nearest to a description may be taken.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple

from innograph.graph.errors import Ambiguous, NothingFound
from innograph.graph.identity import plain
from innograph.graph.ontology import load_ontology
from innograph.graph.text import Text

from .likeness import Candidate, likeness, pairs, shortens

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable, Sequence

    from innograph.graph.stores import Store

FINDABLE = (
    "Plan",
    "Task",
    "Measure",
    "Indicator",
    "Organisation",
    "Platform",
    "TalentProgram",
    "Event",
    "Project",
    "Region",
    "Industry",
    "Tier",
)

_ANYTHING = Text("对象", "thing")
_EXACT, _START, _PINYIN, _PART, _PINYIN_START, _PINYIN_PART = 100.0, 90.0, 85.0, 80.0, 75.0, 70.0
_SHORT, _DESCRIBED, _ALIKE = 65.0, 62.0, 60.0
_NAMED_BY_WORDS = frozenset({"Task", "Measure"})
_CLEAR_SHARE, _CLEAR_LEAD = 0.45, 0.15
_SHARE_TO_LIST, _RATIO_TO_LIST, _OF_THE_BEST = 0.2, 0.5, 0.6
_NEAREST, _LISTED = 3, 5
_LONGEST = 60


class Fit(StrEnum):
    """How a name fits a thing."""

    NAME = "name"
    PART = "part"
    PINYIN = "pinyin"
    SHORT = "short"
    DESCRIBED = "described"
    ALIKE = "alike"


@dataclass(frozen=True, slots=True)
class Thing:
    """A thing that fits a name; ``score`` orders the fits, 100 for its exact name."""

    id: str
    label: str
    name: str
    score: float
    fit: Fit


class _Row(NamedTuple):
    """What the engine says of a thing: its name as written and, of all its names and their pinyin, what is compared."""

    id: str
    name: str
    content: str
    written: str
    names: list[str]

    @property
    def label(self) -> str:
        return self.id.partition(":")[0]


def _row(own: str, name: str, search: str, content: str) -> _Row:
    names = [plain(part).casefold() for part in (search or name).split(" | ")]
    return _Row(own, name, content, plain(name).casefold(), names)


def look_up(store: Store, name: str, labels: Sequence[str] = FINDABLE) -> list[Thing]:
    """Return the things of types ``labels`` that ``name`` may mean, the best first.

    Args:
        store: the engine.
        name: a name, part of one, its pinyin or initials, or an id.
        labels: node types.

    Returns:
        Exact and partial fits; where there are none, what the name shortens or describes; else those that are alike.
    """
    asked, needle = name.strip(), plain(name).casefold()
    if not needle:
        return []
    wanted = "|".join(labels)
    known = _by_id(store, wanted, asked)
    if known:
        return known
    rows = _holding(store, wanted, {needle, unicodedata.normalize("NFKC", asked).casefold()})
    return _sorted(t for t in (_fitting(row, needle) for row in rows) if t) or _near(store, wanted, needle)


def resolve(store: Store, name: str, labels: Sequence[str]) -> Thing:
    """Return the one thing of types ``labels`` that ``name`` means.

    Raises:
        NothingFound: none is near enough; the nearest are named.
        Ambiguous: several fit equally.
    """
    found = look_up(store, name, labels)
    kind = _ANYTHING if set(labels) >= set(FINDABLE) else _kinds(labels)
    shown = name if len(name) <= _LONGEST else f"{name[:_LONGEST]}…"
    if not found or found[0].fit is Fit.ALIKE:
        raise NothingFound(name=shown, kind=kind, near=_then(_listed(found[:_NEAREST]), store.day))
    best = [t for t in found if t.score == found[0].score]
    if len(best) > 1:
        raise Ambiguous(name=shown, kind=kind, count=len(best), near=_listed(best[:_LISTED], more=len(best) > _LISTED))
    return best[0]


def _label(name: str) -> Text:
    return load_ontology().nodes[name].label


def _kinds(labels: Sequence[str]) -> Text:
    return Text("／".join(_label(n).zh for n in labels), " / ".join(_label(n).en for n in labels))


def _listed(things: Iterable[Thing], *, more: bool = False) -> Text | str:
    listed = "、".join(f"{t.name}（{t.id}）" for t in things) + ("…" if more else "")
    return listed or Text("无", "none")


def _then(listed: Text | str, day: dt.date | None) -> Text | str:
    """Return a list with the day of the graph it is from: what is looked for may only have come later."""
    if day is None:
        return listed
    zh, en = (listed, listed) if isinstance(listed, str) else (listed.zh, listed.en)
    return Text(
        f"{zh}（所查的是{day}的图谱，不含此后才有的）", f"{en} (in the graph of {day}, without what came later)"
    )


def _sorted(things: Iterable[Thing]) -> list[Thing]:
    return sorted(things, key=lambda t: (-t.score, len(t.name), t.id))


def _thing(row: _Row, score: float, fit: Fit) -> Thing:
    return Thing(row.id, row.label, row.name, score, fit)


def _by_id(store: Store, wanted: str, asked: str) -> list[Thing]:
    """Return the thing of that id: an index has it, so that nothing is searched."""
    if ":" not in asked:
        return []
    rows = store.query(f"MATCH (n:{wanted} {{id: $id}}) RETURN n.id AS id, n.name AS name", {"id": asked}).rows
    return [_thing(_row(i, n, "", ""), _EXACT, Fit.NAME) for i, n in rows]


def _holding(store: Store, wanted: str, texts: Iterable[str]) -> list[_Row]:
    """Return the things that have one of ``texts`` in their names as written, or in the pinyin of these.

    Each text is a query of its own: kglite is thirty times as fast at one condition as at two joined by OR.
    """
    found: dict[str, _Row] = {}
    cypher = f"MATCH (n:{wanted}) WHERE n.search CONTAINS $text RETURN n.id AS id, n.name AS name, n.search AS search"
    for text in texts:
        found.update((i, _row(i, n, s, "")) for i, n, s in store.query(cypher, {"text": text}).rows)
    return list(found.values())


def _fitting(row: _Row, needle: str) -> Thing | None:
    """Return ``row`` as a thing if ``needle`` is its name, its pinyin, or a part of either."""
    names = [n for n in (row.written, *row.names) if needle in n]
    if not names:
        return None
    spelt = needle.isascii() and needle not in row.written
    exact, start, part = (_PINYIN, _PINYIN_START, _PINYIN_PART) if spelt else (_EXACT, _START, _PART)
    if needle in names:
        return _thing(row, exact, Fit.PINYIN if spelt else Fit.NAME)
    score = start if any(n.startswith(needle) for n in names) else part
    return _thing(row, score, Fit.PINYIN if spelt else Fit.PART)


def _near(store: Store, wanted: str, needle: str) -> list[Thing]:
    """Return what ``needle`` does not name but may mean: the surest kind of fit only."""
    rows = store.query(
        f"MATCH (n:{wanted}) RETURN n.id AS id, n.name AS name, n.search AS search, n.content AS content ORDER BY id"
    )
    things = [_row(i, n, s or "", c or "") for i, n, s, c in rows.rows]
    fitting = [t for t in (_fitting(row, needle) for row in things) if t]  # quotes and dashes do not count
    short = [_thing(row, _SHORT, Fit.SHORT) for row in things if _is_body(row) and _shortened(row, needle)]
    return _sorted(fitting) or _sorted(short) or _described(things, needle)


def _is_body(row: _Row) -> bool:
    return load_ontology().nodes[row.label].parent == "Organisation"


def _shortened(row: _Row, needle: str) -> bool:
    return any(shortens(needle, name) or shortens(name, needle) for name in row.names)


def _described(rows: list[_Row], needle: str) -> list[Thing]:
    """Return the task or safeguard that ``needle`` clearly describes, or else what is alike, the nearest first."""
    shares = likeness(needle, [Candidate(row.names, row.content) for row in rows])
    ranked = sorted(zip(shares, rows, strict=True), key=lambda pair: (-pair[0], pair[1].id))
    if ranked and _is_clear(ranked, needle):
        return [_thing(ranked[0][1], _DESCRIBED, Fit.DESCRIBED)]
    ratios = _ratios([row for _, row in ranked], needle)
    alike = _sorted(
        _thing(row, _ALIKE * max(share, ratio), Fit.ALIKE)
        for (share, row), ratio in zip(ranked, ratios, strict=True)
        if share >= _SHARE_TO_LIST or ratio >= _RATIO_TO_LIST
    )
    return [thing for thing in alike if thing.score >= _OF_THE_BEST * alike[0].score]


def _is_clear(ranked: list[tuple[float, _Row]], needle: str) -> bool:
    share, row = ranked[0]
    lead = share - (ranked[1][0] if len(ranked) > 1 else 0.0)
    in_name = pairs(needle) & pairs(row.name)
    return row.label in _NAMED_BY_WORDS and share >= _CLEAR_SHARE and lead >= _CLEAR_LEAD and bool(in_name)


def _ratios(rows: Sequence[_Row], needle: str) -> list[float]:
    """Return how like each row is in spelling, from 0 to 1: for what is mistyped."""
    import numpy as np
    from rapidfuzz import fuzz, process

    if len(needle) > _LONGEST or not rows:
        return [0.0] * len(rows)
    names = [name for row in rows for name in row.names]
    partly, wholly = (process.cdist([needle], names, scorer=scorer)[0] for scorer in (fuzz.partial_ratio, fuzz.ratio))
    starts = np.cumsum([0, *(len(row.names) for row in rows[:-1])])
    alike = np.maximum.reduceat(0.6 * partly.astype(float) + 0.4 * wholly.astype(float), starts) / 100
    return [float(one) for one in alike]
