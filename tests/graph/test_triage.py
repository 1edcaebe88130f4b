"""Decisions about findings: the last one stands, none is lost, and the graph is none the older for them."""

from __future__ import annotations

import datetime as dt
import sqlite3
from pathlib import Path

import pytest

from innograph.graph.errors import WorkspaceError
from innograph.graph.ledger import Ledger
from innograph.graph.ledger.triage import BadDecision, State


@pytest.fixture
def file(tmp_path: Path) -> Path:
    file = tmp_path / "ledger.sqlite"
    Ledger.open(file, create=True).close()
    return file


def test_the_last_decision_stands_and_all_are_kept(file: Path) -> None:
    before = dt.datetime.now(dt.UTC)
    with Ledger.open(file) as ledger:
        ledger.triage.decide("a", State.DISMISSED, " 已有联席会议 ", author=" 甲 ")
        ledger.triage.decide("b", State.CONFIRMED, author="乙")
        ledger.triage.decide("a", State.OPEN, author="乙")
    with Ledger.open(file) as ledger:  # as another process finds it
        assert {own: d.state for own, d in ledger.triage.current().items()} == {"a": State.OPEN, "b": State.CONFIRMED}
        told = [(d.state, d.note, d.author) for d in ledger.triage.history("a")]
        assert told == [(State.DISMISSED, "已有联席会议", "甲"), (State.OPEN, "", "乙")]
        assert ledger.triage.history("c") == []
        assert before <= ledger.triage.history("a")[0].decided_at <= dt.datetime.now(dt.UTC)


def test_decisions_leave_the_graph_up_to_date(file: Path) -> None:
    with Ledger.open(file) as ledger:
        before = (ledger.generation, ledger.state)
        ledger.triage.decide("a", State.CONFIRMED, author="甲")
        assert (ledger.generation, ledger.state) == before


@pytest.mark.parametrize(("state", "note", "author"), [(State.DISMISSED, " ", "甲"), (State.CONFIRMED, "好", " ")])
def test_what_lacks_reason_or_author_is_refused_and_not_kept(file: Path, state: State, note: str, author: str) -> None:
    with Ledger.open(file) as ledger:
        with pytest.raises(BadDecision):
            ledger.triage.decide("a", state, note, author=author)
        assert ledger.triage.current() == {}


def test_words_that_fit_no_database_are_kept_readable(file: Path) -> None:
    with Ledger.open(file) as ledger:
        made = ledger.triage.decide("a", State.CONFIRMED, "好\ud800", author="甲")
        assert ledger.triage.history("a") == [made]
        assert made.note == "好�"


def test_a_decision_that_cannot_be_read_is_told_as_damage(file: Path) -> None:
    with sqlite3.connect(file) as connection:
        connection.execute(
            "INSERT INTO triage (finding, state, note, author, decided_at) VALUES ('a','open','','x','?')"
        )
    with Ledger.open(file) as ledger, pytest.raises(WorkspaceError):
        ledger.triage.current()
