"""Judgements: what stands, what contradicts it, what is taken back, and files of them."""

from __future__ import annotations

import datetime as dt
import random
import signal
import sqlite3
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from innograph.graph.errors import LedgerDamaged, LedgerLocked
from innograph.graph.ledger import Ledger, NewSource
from innograph.graph.ledger.judgements import BadJudgement, Contradiction, Judgement, NoJudgement, Verdict
from innograph.graph.ledger.standing import Standing
from innograph.graph.records import Evidence, NodeAssertion
from innograph.graph.text import use_language

if TYPE_CHECKING:
    pass
from judgement_samples import DIFFERENT, ME, SAME, YOU, A, B, C, D, consistent


def facts(judgement: Judgement) -> tuple[str, str, str, str]:
    return judgement.left, judgement.right, judgement.verdict.value, judgement.author


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
