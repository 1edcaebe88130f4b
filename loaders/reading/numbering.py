"""Word's automatic numbering, written out: the number that Word shows before a paragraph is no text in the file.

Numbers follow the list definitions in ``numbering.xml``: each level has a form (``chineseCounting``), a pattern
(``（%2）``) and a start; a paragraph names a list and a level by itself or through its style.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING

from docx.oxml.ns import qn

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from .elements import Element

_DIGITS = "零一二三四五六七八九"
_STEMS = "甲乙丙丁戊己庚辛壬癸"
_BRANCHES = "子丑寅卯辰巳午未申酉戌亥"
_LEVELS = 9
_LARGEST = 9999
_ROMAN = dict(
    zip(
        ["m", "cm", "d", "cd", "c", "xc", "l", "xl", "x", "ix", "v", "iv", "i"],
        (1000, 900, 500, 400, 100, 90, 50, 40, 10, 9, 5, 4, 1),
        strict=True,
    )
)


def chinese_numeral(number: int) -> str:
    """Return ``number``, below 10,000, as it is counted in Chinese.

    Examples:
        >>> [chinese_numeral(n) for n in (0, 3, 10, 12, 20, 105, 110, 1010, 2023)]
        ['零', '三', '十', '十二', '二十', '一百零五', '一百一十', '一千零一十', '二千零二十三']
    """
    if number < 10:
        return _DIGITS[number]
    words, gap = "", False
    for unit, name in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit = number // unit % 10
        if digit:
            words += ("零" if gap else "") + _DIGITS[digit] + name
            gap = False
        else:
            gap = bool(words)
    return words.removeprefix("一") if words.startswith("一十") else words


def _roman(number: int) -> str:
    words = ""
    for name, value in _ROMAN.items():
        words += name * (number // value)
        number %= value
    return words


def _letter(number: int) -> str:
    """A … Z, AA, BB …, as Word counts."""
    return chr(ord("A") + (number - 1) % 26) * ((number - 1) // 26 + 1)


def _digits(number: int, digits: str) -> str:
    return str(number).translate({ord("0") + i: digit for i, digit in enumerate(digits)})


def _enclosed(number: int) -> str | None:
    return chr(ord("①") + number - 1) if number <= 20 else None


def _stem_and_branch(number: int) -> str:
    return _STEMS[(number - 1) % 10] + _BRANCHES[(number - 1) % 12]


def _small(form: Callable[[int], str]) -> Callable[[int], str | None]:
    """The form for numbers up to a hundred: Word itself repeats no letter more often, and a file may say any start."""
    return lambda number: form(number) if number <= 100 else None


_FORMS: dict[str, Callable[[int], str | None]] = {
    "chineseCounting": chinese_numeral,
    "chineseCountingThousand": chinese_numeral,
    "japaneseCounting": chinese_numeral,
    "taiwaneseCounting": chinese_numeral,
    "taiwaneseCountingThousand": chinese_numeral,
    "decimal": str,
    "decimalZero": "{:02d}".format,
    "decimalFullWidth": partial(_digits, digits="０１２３４５６７８９"),
    "decimalFullWidth2": partial(_digits, digits="０１２３４５６７８９"),
    "decimalHalfWidth": str,
    "decimalEnclosedCircle": _enclosed,
    "decimalEnclosedCircleChinese": _enclosed,
    "japaneseDigitalTenThousand": partial(_digits, digits="〇一二三四五六七八九"),
    "taiwaneseDigital": partial(_digits, digits="〇一二三四五六七八九"),
    "ideographDigital": partial(_digits, digits="〇一二三四五六七八九"),
    "ideographTraditional": lambda number: _STEMS[number - 1] if number <= 10 else None,
    "ideographZodiac": lambda number: _BRANCHES[number - 1] if number <= 12 else None,
    "ideographZodiacTraditional": _small(_stem_and_branch),
    "upperLetter": _small(_letter),
    "lowerLetter": _small(lambda number: _letter(number).lower()),
    "upperRoman": lambda number: _roman(number).upper(),
    "lowerRoman": _roman,
    "none": lambda _: "",
}
# A bullet tells nothing that a reader of the text would miss.
_SILENT = frozenset({"bullet"})


@dataclass(frozen=True, slots=True)
class _Level:
    form: str
    pattern: str
    start: int
    spaced: bool
    style: str | None


@dataclass(slots=True)
class _List:
    """One list definition and how far its counting is; several lists may share one."""

    levels: dict[int, _Level]
    counts: dict[int, int] = field(default_factory=dict[int, int])

    def level(self, named: int | None, style: str | None) -> int:
        """The level that a paragraph names, or the one that is that of its style."""
        if named is not None:
            return named
        return next((level for level, definition in self.levels.items() if style and definition.style == style), 0)

    def count(self, level: int) -> None:
        start = self.levels[level].start if level in self.levels else 1
        self.counts[level] = self.counts.get(level, start - 1) + 1
        for deeper in range(level + 1, _LEVELS):
            self.counts.pop(deeper, None)

    def label(self, level: int) -> str | None:
        """The number as Word shows it, or None if its form is not known here."""
        definition = self.levels.get(level)
        if definition is None:
            return None
        if definition.form in _SILENT:
            return ""
        label = definition.pattern
        for place in range(_LEVELS):
            mark = f"%{place + 1}"
            if mark not in label:
                continue
            of_place = self.levels.get(place)
            number = self.counts.get(place, of_place.start if of_place else 1)
            form = _FORMS.get(of_place.form) if of_place else None
            written = form(number) if form and 0 < number <= _LARGEST else None
            if written is None:
                return None
            label = label.replace(mark, written)
        between = definition.spaced and label[-1:].isalnum() and (label[-1:].isascii() or label[:1] == "第")
        return label + " " if between else label


class Numbering:
    """The labels of a document's paragraphs.

    Args:
        numbering: the root of ``numbering.xml``, if there is one.
        styles: the root of ``styles.xml``.
    """

    def __init__(self, numbering: Element | None, styles: Element) -> None:
        self._abstract: dict[str, _List] = {}
        self._lists: dict[str, tuple[_List, dict[int, int]]] = {}
        self._styles = {style.get(qn("w:styleId")): style for style in styles.iterdescendants(qn("w:style"))}
        self._of_style: dict[str | None, tuple[str | None, int | None]] = {}
        if numbering is not None:
            self._read(numbering)

    def label(self, paragraph: Element) -> str | None:
        """Count ``paragraph`` and return its label: empty if Word numbers it not, None if its form is not known.

        To be called once for each paragraph, in their order.
        """
        settings = next(paragraph.iterchildren(qn("w:pPr")), None)
        if settings is None:
            return ""
        number, named = self._named(settings, set())
        if number is None or number == "0":
            return ""
        if number not in self._lists:
            return None
        found, starts = self._lists[number]
        level = found.level(named, _value(settings, "w:pStyle"))
        if level in starts:  # this list starts anew where it is first used
            found.counts[level] = starts.pop(level) - 1
        found.count(level)
        return found.label(level)

    def _read(self, numbering: Element) -> None:
        for abstract in numbering.iterchildren(qn("w:abstractNum")):
            levels = dict(_levels(abstract))
            self._abstract[abstract.get(qn("w:abstractNumId")) or ""] = _List(levels)
        for number in numbering.iterchildren(qn("w:num")):
            shared = self._abstract.get(_value(number, "w:abstractNumId") or "")
            if shared is None:
                continue
            starts: dict[int, int] = {}
            own: dict[int, _Level] = {}
            for override in number.iterchildren(qn("w:lvlOverride")):
                level = min(_number(override.get(qn("w:ilvl")), 0), _LEVELS - 1)
                own.update(_levels(override))
                if (start := _value(override, "w:startOverride")) is not None:
                    starts[level] = _number(start, 1)
            used = _List({**shared.levels, **own}) if own else shared
            self._lists[number.get(qn("w:numId")) or ""] = (used, starts)

    def _named(self, settings: Element, seen: set[str | None]) -> tuple[str | None, int | None]:
        """The list and level that a paragraph's or style's settings name, by themselves or by their style."""
        style = _value(settings, "w:pStyle")
        own = next(settings.iterchildren(qn("w:numPr")), None)
        number = _value(own, "w:numId") if own is not None else None
        of_style = self._style(style, seen)
        level = _value(own, "w:ilvl") if own is not None else None
        return number if number is not None else of_style[0], _level(level, of_style[1])

    def _style(self, style: str | None, seen: set[str | None]) -> tuple[str | None, int | None]:
        if style in self._of_style:
            return self._of_style[style]
        element = self._styles.get(style)
        if style is None or element is None or style in seen:
            return None, None
        seen.add(style)
        parent = self._style(_value(element, "w:basedOn"), seen)
        settings = next(element.iterchildren(qn("w:pPr")), None)
        own = next(settings.iterchildren(qn("w:numPr")), None) if settings is not None else None
        number = _value(own, "w:numId") if own is not None else None
        level = _value(own, "w:ilvl") if own is not None else None
        found = (number if number is not None else parent[0], _level(level, parent[1]))
        self._of_style[style] = found
        return found


def _levels(holder: Element) -> Iterator[tuple[int, _Level]]:
    for level in holder.iterchildren(qn("w:lvl")):
        place = _number(level.get(qn("w:ilvl")), 0)
        yield (
            place,
            _Level(
                form=_value(level, "w:numFmt") or "decimal",
                pattern=(_value(level, "w:lvlText") or "")[:100],
                start=_number(_value(level, "w:start"), 1),
                spaced=_value(level, "w:suff") != "nothing",
                style=_value(level, "w:pStyle"),
            ),
        )


def _value(holder: Element, tag: str) -> str | None:
    child = next(holder.iterchildren(qn(tag)), None)
    return None if child is None else child.get(qn("w:val"))


def _level(text: str | None, otherwise: int | None) -> int | None:
    return otherwise if text is None else min(_number(text, 0), _LEVELS - 1)


def _number(text: str | None, otherwise: int) -> int:
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 6 else otherwise
