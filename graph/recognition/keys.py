"""The keys by which registers know a body or a region: one way to write each, and its check digits.

A key that fails here joins nothing: two bodies are taken for one because of a key, so a mistyped one is worse than none.
"""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

from ..regions import region_table
from ..text import Text

if TYPE_CHECKING:
    from collections.abc import Callable

# GB 32100-2015: digits and letters without I, O, S, V and Z.
_USCC_ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_USCC_LENGTH = 18
_USCC_REGION = slice(2, 8)
_USCC_ORGANISATION = slice(8, 17)
_USCC_WEIGHTS = tuple(pow(3, place, 31) for place in range(_USCC_LENGTH - 1))
# GB 11714-1997, the organisation's code within it.
_ORGANISATION_ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_ORGANISATION_WEIGHTS = (3, 7, 9, 10, 5, 8, 4, 2)
_ORGANISATION_CHECKS = "0123456789X"
# Crockford's base 32: digits and letters without i, l, o and u.
_ROR_ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz"
_ROR_LENGTH = 9
_ROR_BODY = 7
_ROR_ADDRESS = re.compile(r"^(?:https?://)?(?:www\.)?ror\.org/", re.IGNORECASE)
_DIGITS = "0123456789"
_NATION = "100000"
_DASHES = dict.fromkeys(map(ord, "-‐‑‒–—―−－"))


class BadKey(ValueError):
    """A key that its register cannot have given.

    Args:
        problem: what is wrong with it.
    """

    def __init__(self, problem: Text) -> None:
        super().__init__(problem)
        self.problem = problem

    def __str__(self) -> str:
        return self.problem.show()


def check_key(scheme: str, text: str) -> str:
    """Return ``text`` as the register ``scheme`` writes it.

    Full width, spaces, dashes and letter case do not count, and a ROR id may be written as its address. A register that
    innograph does not know is taken at its word.

    Args:
        scheme: ``uscc`` (GB 32100), ``ror``, ``pic``, ``moe``, ``gbt2260``, or a register of a pack's own.
        text: the key as a source writes it.

    Raises:
        BadKey: the register cannot have given that key.

    Examples:
        >>> check_key("uscc", "91350100m000100y43"), check_key("ror", "https://ror.org/05CY4WA09")
        ('91350100M000100Y43', '05cy4wa09')
        >>> check_key("gbt2260", "６５２３０１"), check_key("h2020", " 730900 ")
        ('652301', '730900')
        >>> check_key("uscc", "91350100M000100Y44")
        Traceback (most recent call last):
        innograph.graph.recognition.keys.BadKey: 统一社会信用代码的校验码（第18位）应为 3，这里是 4
    """
    written = _without_typing(text)
    if not written:
        raise BadKey(Text("编码是空的", "The key is empty"))
    check = _REGISTERS.get(scheme)
    return check(written.translate(_DASHES)) if check else written


def _without_typing(text: str) -> str:
    """``text`` in half width, without white space and the characters nobody sees."""
    if text.isascii() and text.isalnum():
        return text
    folded = unicodedata.normalize("NFKC", text)
    return "".join(c for c in folded if not c.isspace() and unicodedata.category(c) not in ("Cf", "Cc"))


def _uscc(text: str) -> str:
    key, name = text.upper(), Text("统一社会信用代码", "The unified social credit code")
    _check_form(key, name, _USCC_LENGTH, _USCC_ALPHABET)
    _check_characters(key[_USCC_REGION], name, _DIGITS, first=_USCC_REGION.start + 1)
    total = sum(_USCC_ALPHABET.index(c) * weight for c, weight in zip(key, _USCC_WEIGHTS, strict=False))
    _check_end(key, name, _USCC_ALPHABET[-total % 31], _USCC_LENGTH)
    organisation = key[_USCC_ORGANISATION]
    total = sum(
        _ORGANISATION_ALPHABET.index(c) * weight for c, weight in zip(organisation, _ORGANISATION_WEIGHTS, strict=False)
    )
    name = Text("统一社会信用代码中的组织机构代码", "The organisation code within the unified social credit code")
    _check_end(organisation, name, _ORGANISATION_CHECKS[-total % 11], _USCC_ORGANISATION.stop)
    return key


def _ror(text: str) -> str:
    key, name = _ROR_ADDRESS.sub("", text).rstrip("/").lower(), Text("ROR 编号", "The ROR id")
    _check_form(key, name, _ROR_LENGTH, _ROR_ALPHABET)
    _check_characters(key[:1], name, "0")
    _check_characters(key[_ROR_BODY:], name, _DIGITS, first=_ROR_BODY + 1)
    number = 0
    for character in key[:_ROR_BODY]:
        number = number * 32 + _ROR_ALPHABET.index(character)
    _check_end(key, name, f"{98 - number * 100 % 97:02d}", _ROR_LENGTH)
    return key


def _digits(name: Text, length: int) -> Callable[[str], str]:
    def check(text: str) -> str:
        if not (len(text) == length and text.isascii() and text.isdigit()):
            _check_form(text, name, length, _DIGITS)
        return text

    return check


def _gbt2260(text: str) -> str:
    _check_form(text, Text("行政区划代码", "The code of the administrative division"), 6, _DIGITS)
    if text != _NATION and text not in region_table():
        raise BadKey(
            Text(
                f"行政区划代码 {text} 不在区划表（GB/T 2260，县级以上）中",
                f"The table of administrative divisions (GB/T 2260, down to counties) has no code {text}",
            )
        )
    return text


def _check_form(key: str, name: Text, length: int, alphabet: str) -> None:
    _check_characters(key, name, alphabet)
    if len(key) != length:
        raise BadKey(
            Text(
                f"{name.zh}应为{length}位，这里是{len(key)}位",
                f"{name.en} has {length} characters; this has {len(key)}",
            )
        )


def _check_characters(part: str, name: Text, alphabet: str, first: int = 1) -> None:
    """Refuse a character that cannot stand there; ``first`` is the place of the part in the key, from 1."""
    at = next((at for at, character in enumerate(part) if character not in alphabet), None)
    if at is not None:
        place, found = at + first, part[at]
        raise BadKey(
            Text(
                f"{name.zh}的第{place}位不能是“{found}”，只能是 {_shown(alphabet)}",
                f"{name.en} cannot have “{found}” as character {place}, only {_shown(alphabet)}",
            )
        )


def _check_end(key: str, name: Text, expected: str, place: int) -> None:
    found = key[-len(expected) :]
    if found != expected:
        first = place - len(expected) + 1
        zh, en = (f"第{first}位", f"character {first}")
        if first != place:
            zh, en = f"第{first}至{place}位", f"characters {first} to {place}"
        raise BadKey(
            Text(
                f"{name.zh}的校验码（{zh}）应为 {expected}，这里是 {found}",
                f"{name.en} should have the check {expected} ({en}); this has {found}",
            )
        )


def _shown(alphabet: str) -> str:
    """``alphabet`` for a message: 0–9, or all its characters."""
    return "0–9" if alphabet == _DIGITS else alphabet


_REGISTERS: dict[str, Callable[[str], str]] = {
    "uscc": _uscc,
    "ror": _ror,
    "pic": _digits(Text("PIC 编号", "The PIC"), 9),
    "moe": _digits(Text("学校标识码", "The school code"), 10),
    "gbt2260": _gbt2260,
}
REGISTERS = frozenset(_REGISTERS)
"""The registers whose keys are checked."""
