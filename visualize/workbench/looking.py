"""Looks at a file before it is loaded, in a process of its own: what it would say, what is doubtful, how columns are read.

Nothing here knows of browsers: the child that reads the file imports this module.
"""

from __future__ import annotations

import hashlib
from collections import Counter, defaultdict
from dataclasses import dataclass, field, replace
from itertools import chain
from typing import TYPE_CHECKING, Any

from innograph.graph.errors import InnographError, InputError, NotAPlan
from innograph.graph.issues import Severity
from innograph.graph.ontology import load_ontology
from innograph.graph.text import use_language
from innograph.graph.without_cycles import without_cycles
from innograph.loaders.loading import PLAN_LOADER, load_file, parse_plan
from innograph.loaders.table.summary import SEVERITIES, by_code

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

    from innograph.graph.issues import Issue
    from innograph.graph.records import Locator
    from innograph.graph.stores import Progress
    from innograph.graph.text import Language
    from innograph.loaders.base import Loaded
    from innograph.loaders.loading import Reading
    from innograph.loaders.table.proposals import Proposal

_FIRST_ROWS = 8
_MOST_ISSUES = 500
_MOST_SAID = 20_000
"""Of a long table the head says enough of how it is read; its rows are all read when it is loaded."""
_BEAT = 20_000
_DIGEST = 8
_MASK = (1 << 64) - 1

Said = dict[str, dict[bytes, int]]
"""For each type, the things of that type that a file speaks of, and what it says of each, both as digests."""


@dataclass(frozen=True, slots=True)
class Wish:
    """How a person wants a table to be read, where the first proposal is not right.

    Args:
        like: the pack to start from.
        of_type: what the rows are about.
        sheet: the worksheet that is meant.
        columns: what columns, from 0, are to be read as.
    """

    like: str = ""
    of_type: str = ""
    sheet: str = ""
    columns: Mapping[int, str] = field(default_factory=dict[int, str])

    @property
    def said(self) -> bool:
        """Whether anything is wished."""
        return bool(self.like or self.of_type or self.sheet or self.columns)


@dataclass(frozen=True, slots=True)
class Look:
    """What a file would say.

    Args:
        loader: which reads it; empty if none can.
        title: what it is.
        nodes: how many things of each type it names.
        edges: how many relations of each type it states.
        issues: the first of its problems, the gravest before others.
        codes: each kind of problem with how many there are and the first of them.
        plan: what ``innograph parse`` has of a plan.
        proposals: of a table, how each sheet can be read.
        mapping: the proposal by which it is read, where no pack reads it as it is.
        problem: why it cannot be read.
        header: of a table of which nothing tells what its rows are about: its header.
        until: the place up to which it was looked at; ``None`` if that is all of it.
        said: see :data:`Said`.
        tasks: ids of the edges to its first tasks, of a plan.
    """

    loader: str = ""
    title: str = ""
    nodes: Mapping[str, int] = field(default_factory=dict[str, int])
    edges: Mapping[str, int] = field(default_factory=dict[str, int])
    issues: tuple[Issue, ...] = ()
    codes: tuple[tuple[str, int, Issue], ...] = ()
    plan: Mapping[str, Any] | None = None
    proposals: tuple[Proposal, ...] = ()
    mapping: str = ""
    problem: str = ""
    header: tuple[str, ...] = ()
    until: Locator | None = None
    said: Said = field(default_factory=dict[str, dict[bytes, int]])
    tasks: tuple[str, ...] = ()

    @property
    def is_plan(self) -> bool:
        """Whether it is a plan."""
        return self.loader == PLAN_LOADER

    @property
    def doubtful(self) -> int:
        """How many problems are more than a note."""
        return sum(count for _, count, first in self.codes if first.severity is not Severity.INFO)

    @property
    def notes(self) -> int:
        """How many problems are notes."""
        return sum(count for _, count, first in self.codes if first.severity is Severity.INFO)


@dataclass(frozen=True, slots=True)
class Difference:
    """How what a file says of one type differs from what an earlier version says."""

    type: str
    new: int
    changed: int
    gone: int


def look_at(
    file: Path, reading: Reading, wish: Wish, mapping: Path, chosen: Language, progress: Progress | None = None
) -> Iterator[Look | None]:
    """Yield what a file would say, after ``None`` now and then as a sign of life; for the child.

    Args:
        file: the file.
        reading: how files are read in the workspace.
        wish: how a person wants it to be read.
        mapping: where the proposed mapping is to be written.
        chosen: the language of messages.
        progress: told how far it is.
    """
    with use_language(chosen), without_cycles():
        mapping.unlink(missing_ok=True)
        loaded, problem, may_be_table = None, "", True
        try:
            loaded = None if wish.said else load_file(file, reading, progress)
        except InnographError as error:
            problem, may_be_table = str(error), not isinstance(error, NotAPlan)
        if loaded is not None and loaded.loader == PLAN_LOADER:
            from innograph.loaders.plan.export import to_json
            from innograph.loaders.reading import read_bytes

            plan = to_json(parse_plan(file.name, read_bytes(file), reading.home))
            yield from _counted(loaded, Look(plan=plan))
            return
        proposals: tuple[Proposal, ...] = ()
        try:
            proposals = _proposals(file, reading, wish, progress)
        except InnographError as error:
            if loaded is None:
                yield Look(problem=problem or str(error), header=_header_of(file) if may_be_table else ())
                return
        known = Look(proposals=proposals)
        if loaded is None:
            fitting = [one for one in proposals if wish.sheet in (one.sheet, one.name)]
            one = next(iter([*fitting, *proposals]), None)
            if one is None:
                yield Look(problem=problem)
                return
            mapping.write_text(one.text, encoding="utf-8")
            known = replace(known, mapping=one.text)
            try:
                loaded = load_file(file, replace(reading, mapping=str(mapping)), progress)
            except InnographError as error:
                yield replace(known, problem=str(error))
                return
        yield from _counted(loaded, known)


def _header_of(file: Path) -> tuple[str, ...]:
    """Return the first row of the first table in a file, as far as people's data may be shown; nothing if it has none."""
    from innograph.loaders.table.personal import without_personal
    from innograph.loaders.table.sources import open_sheets

    try:
        sheet = next(open_sheets(file, lambda cells: sum(map(bool, map(str.strip, cells))) > 1), None)
    except InnographError:
        return ()
    cells = sheet.header.cells if sheet else ()
    return tuple(without_personal(cell.strip()) for cell in cells if cell.strip())


def _proposals(file: Path, reading: Reading, wish: Wish, progress: Progress | None) -> tuple[Proposal, ...]:
    from innograph.loaders.table.proposals import propose

    found = propose(
        file,
        like=wish.like or None,
        of_type=wish.of_type or None,
        columns=wish.columns,
        rows=_FIRST_ROWS,
        home=reading.home,
        packs=reading.packs,
        progress=progress,
    )
    return tuple(found)


def _counted(loaded: Loaded, look: Look) -> Iterator[Look | None]:
    """Take what a file says, of a long table the first of it, and yield what there is to tell of it."""
    from innograph.graph.checking import check_assertions
    from innograph.graph.ledger.rows import assertion_row

    kinds: dict[str, str] = {}
    said: Said = defaultdict(dict)
    tasks: list[str] = []
    until: Locator | None = None
    try:
        checked = check_assertions(loaded.assertions, load_ontology(), whole=loaded.whole)
        for number, one in enumerate(checked, 1):
            if number > _MOST_SAID and not loaded.whole:
                until = one.evidence.place._replace(column=None)
                break
            row = assertion_row(one)
            kind, type_, subject, properties = str(row[0]), str(row[1]), str(row[2]), str(row[6])
            kinds[type_] = kind
            add_said(said, type_, subject, properties)
            if type_ == "HAS_TASK":
                tasks.append(subject)
            if not number % _BEAT:
                yield None
    except InputError as error:
        yield replace(look, problem=str(error))
        return
    counts = {type_: len(things) for type_, things in said.items()}
    yield replace(
        look,
        loader=loaded.loader,
        title=loaded.title,
        nodes={type_: n for type_, n in counts.items() if kinds[type_] == "node"},
        edges={type_: n for type_, n in counts.items() if kinds[type_] == "edge"},
        issues=_gravest(loaded.issues),
        codes=tuple(by_code(loaded.issues)),
        until=until,
        said=dict(said),
        tasks=tuple(tasks[:_MOST_ISSUES]),
    )


def _gravest(issues: Sequence[Issue]) -> tuple[Issue, ...]:
    ordered = chain.from_iterable((one for one in issues if one.severity is severity) for severity in SEVERITIES)
    return tuple(one for one, _ in zip(ordered, range(_MOST_ISSUES), strict=False))


def add_said(said: Said, type_: str, subject: str, properties: str) -> None:
    """Note that something is said of a thing; in which order things are said makes no difference.

    Examples:
        >>> one: Said = {"Task": {}}
        >>> other: Said = {"Task": {}}
        >>> add_said(one, "Task", "Task:a", "{}"), add_said(one, "Task", "Task:a", "{1}")
        (None, None)
        >>> add_said(other, "Task", "Task:a", "{1}"), add_said(other, "Task", "Task:a", "{}")
        (None, None)
        >>> one == other
        True
    """
    things = said[type_] if type_ in said else said.setdefault(type_, {})
    key = hashlib.blake2b(subject.encode(), digest_size=_DIGEST).digest()
    value = int.from_bytes(hashlib.blake2b(properties.encode(), digest_size=_DIGEST).digest(), "big")
    things[key] = (things.get(key, 0) + value) & _MASK


def said_of(rows: Iterable[tuple[str, str, str]]) -> Said:
    """Return what a source in the ledger says, from the type, id and properties of each statement."""
    said: Said = {}
    for type_, subject, properties in rows:
        add_said(said, type_, subject, properties)
    return said


def differences(before: Said, after: Said) -> list[Difference]:
    """Return for each type what is new, said otherwise, and gone; types of which nothing differs are left out.

    Examples:
        >>> differences(said_of([("Task", "a", "{}"), ("Task", "b", "{}")]), said_of([("Task", "b", "{1}"), ("Task", "c", "")]))
        [Difference(type='Task', new=1, changed=1, gone=1)]
    """
    found: list[Difference] = []
    for type_ in sorted({*before, *after}):
        old, new = before.get(type_, {}), after.get(type_, {})
        kept = Counter(old[key] == value for key, value in new.items() if key in old)
        one = Difference(type_, len(new) - kept.total(), kept[False], len(old) - kept.total())
        if one.new or one.changed or one.gone:
            found.append(one)
    return found


def mark(file: Path, reading: Reading, out: Path, chosen: Language, progress: Progress | None = None) -> Iterator[None]:
    """Write a copy of a table in which the cells that have issues are marked; for the child.

    Raises:
        InputError: it is no table, or fits into no workbook.
    """
    from innograph.loaders.table.annotating import annotate

    with use_language(chosen), without_cycles():
        loaded = load_file(file, reading, progress)
        for number, _ in enumerate(loaded.assertions, 1):  # its issues are known when the last one has been taken
            if not number % _BEAT:
                yield None
        annotate(file, loaded.issues, out, mapping=reading.mapping, force=True)
