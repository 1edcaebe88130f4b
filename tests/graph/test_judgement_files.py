"""Files of judgements: written, read, brought together, and what contradicts what."""

from __future__ import annotations

import contextlib
import csv
import datetime as dt
import io
import json
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from innograph.graph.errors import InputError
from innograph.graph.ledger import Ledger, NewSource
from innograph.graph.ledger.judgement_files import COLUMNS, read_judgements, write_judgements
from innograph.graph.ledger.judgements import BadJudgement, Contradiction, Judgement, NoJudgement, Verdict
from innograph.graph.records import Evidence, NodeAssertion

if TYPE_CHECKING:
    from collections.abc import Generator
from judgement_samples import DIFFERENT, ME, SAME, YOU, A, B, C, D, consistent

HEAD = ",".join(COLUMNS)


@pytest.fixture
def other(tmp_path: Path) -> Generator[Ledger]:
    with Ledger.open(tmp_path / "other.sqlite", create=True) as opened:
        yield opened


def without_numbers(judgements: list[Judgement]) -> list[tuple[object, ...]]:
    return sorted(
        (*j.pair, j.verdict, j.note, j.author, j.decided_at, j.withdrawn_at or dt.datetime.max.replace(tzinfo=dt.UTC))
        for j in judgements
    )


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
