"""A report as a record: what it says, in which order, and which quotes prove it. How it looks is for those who lay it out."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from innograph.graph.text import Text

if TYPE_CHECKING:
    import datetime as dt

    from innograph.graph.text import Language

ANNEX = Text("附件", "Annex")
_AS_OF = Text("，数据截至{day}", "; data as of {day}")
MOST_ACROSS_UPRIGHT = 20
"""A matrix with more units than these needs a page on its side."""


class Cite(NamedTuple):
    """Numbers of quotes in the annex, put where they prove something."""

    numbers: tuple[int, ...]

    def show(self, language: Language) -> str:
        """Return the numbers in brackets, neighbours as a range.

        Examples:
            >>> Cite((1, 2, 3, 7)).show("zh"), Cite((4, 5)).show("en"), Cite(()).show("zh")
            ('［1—3、7］', '[4, 5]', '')
        """
        if not self.numbers:
            return ""
        dash, comma, mark = ("—", "、", "［{}］") if language == "zh" else ("–", ", ", "[{}]")
        told: list[str] = []
        for first, last in self.ranges():
            told += [f"{first}{dash}{last}"] if last - first > 1 else map(str, dict.fromkeys((first, last)))
        return mark.format(comma.join(told))

    def ranges(self) -> list[tuple[int, int]]:
        """Return the first and last number of each run of neighbours."""
        runs: list[tuple[int, int]] = []
        for number in sorted(set(self.numbers)):
            if runs and number == runs[-1][1] + 1:
                runs[-1] = (runs[-1][0], number)
            else:
                runs.append((number, number))
        return runs


Line = tuple[str | Cite, ...]
"""A stretch of text with the numbers of its proof in it."""


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph."""

    line: Line


@dataclass(frozen=True, slots=True)
class Items:
    """Numbered paragraphs; ``first`` is the number of the first one."""

    lines: tuple[Line, ...]
    first: int = 1


@dataclass(frozen=True, slots=True)
class Table:
    """A table.

    Args:
        heads: of the columns.
        rows: as wide as ``heads``.
        widths: of the columns, as parts of the whole.
        note: what one must know to read it.
    """

    heads: tuple[str, ...]
    rows: tuple[tuple[Line, ...], ...]
    widths: tuple[int, ...]
    note: str = ""


class TaskRow(NamedTuple):
    """A task of a matrix: its number and title, and its role for each unit (empty where it has none)."""

    task: str
    roles: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class MatrixTable:
    """The responsibility matrix: tasks down, units across, a role of :data:`~innograph.visualize.matrix.MARKS` or none.

    Args:
        units: the busiest first.
        plans: each plan with its tasks; one without a name if there is only one.
        roles: those that occur, for the legend.
        note: what was left out.
    """

    units: tuple[str, ...]
    plans: tuple[tuple[str, tuple[TaskRow, ...]], ...]
    roles: tuple[str, ...]
    note: str = ""

    @property
    def is_wide(self) -> bool:
        """Whether it needs a page on its side."""
        return len(self.units) > MOST_ACROSS_UPRIGHT


class Quote(NamedTuple):
    """One numbered line of evidence: the exact words, the document, and where in it."""

    number: int
    words: str
    document: str
    place: str


@dataclass(frozen=True, slots=True)
class Evidence:
    """The quotes that the report refers to."""

    quotes: tuple[Quote, ...]


@dataclass(frozen=True, slots=True)
class Section:
    """A heading without its number, what stands under it, and its own sections."""

    heading: str
    blocks: tuple[Block, ...] = ()
    sections: tuple[Section, ...] = ()

    @property
    def is_wide(self) -> bool:
        """Whether it needs pages on their side."""
        return any(isinstance(block, MatrixTable) and block.is_wide for block in self.blocks)


Block = Paragraph | Items | Table | MatrixTable | Evidence


@dataclass(frozen=True, slots=True)
class Report:
    """A report.

    Args:
        title: what it is about.
        day: when it was made.
        language: of all its texts.
        body: the sections, in order.
        annexes: what is put behind, each from a new page.
        as_of: the day whose graph it is about; as it is now if ``None``.
    """

    title: str
    day: dt.date
    language: Language
    body: tuple[Section, ...]
    annexes: tuple[Section, ...] = field(default=())
    as_of: dt.date | None = None

    @property
    def dated(self) -> str:
        """The day as people write it, and whose day's graph the report is about, if not that of now."""
        told = show_day(self.day, self.language)
        if self.as_of is None:
            return told
        return told + _AS_OF.show(self.language).format(day=show_day(self.as_of, self.language))

    @property
    def title_lines(self) -> tuple[str, ...]:
        """The title, broken after the name of a document, so that no single word is left over."""
        name, mark, rest = self.title.partition("》")
        return (name + mark, rest) if rest else (self.title,)


_DIGITS = "〇一二三四五六七八九"


def heading_number(level: int, number: int, language: Language) -> str:
    """Return the number of a heading as official documents write it: 一、（一）1．; in English 1 and (a).

    Examples:
        >>> heading_number(1, 4, "zh"), heading_number(2, 12, "zh"), heading_number(1, 2, "en")
        ('四、', '（十二）', '2. ')
    """
    if language == "zh":
        return f"{_chinese(number)}、" if level == 1 else f"（{_chinese(number)}）"
    return f"{number}. " if level == 1 else f"({chr(ord('a') + number - 1)}) "


def annex_heading(report: Report, position: int) -> str:
    """Return the heading of an annex: its number where there are several."""
    word = ANNEX.show(report.language)
    space = "" if report.language == "zh" else " "
    return f"{word}{space}{position}" if len(report.annexes) > 1 else word


def show_day(day: dt.date, language: Language) -> str:
    """Return a day as people write it.

    Examples:
        >>> import datetime as dt
        >>> show_day(dt.date(2022, 5, 1), "zh"), show_day(dt.date(2022, 5, 1), "en")
        ('2022年5月1日', '2022-05-01')
    """
    return f"{day.year}年{day.month}月{day.day}日" if language == "zh" else day.isoformat()


def _chinese(number: int) -> str:
    """Return a number below 100 in Chinese."""
    tens, ones = divmod(number, 10)
    ten = "" if not tens else "十" if tens == 1 else f"{_DIGITS[tens]}十"
    return ten + (_DIGITS[ones] if ones or not tens else "")
