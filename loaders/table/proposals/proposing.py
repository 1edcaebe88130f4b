"""From a file to proposed mappings, one for each sheet, with its first rows as they would load."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

from innograph.graph.errors import InputError
from innograph.graph.issues import Issue
from innograph.graph.ontology import load_ontology
from innograph.graph.records import Locator
from innograph.graph.text import Text

from ..checks import read_pack
from ..contradictions import Facts
from ..model import header_word
from ..reader import SheetReader
from ..remembered import Seen
from ..sources import open_sheets
from .bases import Base, base_of_type, bases_of_packs
from .matching import EXACT, LIKELY, Match, Matched, Table, has_lists, match_columns
from .trimming import distinct_words, trim
from .writing import to_yaml

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from innograph.graph.records import Assertion
    from innograph.graph.regions import Region
    from innograph.graph.stores import Progress

    from ..model import Pack
    from ..sources import Row, Sheet

_SAMPLE = 200
_LEAST_FIT = 0.3
_NAMED_FORM = 0.5
_FORM_COUNTS = 0.25
_NAME = "name"
_CHOSEN = Text("由您选定", "as you chose")
_LEFT = Text("由您略去", "left out by you")


@dataclass(frozen=True, slots=True)
class Preview:
    """One row as it would load: the nodes and edges it says, and its issues."""

    number: int
    assertions: tuple[Assertion, ...]
    issues: tuple[Issue, ...]


@dataclass(frozen=True, slots=True)
class Proposal:
    """How one sheet could be read.

    Args:
        name: the file, or file/member.
        sheet: the worksheet.
        header: its header.
        base: the pack it is made after; nothing if it is made from the ontology alone.
        known: whether that pack reads the sheet as it is.
        title: what such a table is called.
        matched: which column is which, and why the others are none.
        text: the YAML file.
        rows: the first rows.
        keys: what a column may be read as, with its usual header.
    """

    name: str
    sheet: str | None
    header: tuple[str, ...]
    base: str
    known: bool
    title: Text
    matched: Matched
    text: str
    rows: tuple[Preview, ...]
    keys: Mapping[str, Text]


def proposable() -> list[str]:
    """Return the types of node that rows of a table may be about: those that need nothing but a name.

    Examples:
        >>> "Event" in proposable(), "Target" in proposable()
        (True, False)
    """
    concrete = load_ontology().concrete.items()
    return [name for name, t in concrete if {p.name for p in t.properties.values() if p.required} == {_NAME}]


def propose(
    file: Path,
    *,
    like: str | None = None,
    of_type: str | None = None,
    sheet: str | None = None,
    columns: Mapping[int, str] | None = None,
    rows: int = 5,
    home: Region | None = None,
    packs: Path | None = None,
    tell: Callable[[InputError], None] | None = None,
    progress: Progress | None = None,
) -> list[Proposal]:
    r"""Propose a mapping for each sheet of a file.

    Args:
        file: the file.
        like: the pack to start from: its name, or a YAML file.
        of_type: what the rows are about: one of :func:`proposable`.
        sheet: only the worksheet of this name.
        columns: what some columns, counted from 0, are to be read as; an empty key leaves one out.
        rows: how many rows to show as they would load.
        home: the region whose 市 or 州 is meant where the file does not say.
        packs: the folder of the workspace's own packs.
        tell: told why nothing can be proposed for a sheet, where something can for another.
        progress: told how far the reading is.

    Raises:
        InputError: the file cannot be read, or nothing tells what its rows are about.
        OntologyError: there is no such pack.

    Examples:
        >>> from pathlib import Path
        >>> from tempfile import TemporaryDirectory
        >>> with TemporaryDirectory() as folder:
        ...     file = Path(folder, "a.csv")
        ...     _ = file.write_text("公司,代码,联系电话\n甲公司,91350100M000100Y43,1\n", encoding="utf-8")
        ...     one = propose(file)[0]
        ...     one.base, [(match.key, match.index) for match in one.matched.found], list(one.matched.left)
        ('enterprises', [('name', 0), ('credit_code', 1)], [2])
    """
    maker = _Maker(file.name, like, of_type, rows, home, packs, columns or {})
    found: list[Proposal] = []
    problems: list[InputError] = []
    names: list[str] = []
    for one in open_sheets(file, maker.is_header, progress):
        names.append(one.sheet or one.name)
        if sheet is not None and sheet not in (one.sheet, one.name):
            continue
        try:
            found.append(maker.propose(one))
        except InputError as error:
            problems.append(error)
    if not found and not problems:
        listed = "、".join(names)
        raise InputError(
            file=file.name,
            problem=Text(f"没有叫“{sheet}”的工作表", f"it has no sheet “{sheet}”"),
            hint=Text(f"可用：{listed}", f"There are: {listed}"),
        )
    if not found:
        raise problems[0]
    if tell:
        for problem in problems:
            tell(problem)
    return found


class _Maker:
    """Makes proposals for the sheets of one file."""

    def __init__(
        self,
        name: str,
        like: str | None,
        of_type: str | None,
        rows: int,
        home: Region | None,
        packs: Path | None,
        columns: Mapping[int, str],
    ) -> None:
        self.name = name
        self.rows = rows
        self.home = home
        self.packs = packs
        self.columns = columns
        self.of_type = of_type
        self.chosen = like is not None
        self.bases = bases_of_packs(packs, like)
        if of_type:
            # A pack whose rows may be of several types would make things of the others too: only if it is asked for.
            self.bases = [base for base in self.bases if of_type in (base.types if self.chosen else base.main_types)]
            if not self.chosen or not self.bases:
                self.bases.append(base_of_type(of_type, packs))
        self.words = {word for base in self.bases for words in base.words.values() for word in words}

    def is_header(self, cells: Sequence[str]) -> bool:
        """Whether at least half of a row's cells are headers that somebody uses."""
        filled = [header_word(cell) for cell in cells if cell.strip()]
        return bool(filled) and 2 * sum(word in self.words for word in filled) >= len(filled)

    def propose(self, sheet: Sheet) -> Proposal:
        header = sheet.header
        rows = list(islice(sheet.rows, max(_SAMPLE, self.rows)))
        table = Table(header.cells, [row.cells for row in rows], self.home)
        base, nearest = self._nearest(table)
        matched = _as_wanted(base, nearest, table, self.columns)
        data = self._data(base, matched, table)
        if not data["nodes"]:
            raise self._unknown(table.header)
        found = tuple(match for match in matched.found if match.key in data["columns"])
        known = base.pack is not None and base.pack.fits(header.cells) and matched.same_as(nearest)
        text = to_yaml(
            data, Matched(found, matched.left), header.cells, self._remarks(base, sheet, len(found), known=known)
        )
        return Proposal(
            name=sheet.name,
            sheet=sheet.sheet,
            header=header.cells,
            base=base.id,
            known=known,
            title=Text(data["title"]["zh"], data["title"]["en"]),
            matched=Matched(found, matched.left),
            text=text,
            rows=tuple(self._preview(text, sheet, rows[: self.rows])),
            keys={key: Text(str(spec["zh"]), str(spec["en"])) for key, spec in base.data["columns"].items()},
        )

    def _data(self, base: Base, matched: Matched, table: Table) -> dict[str, Any]:
        headers = {match.key: table.header[match.index].strip() for match in matched.found}
        lists = [match.key for match in matched.found if has_lists(table.facts[match.index])]
        data = trim(base, headers, table.header, lists)
        distinct_words(data["columns"])
        return data

    def _nearest(self, table: Table) -> tuple[Base, Matched]:
        """Return the base that fits best, with the columns found; the one that was asked for in any case."""
        scored = [(self._fit(table, base, matched), base, matched) for base, matched in self._all(table)]
        fit, base, matched = max(scored, key=lambda one: one[0])
        if self.chosen or self.of_type or fit >= _LEAST_FIT:
            return base, matched
        label, share = max((facts.bodies() for facts in table.facts), key=lambda one: one[1], default=("", 0.0))
        if share < _NAMED_FORM:
            raise self._unknown(table.header)
        base = next((one for one in self.bases if one.types == (label,)), None) or base_of_type(label, self.packs)
        return base, match_columns(table, base)

    def _all(self, table: Table) -> list[tuple[Base, Matched]]:
        return [(base, match_columns(table, base)) for base in self.bases]

    def _fit(self, table: Table, base: Base, matched: Matched) -> float:
        """How well a base fits: how much of the header it knows; nothing if it lacks what it needs."""
        if base.pack and base.pack.fits(table.header):
            return 2.0
        needed = {key for key, spec in base.data["columns"].items() if spec.get("required")}
        sure = {match.key for match in matched.found if match.sureness >= LIKELY}
        if not needed <= sure:
            return 0.0
        fit = sum(match.sureness for match in matched.found) / max(table.named, 1)
        main = matched.index_of(base.main)
        label, share = table.facts[main].bodies() if main is not None else ("", 0.0)
        if share >= _NAMED_FORM:
            fit += _FORM_COUNTS if label in base.types else -_FORM_COUNTS
        exact = sum(match.sureness == EXACT for match in matched.found)
        # Of two that fit alike, the one whose own headers the table has, then the one made for such tables.
        return fit + 0.01 * exact + (0.001 if base.pack else 0.0)

    def _remarks(self, base: Base, sheet: Sheet, count: int, *, known: bool) -> list[Text]:
        where = f"{sheet.name}!{sheet.sheet}" if sheet.sheet else sheet.name
        total = sum(1 for cell in sheet.header.cells if cell.strip())
        remarks = [
            Text(
                f"innograph map 按 {where} 的表头和值提出，请逐行核对",
                f"Proposed by innograph map from {where}; check each line",
            ),
            Text(f"{total}列中认得{count}列", f"{count} of {total} columns are recognised"),
        ]
        if base.id:
            remarks.append(Text(f"参照映射包 {base.id}", f"Made after the pack {base.id}"))
        if known:
            remarks.append(
                Text(
                    "该映射包可直接读这张表，不必另写映射",
                    "That pack reads this table as it is; no mapping of your own is needed",
                )
            )
        return remarks

    def _preview(self, text: str, sheet: Sheet, rows: Sequence[Row]) -> list[Preview]:
        pack = _read_back(text)
        width = len(sheet.header.cells)
        shown: list[Preview] = []
        for row in rows:
            # Each row by itself, so that it shows what it says, whether or not another says it too.
            where = sheet.member, sheet.sheet
            reader = SheetReader(pack, sheet.header, where, self.home, Seen(), Facts(), personal=False)
            whole = reader.whole(row)
            if whole is None:
                values = {"found": len(row.cells), "wanted": width}
                issue = Issue("table.row-too-short", Locator(sheet=sheet.sheet, row=row.number), "", values)
                shown.append(Preview(row.number, (), (issue,)))
                continue
            said = reader.read(whole)
            shown.append(Preview(row.number, tuple(said), tuple(reader.issues)))
        return shown

    def _unknown(self, header: Sequence[str]) -> InputError:
        shown = "、".join(cell.strip() for cell in header if cell.strip())
        types = ", ".join(proposable())
        return InputError(
            file=self.name,
            problem=Text(
                f"从表头“{shown}”看不出每行说的是什么", f"its header “{shown}” does not tell what the rows are about"
            ),
            hint=Text(
                f"请用 --type 指明类型（{types}），或用 --like 指明相近的映射包",
                f"Say it with --type ({types}), or name a pack like it with --like",
            ),
        )


def _as_wanted(base: Base, matched: Matched, table: Table, columns: Mapping[int, str]) -> Matched:
    """Return what a person wants columns to be read as instead; one of people's data is read as nothing."""
    wanted = {i: key for i, key in columns.items() if i not in table.never and (not key or key in base.data["columns"])}
    taken = {key for key in wanted.values() if key}
    kept = [match for match in matched.found if match.index not in wanted and match.key not in taken]
    chosen = [Match(i, key, EXACT, _CHOSEN) for i, key in wanted.items() if key and i < len(table.header)]
    found = {match.key: match for match in (*kept, *chosen)}
    places = {match.index for match in found.values()}
    left = {i: matched.left.get(i, _LEFT) for i in range(len(table.header)) if i not in places}
    return Matched(tuple(sorted(found.values(), key=lambda match: match.index)), left)


def _read_back(text: str) -> Pack:
    """Read a proposal as any pack is read."""
    with TemporaryDirectory() as folder:
        file = Path(folder, "proposal.yaml")
        file.write_text(text, encoding="utf-8")
        return read_pack(file, load_ontology())
