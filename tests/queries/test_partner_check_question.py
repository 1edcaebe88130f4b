"""The back-test of partner suggestions on a toy history, worked out by hand, and on the sample."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import cooperation_sample as sample
import pytest
from partner_samples import E1, E2, E3, E4, E5, I1, I2, I3, QUESTIONS, dicts, told
from store_helpers import edge, graph, new_workspace, node

from innograph import Workspace
from innograph.graph.records import Edge, Node
from innograph.graph.stores import Store, open_store
from innograph.queries import ask
from innograph.queries.analyses import suggestion_check
from innograph.queries.measures.link_prediction import l3_scores

HISTORY: list[tuple[int | None, list[str]]] = [
    (2015, [E1, I1]),
    (2015, [E2, I1]),
    (2016, [E2, I2]),
    (2015, [E3, I3]),
    (2015, [E4, I3]),
    (2018, [E1, I2]),  # the one new pair of bodies known by 2016
    (2018, [E5, I1]),  # of a body that nobody knew
    (None, [E4, I1]),  # of no year
]


def things(history: Iterable[tuple[int | None, list[str]]]) -> Iterator[Node | Edge]:
    history = list(history)
    for body in sorted({body for _, bodies in history for body in bodies}):
        yield node(body.partition(":")[0], body, quote=f"line of {body}", place="row")
    for number, (year, bodies) in enumerate(history):
        yield node("Project", f"Project:p{number:04}", start_date=dt.date(year, 3, 1) if year else None)
        for body in bodies:
            own = f"PARTICIPATES_IN:{number:04}{body}"
            yield edge("PARTICIPATES_IN", body, f"Project:p{number:04}", own, quote=f"line of {number}", place="row")


@pytest.fixture
def toy(opened: Callable[[Iterable[Node | Edge]], Store]) -> Store:
    return opened([*things(HISTORY), edge("COOPERATES_WITH", E4, I2, "COOPERATES_WITH:1")])


def check(store: Store, **given: Any) -> dict[str, dict[str, Any]]:
    return {row["measure"]: row for row in ask(store, QUESTIONS["suggestion-check"], given).dicts()}


def test_the_check_by_hand(toy: Store) -> None:
    """By 2016 E1 could be told of I2 and I3. E1–I1–E2–I2 speaks for I2; I3 has more partners (two to one)."""
    rows = check(toy, k=1)
    assert list(rows) == ["precision", "recall", "hit"]
    for row in rows.values():
        assert (row["year"], row["tested"], row["bodies"], row["pairs"], row["k"]) == (2016, 1, 1, 1, 1)
        assert [row["suggested"], row["l3"], row["popularity"], row["chance"]] == [1, 1, 0, 0.5]
        assert (row["times"], row["error"], row["verdict"]) == (2, 0, "too-few"), "one body proves nothing"
        assert row["examples"] == [f"{E1} – {I2}"]
        assert row["quote"] == ["line of 5"]


def test_the_check_the_other_way(toy: Store) -> None:
    """I2 could be told of E1, E3 and E4, all with one partner: by popularity the first by id."""
    row = check(toy, k=1, kind="enterprise")["recall"]
    assert [row["suggested"], row["popularity"], row["chance"]] == pytest.approx([1, 1, 1 / 3])
    row = check(toy, k=2, kind="enterprise")["precision"]
    assert [row["suggested"], row["chance"]] == pytest.approx([0.5, 1 / 3])


def test_the_check_of_any_kind(toy: Store) -> None:
    """E1 and I2 find each other among five each; by popularity E1 is told of E2, and I2 of I1."""
    row = check(toy, k=1, kind="any")["precision"]
    assert (row["tested"], row["pairs"]) == (2, 2)
    assert [row["suggested"], row["popularity"], row["chance"]] == pytest.approx([1, 0, 0.2])
    assert row["verdict"] == "too-few"


def test_the_check_tells_what_is_left_out(toy: Store) -> None:
    remarks = told(ask(toy, QUESTIONS["suggestion-check"], {}))
    assert "projects begun up to 2016" in remarks
    assert "1 new pairs with them are left out" in remarks, "E5 and I1"
    assert "without a start date (1)" in remarks
    assert "with 1 tested, too few to say anything for sure" in remarks


def test_a_year_that_cannot_be_tested(toy: Store) -> None:
    answer = ask(toy, QUESTIONS["suggestion-check"], {"year": 2015})  # I2 was not known yet
    assert answer.rows.rows == []
    assert "Years that can be: 2016." in told(answer)


def test_nothing_to_check(tmp_path: Path) -> None:
    with closing(open_store("kglite", file=tmp_path / "g.kgl", workspace=new_workspace())) as store:
        for some in ([], [node("Enterprise", E1)]):
            store.sync(graph(some, stamp=f"s{len(some)}"))
            answer = ask(store, QUESTIONS["suggestion-check"], {})
            assert answer.rows.rows == []
            assert "No year can be tested" in told(answer)


def test_where_all_would_be_suggested_fewer_are(toy: Store) -> None:
    """E1 has two candidates: a list of two or more has both, and is right whatever the score."""
    for k in (2, 10):
        answer = ask(toy, QUESTIONS["suggestion-check"], {"k": k})
        assert {row["k"] for row in answer.dicts()} == {1}
        assert answer.dicts()[0]["chance"] == 0.5
        assert f"no more than 2 candidates as a rule; {k} suggestions would be all of them" in told(answer)
    assert "as a rule" not in told(ask(toy, QUESTIONS["suggestion-check"], {"k": 1}))


def test_one_candidate_tests_nothing(tmp_path: Path) -> None:
    """e1 may be told of i2 alone, whatever the score."""
    history: list[tuple[int | None, list[str]]] = [
        (2015, [E1, I1]),
        (2015, [E2, I1]),
        (2015, [E2, I2]),
        (2018, [E1, I2]),
    ]
    with closing(open_store("kglite", file=tmp_path / "g.kgl", workspace=new_workspace())) as store:
        store.sync(graph(things(history)))
        answer = ask(store, QUESTIONS["suggestion-check"], {"k": 1})
    assert answer.rows.rows == []
    assert "this cannot be tested" in told(answer)


@pytest.mark.parametrize(("bodies", "verdict"), [(29, "too-few"), (30, "better")])
def test_a_verdict_takes_thirty_bodies(bodies: int, verdict: str, tmp_path: Path) -> None:
    """Firms of H with one that is with J too, and J's partner they become; Z with more partners is popular, and wrong."""
    firms = [f"Enterprise:{number:03}" for number in range(bodies)]
    history: list[tuple[int | None, list[str]]] = [(2015, [firm, "Institute:H"]) for firm in ["Enterprise:x", *firms]]
    history += [(2015, ["Enterprise:x", "Institute:J"])]
    history += [(2015, [f"Enterprise:z{number}", "Institute:Z"]) for number in range(3)]
    history += [(2018, [firm, "Institute:J"]) for firm in firms]
    with closing(open_store("kglite", file=tmp_path / "g.kgl", workspace=new_workspace())) as store:
        store.sync(graph(things(history)))
        row = check(store, k=1)["precision"]
    # J is foretold for all; Z is suggested by popularity; chance is one of two.
    assert [row["suggested"], row["popularity"], row["chance"], row["tested"]] == [1, 0, 0.5, bodies]
    assert row["verdict"] == verdict


def test_the_check_is_worked_out_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[int] = []

    def counting(ties: Any, starts: Any) -> Any:
        asked.append(len(starts))
        return l3_scores(ties, starts)

    monkeypatch.setattr(suggestion_check, "l3_scores", counting)
    with closing(open_store("kglite", file=tmp_path / "g.kgl", workspace=new_workspace())) as store:
        store.sync(graph(things(HISTORY)))
        first = ask(store, QUESTIONS["suggestion-check"], {"k": 1})
        assert ask(store, QUESTIONS["suggestion-check"], {"k": 1}) == first
        assert asked == [1]
        assert check(store, k=1, kind="enterprise")["recall"] != first.dicts()[1]
        assert asked == [1, 1], "of the other side the one body is I2"


def test_many_are_sampled(tmp_path: Path) -> None:
    """210 firms of H by 2015, of which the last is with J too; all others come to J in 2018."""
    firms = [f"Enterprise:{number:03}" for number in range(210)]
    history: list[tuple[int | None, list[str]]] = [(2015, [firm, "Institute:H"]) for firm in firms]
    history += [(2015, [firms[-1], "Institute:J"]), (2015, ["Enterprise:x", "Institute:K"])]
    history += [(2018, [firm, "Institute:J"]) for firm in firms[:-1]]
    with closing(open_store("kglite", file=tmp_path / "g.kgl", workspace=new_workspace())) as store:
        store.sync(graph(things(history)))
        row = check(store, k=1)["precision"]
        assert (row["tested"], row["bodies"], row["pairs"], row["year"]) == (200, 209, 209, 2015)
        # firm–H–last firm–J for all; J and K have one partner each, and J comes first by id; chance is one of two.
        assert [row["suggested"], row["popularity"], row["chance"], row["error"]] == [1, 1, 0.5, 0]
        assert row["verdict"] == "as-popular"
        answer = ask(store, QUESTIONS["suggestion-check"], {"k": 1})
        assert "200 of them are drawn by chance with a fixed seed" in told(answer)
        assert answer.rows.rows == ask(store, QUESTIONS["suggestion-check"], {"k": 1}).rows.rows


def test_the_check_of_the_sample(whole: Workspace) -> None:
    """Numbers and chance counted in the CSVs: pairs that are new after 2020 between bodies known by then."""
    first: dict[tuple[str, str], int] = {}
    known: dict[str, int] = {}
    numbers = {project.number: project.start.year for project in sample.projects()}
    for pair, projects in sample.pairs("project").items():
        first[pair] = min(numbers[project] for project in projects)
    for project in sample.projects():
        for body in project.parties:
            known[body] = min(known.get(body, 9999), project.start.year)
    early = {body for body, year in known.items() if year <= 2020}
    new = [pair for pair, year in first.items() if year > 2020 and early >= set(pair)]
    tied = {body: {x for pair, year in first.items() if year <= 2020 and body in pair for x in pair} for body in early}
    right = {body: sum(body in pair for pair in new) for body in early}
    tested = [body for body in early if right[body]]
    rows = {
        row["measure"]: row for row in dicts(whole.answer("suggestion-check", {"year": 2020, "kind": "any", "k": 3}))
    }
    chances = [right[body] / len(early - tied[body] - {body}) for body in tested]
    assert (rows["precision"]["tested"], rows["precision"]["pairs"]) == (len(tested), 2 * len(new))
    assert rows["precision"]["chance"] == pytest.approx(sum(chances) / len(chances))
    assert rows["precision"]["times"] == pytest.approx(rows["precision"]["suggested"] / rows["precision"]["chance"])
    assert all(0 <= row[name] <= 1 for row in rows.values() for name in ("suggested", "l3", "popularity", "chance"))
