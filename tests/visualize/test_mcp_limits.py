"""How much a tool gives, and how long a call may take."""

from __future__ import annotations

import json
import time
from typing import TYPE_CHECKING, Any

import anyio
import pytest

from innograph import Workspace
from innograph.graph.text import use_language
from innograph.queries.lookup import Fit, Thing
from innograph.visualize.mcp import tools, worker
from innograph.visualize.mcp.paging import page_of
from innograph.visualize.mcp.tools import Limits, Tools
from innograph.visualize.mcp.worker import Given, Refused, Worker

if TYPE_CHECKING:
    from pathlib import Path

THINGS = [Thing(f"Enterprise:{n:04}", "Enterprise", f"示例公司{n:04}", 100.0, Fit.PART) for n in range(1200)]


@pytest.fixture
def found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Any:
    """What ``find_thing`` gives where 1,200 things have the name."""
    monkeypatch.setattr(tools, "look_up", lambda *_: THINGS)

    def call(limits: Limits | None = None, **given: Any) -> dict[str, Any]:
        with Workspace(tmp_path / "ws") as workspace:
            return Tools(workspace, limits).call("find_thing", {"name": "示例", **given})

    Workspace.create(tmp_path / "ws").close()
    return call


class TestRows:
    def test_fifty_unless_more_are_asked_for_and_never_more_than_a_thousand(self, found: Any) -> None:
        roomy = Limits(characters=10**9)
        few, many = found(roomy), found(roomy, limit=5000)
        assert (len(few["rows"]), few["left_out"], few["next_offset"]) == (50, 1150, 50)
        assert (len(many["rows"]), many["left_out"], many["next_offset"]) == (1000, 200, 1000)
        rest = found(roomy, limit=5000, offset=1000)
        assert (len(rest["rows"]), rest["left_out"], rest["next_offset"]) == (200, 0, None)
        assert rest["rows"][0]["id"] == "Enterprise:1000"

    def test_twenty_thousand_characters_unless_said_otherwise(self, found: Any) -> None:
        rows = found(limit=1000)["rows"]
        size = len(json.dumps(rows[0], ensure_ascii=False))  # all have the same
        assert len(rows) == 20_000 // size

    def test_as_many_rows_as_fit_exactly(self) -> None:
        rows = [{"n": n} for n in range(10)]  # {"n": 0}: 8 characters each
        assert len(page_of(rows, 0, 10, 24).rows) == 3
        assert len(page_of(rows, 0, 10, 23).rows) == 2
        assert len(page_of(rows, 0, 10, 1).rows) == 1  # the first always: else nobody would get further


class TestCells:
    def test_a_long_text_is_halved_until_its_row_fits(self) -> None:
        row = {"text": "甲" * 5000, "n": 7}
        roomy = page_of([row], 0, 1, 3000)
        assert roomy.rows == [{"text": "甲" * 1000 + "…5000", "n": 7}]
        assert page_of([row], 0, 1, 600).rows == [{"text": "甲" * 500 + "…5000", "n": 7}]
        with use_language("en"):
            assert [remark.show()[:24] for remark in roomy.remarks] == ["Some cells are too long:"]

    def test_of_a_long_list_the_first_are_kept_and_all_are_counted(self) -> None:
        names = [f"{n:03}" + "乙" * 97 for n in range(100)]
        (row,) = page_of([{"names": names}], 0, 1, 3000).rows
        assert row == {"names": [*names[:25], "…100"]}  # one for each 40 characters of the 1,000 that a text has

    def test_what_fits_is_left_as_it_is(self) -> None:
        page = page_of([{"text": "甲" * 2500}], 0, 1, 3000)
        assert page.rows == [{"text": "甲" * 2500}]
        assert page.remarks == []


class Scripted:
    """A connection that says one thing after the other."""

    def __init__(self, *said: tuple[str, Any]) -> None:
        self.said = list(said)

    def send(self, _: object) -> None:
        """Take what is asked."""

    def recv(self) -> tuple[str, Any]:
        return self.said.pop(0)

    def poll(self, _: float) -> bool:
        return bool(self.said)


def asked(given: Given, connection: Scripted, monkeypatch: pytest.MonkeyPatch) -> tuple[Any, list[float]]:
    """What a worker answers, and how long it waits for each thing that is said."""
    waited: list[float] = []
    real = worker._readable  # pyright: ignore[reportPrivateUsage]

    async def readable(one: Any, seconds: float) -> None:
        waited.append(seconds)
        await real(one, seconds)

    monkeypatch.setattr(worker, "_readable", readable)
    monkeypatch.setattr(Worker, "_connection", lambda _: connection)
    return anyio.run(Worker(given).ask, "call", "find_thing", {}), waited


class TestTime:
    def test_a_minute_unless_said_otherwise(self) -> None:
        assert Limits().seconds == 60.0

    def test_it_counts_from_when_the_graph_is_there(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        given = Given(tmp_path, None, "en", Limits(seconds=0.2))
        said = Scripted(("ready", None), ("begun", None), ("done", "rows"))
        answer, waited = asked(given, said, monkeypatch)
        assert answer == "rows"
        assert waited == [1800.0, 1800.0, 0.2]  # half an hour to start and to build, and then the call's own time

    def test_a_call_of_which_nothing_is_heard_is_given_up_in_time(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        given = Given(tmp_path, None, "en", Limits(seconds=0.2))
        begun = time.monotonic()
        with use_language("en"), pytest.raises(Refused, match=r"longer than 0\.2 s"):
            asked(given, Scripted(("begun", None)), monkeypatch)
        assert 0.2 <= time.monotonic() - begun < 5
