"""The embedded engine's file: missing, damaged, half built, replaced under a reader's hands."""

from __future__ import annotations

import os
import subprocess
import sys
import textwrap
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from store_helpers import assert_holds, edge, graph, node

from innograph.graph.errors import EngineError, InnographError, NoPermission, NoSpace
from innograph.graph.records import Graph
from innograph.graph.stores import Store, open_store
from innograph.graph.stores.kglite import KgliteStore
from innograph.graph.text import use_language


def numbered(count: int) -> Graph:
    """`count` tasks of one department; the stamp is the count, so that a reader can tell a whole graph from a mix."""
    tasks = [node("Task", f"T{i}", position=i) for i in range(count)]
    leads = [edge("LEADS", "D", f"T{i}", f"L{i}") for i in range(count)]
    return graph([node("Department", "D"), *tasks, *leads], stamp=str(count))


def with_support() -> dict[str, str]:
    """The environment of a process that uses the tests' own helpers."""
    support = str(Path(__file__).parent.parent / "support")
    return {**os.environ, "PYTHONPATH": support, "PYTHONIOENCODING": "utf-8"}


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "图谱 workspace" / "graph.kgl"


@pytest.fixture
def store(file: Path) -> Iterator[Store]:
    with open_store("kglite", file=file, workspace="0" * 12) as opened:
        yield opened


def test_makes_its_folder_and_leaves_one_file(store: Store, file: Path) -> None:
    store.sync(numbered(3))
    store.sync(numbered(4))
    assert list(file.parent.iterdir()) == [file]


def test_the_same_graph_gives_the_same_bytes(store: Store, file: Path, tmp_path: Path) -> None:
    store.sync(numbered(50))
    other = tmp_path / "other.kgl"
    KgliteStore(other).sync(numbered(50))
    assert other.read_bytes() == file.read_bytes()


def test_a_deleted_file_is_rebuilt(store: Store, file: Path) -> None:
    store.sync(numbered(3))
    assert store.stamp() == "3"
    file.unlink()
    assert store.stamp() is None
    with pytest.raises(EngineError, match="innograph build"):
        store.query("MATCH (t:Task) RETURN t.id")
    with use_language("en"), pytest.raises(EngineError, match="missing or damaged"):
        store.query("MATCH (t:Task) RETURN t.id")
    store.sync(numbered(3))
    assert_holds(store, numbered(3))


def test_a_damaged_file_has_no_stamp_and_is_rebuilt(store: Store, file: Path) -> None:
    store.sync(numbered(300))
    whole = file.read_bytes()
    damages = [b"", b"x", b"not a graph" * 100, whole[:-1], whole[: len(whole) // 2], whole[10:]]
    step = max(1, len(whole) // 60)
    damages += [whole[:at] + bytes([whole[at] ^ 0xFF]) + whole[at + 1 :] for at in range(0, len(whole), step)]
    for damage in damages:
        file.write_bytes(damage)
        if store.stamp() is not None:  # a byte that says nothing about the graph
            assert_holds(store, numbered(300))
    file.write_bytes(whole[: len(whole) // 2])
    assert store.stamp() is None
    store.sync(numbered(300))
    assert_holds(store, numbered(300))


def test_a_folder_in_the_files_place_is_an_error_that_names_it(store: Store, file: Path) -> None:
    file.mkdir(parents=True)
    assert store.stamp() is None
    with pytest.raises(InnographError, match=r"graph\.kgl"):
        store.sync(numbered(3))
    assert list(file.parent.iterdir()) == [file]


def test_removes_what_a_killed_build_left_but_not_what_another_is_building(store: Store, file: Path) -> None:
    file.parent.mkdir()
    old, young = (file.parent / f".graph.kgl.building-{name}" for name in ("old", "young"))
    for folder in (old, young):
        folder.mkdir()
        (folder / "graph.kgl").write_bytes(b"half")
    os.utime(old, (time.time() - 3600,) * 2)
    store.sync(numbered(3))
    assert sorted(p.name for p in file.parent.iterdir()) == [".graph.kgl.building-young", "graph.kgl"]


def test_a_killed_build_leaves_the_old_file_whole(store: Store, file: Path) -> None:
    store.sync(numbered(3))
    script = textwrap.dedent("""
        import sys
        from pathlib import Path
        from innograph.graph.stores import open_store
        from store_helpers import edge, graph, node
        things = [node("Task", f"T{i}", position=i) for i in range(20_000)]
        store = open_store("kglite", file=Path(sys.argv[1]), workspace="0" * 12)
        print("ready", flush=True)
        while True:
            store.sync(graph(things, stamp="20000"))
            print("built", flush=True)
    """)
    for delay in (0.0, 0.1, 0.3, 0.5, 0.7):
        run = [sys.executable, "-c", script, str(file)]
        process = subprocess.Popen(run, stdout=subprocess.PIPE, env=with_support())
        assert process.stdout is not None
        assert process.stdout.readline() == b"ready\n"
        time.sleep(delay)
        process.kill()
        process.communicate()
        stamp = store.stamp()
        assert stamp in {"3", "20000"}
        assert store.query("MATCH (t:Task) RETURN count(t) AS n").rows == [(int(stamp),)]


def test_readers_see_a_whole_graph_while_it_is_replaced(store: Store, file: Path) -> None:
    sizes = [100, 2_000]
    store.sync(numbered(sizes[0]))
    stop = False

    def read() -> set[int]:
        seen: set[int] = set()
        with open_store("kglite", file=file, workspace="0" * 12) as reader:
            while not stop:
                rows = reader.query(
                    "MATCH (d:Organisation:Department {id: 'D'})-[:LEADS]->(t) RETURN count(t) AS n"
                ).rows
                seen.add(rows[0][0])
        return seen

    with ThreadPoolExecutor(2) as pool:
        readers = [pool.submit(read) for _ in range(2)]
        for turn in range(12):
            store.sync(numbered(sizes[turn % 2]))
        stop = True
        assert set().union(*(r.result() for r in readers)) == set(sizes)


def test_two_may_build_at_once(file: Path) -> None:
    sizes = [500, 700, 900, 1_100]
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(lambda size: [KgliteStore(file).sync(numbered(size)) for _ in range(4)], sizes))
    store = KgliteStore(file)
    assert store.stamp() in {str(size) for size in sizes}
    assert_holds(store, numbered(int(store.stamp() or 0)))
    assert list(file.parent.iterdir()) == [file]


@pytest.mark.parametrize(
    ("failure", "expected"),
    [
        (OSError(28, "No space left on device"), NoSpace),
        (PermissionError(13, "Permission denied"), NoPermission),
        (OSError(5, "Input/output error"), EngineError),
    ],
)
def test_a_disk_that_refuses_is_named(
    store: Store, file: Path, monkeypatch: pytest.MonkeyPatch, failure: OSError, expected: type[InnographError]
) -> None:
    store.sync(numbered(3))

    def refuse(*_: object, **__: object) -> None:
        raise failure

    monkeypatch.setattr("tempfile.mkdtemp", refuse)
    with pytest.raises(expected, match=r"graph\.kgl"):
        store.sync(numbered(4))
    assert_holds(store, numbered(3))


@pytest.mark.skipif(os.name != "posix", reason="limits a process's files as only POSIX does")
def test_a_write_cut_off_by_the_system_leaves_the_old_file(store: Store, file: Path) -> None:
    store.sync(numbered(3))
    script = textwrap.dedent("""
        import resource, secrets, signal, sys
        from pathlib import Path
        from innograph.graph.errors import NoSpace
        from innograph.graph.stores import open_store
        from store_helpers import graph, node
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (1000, 1000))
        try:
            large = graph([node("Task", secrets.token_hex(100_000))])
            open_store("kglite", file=Path(sys.argv[1]), workspace="0" * 12).sync(large)
        except NoSpace as error:
            print(error)
    """)
    run = [sys.executable, "-c", script, str(file)]
    done = subprocess.run(run, env=with_support(), capture_output=True, text=True, encoding="utf-8", check=True)
    assert "graph.kgl" in done.stdout
    assert list(file.parent.iterdir()) == [file]
    assert_holds(store, numbered(3))


def test_importing_stores_imports_no_engine() -> None:
    script = "import sys, innograph.graph.stores, innograph.graph.projection; print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert "innograph.graph.stores" in done.stdout.split()
    assert not {"kglite", "neo4j", "pandas", "networkx"} & set(done.stdout.split())
