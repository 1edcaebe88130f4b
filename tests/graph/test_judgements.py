"""Judgements: what stands, what contradicts it, what is taken back, and files of them."""

from __future__ import annotations

import contextlib
import csv
import datetime as dt
import io
import json
import random
import signal
import sqlite3
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from innograph.graph.errors import InputError, LedgerDamaged, LedgerLocked
from innograph.graph.ledger import Ledger, NewSource
from innograph.graph.ledger.judgement_files import COLUMNS, read_judgements, write_judgements
from innograph.graph.ledger.judgements import BadJudgement, Contradiction, Judgement, NoJudgement, Verdict
from innograph.graph.ledger.standing import Standing
from innograph.graph.records import Evidence, NodeAssertion
from innograph.graph.text import use_language

if TYPE_CHECKING:
    from collections.abc import Generator

A, B, C, D = (f"Enterprise:{letter}公司" for letter in "甲乙丙丁")
SAME, DIFFERENT = Verdict.SAME, Verdict.DIFFERENT
ME, YOU = "reviewer", "colleague"
HEAD = ",".join(COLUMNS)


@pytest.fixture
def ledger(tmp_path: Path) -> Generator[Ledger]:
    with Ledger.open(tmp_path / "ledger.sqlite", create=True) as opened:
        yield opened


@pytest.fixture
def other(tmp_path: Path) -> Generator[Ledger]:
    with Ledger.open(tmp_path / "other.sqlite", create=True) as opened:
        yield opened


def facts(judgement: Judgement) -> tuple[str, str, str, str]:
    return judgement.left, judgement.right, judgement.verdict.value, judgement.author


def without_numbers(judgements: list[Judgement]) -> list[tuple[object, ...]]:
    return sorted(
        (*j.pair, j.verdict, j.note, j.author, j.decided_at, j.withdrawn_at or dt.datetime.max.replace(tzinfo=dt.UTC))
        for j in judgements
    )


class TestJudging:
    def test_either_order_is_one_pair(self, ledger: Ledger) -> None:
        before = dt.datetime.now(dt.UTC)
        judged = ledger.judgements.judge(B, A, SAME, "同一信用代码", author=ME)
        low, high = sorted([A, B])
        assert facts(judged) == (low, high, "same", ME)
        assert (judged.note, judged.withdrawn_at, judged.stands) == ("同一信用代码", None, True)
        assert before <= judged.decided_at <= dt.datetime.now(dt.UTC)
        assert judged.decided_at.utcoffset() == dt.timedelta(0)
        assert ledger.judgements.standing() == ledger.judgements.history((A, B)) == [judged]

    def test_it_is_kept(self, ledger: Ledger) -> None:
        judged = ledger.judgements.judge(A, B, DIFFERENT, author=ME)
        file = ledger.file
        ledger.close()
        with Ledger.open(file) as again:
            assert again.judgements.standing() == [judged]

    def test_judging_again_withdraws_the_former(self, ledger: Ledger) -> None:
        first = ledger.judgements.judge(A, B, SAME, author=ME)
        second = ledger.judgements.judge(B, A, DIFFERENT, "查过档案", author=YOU)
        assert ledger.judgements.standing() == [second]
        former, latter = ledger.judgements.history((B, A))
        assert (former.id, former.withdrawn_at, latter) == (first.id, second.decided_at, second)
        assert second.decided_at > first.decided_at

    def test_judging_exactly_the_same_again_changes_nothing(self, ledger: Ledger) -> None:
        first = ledger.judgements.judge(A, B, SAME, author=ME)
        state = ledger.state
        assert ledger.judgements.judge(B, A, SAME, author=ME) == first
        assert ledger.state == state
        ledger.judgements.judge(B, A, SAME, author=YOU)  # another person's word is news
        assert ledger.state != state

    def test_every_change_changes_the_state(self, ledger: Ledger) -> None:
        states = [ledger.state]
        ledger.judgements.judge(A, B, SAME, author=ME)
        states.append(ledger.state)
        ledger.judgements.withdraw((B, A))
        states.append(ledger.state)
        ledger.judgements.judge(A, C, SAME, author=ME)
        states.append(ledger.state)
        ledger.judgements.undo_last(ME)
        states.append(ledger.state)
        assert len(set(states)) == 5

    @pytest.mark.parametrize(
        ("left", "right", "verdict", "author", "says"),
        [
            (A, A, SAME, ME, "same id"),
            (A, "Region:652301", SAME, ME, "different types"),
            (A, "甲公司", SAME, ME, "no node's id"),
            (A, "Nothing:甲", SAME, ME, "no node's id"),
            (A, B, SAME, " ", "--author"),
            (A, B, SAME, "x" * 201, "200"),
            (A, "Enterprise:" + "x" * 2000, SAME, ME, "2000"),
        ],
    )
    def test_what_cannot_be_judged(
        self, ledger: Ledger, left: str, right: str, verdict: Verdict, author: str, says: str
    ) -> None:
        with use_language("en"), pytest.raises(BadJudgement) as refused:
            ledger.judgements.judge(left, right, verdict, author=author)
        with use_language("en"):
            assert says in str(refused.value)
        assert ledger.judgements.history() == []

    def test_types_of_one_root_and_different_things_of_any_type(self, ledger: Ledger) -> None:
        ledger.judgements.judge("Organisation:pic=999999999", A, SAME, author=ME)
        ledger.judgements.judge("Region:652301", A, DIFFERENT, author=ME)
        assert len(ledger.judgements.standing()) == 2

    def test_too_long_a_note(self, ledger: Ledger) -> None:
        with pytest.raises(BadJudgement):
            ledger.judgements.judge(A, B, SAME, "x" * 10_001, author=ME)

    def test_half_characters(self, ledger: Ledger) -> None:
        """What a terminal under the C locale makes of Chinese is no text that a database takes."""
        judged = ledger.judgements.judge(A, B, SAME, "a\ud800", author="b\udc80")
        assert (judged.note, judged.author) == ("a\ufffd", "b\ufffd")
        assert ledger.judgements.history((A, "Enterprise:\ud800")) == []

    def test_a_clock_that_goes_back(self, ledger: Ledger) -> None:
        ledger.judgements.judge(A, B, SAME, author=ME)
        tomorrow = (dt.datetime.now(dt.UTC) + dt.timedelta(hours=5)).isoformat(timespec="microseconds")
        ledger._connection.execute("UPDATE judgement SET decided_at = ?", (tomorrow,))
        later = ledger.judgements.judge(A, B, DIFFERENT, author=ME)
        former, _ = ledger.judgements.history()
        assert later.decided_at > former.decided_at
        assert former.withdrawn_at == later.decided_at


class TestContradictions:
    def test_the_chain_is_named(self, ledger: Ledger) -> None:
        said = NodeAssertion("Enterprise", B, {"name": "乙公司全称"}, Evidence("乙公司全称"))
        ledger.record(NewSource("a.csv", "a.csv", "a" * 64, 1, "table", "1"), [said], [])
        ledger.judgements.judge(A, B, SAME, author=ME)
        ledger.judgements.judge(B, C, SAME, author=YOU)
        state = ledger.state
        with pytest.raises(Contradiction) as refused:
            ledger.judgements.judge(A, C, DIFFERENT, author=ME)
        with use_language("en"):
            told = str(refused.value)
        assert "cannot be judged different" in told
        named = f"乙公司全称（{B}）"
        links = [told.index(f"{x} = {y} ({who}") for x, y, who in ((named, A, ME), (C, named, YOU))]
        assert len(links) == 2
        assert "innograph review withdraw" in told
        assert (ledger.state, len(ledger.judgements.history())) == (state, 2)

    def test_difference_between_two_clusters(self, ledger: Ledger) -> None:
        ledger.judgements.judge(A, B, SAME, author=ME)
        ledger.judgements.judge(C, D, SAME, author=ME)
        ledger.judgements.judge(B, D, DIFFERENT, author=ME)
        with pytest.raises(Contradiction) as refused:
            ledger.judgements.judge(A, C, SAME, author=ME)
        assert str(refused.value).count("=") == 2
        assert str(refused.value).count("≠") == 1
        ledger.judgements.withdraw((D, B))
        ledger.judgements.judge(A, C, SAME, author=ME)
        with pytest.raises(Contradiction):
            ledger.judgements.judge(B, D, DIFFERENT, author=ME)

    def test_the_pair_itself_may_change_its_mind(self, ledger: Ledger) -> None:
        ledger.judgements.judge(A, B, SAME, author=ME)
        assert ledger.judgements.judge(A, B, DIFFERENT, author=ME).stands

    def test_what_is_different_from_one_thing_may_be_the_same(self, ledger: Ledger) -> None:
        ledger.judgements.judge(A, B, DIFFERENT, author=ME)
        ledger.judgements.judge(B, C, DIFFERENT, author=ME)
        assert ledger.judgements.judge(A, C, SAME, author=ME).stands

    def test_what_follows(self) -> None:
        at = dt.datetime(2026, 1, 1, tzinfo=dt.UTC)

        def judged(left: str, right: str, verdict: Verdict) -> Judgement:
            return Judgement(0, *sorted([left, right]), verdict, "", ME, at)

        standing = Standing([judged("a", "b", SAME), judged("b", "c", SAME), judged("c", "d", DIFFERENT)])
        assert standing.between("a", "c") is standing.between("a", "a") is SAME
        assert standing.between("d", "a") is standing.between("c", "d") is DIFFERENT
        assert standing.between("a", "e") is None
        standing.remove(("b", "c"))
        assert standing.between("a", "c") is standing.between("a", "d") is None
        assert standing.between("c", "d") is DIFFERENT

    @settings(max_examples=150, deadline=None)
    @given(
        st.lists(
            st.tuples(st.integers(0, 6), st.integers(0, 6), st.sampled_from(Verdict)).filter(lambda t: t[0] != t[1]),
            max_size=25,
        )
    )
    def test_what_stands_never_contradicts_itself(self, wanted: list[tuple[int, int, Verdict]]) -> None:
        """Against plain colouring: things joined by *same* get one colour, and no *different* pair has one."""
        at = dt.datetime(2026, 1, 1, tzinfo=dt.UTC)
        standing = Standing()
        for one, two, verdict in wanted:
            low, high = sorted([one, two])
            judgement = Judgement(0, str(low), str(high), verdict, "", ME, at)
            rest = [j for j in standing if j.pair != judgement.pair]
            chain = Standing(rest).against(*judgement.pair, verdict)
            assert bool(chain) is not consistent([*rest, judgement])
            if chain:
                assert [j.verdict for j in chain].count(DIFFERENT) == (verdict is SAME)
                assert walked(judgement.left, chain) == judgement.right
            else:
                standing.add(judgement)


def walked(node: str, chain: list[Judgement]) -> str:
    """Return where a chain of judgements leads from ``node``."""
    for judgement in chain:
        assert node in judgement.pair
        node = judgement.left if node == judgement.right else judgement.right
    return node


def consistent(judgements: list[Judgement]) -> bool:
    colour = {node: node for j in judgements for node in j.pair}
    for j in judgements:
        if j.verdict is SAME:
            old, new = colour[j.right], colour[j.left]
            colour = {node: new if c == old else c for node, c in colour.items()}
    return all(colour[j.left] != colour[j.right] for j in judgements if j.verdict is DIFFERENT)


class TestTakingBack:
    def test_withdrawing_keeps_the_row(self, ledger: Ledger) -> None:
        judged = ledger.judgements.judge(A, B, SAME, author=ME)
        withdrawn = ledger.judgements.withdraw((B, A))
        assert withdrawn.withdrawn_at is not None
        assert withdrawn.withdrawn_at >= judged.decided_at
        assert (ledger.judgements.standing(), ledger.judgements.history()) == ([], [withdrawn])

    def test_by_number(self, ledger: Ledger) -> None:
        judged = ledger.judgements.judge(A, B, SAME, author=ME)
        assert ledger.judgements.withdraw(judged.id).id == judged.id
        with use_language("en"), pytest.raises(NoJudgement, match=str(judged.id)):
            ledger.judgements.withdraw(judged.id)

    def test_nothing_to_withdraw(self, ledger: Ledger) -> None:
        state = ledger.state
        with pytest.raises(NoJudgement) as told:
            ledger.judgements.withdraw((A, B))
        with use_language("en"):
            assert str(told.value) == f"No judgement on {A} and {B} stands. innograph review history lists all"
        with pytest.raises(NoJudgement):
            ledger.judgements.undo_last(ME)
        assert ledger.state == state

    def test_undo_takes_the_authors_own_last(self, ledger: Ledger) -> None:
        first = ledger.judgements.judge(A, B, SAME, author=ME)
        second = ledger.judgements.judge(C, D, SAME, author=ME)
        third = ledger.judgements.judge(A, C, DIFFERENT, author=YOU)
        assert [ledger.judgements.undo_last(ME).judgement.id for _ in range(2)] == [second.id, first.id]
        assert ledger.judgements.standing() == [third]

    def test_undo_brings_back_what_was_replaced(self, ledger: Ledger) -> None:
        former = ledger.judgements.judge(A, B, DIFFERENT, "档案", author=YOU)
        ledger.judgements.judge(A, B, SAME, author=ME)
        undone = ledger.judgements.undo_last(ME)
        assert (undone.restored, ledger.judgements.standing()) == (former, [former])
        assert len(ledger.judgements.history()) == 2
        assert ledger.judgements.undo_last(YOU).restored is None
        assert ledger.judgements.standing() == []

    def test_undo_does_not_bring_back_a_contradiction(self, ledger: Ledger) -> None:
        ledger.judgements.judge(A, B, DIFFERENT, author=YOU)
        ledger.judgements.judge(A, B, SAME, author=ME)
        ledger.judgements.judge(A, C, SAME, author=YOU)
        ledger.judgements.judge(B, C, SAME, author=YOU)
        assert ledger.judgements.undo_last(ME).restored is None
        assert [facts(j)[2] for j in ledger.judgements.standing()] == ["same", "same"]


class TestSafety:
    def test_part_of_a_larger_change(self, ledger: Ledger) -> None:
        def fail() -> None:
            with ledger.writing():
                ledger.judgements.judge(A, B, SAME, author=ME)
                raise RuntimeError

        with pytest.raises(RuntimeError):
            fail()
        assert (ledger.judgements.history(), ledger.generation) == ([], 0)

    def test_another_process_is_writing(self, ledger: Ledger) -> None:
        with Ledger.open(ledger.file) as second, second.writing(), pytest.raises(LedgerLocked):
            ledger.judgements.judge(A, B, SAME, author=ME)
        assert ledger.judgements.judge(A, B, SAME, author=ME).stands

    def test_the_file_itself_allows_one_that_stands(self, ledger: Ledger) -> None:
        judged = ledger.judgements.judge(A, B, SAME, author=ME)
        with pytest.raises(sqlite3.IntegrityError):
            ledger._connection.execute(
                "INSERT INTO judgement (left_id, right_id, verdict, note, author, decided_at)"
                " VALUES (?, ?, 'different', '', '', '')",
                judged.pair,
            )

    def test_a_damaged_row(self, ledger: Ledger) -> None:
        ledger.judgements.judge(A, B, SAME, author=ME)
        ledger._connection.execute("UPDATE judgement SET decided_at = 'never'")
        with pytest.raises(LedgerDamaged):
            ledger.judgements.standing()

    @pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="needs kill -9")
    def test_killed_while_judging(self, tmp_path: Path) -> None:
        """What was acknowledged is there, each pair has one judgement that stands, and states were counted."""
        code = """
import sys
from pathlib import Path
from innograph.graph.ledger import Ledger
from innograph.graph.ledger.judgements import Verdict
from innograph.graph.ontology import load_ontology
load_ontology()  # takes its time, once
with Ledger.open(Path(sys.argv[1]), create=True) as ledger:
    done = len(ledger.judgements.history())
    print(done, flush=True)
    while True:
        verdict = list(Verdict)[(done // 5) % 2]
        ledger.judgements.judge("Industry:a", f"Industry:b{done % 5}", verdict, str(done), author="reviewer")
        done += 1
        print(done, flush=True)
"""
        chance = random.Random(5)
        file = tmp_path / "ledger.sqlite"
        held = 0
        for _ in range(10):
            judging = subprocess.Popen([sys.executable, "-c", code, str(file)], stdout=subprocess.PIPE, text=True)
            assert judging.stdout is not None
            judging.stdout.readline()
            time.sleep(chance.uniform(0, 0.15))
            judging.send_signal(signal.SIGKILL)
            printed = judging.communicate()[0].split()
            acknowledged = int(printed[-1]) if printed else held
            with Ledger.open(file) as ledger:
                history, standing = ledger.judgements.history(), ledger.judgements.standing()
                assert acknowledged <= len(history) == ledger.generation <= acknowledged + 1
                assert len(standing) == min(5, len(history))
                assert [j.note for j in standing] == [str(n) for n in range(len(history))][-5:]
                held = len(history)
        assert held > 10


def row(**cells: str) -> dict[str, str]:
    return {
        "verdict": "same",
        "left": A,
        "right": B,
        "note": "",
        "author": ME,
        "decided_at": "2026-01-01",
        "withdrawn_at": "",
        **cells,
    }


def as_csv(*rows: dict[str, str]) -> bytes:
    out = io.StringIO()
    writer = csv.DictWriter(out, COLUMNS)
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue().encode()


class TestFiles:
    @pytest.mark.parametrize("form", ["csv", "jsonl"])
    def test_there_and_back(self, ledger: Ledger, other: Ledger, form: str) -> None:
        ledger.judgements.judge(A, B, DIFFERENT, "=1+1", author=YOU)
        ledger.judgements.judge(A, B, SAME, "换行\n“引号”,😀", author=ME)
        ledger.judgements.judge(C, D, DIFFERENT, author=ME)
        ledger.judgements.withdraw((C, D))
        data = ledger.judgements.export(form).encode()
        first = other.judgements.take_in("x", data)
        assert (first.new, first.same, first.withdrawn, first.conflicts, first.problems) == (3, 0, 0, (), ())
        assert first.unknown == tuple(sorted([A, B, C, D]))
        assert without_numbers(other.judgements.history()) == without_numbers(ledger.judgements.history())
        state = other.state
        second = other.judgements.take_in("x", data)
        assert (second.new, second.same, second.withdrawn, other.state) == (0, 3, 0, state)

    def test_names_stand_beside_ids(self, ledger: Ledger) -> None:
        said = [
            NodeAssertion("Enterprise", A, {"name": "甲"}, Evidence("甲", confidence=0.5)),
            NodeAssertion("Enterprise", A, {"name": "甲公司"}, Evidence("甲公司")),
        ]
        ledger.record(NewSource("a.csv", "a.csv", "a" * 64, 1, "table", "1"), said, [])
        ledger.judgements.judge(A, B, SAME, author=ME)
        exported = ledger.judgements.export("csv")
        assert exported.startswith("\ufeff" + HEAD + "\r\n")
        (written,) = csv.DictReader(io.StringIO(exported.removeprefix("\ufeff")))
        names = {written["left"]: written["left_name"], written["right"]: written["right_name"]}
        assert names == {A: "甲公司", B: ""}
        assert json.loads(ledger.judgements.export("jsonl"))["withdrawn_at"] is None
        assert ledger.judgements.take_in("x", exported.encode()).unknown == (B,)

    @pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r", "\n"])
    def test_no_cell_is_a_formula(self, start: str) -> None:
        at = dt.datetime(2026, 1, 1, tzinfo=dt.UTC)
        for note in (f"{start}cmd", f"'{start}cmd", f"''{start}"):
            one = Judgement(0, A, B, SAME, note, f"{start}me", at)
            text = write_judgements([one], "csv", lambda _: f"{start}name")
            (written,) = csv.DictReader(io.StringIO(text.removeprefix("\ufeff"), newline=""))
            assert all(not cell.startswith(start) for cell in written.values())
            assert read_judgements("x", text.encode())[0][0].judgement.note == note

    @pytest.mark.parametrize("form", ["csv", "jsonl"])
    @settings(max_examples=200, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
    @given(
        note=st.text(st.characters(exclude_categories=["Cs"])),
        author=st.text(st.characters(exclude_categories=["Cs"]), min_size=1).filter(lambda t: bool(t.strip())),
        name=st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=20),
        at=st.datetimes(timezones=st.just(dt.UTC)),
        withdrawn=st.one_of(st.none(), st.datetimes(timezones=st.just(dt.UTC))),
    )
    @example(note="'=1", author="\t=", name="\r\n", at=dt.datetime(2026, 1, 1, tzinfo=dt.UTC), withdrawn=None)
    @example(note="\ufeff\x00\u2028", author="=", name="\x85", at=dt.datetime(1, 1, 1, tzinfo=dt.UTC), withdrawn=None)
    def test_any_text_comes_back(
        self, form: str, note: str, author: str, name: str, at: dt.datetime, withdrawn: dt.datetime | None
    ) -> None:
        left, right = sorted([f"Enterprise:{name}", "Enterprise:x=" + name])
        until = max(at, withdrawn) if withdrawn else None
        one = Judgement(0, left, right, SAME, note, author, at, until)
        rows, problems = read_judgements("x", write_judgements([one], form, lambda _: note).encode())
        assert ([r.judgement for r in rows], problems) == ([one], [])

    @settings(max_examples=300, deadline=None)
    @given(st.one_of(st.binary(), st.text().map(lambda t: (HEAD + "\n" + t).encode(errors="replace"))))
    @example(b"{" * 100_000)
    @example((HEAD + '\nsame,"').encode())
    @example((HEAD + "\nsame," + "x" * 200_000).encode())
    def test_no_file_breaks_the_reader(self, data: bytes) -> None:
        with contextlib.suppress(InputError):
            rows, problems = read_judgements("x", data)
            assert all(p.problem.zh and p.problem.en for p in problems)
            assert all(r.judgement.author for r in rows)

    def test_all_bad_rows_are_reported_and_good_ones_kept(self, ledger: Ledger) -> None:
        data = as_csv(
            row(),
            row(verdict="maybe"),
            row(left="", right=C),
            row(left=C, right=D, decided_at="gestern"),
            row(left=C, right=D, withdrawn_at="2025-12-31"),
            row(left=C, right=C),
            row(left=C, right="Region:652301"),
            row(left=C, right=D, decided_at="2999-01-01"),
            {},
            row(left=C, right=D, author=""),
            row(left=B, right=C, verdict="Different ", decided_at="2026-01-02T08:00:00+08:00"),
        )
        taken = ledger.judgements.take_in("x.csv", data)
        assert [p.row for p in taken.problems] == [3, 4, 5, 6, 7, 8, 9, 11]
        words = ["maybe", "left", "gestern", "withdrawn_at", "same id", "types", "2999", "author"]
        assert [word in p.problem.en for word, p in zip(words, taken.problems, strict=True)] == [True] * 8
        assert taken.new == 2
        assert [(j.verdict, j.decided_at) for j in ledger.judgements.standing()] == [
            (SAME, dt.datetime(2026, 1, 1, tzinfo=dt.UTC)),
            (DIFFERENT, dt.datetime(2026, 1, 2, tzinfo=dt.UTC)),
        ]

    def test_bad_lines_of_json(self, ledger: Ledger) -> None:
        lines = [json.dumps(row(), ensure_ascii=False), "[1]", "{", "", json.dumps({**row(left=C), "note": 1})]
        taken = ledger.judgements.take_in("x.jsonl", "\n".join(lines).encode())
        assert ([p.row for p in taken.problems], taken.new) == ([2, 3, 5], 1)

    @pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
    @pytest.mark.parametrize("separator", [",", ";", "\t"])
    def test_as_spreadsheets_save_it(self, ledger: Ledger, encoding: str, separator: str) -> None:
        text = as_csv(row(note="核对过")).decode().replace(",", separator)
        taken = ledger.judgements.take_in("x.csv", text.encode(encoding))
        assert (taken.new, taken.problems) == (1, ())
        assert ledger.judgements.standing()[0].note == "核对过"

    @pytest.mark.parametrize("data", [b"", b"a,b\n1,2\n", b"\xff\xff\xff", b"PK\x03\x04", b"verdict,left\n"])
    def test_no_such_file(self, ledger: Ledger, data: bytes) -> None:
        with pytest.raises(InputError, match=r"x\.csv"):
            ledger.judgements.take_in("x.csv", data)

    def test_an_open_quote_loses_nothing_before_it(self, ledger: Ledger) -> None:
        data = as_csv(row(), row(left=C, right=D)) + b'same,"open'
        taken = ledger.judgements.take_in("x.csv", data)
        assert (taken.new, [p.row for p in taken.problems]) == (2, [4])


class TestConflicts:
    """The ledger says A = B since 1 March; files say otherwise."""

    @pytest.fixture
    def march(self, ledger: Ledger) -> Ledger:
        ledger.judgements.take_in("x", as_csv(row(decided_at="2026-03-01")))
        return ledger

    def test_the_files_later_decision_wins(self, march: Ledger) -> None:
        taken = march.judgements.take_in("x", as_csv(row(verdict="different", decided_at="2026-04-01", author=YOU)))
        (conflict,) = taken.conflicts
        assert (conflict.row, conflict.file_won, conflict.stood.verdict, conflict.stated.author) == (2, True, SAME, YOU)
        assert (taken.new, [j.verdict for j in march.judgements.standing()]) == (1, [DIFFERENT])
        april = dt.datetime(2026, 4, 1, tzinfo=dt.UTC)
        assert [j.withdrawn_at for j in march.judgements.history()] == [april, None]

    @pytest.mark.parametrize("day", ["2026-02-01", "2026-03-01"])
    def test_the_ledgers_later_decision_stays(self, march: Ledger, day: str) -> None:
        data = as_csv(row(verdict="different", decided_at=day))
        taken = march.judgements.take_in("x", data)
        assert ([c.file_won for c in taken.conflicts], taken.new) == ([False], 1)
        assert [j.verdict for j in march.judgements.standing()] == [SAME]
        assert len(march.judgements.history((A, B))) == 2
        again = march.judgements.take_in("x", data)
        assert (again.new, again.same, again.conflicts) == (0, 1, ())

    def test_agreement_is_no_conflict(self, march: Ledger) -> None:
        taken = march.judgements.take_in("x", as_csv(row(decided_at="2026-04-01", author=YOU)))
        assert (taken.new, taken.conflicts) == (1, ())
        assert [j.author for j in march.judgements.standing()] == [YOU]

    def test_withdrawn_elsewhere(self, march: Ledger) -> None:
        data = as_csv(row(decided_at="2026-03-01", withdrawn_at="2026-03-02"))
        taken = march.judgements.take_in("x", data)
        assert (taken.new, taken.same, taken.withdrawn, march.judgements.standing()) == (0, 0, 1, [])
        again = march.judgements.take_in("x", data)
        assert (again.same, again.withdrawn) == (1, 0)

    def test_withdrawn_here_stays_withdrawn(self, march: Ledger) -> None:
        march.judgements.withdraw((A, B))
        taken = march.judgements.take_in("x", as_csv(row(decided_at="2026-03-01")))
        assert (taken.same, march.judgements.standing()) == (1, [])

    def test_a_chain_that_contradicts_is_a_bad_row(self, march: Ledger) -> None:
        data = as_csv(row(left=A, right=C, verdict="different"), row(left=B, right=C, decided_at="2026-05-01"))
        taken = march.judgements.take_in("x", data)
        assert ([p.row for p in taken.problems], taken.new) == ([3], 1)
        assert "≠" in taken.problems[0].problem.zh

    def test_a_refused_row_leaves_what_it_would_have_replaced(self, march: Ledger) -> None:
        march.judgements.take_in("x", as_csv(row(left=A, right=C), row(left=B, right=C)))
        data = as_csv(row(verdict="different", decided_at="2026-05-01"), row(left=C, right=D, decided_at="2026-06-01"))
        taken = march.judgements.take_in("x", data)
        assert [p.row for p in taken.problems] == [2]
        assert len(march.judgements.standing()) == 4  # A = B, A = C, B = C and the good row

    def test_what_the_file_withdraws_stands_in_the_way_of_nothing(self, march: Ledger) -> None:
        march.judgements.take_in("x", as_csv(row(left=B, right=C, decided_at="2026-03-02")))
        data = as_csv(
            row(left=A, right=C, verdict="different", decided_at="2026-01-01"),
            row(left=B, right=C, decided_at="2026-03-02", withdrawn_at="2026-03-03"),
        )
        assert march.judgements.take_in("x", data).problems == ()

    def test_both_ways_both_agree(self, march: Ledger, other: Ledger) -> None:
        other.judgements.take_in("x", as_csv(row(verdict="different", decided_at="2026-04-01")))
        there, here = other.judgements.export("csv"), march.judgements.export("csv")
        march.judgements.take_in("x", there.encode())
        other.judgements.take_in("x", here.encode())
        assert without_numbers(march.judgements.history()) == without_numbers(other.judgements.history())


class TestAnyHistory:
    @settings(max_examples=40, deadline=None)
    @given(
        st.lists(
            st.tuples(
                st.sampled_from(["same", "different", "withdraw", "undo"]),
                st.sampled_from([A, B, C, D]),
                st.sampled_from([A, B, C, D]),
                st.sampled_from([ME, YOU]),
            ),
            max_size=12,
        ),
        st.sampled_from(["csv", "jsonl"]),
    )
    def test_it_moves_to_another_ledger_whole(
        self, tmp_path_factory: pytest.TempPathFactory, steps: list[tuple[str, str, str, str]], form: str
    ) -> None:
        folder = tmp_path_factory.mktemp("any")
        with (
            Ledger.open(folder / "a.sqlite", create=True) as one,
            Ledger.open(folder / "b.sqlite", create=True) as two,
        ):
            for what, left, right, author in steps:
                try:
                    if what == "withdraw":
                        one.judgements.withdraw((left, right))
                    elif what == "undo":
                        one.judgements.undo_last(author)
                    else:
                        one.judgements.judge(left, right, Verdict(what), author=author)
                except (BadJudgement, Contradiction, NoJudgement):
                    continue
            assert consistent(one.judgements.standing())
            data = one.judgements.export(form).encode()
            if one.judgements.history():
                taken = two.judgements.take_in("x", data)
                assert (taken.problems, taken.conflicts) == ((), ())
            assert without_numbers(two.judgements.history()) == without_numbers(one.judgements.history())
