"""One state for each request: whoever reads while others load sees the old graph or the new one, never some of both."""

from __future__ import annotations

import asyncio
import gc
import subprocess
import sys
import threading
import time
import weakref
from concurrent.futures import ThreadPoolExecutor
from itertools import pairwise
from typing import TYPE_CHECKING, Any, NamedTuple

import pytest
from selectolax.lexbor import LexborHTMLParser
from store_helpers import remove_workspace
from workspace_samples import workspace_beside

from innograph import Workspace
from innograph.graph.errors import EngineError
from innograph.graph.stores.kglite import KgliteStore
from innograph.graph.text import Text

if TYPE_CHECKING:
    from pathlib import Path

    from neo4j_fixtures import Neo4j
    from workbench_server import Workbench, WorkbenchOf

# Two tasks, two targets; units of the state above and the city.
PLAN_A = """石城市科技创新行动方案（2023—2025年）

二、重点任务

（一）办好科技活动。到2025年，科技活动超过10场。

牵头单位：石城市科技局

（二）建设创新平台。到2025年，创新平台超过20个。

牵头单位：石城市财政局
"""
# Three tasks, three targets, three other units.
PLAN_B = """沙城市人才工作行动方案（2023—2025年）

二、重点任务

（一）引进专家。到2025年，专家超过30名。

牵头单位：沙城市人社局

（二）培训工匠。到2025年，工匠超过40名。

牵头单位：沙城市教育局

（三）奖励团队。到2025年，团队超过50个。

牵头单位：沙城市财政局
"""

# One task more.
PLAN_C = """水城市文化行动方案（2023—2025年）

二、重点任务

（一）修缮书院。到2025年，书院超过60所。

牵头单位：水城市文旅局
"""


class Seen(NamedTuple):
    """What one page says: the counts of its rail, from the engine and from the ledger, and of its own rows."""

    tasks: int
    targets: int
    sources: int
    rows: int


OLD, NEW, NEWEST = Seen(2, 2, 1, 2), Seen(5, 5, 2, 5), Seen(6, 6, 3, 6)
PATIENCE = 60.0


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A workspace with plan A."""
    return workspace_beside(tmp_path, {"a.txt": PLAN_A, "b.txt": PLAN_B, "c.txt": PLAN_C}, "a.txt")


def look(workbench: Workbench) -> tuple[Seen, str]:
    """One request for the page of all tasks that set a target: what it counts, and its text."""
    answer = workbench.get("/q/targets")
    assert answer.status_code == 200
    page = LexborHTMLParser(answer.text)
    rail = {link.attributes["href"]: link.css_first(".count") for link in page.css(".rail a")}
    count = {href: int(shown.text()) if shown else 0 for href, shown in rail.items()}
    rows = int("".join(filter(str.isdigit, page.css_first(".above [role=status]").text())))  # 共2行
    return Seen(count["/q/matrix"], count["/q/targets"], count["/sources"], rows), answer.text


def load_elsewhere(folder: Path, file: str) -> subprocess.CompletedProcess[bytes]:
    """Load a file with the command line, in a process of its own."""
    command = [sys.executable, "-m", "innograph", "-w", str(folder), "load", str(folder.parent / file)]
    return subprocess.run(command, check=True, capture_output=True, timeout=PATIENCE)


def wait_for(workbench: Workbench, wanted: Seen) -> None:
    until = time.monotonic() + PATIENCE
    while look(workbench)[0] != wanted:
        assert time.monotonic() < until, f"never {wanted}"
        time.sleep(0.05)


def test_readers_see_one_state_while_another_process_loads(folder: Path, workbench_of: WorkbenchOf) -> None:
    workbench = workbench_of(folder)
    done = threading.Event()
    seen: list[Seen] = []

    def read_on() -> None:
        while not done.is_set():
            seen.append(look(workbench)[0])

    with ThreadPoolExecutor(4) as readers:
        reading = [readers.submit(read_on) for _ in range(4)]
        try:
            load_elsewhere(folder, "b.txt")
            wait_for(workbench, NEW)
        finally:
            done.set()
        for one in reading:
            one.result()

    assert OLD in seen
    assert NEW in seen
    assert set(seen) == {OLD, NEW}
    assert seen.index(NEW) > 0


def test_one_request_reads_one_state_however_long_it_takes(folder: Path, workbench_of: WorkbenchOf) -> None:
    workbench = workbench_of(folder)
    counts: list[tuple[int, int]] = []

    async def slowly() -> None:
        def work(reader: Any) -> None:
            for step in range(2):
                tasks = reader.workspace.store().query("MATCH (t:Task) RETURN count(t) AS n").rows[0][0]
                counts.append((tasks, len(reader.workspace.status().sources)))
                if step == 0:
                    load_elsewhere(folder, "b.txt")  # and builds: the engine's file is replaced meanwhile
                    with Workspace(folder) as other:
                        other.build()

        await workbench.desk.read(work)

    asyncio.run(slowly())

    assert counts == [(2, 1), (2, 1)]
    wait_for(workbench, NEW)


def test_a_change_is_seen_after_it(folder: Path, workbench_of: WorkbenchOf) -> None:
    workbench = workbench_of(folder)
    load_elsewhere(folder, "b.txt")
    wait_for(workbench, NEW)
    source = next(one for one in Workspace(folder).status().sources if one.name == "b.txt")

    answer = workbench.post(f"/sources/{source.sha256}/unload")
    assert answer.status_code == 303
    seen, text = look(workbench)

    # Where the graph takes longer than the desk's patience, the page says that it is of before.
    assert seen == OLD or (seen == NEW and "图谱正在更新" in text)
    wait_for(workbench, OLD)


@pytest.mark.parametrize(
    ("error", "why"),
    [
        (EngineError(problem=Text("磁盘坏了", "the disk is broken")), "磁盘坏了"),
        (RuntimeError("deep inside"), "程序出错了"),  # of the program's own: said, without its insides
    ],
)
def test_a_failing_build_leaves_the_old_pages_with_a_notice(
    folder: Path, workbench_of: WorkbenchOf, monkeypatch: pytest.MonkeyPatch, error: Exception, why: str
) -> None:
    workbench = workbench_of(folder)
    real = Workspace.refresh
    tried: list[float] = []

    def failing(self: Workspace, *given: Any, **named: Any) -> bool:
        if threading.current_thread().name.startswith("innograph-write"):
            tried.append(time.monotonic())
            raise error
        return real(self, *given, **named)

    with monkeypatch.context() as patch:
        patch.setattr(Workspace, "refresh", failing)
        load_elsewhere(folder, "b.txt")
        until = time.monotonic() + PATIENCE
        while why not in (told := look(workbench))[1]:
            assert told[0] == OLD
            assert time.monotonic() < until, "the pages never said what failed"
            time.sleep(0.05)
        assert told[0] == OLD
        assert "图谱没有更新成功" in told[1]
        assert "deep inside" not in told[1]
        for _ in range(10):
            look(workbench)
        assert all(later - earlier > 4 for earlier, later in pairwise(tried))  # not anew for each page

    wait_for(workbench, NEW)
    assert why not in look(workbench)[1]


def test_pages_come_back_when_the_state_can_be_held_again(
    folder: Path, workbench_of: WorkbenchOf, monkeypatch: pytest.MonkeyPatch
) -> None:
    workbench = workbench_of(folder)
    with monkeypatch.context() as patch:
        patch.setattr(Workspace, "held", broken)
        assert workbench.get("/q/targets").status_code == 500
        load_elsewhere(folder, "b.txt")
        assert workbench.get("/q/targets").status_code == 500  # never a page of a state that is not held

    wait_for(workbench, NEW)


def broken(_: Workspace) -> None:
    raise EngineError(problem=Text("读不出来", "it cannot be read"))


def test_what_was_worked_out_is_forgotten_with_its_state(folder: Path, workbench_of: WorkbenchOf) -> None:
    workbench = workbench_of(folder)
    kept: list[weakref.ref[Large]] = []

    async def remember() -> None:
        def work(reader: Any) -> None:
            large = reader.once("large", lambda _: Large())
            assert reader.once("large", lambda _: Large()) is large
            kept.append(weakref.ref(large))

        await workbench.desk.read(work)

    asyncio.run(remember())
    assert kept[0]() is not None
    load_elsewhere(folder, "b.txt")
    wait_for(workbench, NEW)
    gc.collect()

    assert kept[0]() is None


def test_findings_of_a_new_state_are_worked_out_before_pages_change_over_to_it(
    folder: Path, workbench_of: WorkbenchOf, monkeypatch: pytest.MonkeyPatch
) -> None:
    workbench = workbench_of(folder)
    real, threads = Workspace.findings, list[str]()
    reached, go_on = threading.Event(), threading.Event()

    def slow(self: Workspace, *given: Any, **named: Any) -> Any:
        threads.append(threading.current_thread().name)
        reached.set()
        assert go_on.wait(PATIENCE)
        return real(self, *given, **named)

    monkeypatch.setattr(Workspace, "findings", slow)
    load_elsewhere(folder, "b.txt")
    assert look(workbench)[0] == OLD  # and has the new graph built
    assert reached.wait(PATIENCE)
    seen, text = look(workbench)
    assert seen == OLD
    assert "图谱正在更新" in text

    go_on.set()
    wait_for(workbench, NEW)
    assert workbench.get("/findings").status_code == 200
    assert workbench.get("/").status_code == 200
    assert [name.rpartition("_")[0] for name in threads] == ["innograph-write"]


def test_a_rule_that_fails_keeps_no_graph_from_the_pages(
    folder: Path, workbench_of: WorkbenchOf, monkeypatch: pytest.MonkeyPatch
) -> None:
    workbench = workbench_of(folder)

    def failing(*_: Any, **__: Any) -> Any:
        raise RuntimeError("deep inside")

    monkeypatch.setattr(Workspace, "findings", failing)
    load_elsewhere(folder, "b.txt")
    wait_for(workbench, NEW)
    assert workbench.get("/findings").status_code == 500


def test_what_is_loaded_while_a_graph_is_built_gets_a_build_of_its_own(
    folder: Path, workbench_of: WorkbenchOf, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A build holds one state: what comes in meanwhile must not pass for built, or the reading thread would build it.

    Four read on: each page is of the old state or of the newest that is built, and none waits for a graph.
    """
    workbench = workbench_of(folder)
    real_findings, real_sync = Workspace.findings, KgliteStore.sync
    seen: list[Seen] = []
    synced: list[str] = []
    worked_out: list[set[str]] = []
    done = threading.Event()

    def findings(self: Workspace, *given: Any, **named: Any) -> Any:
        if not worked_out:
            with Workspace(folder) as other:
                other.load(folder.parent / "c.txt")  # in the midst of the build of b, and builds nothing
        found = real_findings(self, *given, **named)
        worked_out.append({source.name for source in self.status().sources})
        return found

    def sync(self: KgliteStore, *given: Any, **named: Any) -> None:
        synced.append(threading.current_thread().name.rpartition("_")[0])
        real_sync(self, *given, **named)

    def read_on() -> None:
        while not done.is_set():
            seen.append(look(workbench)[0])

    monkeypatch.setattr(Workspace, "findings", findings)
    monkeypatch.setattr(KgliteStore, "sync", sync)
    with Workspace(folder) as other:
        other.load(folder.parent / "b.txt")
    with ThreadPoolExecutor(4) as readers:
        reading = [readers.submit(read_on) for _ in range(4)]
        try:
            wait_for(workbench, NEWEST)
        finally:
            done.set()
        for one in reading:
            one.result()

    assert worked_out == [{"a.txt", "b.txt"}, {"a.txt", "b.txt", "c.txt"}]
    assert synced == ["innograph-write"] * 2
    assert set(seen) <= {OLD, NEW, NEWEST}
    assert OLD in seen


class Large:
    """Something that is worked out of a graph."""


def test_an_error_of_a_change_is_a_page_and_changes_nothing(folder: Path, workbench_of: WorkbenchOf) -> None:
    workbench = workbench_of(folder)

    answer = workbench.post(f"/sources/{'0' * 64}/unload")

    assert answer.status_code == 404
    assert "0" * 20 in answer.text
    assert look(workbench)[0] == OLD


def test_a_change_on_neo4j_waits_for_its_graph(
    folder: Path, workbench_of: WorkbenchOf, neo4j_server: Neo4j, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NEO4J_USER", neo4j_server.user)
    monkeypatch.setenv("NEO4J_PASSWORD", neo4j_server.password)
    workbench = workbench_of(folder, store=neo4j_server.uri)
    try:
        assert look(workbench)[0] == OLD
        with Workspace(folder, neo4j_server.uri) as other:
            other.load(folder.parent / "b.txt")
        assert look(workbench)[0] == NEW  # the request itself brings the server up to date
        source = next(one for one in Workspace(folder).status().sources if one.name == "b.txt")
        assert workbench.post(f"/sources/{source.sha256}/unload").status_code == 303
        assert look(workbench)[0] == OLD
    finally:
        remove_workspace(neo4j_server, Workspace(folder).status().id)
