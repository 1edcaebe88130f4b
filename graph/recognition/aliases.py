"""The dated table of other names: official abbreviations and former names, bundled and a workspace's own.

A name that several bodies go by (南大, 华师大, 人大) is never in it: which body is meant is for a person to say.
"""

from __future__ import annotations

import calendar
import csv
import re
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

from ..errors import InputError
from ..text import Text
from .names import normal_name

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

COLUMNS = ("alias", "name", "valid_from", "valid_to", "source")
_DATE = re.compile(r"(?P<year>\d{4})(?:-(?P<month>\d{2})(?:-(?P<day>\d{2}))?)?")


@dataclass(frozen=True, slots=True)
class Alias:
    """Another name of a body.

    Args:
        alias: the other name.
        name: the body's full, present name.
        valid_from: the first day on which the other name means that body, if one is known.
        valid_to: the last day.
        source: where that is said.
    """

    alias: str
    name: str
    valid_from: date | None = None
    valid_to: date | None = None
    source: str = ""

    def holds_on(self, day: date) -> bool:
        """Whether the other name means that body on ``day``."""
        return (self.valid_from is None or self.valid_from <= day) and (self.valid_to is None or day <= self.valid_to)

    def overlaps(self, other: Alias) -> bool:
        """Whether there is a day on which both hold."""
        return (self.valid_from or date.min) <= (other.valid_to or date.max) and (other.valid_from or date.min) <= (
            self.valid_to or date.max
        )


def aliases_at(day: date | None = None, own: Iterable[Alias] = ()) -> Mapping[str, str]:
    """Return what each other name means: from the normal form of the alias to the present name.

    Args:
        day: the day of the source that uses the names; ``None``: whatever a name has meant, unless it has meant two.
        own: a workspace's own table, which goes before the bundled one.

    Examples:
        >>> aliases_at()[normal_name("中科院")], aliases_at()[normal_name("南京工学院")]
        ('中国科学院', '东南大学')
        >>> normal_name("南京工学院") in aliases_at(date(2020, 1, 1))
        False
    """
    return _table(day, tuple(own))


@cache
def bundled_aliases() -> tuple[Alias, ...]:
    """Return the rows of the bundled table (``data/lookups/organisation_aliases.csv``; its sources stand beside it)."""
    name = "data/lookups/organisation_aliases.csv"
    return _read(files("innograph").joinpath(name).read_text(encoding="utf-8"), name)


def read_aliases(file: Path) -> tuple[Alias, ...]:
    """Read a workspace's own table: a CSV file with the columns of the bundled one, UTF-8 or GB18030.

    Args:
        file: the table; ``valid_from``, ``valid_to`` (2019, 2019-05 or 2019-05-31) and ``source`` may be left out.

    Raises:
        InputError: it cannot be read, or a row is wrong; the message says which row.
    """
    try:
        data = file.read_bytes()
    except OSError as error:
        problem = Text(f"读不出别名表（{error.strerror}）", f"the table of aliases cannot be read ({error.strerror})")
        raise _wrong(file.name, problem) from None
    try:
        return _read(data.decode("utf-8-sig"), file.name)
    except UnicodeDecodeError:
        pass
    try:
        return _read(data.decode("gb18030"), file.name)
    except UnicodeDecodeError:
        raise _wrong(file.name, Text("不是 UTF-8 或 GB18030 编码的文本", "no text in UTF-8 or GB18030")) from None


def _table(day: date | None, own: tuple[Alias, ...]) -> Mapping[str, str]:
    meanings: dict[str, str] = {}
    for rows in (bundled_aliases(), own):
        found: dict[str, set[str]] = {}
        for row in rows:
            if day is None or row.holds_on(day):
                found.setdefault(normal_name(row.alias), set()).add(row.name)
        meanings |= {alias: min(names) for alias, names in found.items() if len(names) == 1}
    return {alias: _last(alias, meanings) for alias in meanings}


def _last(alias: str, meanings: Mapping[str, str]) -> str:
    """The name at the end of 甲 -> 乙 -> 丙, where an own table renames what the bundled one says."""
    name, seen = meanings[alias], {alias}
    while (key := normal_name(name)) in meanings and key not in seen:
        seen.add(key)
        name = meanings[key]
    return name


def _read(text: str, file: str) -> tuple[Alias, ...]:
    lines = text.splitlines(keepends=True)
    reader = csv.DictReader(lines, strict=True)
    rows: list[Alias] = []
    known: dict[str, list[tuple[int, Alias]]] = {}
    try:
        _check_header(reader.fieldnames or (), file)
        for cells in reader:
            if any((value or "").strip() for key, value in cells.items() if key):
                row = _row(cells, f"{file}:{reader.line_num}")
                _check_against(row, known.setdefault(normal_name(row.alias), []), file, reader.line_num)
                rows.append(row)
    except csv.Error as error:
        line = min(reader.line_num + 1, len(lines))  # the line that is wrong was not counted
        raise _wrong(f"{file}:{line}", Text(f"不是合法的 CSV（{error}）", f"no valid CSV ({error})")) from None
    return tuple(rows)


def _check_header(header: Iterable[str], file: str) -> None:
    missing = [column for column in COLUMNS[:2] if column not in header]
    unknown = [column for column in header if column not in COLUMNS]
    if missing or unknown:
        named = ", ".join(missing or unknown)
        zh, en = ("缺少列", "the column is missing") if missing else ("有不认识的列", "there is an unknown column")
        raise _wrong(f"{file}:1", Text(f"{zh}：{named}", f"{en}: {named}"))


def _row(cells: Mapping[str, str | None], place: str) -> Alias:
    alias, name = ((cells[column] or "").strip() for column in COLUMNS[:2])
    if not alias or not name:
        raise _wrong(place, Text("alias 和 name 两列都要填", "Both alias and name must be filled"))
    if normal_name(alias) == normal_name(name):
        raise _wrong(place, Text(f"别名与名称是同一个：{alias}", f"The alias is the name itself: {alias}"))
    first, last = (cells.get(column) or "" for column in ("valid_from", "valid_to"))
    row = Alias(alias, name, _day(first, place), _day(last, place, last=True), (cells.get("source") or "").strip())
    if row.valid_from and row.valid_to and row.valid_from > row.valid_to:
        raise _wrong(place, Text(f"起始 {first} 晚于终止 {last}", f"It begins ({first}) after it ends ({last})"))
    return row


def _day(text: str, place: str, *, last: bool = False) -> date | None:
    """The first day of a year, month or day, or the ``last``."""
    text = text.strip()
    if not text:
        return None
    match = _DATE.fullmatch(text)
    try:
        if match is None:
            raise ValueError
        year, month = int(match["year"]), int(match["month"] or (12 if last else 1))
        day = int(match["day"] or (calendar.monthrange(year, month)[1] if last else 1))
        return date(year, month, day)
    except ValueError:
        problem = Text(
            f"日期“{text}”应写成 2019、2019-05 或 2019-05-31",
            f"The date “{text}” should be like 2019, 2019-05 or 2019-05-31",
        )
        raise _wrong(place, problem) from None


def _check_against(row: Alias, others: list[tuple[int, Alias]], file: str, line: int) -> None:
    """Refuse an alias of two bodies at one time: which of them is meant could not be known."""
    for earlier, other in others:
        if normal_name(other.name) != normal_name(row.name) and other.overlaps(row):
            problem = Text(
                f"“{row.alias}”同一时期指两个机构：第 {earlier} 行的“{other.name}”和“{row.name}”",
                f"“{row.alias}” means two bodies at one time: “{other.name}” (line {earlier}) and “{row.name}”",
            )
            raise _wrong(f"{file}:{line}", problem)
    others.append((line, row))


def _wrong(place: str, problem: Text) -> InputError:
    hint = Text("请改正别名表后重试", "Mend the table of aliases and try again")
    return InputError(file=place, problem=problem, hint=hint)
