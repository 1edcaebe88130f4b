"""The form in which names are compared: what is only a way of typing is gone, what tells two bodies apart stays.

Legal forms stay, because 甲股份有限公司 and 甲有限公司 are two bodies; only 有限责任公司 and 有限公司 are one form in law.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache, lru_cache
from itertools import islice
from typing import TYPE_CHECKING, cast

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

REMEMBERED = 1 << 16
_HAN = "\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
_HAN_BLOCKS = ((0x3400, 0x4DC0), (0x4E00, 0xA000), (0x20000, 0x323B0))
_LATIN_BLOCKS = ((0xC0, 0x250), (0x1E00, 0x1F00))
# Letters that no decomposition takes apart.
_LATIN_BY_HAND = {"ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ı": "i", "ħ": "h", "ŧ": "t"}
_OPENING = "[{〈《〔【〖〘〚❨❪❬❮❰❲❴⟦⟨⟪⦅｟"
_CLOSING = "]}〉》〕】〗〙〛❩❫❭❯❱❳❵⟧⟩⟫⦆｠"
_QUOTES = "“”„‟‘’‚‛\"'`´«»‹›「」『』〝〞〟ʻʼʹ′″"
_SEPARATORS = "-‐‑‒–—―−─－_·•・‧∙⋅●,;:!?/\\|~、。，；：！？…"
# What joins or steers characters and is never seen: marks over letters, variation selectors, tags.
_UNSEEN = (
    (0x300, 0x370),
    (0xAD, 0xAE),
    (0x200B, 0x2010),
    (0x202A, 0x202F),
    (0x2060, 0x2070),
    (0xFE00, 0xFE10),
    (0xFEFF, 0xFF00),
    (0xE0000, 0xE0200),
)
_POINT = re.compile(r"(?<![0-9])\.|\.(?![0-9])")
# OpenCC turns every 乾 into 干; in 乾县 and 乾元 it stays what it is, and only a word of drying has 干 for it.
_QIAN = ord("乾")
_DRY = re.compile("乾(?=[燥涸旱湿]|电池|洗(?!涤))|(?<=[饼烘晾晒冻肉])乾(?=$|[食制房机厂店品公有])")
# A space tells words apart only between two letters or digits that are not Han.
_IDLE_SPACE = re.compile(rf"(?<=[{_HAN}()]) | (?=[{_HAN}()])")

# What a body sends out or keeps elsewhere: never the body itself.
_DISPATCHED = (
    "分公司|分院|分校|分部|分所|分局|分行|支行|支局|分店|分厂|分会|分中心|分站|办事处|代表处|联络处|营业部|营业厅|校区"
)
_DISPATCHED_END = re.compile(f"(?:{_DISPATCHED})$")
OWNER_END = "公司|集团|大学|学院|科学院|研究院|设计院|研究所|研究中心|医院|银行|协会|学会|党校|实验室|局|委员会|(?<=[科社农林医])院"
_OWNER = re.compile(f"(?:{OWNER_END})")
_NO_OWNER = re.compile("[区分长]")
_MOST_OWNERS = 8
_LONGEST_UNIT = len("研究中心")
_UNIT_END = re.compile(
    f"(?:{_DISPATCHED}|大学|学院|学部|研究院|研究所|研究室|研究中心|工程中心|技术中心|中心|实验室|工作站|试验站|观测站|实验站"
    "|基地|医院|学会|分会|图书馆|博物馆|书院|学校|中学|小学|[院系所部站厂室处科馆])$"
)


def normal_name(name: str) -> str:
    """Return the form of ``name`` in which names are compared.

    Half width, lower case, without diacritics, quotes and idle spaces; one kind of brackets; dashes, dots and commas
    are spaces, which count between Latin words only; simplified characters; 有限责任公司 is 有限公司. An & counts: it joins
    two names, and who has one of them is another.

    Args:
        name: a name as a source writes it.

    Examples:
        >>> normal_name("甲【北京】科技有限责任公司") == normal_name("甲（北京） 科技有限公司")
        True
        >>> normal_name("臺灣大學"), normal_name("Universität  Zürich,"), normal_name("S.A. Foo-Bar GmbH")
        ('台湾大学', 'universitat zurich', 'sa foo bar gmbh')
        >>> normal_name("甲股份有限公司") == normal_name("甲有限公司")
        False
        >>> normal_name("Foo&Bar"), normal_name("Foo Bar"), normal_name("乾元電氣"), normal_name("乾燥設備")
        ('foo & bar', 'foo bar', '乾元电气', '干燥设备')
    """
    return _normal(name)


@lru_cache(maxsize=REMEMBERED)
def _normal(name: str) -> str:
    text = _folded(name)
    # What is left when marks are gone may form a new letter.
    text = text if text.isascii() else _folded(text)
    # A name of nothing but marks is that name.
    return text or "".join(unicodedata.normalize("NFKC", name).casefold().split())


def _folded(name: str) -> str:
    if name.isascii():
        text = name.casefold().translate(_typing())
    else:
        text = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", name).casefold()).translate(_typing())
    if "." in text:
        text = _POINT.sub("", text).replace(".", " ")
    text = " ".join(text.split())
    if " " in text and ("(" in text or ")" in text or not text.isascii()):
        text = _IDLE_SPACE.sub("", text)
    if "乾" in text:
        text = _DRY.sub("干", text)
    return text.replace("有限责任公司", "有限公司")


@cache
def _typing() -> dict[int, str]:
    """What each character is folded to, one by one, so that no character's meaning hangs on its neighbours."""
    table = {code: "" for first, end in _UNSEEN for code in range(first, end)}
    table |= {code: "" for code in range(0xA0) if unicodedata.category(chr(code)) == "Cc" and not chr(code).isspace()}
    table |= dict.fromkeys(map(ord, _QUOTES), "")
    table |= dict.fromkeys(map(ord, _OPENING), "(") | dict.fromkeys(map(ord, _CLOSING), ")")
    table |= dict.fromkeys(map(ord, _SEPARATORS), " ") | {ord("&"): " & "}
    for first, end in _LATIN_BLOCKS:
        for code in range(first, end):
            bare = "".join(c for c in unicodedata.normalize("NFKD", chr(code)) if not unicodedata.combining(c))
            if bare != chr(code) and bare.isalpha():
                table[code] = bare
    return table | {ord(letter): bare for letter, bare in _LATIN_BY_HAND.items()} | _simplified()


def _simplified() -> dict[int, str]:
    import opencc  # takes a moment, and only names need it

    characters = [chr(code) for first, end in _HAN_BLOCKS for code in range(first, end)]
    # OpenCC has no type information.
    convert = cast("Callable[[str], str]", opencc.OpenCC("t2s").convert)  # pyright: ignore[reportUnknownMemberType]
    simplified = convert("\n".join(characters)).split("\n")
    table = {ord(a): b for a, b in zip(characters, simplified, strict=True) if a != b and ord(a) != _QIAN}
    # 著 becomes 着 and so on: what a character is turned into must itself stay.
    return {code: table.get(ord(to), to) if len(to) == 1 else to for code, to in table.items()}


def branch_of(name: str) -> tuple[str, str] | None:
    """Return the body that ``name`` says it is a branch or a part of, and its own part; ``None`` if it says neither.

    Args:
        name: a name, or its :func:`normal_name`.

    Examples:
        >>> branch_of("某某科技有限公司乌鲁木齐分公司"), branch_of("某某大学化学学院"), branch_of("某某大学")
        (('某某科技有限公司', '乌鲁木齐分公司'), ('某某大学', '化学学院'), None)
    """
    owner = next(_owners(name), None)
    return (owner, name[len(owner) :]) if owner else None


def owners_of(name: str) -> list[str]:
    """Return the bodies that ``name`` says it is a branch or a part of, the outermost first, as many as a name can have.

    Examples:
        >>> owners_of("某某大学附属医院某某分院"), owners_of("某某大学")
        (['某某大学', '某某大学附属医院'], [])
    """
    return list(islice(_owners(name), _MOST_OWNERS))


def _owners(name: str) -> Iterator[str]:
    ends = range(len(name) - 1, max(-1, len(name) - 1 - _LONGEST_UNIT), -1)
    unit = next((at for at in ends if _UNIT_END.match(name, at)), 0)
    for owner in _OWNER.finditer(name, 0, unit):
        if owner.start() and not _NO_OWNER.match(name, owner.end()):
            yield name[: owner.end()]


def is_dispatched(name: str) -> bool:
    """Whether ``name`` ends as only branches do: 分公司, 分院, 分校, 办事处.

    Examples:
        >>> is_dispatched("某某银行某某支行"), is_dispatched("某某大学化学学院")
        (True, False)
    """
    return _DISPATCHED_END.search(name) is not None


def is_unit(name: str) -> bool:
    """Whether ``name`` ends in what a unit of a body may be: 学院, 研究所, 中心, 部.

    Examples:
        >>> is_unit("化学学院"), is_unit("(集团)")
        (True, False)
    """
    return _UNIT_END.search(name) is not None
