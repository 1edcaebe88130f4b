"""The ledger: what is recorded, replaced, forgotten and read back."""

from __future__ import annotations

import datetime as dt
import sqlite3
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from ledger_samples import A, B, dump, new, node

from innograph.graph.errors import (
    Ambiguous,
    NothingFound,
)
from innograph.graph.issues import Issue, Severity
from innograph.graph.ledger import Change, Ledger
from innograph.graph.records import EdgeAssertion, Evidence, Locator, NodeAssertion
from innograph.graph.text import Text

TASK = "Task:p/2.1"


def leads(source: str = A, quote: str = "牵头单位：科技局") -> EdgeAssertion:
    return EdgeAssertion("LEADS", source, TASK, Evidence(quote, Locator(line=4)))


class TestRecording:
    def test_new_ledger(self, ledger: Ledger, file: Path) -> None:
        assert len(ledger.workspace) == 12
        assert int(ledger.workspace, 16) >= 0
        assert ledger.generation == 0
        assert ledger.sources() == []
        with Ledger.open(file) as again:
            assert again.workspace == ledger.workspace

    def test_every_ledger_has_its_own_workspace(self, ledger: Ledger, tmp_path: Path) -> None:
        with Ledger.open(tmp_path / "other.sqlite", create=True) as other:
            assert other.workspace != ledger.workspace

    def test_counts(self, ledger: Ledger) -> None:
        issues = [
            Issue("plan.no-assignment", values={"title": "x"}),
            Issue("plan.no-number"),
            Issue("plan.no-assignment", values={"title": "y"}),
        ]
        result = ledger.record(new(), [node(), node(TASK), leads()], issues)
        assert result.change is Change.ADDED
        assert [result.source] == ledger.sources()
        assert result.source.assertions == 3
        assert result.source.issues == {Severity.WARNING: 2, Severity.INFO: 1}
        assert result.source.position == 1
        assert dt.datetime.fromisoformat(result.source.loaded_at).utcoffset() == dt.timedelta(0)
        assert ledger.generation == 1

    def test_twice_changes_nothing(self, ledger: Ledger, file: Path) -> None:
        ledger.record(new(), [node(), node(TASK), leads()], [Issue("plan.no-number")])
        before = dump(file)

        def untouched():
            raise AssertionError("the assertions were asked for")
            yield

        result = ledger.record(new(), untouched(), untouched())
        assert result.change is Change.UNCHANGED
        assert result.source == ledger.sources()[0]
        assert dump(file) == before

    def test_same_content_elsewhere_is_a_duplicate(self, ledger: Ledger, file: Path) -> None:
        ledger.record(new("a.txt"), [node()], [])
        before = dump(file)
        result = ledger.record(new("b.txt"), [node()], [])
        assert (result.change, result.source.origin) == (Change.DUPLICATE, "a.txt")
        assert dump(file) == before

    def test_changed_file_replaces_only_its_own(self, ledger: Ledger, file: Path) -> None:
        ledger.record(new("a.txt", "a"), [node(A), node(TASK), leads()], [Issue("plan.no-number")])
        ledger.record(new("b.txt", "b"), [node(A, "另一处"), node(B)], [Issue("plan.no-issuer")])
        others = {t: [r for r in rows if t in ("assertion", "issue") and r[1] == 2] for t, rows in dump(file).items()}
        result = ledger.record(new("a.txt", "c"), [node(A, "新")], [])
        assert result.change is Change.REPLACED
        assert (result.source.id, result.source.sha256, result.source.issues) == (1, "c" * 64, {})
        after = dump(file)
        assert [r for r in after["assertion"] if r[1] == 2] == others["assertion"] != []
        assert after["issue"] == others["issue"] != []
        assert [e.quote for e in ledger.evidence(A)] == ["新", "另一处"]
        assert ledger.evidence(TASK) == []

    def test_edited_to_equal_another_file_is_replaced(self, ledger: Ledger) -> None:
        ledger.record(new("a.txt", "a"), [node(A)], [])
        ledger.record(new("b.txt", "b"), [node(B)], [])
        assert ledger.record(new("b.txt", "a"), [node(A)], []).change is Change.REPLACED
        assert ledger.evidence(B) == []

    def test_newer_loader_reads_again_in_place(self, ledger: Ledger) -> None:
        ledger.record(new("a.txt", "a"), [node(A)], [])
        ledger.record(new("b.txt", "b"), [node(B)], [])
        result = ledger.record(new("a.txt", "a", version="2"), [node(A), node(TASK)], [])
        assert (result.change, result.source.position) == (Change.REPLACED, 1)
        assert ledger.record(new("a.txt", "c", version="2"), [node(A)], []).source.position == 3

    def test_forgetting_keeps_what_others_say(self, ledger: Ledger) -> None:
        ledger.record(new("a.txt", "a"), [node(A, "甲"), node(TASK), leads()], [Issue("plan.no-number")])
        ledger.record(new("b.txt", "b"), [node(A, "乙")], [])
        gone = ledger.forget(1)
        assert (gone.origin, gone.assertions) == ("a.txt", 3)
        assert [s.origin for s in ledger.sources()] == ["b.txt"]
        assert [e.quote for e in ledger.evidence(A)] == ["乙"]
        assert ledger.evidence(TASK) == ledger.issues() == []
        assert ledger.generation == 3
        with pytest.raises(NothingFound):
            ledger.forget(1)

    def test_failing_loader_leaves_the_ledger_as_before(self, ledger: Ledger, file: Path) -> None:
        ledger.record(new("a.txt", "a"), [node()], [])
        before = dump(file)

        def failing():
            yield node(B)
            raise ZeroDivisionError

        with pytest.raises(ZeroDivisionError):
            ledger.record(new("a.txt", "b"), failing(), [])
        assert dump(file) == before

    def test_streams(self, ledger: Ledger) -> None:
        """At no time are more than a few of the assertions alive."""
        alive = Counter[str]()

        class Watched(Evidence):
            __slots__ = ()

            def __del__(self) -> None:
                alive["now"] -= 1

        def many():
            for number in range(5000):
                alive["now"] += 1
                alive["most"] = max(alive["most"], alive["now"])
                yield NodeAssertion("Region", f"Region:{number}", {"name": "x"}, Watched("x"))

        assert ledger.record(new(), many(), []).source.assertions == 5000
        assert alive["most"] < 10

    def test_issues_are_asked_for_last(self, ledger: Ledger) -> None:
        found: list[Issue] = []

        def reading():
            yield node()
            found.append(Issue("plan.no-number"))

        assert ledger.record(new(), reading(), found).source.issues == {Severity.INFO: 1}

    def test_several_records_as_one_change(self, ledger: Ledger, file: Path) -> None:
        def failing():
            yield node(B)
            raise ZeroDivisionError

        def both() -> None:
            with ledger.writing():
                ledger.record(new("a.txt", "a"), [node()], [])
                ledger.record(new("b.txt", "b"), failing(), [])

        with pytest.raises(ZeroDivisionError):
            both()
        assert ledger.sources() == []
        with ledger.writing():
            ledger.record(new("a.txt", "a"), [node(A)], [])
            with pytest.raises(ZeroDivisionError):
                ledger.record(new("b.txt", "b"), failing(), [])
        assert [s.origin for s in ledger.sources()] == ["a.txt"]
        assert len(dump(file)["assertion"]) == 1

    def test_state_changes_with_each_change_only(self, ledger: Ledger) -> None:
        states = [ledger.state]
        ledger.record(new("a.txt", "a"), [node()], [])
        states.append(ledger.state)
        ledger.record(new("a.txt", "a"), [node()], [])
        states.append(ledger.state)
        ledger.forget(1)
        states.append(ledger.state)
        assert states[1] == states[2]
        assert len(set(states)) == 3


class TestReading:
    def test_evidence(self, ledger: Ledger) -> None:
        ledger.record(new("b.txt", "a"), [node(A, "b1", 0.5), node(A, "b2"), node(TASK), leads(A, "b3")], [])
        ledger.record(new("a.txt", "b"), [node(A, "a1"), node(A, "a2", 0.7)], [])
        found = ledger.evidence(A)
        assert [(e.quote, e.confidence) for e in found] == [("a1", 1.0), ("b2", 1.0), ("a2", 0.7), ("b1", 0.5)]
        assert (found[0].source, found[0].origin, found[0].type, found[0].place) == (
            "a.txt", "a.txt", "Department", Locator(line=3),
        )  # fmt: skip
        assert [(e.quote, e.type) for e in ledger.evidence(leads().id)] == [("b3", "LEADS")]
        assert ledger.evidence("Department:none") == []

    def test_evidence_has_what_each_line_says(self, ledger: Ledger) -> None:
        said = [node(A, "a1", name="科技局", since=dt.date(2022, 6, 17)), node(A, "a2", 0.5, name="市科技局")]
        ledger.record(new("a.txt", "a"), [*said, leads()], [])
        assert [e.properties for e in ledger.evidence(A)] == [
            {"name": "科技局", "since": dt.date(2022, 6, 17)}, {"name": "市科技局"},
        ]  # fmt: skip
        assert [e.properties for e in ledger.evidence(leads().id)] == [{}]

    def test_assertions_in_order(self, ledger: Ledger) -> None:
        ledger.record(new("z.txt", "a"), [node(B, "z1"), node(A, "z2"), node(A, "z3")], [])
        ledger.record(new("a.txt", "b"), [node(A, "a1")], [])
        assert [(s.subject, s.source.origin, s.assertion.evidence.quote) for s in ledger.assertions()] == [
            (B, "z.txt", "z1"),
            (A, "z.txt", "z2"),
            (A, "z.txt", "z3"),
            (A, "a.txt", "a1"),
        ]

    def test_issues(self, ledger: Ledger) -> None:
        problem = Text("不是数", "not a number")
        values = {"column": "年", "value": "x", "problem": problem}
        bad = Issue("table.bad-value", Locator(sheet="名单", row=3), "x", values)
        ledger.record(new("a.txt", "a"), [], [bad])
        ledger.record(new("b.txt", "b"), [], [Issue("plan.no-number")])
        assert [(i.source_id, i.source, i.issue.code) for i in ledger.issues()] == [
            (1, "a.txt", "table.bad-value"),
            (2, "b.txt", "plan.no-number"),
        ]
        assert [i.issue for i in ledger.issues(1)] == [bad]
        assert ledger.issues(1)[0].issue.values["problem"] == problem
        assert isinstance(ledger.issues(1)[0].issue.values["problem"], Text)

    def test_kinds_of_issues_that_a_later_innograph_knows(self, ledger: Ledger) -> None:
        ledger.record(new(), [], [Issue("future.kind")])
        assert ledger.sources()[0].issues == {Severity.WARNING: 1}

    def test_find_source(self, ledger: Ledger) -> None:
        ledger.record(new("x/plan.txt", "a"), [], [])
        ledger.record(new("y/plan.txt", "b"), [], [])
        ledger.record(new("y/名单.xlsx", "c"), [], [])
        assert ledger.find_source("x/plan.txt").id == 1
        assert ledger.find_source("名单.xlsx").id == 3
        assert ledger.find_source("BBBBBB").id == 2
        with pytest.raises(Ambiguous) as several:
            ledger.find_source("plan.txt")
        assert "x/plan.txt、y/plan.txt" in str(several.value)
        for unknown in ("bbbbb", "名单", ""):
            with pytest.raises(NothingFound):
                ledger.find_source(unknown)

    def test_nothing_found_names_the_nearest(self, ledger: Ledger) -> None:
        with pytest.raises(NothingFound, match="—"):
            ledger.find_source("plan")
        ledger.record(new("x/plan.txt", "a"), [], [])
        with pytest.raises(NothingFound, match=r"plan\.txt"):
            ledger.find_source("plan")

    def test_prefix_search(self, ledger: Ledger) -> None:
        ledger.record(new(), [node(f"Task:p/{n:02}") for n in range(30)] + [node(A), node(B), node(A)], [])
        assert ledger.prefix_search("Department:652301/科") == [A]
        assert ledger.prefix_search("Task:p/") == [f"Task:p/{n:02}" for n in range(20)]
        assert ledger.prefix_search("Task:%") == ledger.prefix_search("department") == []

    def test_snapshot_is_one_state(self, ledger: Ledger, file: Path) -> None:
        ledger.record(new("a.txt", "a"), [node()], [])
        with Ledger.open(file) as other, ledger.snapshot():
            assert ledger.generation == 1
            other.record(new("b.txt", "b"), [node(B)], [])
            assert ledger.generation == len(ledger.sources()) == 1
        assert ledger.generation == 2

    def test_closed(self, ledger: Ledger) -> None:
        ledger.close()
        with pytest.raises(sqlite3.ProgrammingError):
            ledger.sources()


awkward = ["\x00", "'\"", "😀\r\n", '{"$date']
texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=20) | st.sampled_from(awkward)
values = (
    st.none()
    | st.booleans()
    | st.integers(-(2**63), 2**63 - 1)
    | st.floats(allow_nan=False, allow_infinity=False)
    | texts
    | st.dates()
    | st.lists(texts, max_size=3)
)
numbers = st.none() | st.integers(0, 10**9)
places = st.builds(
    Locator,
    **{name: st.none() | texts if name in ("sheet", "section") else numbers for name in Locator._fields},
)
evidences = st.builds(Evidence, texts, places, st.floats(0, 1))
properties = st.dictionaries(texts, values, max_size=4)
assertions = st.lists(
    st.builds(NodeAssertion, texts, texts, properties, evidences)
    | st.builds(EdgeAssertion, texts, texts, texts, evidences, properties, texts),
    max_size=5,
)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(assertions)
def test_round_trip(tmp_path: Path, said: list[NodeAssertion | EdgeAssertion]) -> None:
    file = tmp_path / "ledger.sqlite"
    file.unlink(missing_ok=True)
    with Ledger.open(file, create=True) as ledger:
        ledger.record(new(), said, [])
        got = [s.assertion for s in ledger.assertions()]
    assert [repr(a) for a in got] == [repr(a) for a in said]


def test_lone_surrogates_become_replacement_characters(ledger: Ledger) -> None:
    """A file name that is no UTF-8 comes from the system with lone surrogates, which no database takes."""
    ledger.record(new("sources/\udce5.txt"), [node(A, "a\ud800b", name="c\udfffd")], [])
    assert ledger.find_source("sources/\udce5.txt").origin == "sources/\ufffd.txt"
    said = next(ledger.assertions()).assertion
    assert (said.evidence.quote, said.properties) == ("a\ufffdb", {"name": "c\ufffdd"})


def test_values_that_are_no_values_are_refused(ledger: Ledger) -> None:
    for value, error in ((float("nan"), ValueError), (object(), TypeError), (dt.datetime(2022, 6, 17), TypeError)):
        with pytest.raises(error):
            ledger.record(new(), [node(name=value)], [])
    assert ledger.sources() == []
