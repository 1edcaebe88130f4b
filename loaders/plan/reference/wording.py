"""The grammar's patterns in words: what a clerk may write, told from the very pattern that reads it.

The tables of the grammar are regular expressions. The page that tells clerks what is read must not repeat them, so it
is made from them: :func:`words` writes out what a pattern matches, :func:`samples` some of it. Both know as much of regular expressions as those tables use.
"""

from __future__ import annotations

import itertools
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

ANYTHING, DIGIT = "…", "#"
_QUANTIFIER = re.compile(r"(?:(?P<maybe>[?*]|\{0,\d*\})|\+|\{[1-9]\d*(?:,\d*)?\})[?+]?")
_GROUP = re.compile(r"\((?P<look>\?<?[=!])?(?:\?:|\?P<\w+>)?")
_CLASS = re.compile(r"\[(?P<not>\^?)(?P<members>(?:\\.|[^\]\\])+)\]")
_RANGE = re.compile(r"\\.|.-.")
_LARGEST_CLASS = 8


@dataclass(frozen=True, slots=True)
class _Piece:
    """One piece of a pattern: text, or ``options`` of which one stands there; ``maybe`` where it may be missing."""

    text: str = ""
    options: tuple[tuple[_Piece, ...], ...] = ()
    maybe: bool = False


def words(pattern: str, most: int = 10_000) -> Iterator[str]:
    """Yield what ``pattern`` matches, shortest choices first, without what it only looks at around the match.

    Args:
        pattern: the pattern.
        most: how many to yield at most.

    Examples:
        >>> list(words("(?:总?牵头|主办)(?:单位|部门)")), list(words(r"第[一二三四五六七八九十]{1,5}章|（[0-9]{1,3}） *"))
        (['牵头单位', '牵头部门', '总牵头单位', '总牵头部门', '主办单位', '主办部门'], ['第一章', '（1）'])
    """
    written = (text for option in _parsed(pattern) for text in _written(option))
    yield from itertools.islice(dict.fromkeys(text.strip() for text in itertools.islice(written, most)), most)


def samples(pattern: str, most: int) -> list[str]:
    """Return at most ``most`` things that ``pattern`` matches, of each of its alternatives some.

    Examples:
        >>> samples("(?:总?牵头|主办)(?:单位|部门)|分工|.{0,4}领域", 4)
        ['牵头单位', '分工', '领域', '牵头部门']
    """
    alternatives = [_written(option) for option in _parsed(pattern)]
    turns = itertools.chain.from_iterable(itertools.zip_longest(*(itertools.islice(a, most) for a in alternatives)))
    told = (text.strip() for text in turns if text and ANYTHING not in text)
    return list(itertools.islice(dict.fromkeys(told), most))


def _written(sequence: tuple[_Piece, ...]) -> Iterator[str]:
    for parts in itertools.product(*(tuple(_choices(piece)) for piece in sequence)):
        yield "".join(parts)


def _choices(piece: _Piece) -> Iterator[str]:
    if piece.maybe:
        yield ""
    if piece.options:
        for option in piece.options:
            yield from _written(option)
    else:
        yield piece.text.replace(DIGIT, "1")


def _parsed(pattern: str) -> tuple[tuple[_Piece, ...], ...]:
    options, end = _alternatives(pattern, 0)
    if end != len(pattern):
        raise ValueError(pattern[end:])
    return options


def _alternatives(pattern: str, at: int) -> tuple[tuple[tuple[_Piece, ...], ...], int]:
    """Read alternatives up to the bracket that closes them, or the end."""
    options: list[list[_Piece]] = [[]]
    while at < len(pattern) and pattern[at] != ")":
        if pattern[at] == "|":
            options.append([])
            at += 1
            continue
        piece, at = _atom(pattern, at)
        quantifier = _QUANTIFIER.match(pattern, at)
        if quantifier:
            at = quantifier.end()
        if piece:
            maybe = bool(quantifier and quantifier.group("maybe"))
            options[-1].append(_Piece(piece.text, piece.options, maybe))
    return tuple(map(tuple, options)), at


def _atom(pattern: str, at: int) -> tuple[_Piece | None, int]:
    """Read one atom; ``None`` for what matches no text (an assertion)."""
    mark = pattern[at]
    if mark == "(":
        group = _GROUP.match(pattern, at)
        options, end = _alternatives(pattern, group.end() if group else at + 1)
        return (None if group and group.group("look") else _Piece(options=options)), end + 1
    found = _CLASS.match(pattern, at)
    if found:
        return _one_of(found), found.end()
    if mark == "\\":
        return _Piece(DIGIT if pattern[at + 1] == "d" else pattern[at + 1]), at + 2
    if mark in "^$":
        return None, at + 1
    return _Piece(ANYTHING if mark == "." else mark), at + 1


def _one_of(found: re.Match[str]) -> _Piece:
    """A class of characters: each of a few, the first of many, a digit, or any."""
    members = found.group("members")
    if found.group("not") or (_RANGE.match(members) and members not in ("0-9", "\\d")):
        return _Piece(ANYTHING)
    if members in ("0-9", "\\d"):
        return _Piece(DIGIT)
    several = members if len(members) <= _LARGEST_CLASS else members[0]
    return _Piece(options=tuple((_Piece(member),) for member in several))
