"""Chooses the loader for a file and runs it: this is the one list of loaders."""

from __future__ import annotations

from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass
from itertools import islice
from threading import Thread
from typing import TYPE_CHECKING, Any, cast

from innograph.graph.errors import InputError, Refused
from innograph.graph.issues import Severity
from innograph.graph.ontology import load_ontology
from innograph.graph.records import packed, unpacked
from innograph.graph.text import Text, language, use_language
from innograph.graph.without_cycles import without_cycles

from .base import Loaded
from .reading.confined import stream_confined

if TYPE_CHECKING:
    from collections.abc import Callable, Generator, Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

    from innograph.graph.issues import Issue
    from innograph.graph.ledger.rows import Row
    from innograph.graph.records import Assertion
    from innograph.graph.regions import Region
    from innograph.graph.stores import Progress
    from innograph.graph.text import Language

    from .plan import ParsedPlan
    from .table import Expected

PLAN_LOADER, PLAN_LOADER_VERSION = "plan", "3"
_BATCH = 4_000
_MANY_BATCHES = 2
_TABLES = frozenset(
    [
        ".csv",
        ".tsv",
        ".tab",
        ".xlsx",
        ".xlsm",
        ".xlsb",
        ".xls",
        ".et",
        ".ods",
        ".json",
        ".jsonl",
        ".ndjson",
        ".parquet",
        ".gz",
        ".zip",
    ]
)


@dataclass(frozen=True, slots=True)
class Reading:
    """How a file is to be read.

    Args:
        home: the region whose 市 or 州 is meant where the file does not say.
        mapping: the pack by which a table is read: a name, or a YAML file; by default the one its header fits.
        packs: a folder of further packs.
        expect: for each node type, how many things the file should name at least and at most.
        personal: whether a mapping may take people's names and telephone numbers into the graph.
        strict: refuse the file if anything in it is doubtful.
        edition: which version of a plan the file is, where several of one title or number are to be held against each other.
    """

    home: Region | None = None
    mapping: str | None = None
    packs: Path | None = None
    expect: Mapping[str, Expected] | None = None
    personal: bool = False
    strict: bool = False
    edition: str = ""


@dataclass(slots=True)
class Told:
    """What one file says, in the form in which the ledger keeps it.

    Args:
        loader: the loader's name.
        version: the loader's version.
        title: what the file is, in a few words.
        rows: the assertions, checked against the ontology; of a table a stream that can be taken once.
        issues: all problems, once the last row has been taken.
    """

    loader: str
    version: str
    title: str
    rows: Iterable[Row]
    issues: Sequence[Issue]


@contextmanager
def told_by(file: Path, reading: Reading, progress: Progress | None = None) -> Generator[Told]:
    """Read one file for the ledger; a table in a process of its own, which reads on while its rows are written.

    Args:
        file: the file.
        reading: how.
        progress: told how far the reading is, where a format takes long.

    Raises:
        InputError: the file cannot be read. Of a table, that may show while its rows are taken.
        Refused: ``reading.strict``, and the file has warnings or errors; shown when the last row has been taken.
        OntologyError: a loader or a mapping says what does not fit the ontology.
    """
    if not _may_be_table(file, reading):
        loaded = load_file(file, reading, progress)
        yield Told(loaded.loader, loaded.version, loaded.title, list(_rows_of(loaded)), loaded.issues)
        return
    issues: list[Issue] = []
    with ExitStack() as stack:
        stream = stack.enter_context(
            closing(stream_confined(tell, file.name, (file, reading, language()), progress=progress))
        )
        loader, version, title, whole = cast("tuple[str, str, str, bool]", next(stream))
        said = Loaded(loader, version, title, _said_in(stream, issues, stack), issues, whole=whole)
        yield Told(loader, version, title, _rows_of(said), issues)


def _said_in(stream: Iterator[object], issues: list[Issue], stack: ExitStack) -> Iterator[Assertion]:
    """Yield what the child says, and keep its issues, which come last; much is said, so a large graph is to be made."""
    for number, batch in enumerate(stream):
        if isinstance(batch, _Issues):
            issues.extend(batch)
            continue
        if number == _MANY_BATCHES:
            from innograph.graph.engines import import_ahead  # the child, which imports this module, needs none of it

            stack.enter_context(_meanwhile(import_ahead))
        yield from map(unpacked, cast("list[tuple[Any, ...]]", batch))


@contextmanager
def _meanwhile(work: Callable[[], object]) -> Generator[None]:
    """Do some work in a thread beside the ``with`` block."""
    thread = Thread(target=work)
    thread.start()
    try:
        yield
    finally:
        thread.join()


class _Issues(list["Issue"]):
    """Tells issues from what is said."""


def tell(
    file: Path, reading: Reading, chosen: Language, progress: Progress | None = None
) -> Iterator[tuple[str, str, str, bool] | list[tuple[Any, ...]] | _Issues]:
    """Yield what :func:`told_by` needs, in the child: what the file is, then what it says, by the thousand, then its issues.

    The parent checks and encodes it: it has the time, since it waits for the child.
    """
    with use_language(chosen), without_cycles():
        loaded = load_file(file, reading, progress)
        yield loaded.loader, loaded.version, loaded.title, loaded.whole
        said = map(packed, loaded.assertions)
        while batch := list(islice(said, _BATCH)):
            yield batch
        yield _Issues(loaded.issues)


def _rows_of(loaded: Loaded) -> Iterator[Row]:
    # Not for the child, which has to be at work soon.
    from innograph.graph.checking import check_assertions
    from innograph.graph.ledger.rows import assertion_row

    return map(assertion_row, check_assertions(loaded.assertions, load_ontology(), whole=loaded.whole))


def parse_plan(name: str, data: bytes, home: Region | None = None, progress: Progress | None = None) -> ParsedPlan:
    """Read and parse a plan document.

    Args:
        name: the file's name.
        data: its bytes.
        home: the region whose 市 or 州 is meant where the file does not say.
        progress: told how far the reading is, where a format takes long.

    Raises:
        InputError: the file cannot be read, or is no plan.
    """
    from .plan import parse
    from .reading import read_document

    return parse(read_document(name, data, progress), home)


def load_file(file: Path, reading: Reading | None = None, progress: Progress | None = None) -> Loaded:
    """Read one file, whatever it is, into assertions.

    A table is a roster if a mapping is named or its header fits a pack; else it may be a table of tasks.

    Args:
        file: the file.
        reading: how.
        progress: told how far the reading is, where a format takes long.

    Returns:
        What the file says; of a roster a stream, that reads on while it is taken.

    Raises:
        InputError: the file cannot be read. Of a stream, that may show while it is taken.
        Refused: ``strict``, and the file has warnings or errors; shown when the last assertion has been taken.
    """
    reading = reading or Reading()
    loaded = _load(file, reading, progress)
    if reading.edition and loaded.loader != PLAN_LOADER:
        problem = Text("这是名册表格，不分版次", "it is a table, of which there are no versions")
        raise InputError(file=file.name, problem=problem, hint=Text("去掉 --edition", "Leave out --edition"))
    if reading.strict:
        loaded.assertions = _refusing_doubts(file.name, loaded, loaded.assertions)
    return loaded


def _may_be_table(file: Path, reading: Reading) -> bool:
    return bool(reading.mapping) or file.suffix.lower() in _TABLES


def _load(file: Path, reading: Reading, progress: Progress | None) -> Loaded:
    if not _may_be_table(file, reading):
        return _load_plan(file, reading, progress)
    from .table import load_table

    try:
        return load_table(
            file,
            pack=reading.mapping,
            home=reading.home,
            packs=reading.packs,
            expect=reading.expect,
            personal=reading.personal,
            progress=progress,
        )
    except InputError as no_roster:
        if reading.mapping:
            raise
        try:
            return _load_plan(file, reading, progress)
        except InputError:
            raise no_roster from None


def _load_plan(file: Path, reading: Reading, progress: Progress | None) -> Loaded:
    from .plan.emit import assertions_of
    from .plan.versions import as_edition
    from .reading import read_bytes

    plan = as_edition(parse_plan(file.name, read_bytes(file), reading.home, progress), reading.edition)
    return Loaded(PLAN_LOADER, PLAN_LOADER_VERSION, plan.head.title, tuple(assertions_of(plan)), plan.issues)


def _refusing_doubts(name: str, loaded: Loaded, assertions: Iterable[Assertion]) -> Iterator[Assertion]:
    yield from assertions
    doubtful = [issue for issue in loaded.issues if issue.severity is not Severity.INFO]
    if doubtful:
        problem = Text(
            f"有{len(doubtful)}处疑问，按 --strict 未载入",
            f"{len(doubtful)} doubtful readings; not loaded because of --strict",
        )
        raise Refused(file=name, problem=problem, hint=_first_of(doubtful[0].message))


def refuse_known_doubts(name: str, issues: Iterable[Issue]) -> None:
    """Refuse a file that was loaded before, and has not changed, for what is doubtful in it.

    Args:
        name: the file's name.
        issues: what the ledger knows of it.

    Raises:
        Refused: there are warnings or errors among them. What was loaded stays.

    Examples:
        >>> from innograph.graph.issues import Issue
        >>> refuse_known_doubts("a.csv", [Issue("table.no-rows")])
        Traceback (most recent call last):
        innograph.graph.errors.Refused: a.csv：此前已载入且没有变化，有1处疑问 ...
    """
    doubtful = [issue for issue in issues if issue.severity is not Severity.INFO]
    if doubtful:
        problem = Text(
            f"此前已载入且没有变化，有{len(doubtful)}处疑问",
            f"loaded before and not changed since; it has {len(doubtful)} doubtful readings",
        )
        raise Refused(file=name, problem=problem, hint=_first_of(doubtful[0].message))


def _first_of(message: str) -> Text:
    return Text(
        f"其一：{message}（全部：innograph check 文件）", f"The first: {message} (all of them: innograph check FILE)"
    )
