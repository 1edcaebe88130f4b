"""The ledger: what is recorded, replaced, forgotten and read back."""

from __future__ import annotations

import datetime as dt
import os
import sqlite3
import subprocess
import sys
import textwrap
import threading
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from innograph.graph.errors import (
    Ambiguous,
    LedgerDamaged,
    LedgerLocked,
    LedgerTooNew,
    NoSpace,
    NothingFound,
)
from innograph.graph.issues import Issue, Severity
from innograph.graph.ledger import Change, Ledger, NewSource
from innograph.graph.records import EdgeAssertion, Evidence, Locator, NodeAssertion
from innograph.graph.text import Text

IS_ROOT = os.name == "posix" and os.getuid() == 0
MIGRATIONS = Path(sys.modules[Ledger.__module__].__file__).parent / "migrations"

A = "Department:652301/科技局"
B = "Department:652301/教育局"
TASK = "Task:p/2.1"


def new(origin: str = "sources/plan.txt", content: str = "a", version: str = "1") -> NewSource:
    return NewSource(origin, Path(origin).name, content * 64, 10, "plan", version)


def node(id_: str = A, quote: str = "科技局", confidence: float = 1.0, **properties: object) -> NodeAssertion:
    evidence = Evidence(quote, Locator(line=3), confidence)
    return NodeAssertion(id_.partition(":")[0], id_, properties or {"name": id_}, evidence)


def leads(source: str = A, quote: str = "牵头单位：科技局") -> EdgeAssertion:
    return EdgeAssertion("LEADS", source, TASK, Evidence(quote, Locator(line=4)))


def dump(file: Path) -> dict[str, list[tuple[object, ...]]]:
    """Every row of every table, read past the ledger's own code."""
    with sqlite3.connect(file) as connection:
        tables = [r[0] for r in connection.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")]
        return {t: connection.execute(f"SELECT * FROM {t}").fetchall() for t in tables}


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / ("台账 #1%41?.sqlite" if os.name == "posix" else "台账 #1%41.sqlite")


@pytest.fixture
def ledger(file: Path):
    with Ledger.open(file, create=True) as opened:
        yield opened


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
    assert [repr(a) for a in got] == [repr(a) for a in sorted(said, key=lambda a: a.id)]


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


class TestOpening:
    def test_missing(self, tmp_path: Path) -> None:
        with pytest.raises(LedgerDamaged):
            Ledger.open(tmp_path / "none.sqlite")
        assert list(tmp_path.iterdir()) == []

    @pytest.mark.parametrize("content", [b"", b"name,code\nx,1\n" * 400, b"SQLite format 3\x00" + b"\xff" * 5000])
    def test_no_ledger(self, file: Path, content: bytes) -> None:
        file.write_bytes(content)
        with pytest.raises(LedgerDamaged):
            Ledger.open(file)
        assert file.read_bytes() == content

    def test_of_another_program(self, file: Path) -> None:
        with sqlite3.connect(file) as connection:
            connection.execute("CREATE TABLE source (id)")
        for create in (False, True):
            with pytest.raises(LedgerDamaged):
                Ledger.open(file, create=create)
        assert set(dump(file)) == {"source"}

    def test_damaged_inside(self, file: Path) -> None:
        with Ledger.open(file, create=True) as ledger:
            ledger.record(new(), (node(f"Region:{n}") for n in range(2000)), [])
        content = bytearray(file.read_bytes())
        content[3 * 4096 :] = b"\xa5" * (len(content) - 3 * 4096)
        file.write_bytes(content)
        with pytest.raises(LedgerDamaged), Ledger.open(file) as ledger:
            list(ledger.assertions())

    def test_cut_short(self, file: Path) -> None:
        with Ledger.open(file, create=True) as ledger:
            ledger.record(new(), (node(f"Region:{n}") for n in range(2000)), [])
        os.truncate(file, file.stat().st_size // 2)
        with pytest.raises(LedgerDamaged), Ledger.open(file) as ledger:
            list(ledger.assertions())

    @pytest.mark.parametrize("statement", [
        "UPDATE assertion SET properties = '{'",
        "UPDATE assertion SET quote = CAST(x'ff' AS TEXT)",
        "DROP TABLE assertion",
    ])  # fmt: skip
    def test_damaged_cells(self, file: Path, statement: str) -> None:
        with Ledger.open(file, create=True) as ledger:
            ledger.record(new(), [node()], [])
        with sqlite3.connect(file) as connection:
            connection.execute(statement)
        with pytest.raises(LedgerDamaged), Ledger.open(file) as ledger:
            list(ledger.assertions())

    def test_newer_is_refused(self, file: Path) -> None:
        Ledger.open(file, create=True).close()
        with sqlite3.connect(file) as connection:
            connection.execute("PRAGMA user_version = 99")
        before = dump(file)
        with pytest.raises(LedgerTooNew) as refused:
            Ledger.open(file)
        assert refused.value.values["found"] == 99
        assert dump(file) == before

    def test_older_is_migrated(self, file: Path) -> None:
        make_older(file)
        with Ledger.open(file) as ledger:
            assert (ledger.workspace, ledger.generation) == ("0123456789ab", 7)
            assert [(s.origin, s.assertions) for s in ledger.sources()] == [("a.txt", 1)]
            assert [e.quote for e in ledger.evidence("Region:1")] == ["旧"]
            ledger.record(new("b.txt", "b"), [], [Issue("plan.no-number")])
            assert len(ledger.issues()) == 1
        with sqlite3.connect(file) as connection:
            assert connection.execute("PRAGMA user_version").fetchone() == (len(list(MIGRATIONS.iterdir())),)

    def test_older_is_migrated_once_by_two_at_a_time(self, file: Path) -> None:
        """Another process migrates while we wait for our turn to."""
        make_older(file)
        other = sqlite3.connect(file, isolation_level=None, check_same_thread=False)
        other.execute("BEGIN IMMEDIATE")

        def finish() -> None:
            for statement in (MIGRATIONS / "0002_issues.sql").read_text(encoding="utf-8").split(";")[:-1]:
                other.execute(statement)
            other.execute("PRAGMA user_version = 2")
            other.execute("COMMIT")

        timer = threading.Timer(0.5, finish)
        timer.start()
        with Ledger.open(file) as ledger:
            assert ledger.issues() == []
        timer.join()
        other.close()

    def test_failed_migration_changes_nothing(self, file: Path) -> None:
        make_older(file)
        with sqlite3.connect(file) as connection:
            connection.execute("CREATE TABLE issue (id)")
        before = dump(file)
        with pytest.raises(sqlite3.OperationalError, match="already exists"):
            Ledger.open(file)
        assert dump(file) == before

    def test_durable_settings(self, ledger: Ledger) -> None:
        for pragma, value in (("journal_mode", "wal"), ("synchronous", 2), ("foreign_keys", 1)):
            assert ledger._connection.execute(f"PRAGMA {pragma}").fetchone() == (value,)


def make_older(file: Path) -> None:
    """Make a ledger as the first version of innograph made it."""
    connection = sqlite3.connect(file)
    connection.executescript((MIGRATIONS / "0001_sources_and_assertions.sql").read_text(encoding="utf-8"))
    connection.executescript(
        """PRAGMA journal_mode = WAL; PRAGMA user_version = 1;
        UPDATE meta SET value = '0123456789ab' WHERE key = 'workspace';
        UPDATE meta SET value = '7' WHERE key = 'generation';
        INSERT INTO source VALUES (1, 'a.txt', 'a.txt', 'aa', 1, 'plan', '1', '2022-06-17T00:00:00+00:00', 1);
        INSERT INTO assertion VALUES
            (1, 1, 'node', 'Region', 'Region:1', NULL, NULL, NULL, '{"name":"x"}', '{"line":1}', '旧', 1.0);"""
    )
    connection.close()


def run(code: str, *arguments: object, unprivileged: bool = False) -> str:
    """Run ``code`` in another process and return what it printed; ``unprivileged`` as a user who is not root."""
    imports = "import os, innograph.graph.ledger, innograph.graph.errors, innograph.graph.records\n"
    drop = "os.setgroups([]); os.setgid(65534); os.setuid(65534)\n" if unprivileged and IS_ROOT else ""
    command = [sys.executable, "-c", imports + drop + textwrap.dedent(code), *map(str, arguments)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


class TestTwoProcesses:
    def test_second_writer_is_told_and_readers_read(self, ledger: Ledger, file: Path) -> None:
        ledger.record(new("a.txt", "a"), [node()], [])
        writer = subprocess.Popen(
            [sys.executable, "-c", WRITER, str(file)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )
        try:
            assert writer.stdout.readline() == "inside\n"
            with pytest.raises(LedgerLocked) as told:
                ledger.record(new("c.txt", "c"), [node(B)], [])
            assert told.value.values["file"] == file
            with pytest.raises(LedgerLocked):
                ledger.forget(1)
            assert [s.origin for s in ledger.sources()] == ["a.txt"]
            with Ledger.open(file) as reader:
                assert [s.subject for s in reader.assertions()] == [A]
            writer.communicate("go\n", timeout=30)
        finally:
            writer.kill()
            writer.wait()
        assert [s.origin for s in ledger.sources()] == ["a.txt", "b.txt"]
        assert ledger.record(new("c.txt", "c"), [node(B)], []).change is Change.ADDED

    def test_older_ledger_while_another_writes(self, file: Path) -> None:
        make_older(file)
        other = sqlite3.connect(file, isolation_level=None)
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(LedgerLocked):
            Ledger.open(file)
        other.close()
        Ledger.open(file).close()


WRITER = """
import sys
from pathlib import Path
from innograph.graph.ledger import Ledger, NewSource
from innograph.graph.records import Evidence, NodeAssertion

def slow():
    yield NodeAssertion("Region", "Region:1", {"name": "x"}, Evidence("x"))
    print("inside", flush=True)
    sys.stdin.readline()

with Ledger.open(Path(sys.argv[1])) as ledger:
    ledger.record(NewSource("b.txt", "b.txt", "b" * 64, 1, "plan", "1"), slow(), [])
"""


class TestFullDisk:
    @pytest.mark.skipif(os.name != "posix", reason="limits on the size of files are a thing of POSIX")
    def test_limit_on_the_size_of_files(self, file: Path) -> None:
        """The system refuses to write more, as a reached quota does; SQLite only says "disk I/O error"."""
        with Ledger.open(file, create=True) as ledger:
            ledger.record(new("a.txt", "a"), [node()], [])
        before = dump(file)
        printed = run(
            """
            import resource, sys
            from pathlib import Path
            from innograph.graph.errors import NoSpace
            from innograph.graph.ledger import Ledger, NewSource
            from innograph.graph.records import Evidence, NodeAssertion
            resource.setrlimit(resource.RLIMIT_FSIZE, (1_000_000, 1_000_000))
            long = Evidence("y" * 500)
            many = (NodeAssertion("Region", f"Region:{n}", {"name": "x" * 500}, long) for n in range(20000))
            with Ledger.open(Path(sys.argv[1])) as ledger:
                try:
                    ledger.record(NewSource("a.txt", "a.txt", "b" * 64, 1, "plan", "1"), many, [])
                except NoSpace as error:
                    print(type(error.__cause__).__name__, error.__cause__, error.values["path"] == ledger.file)
                print([s.sha256[0] for s in ledger.sources()])
            """,
            file,
        )
        assert printed.splitlines() == ["OperationalError disk I/O error True", "['a']"]
        assert dump(file) == before

    def test_database_full(self, ledger: Ledger, file: Path) -> None:
        ledger.record(new("a.txt", "a"), [node()], [])
        before = dump(file)
        pages = ledger._connection.execute("PRAGMA page_count").fetchone()[0]
        ledger._connection.execute(f"PRAGMA max_page_count = {pages + 5}")
        with pytest.raises(NoSpace):
            ledger.record(new("a.txt", "b"), (node(f"Region:{n}") for n in range(5000)), [])
        assert dump(file) == before
        ledger._connection.execute("PRAGMA max_page_count = 1000000")
        assert ledger.record(new("a.txt", "b"), [node()], []).change is Change.REPLACED

    def test_small_disk(self, tmp_path: Path) -> None:
        """A file system of 1 MB, where we may mount one."""
        disk = tmp_path / "disk"
        disk.mkdir()
        mount = ["mount", "-t", "tmpfs", "-o", "size=1m", "t", str(disk)]
        if not IS_ROOT or subprocess.run(mount, check=False, capture_output=True).returncode != 0:
            pytest.skip("may not mount a file system here")
        try:
            with Ledger.open(disk / "l.sqlite", create=True) as ledger:
                ledger.record(new("a.txt", "a"), [node()], [])
                with pytest.raises(NoSpace):
                    ledger.record(new("a.txt", "b"), (node(f"Region:{n}") for n in range(20000)), [])
                assert [s.sha256[0] for s in ledger.sources()] == ["a"]
            with Ledger.open(disk / "l.sqlite") as ledger:
                assert [s.subject for s in ledger.assertions()] == [A]
        finally:
            subprocess.run(["umount", disk], check=True)


@pytest.mark.skipif(os.name != "posix", reason="folders cannot be made read-only this way on Windows")
class TestNoPermission:
    @pytest.fixture
    def folder(self):
        """A folder that every user may enter: pytest's own are closed to others."""
        import tempfile

        with tempfile.TemporaryDirectory() as name:
            folder = Path(name)
            folder.chmod(0o755)
            yield folder
            folder.chmod(0o755)

    def test_read_only_folder_can_be_read_and_not_written(self, folder: Path) -> None:
        file = folder / "ledger.sqlite"
        with Ledger.open(file, create=True) as ledger:
            ledger.record(new("a.txt", "a"), [node()], [])
        before = file.read_bytes()
        file.chmod(0o444)
        folder.chmod(0o555)
        assert run(READ_AND_WRITE, file, unprivileged=True).splitlines() == [f"['{A}']", "NoPermission True"]
        assert file.read_bytes() == before

    def test_older_ledger_that_cannot_be_written(self, folder: Path) -> None:
        file = folder / "ledger.sqlite"
        make_older(file)
        file.chmod(0o444)
        folder.chmod(0o555)
        assert run(OPEN, file, unprivileged=True) == "NoPermission"

    def test_unreadable_file(self, folder: Path) -> None:
        file = folder / "ledger.sqlite"
        Ledger.open(file, create=True).close()
        file.chmod(0o000)
        assert run(OPEN, file, unprivileged=True) == "NoPermission"

    def test_creating_in_a_read_only_folder(self, folder: Path) -> None:
        folder.chmod(0o555)
        creating = OPEN.replace("create=False", "create=True")
        assert run(creating, folder / "l.sqlite", unprivileged=True) == "NoPermission"


READ_AND_WRITE = """
import sys
from pathlib import Path
from innograph.graph.errors import NoPermission
from innograph.graph.ledger import Ledger
with Ledger.open(Path(sys.argv[1])) as ledger:
    print([s.subject for s in ledger.assertions()])
    try:
        ledger.forget(1)
    except NoPermission as error:
        print("NoPermission", error.values["path"] == ledger.file)
"""

OPEN = """
import sys
from pathlib import Path
from innograph.graph.errors import InnographError
from innograph.graph.ledger import Ledger
try:
    Ledger.open(Path(sys.argv[1]), create=False)
except InnographError as error:
    print(type(error).__name__)
"""
