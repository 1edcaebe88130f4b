"""Applies packs to a file of tables: what its rows say as a stream, and every problem at its cell."""

from __future__ import annotations

from dataclasses import replace
from itertools import chain
from typing import TYPE_CHECKING

from innograph.graph.errors import InputError
from innograph.graph.issues import Issue
from innograph.graph.ontology import load_ontology
from innograph.graph.records import Locator, NodeAssertion
from innograph.graph.text import Text

from ..base import Loaded
from .contradictions import Facts
from .expecting import unmet
from .model import ISSUES_SHEET, NOTES_SHEET, Expected, header_word
from .packs import choose_packs, fingerprint, packs_for
from .personal import without_personal
from .reader import SheetReader
from .remembered import Seen
from .sources import Row, open_sheets

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

    from innograph.graph.records import Assertion
    from innograph.graph.regions import Region
    from innograph.graph.stores import Progress

    from .model import Pack
    from .sources import Sheet

LOADER = "table"
VERSION = "5"

_Fitted = tuple["Sheet", "Pack"]
#: Of templates and annotated copies: they hold no rows of a roster.
OWN_SHEETS = frozenset((*NOTES_SHEET, *ISSUES_SHEET))
_EMPTY = Text("表是空的", "the table is empty")
_FILL = Text("请检查文件是否保存完整", "Check that the whole file was saved")


def load_table(
    file: Path,
    *,
    pack: str | None = None,
    home: Region | None = None,
    packs: Path | None = None,
    personal: bool = False,
    expect: Mapping[str, Expected] | None = None,
    progress: Progress | None = None,
) -> Loaded:
    r"""Load a file of tables: find the pack that each sheet's header fits, and stream what its rows say.

    Args:
        file: the file.
        pack: the pack to use: a bundled one, one in ``packs``, or the path of a YAML file.
        home: the region whose 市 or 州 is meant where the file does not say.
        packs: the folder of the workspace's own packs.
        personal: whether personal data is allowed.
        expect: how many nodes of a type the file must name, besides what the packs expect.
        progress: told how far the reading is.

    Returns:
        A stream, to be taken once; its issues are complete when the last assertion has been taken.

    Raises:
        InputError: it cannot be read, its header fits no pack or more than one, or the pack uses personal data.
        OntologyError: the pack is wrong.

    Examples:
        >>> from pathlib import Path
        >>> from tempfile import TemporaryDirectory
        >>> with TemporaryDirectory() as folder:
        ...     file = Path(folder, "a.csv")
        ...     _ = file.write_text("企业名称,所在区域\n特变电工,昌吉市\n笑厨,朝阳区\n", encoding="utf-8")
        ...     loaded = load_table(file)
        ...     loaded.counts()["Enterprise"], [(issue.code, issue.place.row) for issue in loaded.issues]
        (2, [('table.bad-value', 3)])
    """
    chosen = choose_packs(pack, packs, personal=personal)
    reading = _Reading(file.name, chosen, home, named=pack is not None, personal=personal, expect=expect or {})
    sheets = reading.guarded(open_sheets(file, reading.is_header, progress))
    first, rest = reading.first(sheets)
    title, version = first[1].title.show(), f"{VERSION}:{fingerprint(chosen)}{'+personal' if personal else ''}"
    # What a table points at may be stated by another source: the ledger tells what nobody states.
    return Loaded(LOADER, version, title, reading.run(first, rest), reading.issues, whole=False)


class _Reading:
    """Reads the sheets of one file.

    Args:
        name: the file's name.
        packs: those that a sheet may be read by.
        home: the region whose 市 or 州 is meant.
        named: whether the user named the pack.
        personal: whether personal data is allowed.
        expect: how many nodes the file must name.
    """

    def __init__(
        self,
        name: str,
        packs: Sequence[Pack],
        home: Region | None,
        *,
        named: bool,
        personal: bool,
        expect: Mapping[str, Expected],
    ) -> None:
        self.name = name
        self.packs = packs
        self.home = home
        self.named = named
        self.personal = personal
        self.expect = expect
        self.issues: list[Issue] = []
        self._stated: Seen = Seen()
        self._facts = Facts()

    def is_header(self, cells: Sequence[str]) -> bool:
        """Whether a row can be the header: some pack could read what stands below."""
        return bool(self._fitting(cells))

    def guarded(self, sheets: Iterator[Sheet]) -> Iterator[Sheet]:
        """Yield the sheets, their names and headers without personal numbers."""
        for sheet in sheets:
            if not self.personal:
                sheet.header = Row(sheet.header.number, tuple(map(without_personal, sheet.header.cells)))
                sheet.sheet = sheet.sheet and without_personal(sheet.sheet)
                sheet.member = sheet.member and without_personal(sheet.member)
            yield sheet

    def _noticed(self, sheet: Sheet, since: int) -> Iterator[Issue]:
        """Yield what the reader of the file noticed since, at the names of sheet and member as they may be shown."""
        for issue in sheet.issues[since:]:
            place = issue.place
            if issue.code == "table.member-unreadable":
                # It names its member, which may be another one.
                yield issue
                continue
            member = place.section or sheet.member
            shown = place._replace(sheet=place.sheet and sheet.sheet, section=member)
            yield issue if shown == place else replace(issue, place=shown)

    def _fitting(self, header: Sequence[str]) -> list[Pack]:
        if self.named:
            return [pack for pack in self.packs if pack.reads(header)]
        return packs_for(header, self.packs)

    def first(self, sheets: Iterator[Sheet]) -> tuple[_Fitted, Iterator[Sheet]]:
        """Return the first sheet that a pack fits, with the pack, and the sheets behind it.

        Raises:
            InputError: there is none, or several packs fit it.
        """
        unread: list[Sheet] = []
        for sheet in sheets:
            pack = self._pack_of(sheet)
            if pack:
                for one in unread:
                    self._pass_over(one)
                return (sheet, pack), sheets
            unread.append(sheet)
        if not unread:
            raise InputError(file=self.name, problem=_EMPTY, hint=_FILL)
        raise self._error(unread[0], [])

    def run(self, first: _Fitted, rest: Iterator[Sheet]) -> Iterator[Assertion]:
        """Yield what all sheets say; afterwards the issues are complete."""
        counted = {label: set[int]() for label in (*self.expect, *first[1].expect)}
        limits = {**first[1].expect, **self.expect}
        for sheet, pack in chain([first], self._fitted(rest)):
            said = self._sheet(sheet, pack)
            if not limits:
                yield from said
            for assertion in said:
                if isinstance(assertion, NodeAssertion):
                    for label in load_ontology().nodes[assertion.label].labels:
                        if label in counted:
                            counted[label].add(hash(assertion.id))
                yield assertion
        self.issues.extend(unmet({label: len(ids) for label, ids in counted.items()}, limits))

    def _fitted(self, sheets: Iterator[Sheet]) -> Iterator[_Fitted]:
        for sheet in sheets:
            pack = self._pack_of(sheet)
            if pack:
                yield sheet, pack
            else:
                self._pass_over(sheet)

    def _pass_over(self, sheet: Sheet) -> None:
        """Tell of a sheet that no pack reads, and of what its reader noticed of others, such as hidden ones."""
        self.issues.extend(issue for issue in sheet.issues if issue.place.sheet != sheet.sheet)
        if sheet.sheet not in OWN_SHEETS:
            self.issues.append(self._unread(sheet))

    def _pack_of(self, sheet: Sheet) -> Pack | None:
        fitting = self._fitting(sheet.header.cells)
        if len(fitting) > 1:
            raise self._error(sheet, fitting)
        return fitting[0] if fitting else None

    def _sheet(self, sheet: Sheet, pack: Pack) -> Iterator[Assertion]:
        reader = SheetReader(
            pack,
            sheet.header,
            (sheet.member, sheet.sheet),
            self.home,
            self._stated,
            self._facts,
            personal=self.personal,
        )
        self.issues.extend(_header_issues(pack, sheet))
        reader.issues = self.issues
        empty, noticed, width = True, 0, len(sheet.header.cells)
        for row in sheet.rows:
            empty = False
            if len(sheet.issues) > noticed:
                self.issues.extend(self._noticed(sheet, noticed))
                noticed = len(sheet.issues)
            whole = row if len(row.cells) == width else reader.whole(row)
            if whole:
                yield from reader.read(whole)
            else:
                sizes = {"found": len(row.cells), "wanted": width}
                place = Locator(sheet=sheet.sheet, row=row.number, section=sheet.member)
                self.issues.append(Issue("table.row-too-short", place, "", sizes))
        place = Locator(sheet=sheet.sheet, row=sheet.header.number, section=sheet.member)
        if empty:
            self.issues.append(Issue("table.no-rows", place, _shown(sheet)))
        if reader.padded:
            self.issues.append(Issue("table.row-padded", place, "", {"count": reader.padded}))
        if reader.skipped:
            self.issues.append(Issue("table.rows-skipped", place, "", {"count": reader.skipped}))
        if reader.unfilled:
            self.issues.append(Issue("table.rows-unfilled", place, "", {"count": reader.unfilled}))
        self.issues.extend(self._noticed(sheet, noticed))

    def _unread(self, sheet: Sheet) -> Issue:
        # Not its first row: of a list without a header that is somebody's name.
        place = Locator(sheet=sheet.sheet, row=sheet.header.number, section=sheet.member)
        return Issue(
            "table.sheet-unread", place, "", {"name": sheet.sheet or sheet.name, "columns": len(sheet.header.cells)}
        )

    def _error(self, sheet: Sheet, fitting: Sequence[Pack]) -> InputError:
        header = _beginning(sheet)
        if fitting:
            problem = Text(f"表头“{header}”同时像几种名册", f"its header “{header}” is that of several kinds of table")
        elif self.named:
            title = self.packs[0].title
            problem = Text(
                f"没有一张表有“{title.zh}”的列；表头是“{header}”",
                f"no sheet has the columns of “{title.en}”; the header is “{header}”",
            )
        else:
            problem = Text(
                f"表头“{header}”不是已知的任何一种名册", f"its header “{header}” is that of no known kind of table"
            )
        known = fitting or self.packs
        hint = Text(
            f"表头须恰好含有一种名册的列名，或用 --map 指明。{'；'.join(f'{pack.id} {pack.title.zh}：{_ways(pack)}' for pack in known)}",
            "The header must hold the column names of exactly one kind, or name it with --map."
            f" {'; '.join(f'{pack.id} {pack.title.en}: {_ways(pack)}' for pack in known)}",
        )
        return InputError(file=sheet.name, problem=problem, hint=hint)


def _header_issues(pack: Pack, sheet: Sheet) -> Iterator[Issue]:
    """Yield an issue for each column that maps to nothing, or means the same as another."""
    header = sheet.header
    places = pack.places(header.cells)
    keys = {word: key for key, column in pack.columns.items() for word in column.words}
    for index, cell in enumerate(header.cells):
        if index in places.values() or not cell.strip():
            continue
        place = Locator(sheet=sheet.sheet, row=header.number, column=index + 1, section=sheet.member)
        key = keys.get(header_word(cell))
        if key is None:
            yield Issue("table.unmapped-column", place, _shown(sheet), {"column": cell.strip()})
        else:
            first = places[key]
            values = {
                "column": cell.strip(),
                "number": index + 1,
                "first": header.cells[first].strip(),
                "loaded": first + 1,
            }
            yield Issue("table.repeated-column", place, _shown(sheet), values)


def _shown(sheet: Sheet) -> str:
    return "、".join(cell.strip() for cell in sheet.header.cells)


def _beginning(sheet: Sheet) -> str:
    """Return as much of a header as a message has room for."""
    cells = [cell.strip() for cell in sheet.header.cells]
    told = "、".join(f"{cell[:_LONGEST_TOLD]}…" if len(cell) > _LONGEST_TOLD else cell for cell in cells[:_TOLD_CELLS])
    return f"{told}…（{len(cells)}）" if len(cells) > _TOLD_CELLS else told


_TOLD_CELLS, _LONGEST_TOLD = 12, 30


def _ways(pack: Pack) -> str:
    """Return what identifies the pack's tables, as a person would type it: any of the sets of columns."""
    return " / ".join("+".join(words) for words in pack.match)
