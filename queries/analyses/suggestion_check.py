"""How often suggestions would have come true: made of what was known up to a year, held against what began after it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
from scipy import sparse

from innograph.graph.text import Text

from ..answering import Found
from ..measures.link_prediction import Retrieval, by_chance, estimate, l3_scores, retrieval, top
from ..measures.matrices import columns_of
from ..network import network_of
from . import suggesting
from .structure import Stand, evidence, remembered

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

    from innograph.graph.stores import Store

    from ..network import Network

    Matrix = sparse.csr_array[Any, tuple[int, int]]
    Nodes = NDArray[np.int64]
    Mask = NDArray[np.bool_]
    Numbers = NDArray[np.float64]

_SEED, _DRAWN, _AT_ONCE = 20240101, 200, 100
_ENOUGH = 30
_NEVER = 9999
_EXAMPLES = 3
_SIDES = {"institute": ("Enterprise", "Institute"), "enterprise": ("Institute", "Enterprise")}
_SUGGESTED, _L3, _POPULAR, _CHANCE = range(4)


class _History(NamedTuple):
    """In which year two bodies first shared a project, and in which each first took part in one."""

    ones: Nodes
    others: Nodes
    years: Nodes
    first: Nodes


class _Trial(NamedTuple):
    """What was known up to a year, and what is to be foretold.

    Args:
        ties: who were partners.
        new: bodies × bodies: who became partners later, of those who are tested and those who can be suggested.
        known: for each body, whether it can be suggested.
    """

    ties: Matrix
    new: Matrix
    known: Mask

    @property
    def tested(self) -> Nodes:
        """The bodies with a new partner."""
        return np.flatnonzero(np.diff(self.new.indptr))


class _Outcome(NamedTuple):
    """How suggestions did.

    Args:
        most: how many were made to each body.
        values: of each body tested how each of the four lists did: bodies × lists × measures.
        examples: pairs that were foretold, or else one that was not.
        hits: how many of the examples were foretold.
        bodies: how many could be tested.
        pairs: how many new partners these have altogether.
        candidates: how many bodies could be suggested to one that is tested (the median).
    """

    most: int
    values: Numbers
    examples: Sequence[tuple[int, int]]
    hits: int
    bodies: int
    pairs: int
    candidates: int


def answer(store: Store, parameters: Mapping[str, Any]) -> Found:
    """Return precision, recall and the share of bodies with a hit, beside those of baselines."""
    network = network_of(store)
    history = remembered(network, "history", lambda: _history(network))
    kind, most = parameters["kind"], parameters["k"]
    sides = _sides(network, kind)
    numbers = remembered(network, f"tested {kind}", lambda: _tested_by_year(history, sides))
    year = parameters["year"] or _usual(numbers)
    if not numbers.get(year):
        return Found([], [_untestable(numbers)])
    outcome = remembered(
        network, "suggestions tested", lambda: _tried(network, _trial(history, sides, year), most), (kind, year, most)
    )
    told = [_told(year, outcome), *_lowered(outcome, most)]
    if not len(outcome.values):
        return Found([], told)
    left_out = int((history.years > year).sum()) - _pairs(history, year)
    remarks = [*told, _left_out(network, left_out), _plainly(outcome)]
    return Found(_rows(store, network, year, outcome), remarks)


def _history(network: Network) -> _History:
    years = network.years[network.joint.projects]
    dated = np.flatnonzero(years)
    size = max(len(network.bodies.ids), 1)
    keys = network.joint.ones[dated] * size + network.joint.others[dated]
    order = np.lexsort((years[dated], keys))
    pairs, at = np.unique(keys[order], return_index=True)
    first = np.full(len(network.bodies.ids), _NEVER, dtype=np.int64)
    began = network.years[network.participations.projects]
    np.minimum.at(first, network.participations.bodies[began > 0], began[began > 0])
    return _History(pairs // size, pairs % size, years[dated][order][at], first)


def _sides(network: Network, kind: str) -> tuple[Mask, Mask]:
    """Return for each body whether suggestions are made for it, and whether it can be suggested."""
    if kind in _SIDES:
        one, other = (network.of_kind(side) for side in _SIDES[kind])
        return one, other
    return np.ones(len(network.bodies.ids), dtype=np.bool_), ~network.of_kind("Collective")


def _new(history: _History, year: int) -> Mask:
    """Return for each pair whether both were known in a year and became partners after it."""
    known = history.first <= year
    return (history.years > year) & known[history.ones] & known[history.others]


def _pairs(history: _History, year: int) -> int:
    return int(_new(history, year).sum())


def _tested_by_year(history: _History, sides: tuple[Mask, Mask]) -> dict[int, int]:
    """Return for each year how many bodies could be tested."""
    tested, suggested = sides
    found: dict[int, int] = {}
    for year in np.unique(history.years).tolist():
        new = _new(history, year)
        one, other = history.ones[new], history.others[new]
        bodies = np.concatenate([one[tested[one] & suggested[other]], other[tested[other] & suggested[one]]])
        if len(bodies):
            found[year] = len(np.unique(bodies))
    return found


def _usual(numbers: Mapping[int, int]) -> int:
    """Return the last year with enough bodies to test, or else the one with most."""
    enough = [year for year, number in numbers.items() if number >= _ENOUGH]
    return max(enough) if enough else max(numbers, key=lambda year: (numbers[year], year), default=0)


def _trial(history: _History, sides: tuple[Mask, Mask], year: int) -> _Trial:
    size = len(history.first)
    tested, suggested = sides
    new = _both_ways(history, _new(history, year), size).tocoo()
    wanted = tested[new.row] & suggested[new.col]
    held = sparse.coo_array((new.data[wanted], (new.row[wanted], new.col[wanted])), shape=(size, size)).tocsr()
    return _Trial(_both_ways(history, history.years <= year, size), held, suggested & (history.first <= year))


def _both_ways(history: _History, which: Mask, size: int) -> Matrix:
    one, other = history.ones[which], history.others[which]
    ends = (np.concatenate([one, other]), np.concatenate([other, one]))
    found = sparse.coo_array((np.ones(2 * len(one)), ends), shape=(size, size)).tocsr()
    found.sort_indices()
    return found


def _tried(network: Network, trial: _Trial, asked: int) -> _Outcome:
    tested = trial.tested
    drawn = np.sort(np.random.default_rng(_SEED).choice(tested, min(_DRAWN, len(tested)), replace=False))
    candidates = int(np.median(_candidates(trial)[drawn]))
    most = asked if asked < candidates else max(1, candidates // 3)
    values: list[list[Retrieval]] = []
    hits: list[tuple[int, int]] = []
    for begin in range(0, len(drawn) if most < candidates else 0, _AT_ONCE):
        some = drawn[begin : begin + _AT_ONCE]
        for body, l3 in zip(some.tolist(), l3_scores(trial.ties, some), strict=True):
            lists, foretold = _lists(network, trial, body, l3, most)
            values.append(lists)
            hits += foretold
    examples = hits[:_EXAMPLES] or [(int(one), int(columns_of(trial.new, one)[0])) for one in tested[:1]]
    return _Outcome(
        most, np.array(values), examples, len(hits[:_EXAMPLES]), len(tested), int(trial.new.nnz), candidates
    )


def _candidates(trial: _Trial) -> Nodes:
    """Return for each body how many can be suggested to it: who is known by then, but itself and its partners."""
    known = trial.known.astype(np.int64)
    return int(known.sum()) - known - np.asarray(trial.ties @ known, dtype=np.int64)


def _lists(
    network: Network, trial: _Trial, body: int, l3: Numbers, most: int
) -> tuple[list[Retrieval], list[tuple[int, int]]]:
    """Return how each of the four lists for a body did, and the pairs that the suggestions foretold."""
    free = trial.known.copy()
    free[[body, *columns_of(trial.ties, body).tolist()]] = False
    right, candidates = columns_of(trial.new, body), np.flatnonzero(free)
    wanted = suggesting.industries_of(network, body)
    scores = suggesting.scored(network, l3, np.array([body]), wanted).total
    popularity = np.diff(trial.ties.indptr).astype(np.float64)
    ranked = (scores[candidates].round(9), l3[candidates], popularity[candidates])
    lists = [candidates[top(one, most)] for one in ranked]
    number = len(candidates)
    found = [*(retrieval(one, right, number, most) for one in lists), by_chance(len(right), number, most)]
    return found, [(body, int(other)) for other in np.intersect1d(lists[_SUGGESTED], right)]


def _rows(store: Store, network: Network, year: int, outcome: _Outcome) -> list[tuple[Any, ...]]:
    names, bodies = network.bodies.names, outcome.bodies
    links = [link for pair in outcome.examples for link in network.links(*pair, most=1)]
    (proof,) = evidence(store, [Stand(links=links)])
    shown = [f"{names[one]} – {names[other]}" for one, other in outcome.examples[: outcome.hits]]
    found: list[tuple[Any, ...]] = []
    for at, measure in enumerate(Retrieval._fields):
        means = [estimate(outcome.values[:, one, at], bodies) for one in range(4)]
        suggested, l3, popular, chance = (one.mean for one in means)
        verdict = _verdict(outcome.values[:, :, at], bodies)
        times = suggested / chance if chance else None
        rates = (suggested, means[_SUGGESTED].error, l3, popular, chance, times, verdict)
        counts = (outcome.most, year, len(outcome.values), bodies, outcome.pairs)
        found.append((measure, *rates, *counts, shown, *proof))
    return found


def _verdict(values: Numbers, of: int) -> str:
    """Return how the suggestions did against the baselines; a difference counts if it is above two standard errors."""
    if len(values) < _ENOUGH:
        return "too-few"
    if _clearly(values[:, _POPULAR] - values[:, _SUGGESTED], of):
        return "worse"
    if not _clearly(values[:, _SUGGESTED] - values[:, _CHANCE], of):
        return "no-better"
    return "better" if _clearly(values[:, _SUGGESTED] - values[:, _POPULAR], of) else "as-popular"


def _clearly(differences: Numbers, of: int) -> bool:
    found = estimate(differences, of)
    spread = float(differences.std(ddof=1)) / len(differences) ** 0.5
    return bool(found.mean > 2 * spread)


def _told(year: int, outcome: _Outcome) -> Text:
    tested, pairs, drawn = outcome.bodies, outcome.pairs, len(outcome.values)
    if 0 < drawn < tested:
        sample = Text(
            f"从中按固定种子随机抽取{drawn}家检验，标准误见表。",
            f"{drawn} of them are drawn by chance with a fixed seed; the standard error is in the table.",
        )
    else:
        sample = Text("全部检验。", "All of them are tested.") if drawn else Text("没有检验。", "None is tested.")
    return Text(
        f"用{year}年及以前开始的项目推荐，以之后开始的项目检验：{tested}家单位与当时已知的单位新结成伙伴{pairs}对"
        f"（双方都受检验的，各算一次）。{sample.zh}",
        f"Suggestions are made of projects begun up to {year} and held against those begun later: {tested} bodies with "
        f"{pairs} new partners among the bodies known by then. {sample.en}",
    )


def _left_out(network: Network, pairs: int) -> Text:
    undated = int((network.years == 0).sum())
    return Text(
        f"之后才第一次出现的单位无从推荐，涉及{pairs}对新伙伴；{undated}个项目没有开始日期，直接合作没有年份，均未计。"
        "领域和区域按现在的记录。",
        f"Bodies that appear only later cannot be suggested; {pairs} new pairs with them are left out, as are projects "
        f"without a start date ({undated}) and direct cooperation, which has no year. Fields and regions are as known now.",
    )


def _lowered(outcome: _Outcome, asked: int) -> list[Text]:
    """Return the remark that lists as long as asked for would have had every candidate in them, if that is so."""
    if asked < outcome.candidates:
        return []
    begun = Text(
        f"每家通常只有{outcome.candidates}个可推荐的对象，推荐{asked}个就等于全部列出，检验不出好坏；",
        f"A body has no more than {outcome.candidates} candidates as a rule; {asked} suggestions would be all of them, which tests nothing; ",
    )
    if not len(outcome.values):
        return [Text(f"{begun.zh}因此无法检验。", f"{begun.en}so that this cannot be tested.")]
    return [Text(f"{begun.zh}改为每家{outcome.most}个。", f"{begun.en}{outcome.most} are made instead.")]


def _plainly(outcome: _Outcome) -> Text:
    """Return in plain words what precision says."""
    values, of = outcome.values, outcome.bodies
    found = [estimate(values[:, one, 0], of).mean for one in (_SUGGESTED, _POPULAR, _CHANCE)]
    zh = {
        "too-few": f"只检验了{len(values)}家，太少，不作结论",
        "better": "明显好于按伙伴多少推荐，也好于随机",
        "as-popular": "好于随机，但与只推荐伙伴最多的单位没有明显差别：结果较弱",
        "no-better": "不明显好于随机：结果弱，推荐只供参考",
        "worse": "不如只推荐伙伴最多的单位：结果弱",
    }
    en = {
        "too-few": f"with {len(values)} tested, too few to say anything for sure",
        "better": "clearly better than suggesting whoever has most partners, and than chance",
        "as-popular": "better than chance, but not clearly better than suggesting whoever has most partners: a weak result",
        "no-better": "not clearly better than chance: a weak result, and suggestions are no more than hints",
        "worse": "worse than suggesting whoever has most partners: a weak result",
    }
    verdict = _verdict(values[:, :, 0], of)
    shares = [f"{one:.1%}" for one in found]
    return Text(
        f"准确率：推荐{shares[0]}，按伙伴多少{shares[1]}，随机{shares[2]}——{zh[verdict]}。",
        f"Precision: suggestions {shares[0]}, popularity {shares[1]}, chance {shares[2]} – {en[verdict]}.",
    )


def _untestable(numbers: Mapping[int, int]) -> Text:
    if not numbers:
        return Text(
            "没有哪一年可供检验：需要带开始日期的项目，其中已有往来的单位后来又结成新伙伴。",
            "No year can be tested: there must be projects with start dates in which bodies known before become partners.",
        )
    years = Text("、".join(map(str, numbers)), ", ".join(map(str, numbers)))
    return Text(
        f"该年之后没有可检验的新伙伴。可选：{years.zh}。",
        f"No new partners can be tested after that year. Years that can be: {years.en}.",
    )
