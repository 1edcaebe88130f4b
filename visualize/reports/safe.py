"""Text as files can hold it: XML has no place for control characters and lone surrogates."""

from __future__ import annotations

import re

from innograph.graph.ledger.codec import storable

_NO_CHARACTERS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ufffe\uffff]")
_DIRECTIONS = re.compile("[\u202a-\u202e\u2066-\u2069]")
_BREAKS = re.compile(r"\r\n?|[\x85\u2028\u2029]")


def printable(text: str) -> str:
    r"""Return ``text`` without what no file can hold, and without marks that make it read in another order.

    Examples:
        >>> printable("科技\x00局\r\n=1+1"), printable("a\ud800\u202eb")
        ('科技 局\n=1+1', 'a\ufffdb')
    """
    return _DIRECTIONS.sub("", _NO_CHARACTERS.sub(" ", _BREAKS.sub("\n", storable(text))))


def one_line(text: str, most: int) -> str:
    r"""Return ``text`` on one line, cut after so many characters.

    Examples:
        >>> one_line("任务  一\n说明", 20), one_line("一二三四五六", 4)
        ('任务 一 说明', '一二三…')
    """
    flat = " ".join(printable(text).split())
    return flat if len(flat) <= most else f"{flat[: most - 1]}…"
