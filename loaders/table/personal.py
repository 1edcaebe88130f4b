"""Personal data: which headers announce it, which cells hold it. People are never nodes, and their numbers no evidence."""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from typing import TYPE_CHECKING

from innograph.graph.errors import InputError
from innograph.graph.identity import plain
from innograph.graph.recognition.names import normal_name
from innograph.graph.text import Text

if TYPE_CHECKING:
    from collections.abc import Iterable

_HAN = re.compile(
    "姓名|联系人|联络人|经办人|负责人|主持人|带头人|申报人|申请人|填报人|填表人|控制人|法定代表人|法人代表|^(?:企业|单位)?法人$"
    "|董事长|首席科学家|入选者|(?:责任|分管)领导|电话|手机|座机|传真|联系方式|身份证|证件号|邮箱|邮件|电邮|微信|QQ号?|住址"
)
_LATIN = re.compile(
    r"\b(?:contacts?|phones?|telephones?|tel|mobiles?|cell ?phones?|e-?mails?|id ?(?:cards?|numbers?)|passports?|wechat"
    r"|fax|legal representatives?|principal investigators?|(?:first|last|family|given|full) ?names?|surnames?|persons?)\b",
    re.IGNORECASE,
)
_HUMP = re.compile("(?<=[a-z])(?=[A-Z])")
# What people put between the digits of a telephone number: a mark, perhaps doubled or with blanks around it.
_DASHES = r"\-\u2010-\u2015\u2212\u2500"
_MARK = rf"(?: ?[{_DASHES}./·_~]{{1,2}} ?| )"
# Digits only, so that a number inside a longer one is no telephone.
_MOBILE = re.compile(rf"(?<!\d)(?:\+?86[ {_DASHES}]?)?(?:1[3-9]\d|\(1[3-9]\d\))(?:[ {_DASHES}]?\d{{4}}){{2}}(?!\d)")
# Eleven digits that one mark parts, however they are grouped: 138.0000.0000, 138 00 000 000, 1380/000/0000.
_MARKED_MOBILE = re.compile(
    rf"(?<![0-9A-Za-z])(?:(?:\+|00)86{_MARK}?|86{_MARK})?(?:"
    + "|".join(
        rf"{first}(?P<{name}>{_MARK})(?!\d(?P={name}))(?:\d(?:(?P={name})(?!\d(?P={name})))?){{{left - 1}}}\d"
        for name, first, left in (("three", r"1[3-9]\d", 8), ("four", r"1[3-8]\d\d", 7))
    )
    + ")(?![0-9A-Za-z])"
)
_YEAR = r"(?:19|20)\d\d"
_A_YEAR = re.compile(rf"(?<!\d){_YEAR}(?!\d)")
# With one dot or stroke only, 138.00000000 would be a figure and 138/20220101 a document. More marks than two are usual
# in codes too.
_PARTS_ONCE = frozenset(" -\u2010\u2011\u2012\u2013\u2014\u2015\u2212\u2500")
_USUAL = 2
_OF_A_CODE = re.compile("[0-9A-Za-z]")
_A_DASH = re.compile(f"[{_DASHES}]")
_LOCAL = rf"(?!{_YEAR}(?:{_MARK}|(?:0[1-9]|1[0-2])[0-3]\d(?!\d)))[2-8]\d{{3}}{_MARK}?\d{{4}}"
_SHORT_LOCAL = rf"[2-8]\d\d{_MARK}?\d{{4}}"


def _landline(before: str, behind: str) -> str:
    """The expression of a landline: what stands before the area code without its 0, and what behind it."""
    return rf"{before}(?:(?:10|2\d){behind}{_LOCAL}|(?:[3-57-9]\d|6[369])\d{behind}(?:{_LOCAL}|{_SHORT_LOCAL}))"


# An extension is part of a number; what goes on with a dash is a longer code, and what a figure with decimals ends in none.
_END = rf"(?:(?:[{_DASHES}]|转|(?i:ext)\.? ?)\d{{1,6}})?(?![0-9A-Za-z]|[{_DASHES}][0-9A-Za-z])"
_LANDLINE = re.compile(
    rf"(?<![0-9A-Za-z])(?<![0-9A-Za-z][{_DASHES}.,_])(?:"
    + "|".join(
        (
            _landline(r"\(0", rf"\){_MARK}?"),
            _landline("0", _MARK),
            _landline(rf"(?:(?:\+|00)86{_MARK}?|86{_MARK})(?:\(0\)|\(?0?){_MARK}?", rf"\)?{_MARK}?"),
        )
    )
    + f"){_END}"
)
# Without any mark it could be a code, unless a word says what it is.
_ANNOUNCED = re.compile(
    r"((?:电话|座机|传真|热线|(?i:tel|telephone|phone|fax))[^0-9A-Za-z]{0,4})" + _landline("0", "") + _END
)
_CARD = re.compile(r"(?<![0-9A-Za-z])\d{17}[0-9Xx](?![0-9A-Za-z])")
# Parts are bounded, so that a long text without @ takes no long time.
_MAIL = re.compile(r"[0-9A-Za-z._%+-]{1,64}@(?:[0-9A-Za-z-]{1,63}\.){1,8}[A-Za-z]{2,24}")
# All that can be personal and more, found quickly: eleven digits, whatever marks part them, from where the first begins.
_SUSPECT = re.compile(rf"\d(?<!\d\d)(?:[{_DASHES} ()./·_~]{{0,6}}+\d){{10}}|@")
_CARD_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
SHORTEST = 6
"""Of how many characters an e-mail address or such a number is at least."""
SHORTEST_NUMBER = 11
"""Of how many characters such a number is at least."""
_CARD_CHECKS = "10X98765432"
_BLANK = "…"


def is_personal_header(words: str) -> bool:
    """Whether a column of that header holds people's names or numbers.

    Examples:
        >>> [is_personal_header(words) for words in ("联系 人", "手机号码", "E-mail", "Contact person", "Legal_Representative")]
        [True, True, True, True, True]
        >>> [is_personal_header(words) for words in ("項目主持人", "聯絡電話", "phoneNumber", "contactName")]
        [True, True, True, True]
        >>> [is_personal_header(words) for words in ("责任单位", "Enterprise", "Name", "contribution", "人数", "法人单位")]
        [False, False, False, False, False, False]
    """
    latin = _HUMP.sub(" ", words).replace("_", " ")
    return bool(_HAN.search(normal_name(plain(words)).upper()) or _LATIN.search(latin))


def refuse_personal(file: str, headers: Iterable[str]) -> None:
    """Refuse a mapping that sends a column of people's names or numbers into the graph.

    Args:
        file: the pack's file, with the line.
        headers: what the column may be called.

    Raises:
        InputError: one of them announces personal data.
    """
    found = next((word for word in headers if is_personal_header(word)), None)
    if found is None:
        return
    raise InputError(
        file=file,
        problem=Text(
            f"“{found}”列是个人信息，不能进入图谱，引文也不行",
            f"column “{found}” is personal data, which must not reach the graph, nor its quotes",
        ),
        hint=Text(
            '请从映射中删去这一列；确有依据时，在 innograph.toml 中写 personal_data = "allow"',
            'Take the column out of the mapping; if you may use it, write personal_data = "allow" in innograph.toml',
        ),
    )


def is_personal(text: str) -> bool:
    """Whether ``text`` holds an e-mail address, or the number of a mainland telephone or identity card.

    Telephones are those with the digits of a mobile, whatever marks part them, and landlines with their area code, where
    a mark or a bracket parts the two or a word announces it.

    Examples:
        >>> is_personal("电话 13800000000"), is_personal("11010519491231002X"), is_personal("11010519491231002１")
        (True, True, False)
        >>> is_personal("213800000000"), is_personal("999977172"), is_personal("138 0000 0000")
        (False, False, True)
        >>> is_personal("１３８００００００００"), is_personal("office@example.org")
        (True, True)
        >>> is_personal("138.0000.0000"), is_personal("(010)62345678"), is_personal("0994-2345678"), is_personal("0733-20180123")
        (True, True, True, False)
    """
    return len(text) >= SHORTEST and without_personal(text) != text


def without_personal(text: str) -> str:
    """Return ``text`` with such numbers and addresses blanked; full-width digits are digits.

    Examples:
        >>> without_personal("某公司 | 13800000000")
        '某公司 | …'
    """
    bare = text if text.isascii() else _bare(text)
    if not _SUSPECT.search(bare):
        return text
    blanked = _MARKED_MOBILE.sub(_unless_code, _MOBILE.sub(_unless_piece, bare))
    blanked = _ANNOUNCED.sub(rf"\1{_BLANK}", _LANDLINE.sub(_BLANK, blanked))
    blanked = _MAIL.sub(_BLANK, _CARD.sub(_unless_card, blanked))
    return text if blanked == bare else blanked


def _bare(text: str) -> str:
    """The text with usual digits, and without characters that nobody sees."""
    return "".join(c for c in unicodedata.normalize("NFKC", text) if unicodedata.category(c) != "Cf")


def _unless_code(match: re.Match[str]) -> str:
    """A blank, unless the digits are a piece of a longer code, a figure with decimals, or have a year among them."""
    text, mark = match.group(), match["three"] or match["four"]
    marks = text.count(mark)
    if (marks == 1 and not _PARTS_ONCE.issuperset(mark)) or (marks > _USUAL and _A_YEAR.search(text)):
        return text
    return text if mark.strip() and _is_piece(match, mark) else _BLANK


def _unless_piece(match: re.Match[str]) -> str:
    dash = _A_DASH.search(match.group())
    return match.group() if dash and _is_piece(match, dash.group()) else _BLANK


def _is_piece(match: re.Match[str], mark: str) -> bool:
    """Whether the text goes on with the same mark, before or behind: then it is a longer code."""
    whole, before, behind = match.string, match.start() - len(mark), match.end() + len(mark)
    goes_on = whole.startswith(mark, match.end()) and _OF_A_CODE.match(whole, behind)
    return bool(goes_on or (before > 0 and whole.startswith(mark, before) and _OF_A_CODE.match(whole, before - 1)))


def _unless_card(match: re.Match[str]) -> str:
    return _BLANK if _is_card(match.group()) else match.group()


def _is_card(text: str) -> bool:
    """Whether these 18 characters are an identity card's: a day of birth, and the check character of GB 11643."""
    total = sum(int(digit) * weight for digit, weight in zip(text, _CARD_WEIGHTS, strict=False))
    if _CARD_CHECKS[total % 11] != text[-1].upper():
        return False
    try:
        dt.date(int(text[6:10]), int(text[10:12]), int(text[12:14]))
    except ValueError:
        return False
    return True
