"""How like a name is to what was asked for: measured on pairs of neighbouring characters, the rare ones counting most.

Chinese words have no spaces between them, and most are two characters long, so that pairs come near to words.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from innograph.graph.identity import plain

if TYPE_CHECKING:
    from collections.abc import Sequence

_IN_TEXT = 0.5
_LONGEST = 100
_CUT = ".?[和与及化]?"


class Candidate(NamedTuple):
    """What a thing is called, and what is written under that name."""

    names: Sequence[str]
    content: str = ""


def likeness(asked: str, candidates: Sequence[Candidate]) -> list[float]:
    """Return for each candidate how much of ``asked`` it covers, from 0 to 1.

    A pair of characters counts the more, the fewer candidates have it; found in the content only, it counts half.

    Args:
        asked: what people typed.
        candidates: all that may be meant, since what is rare depends on them.

    Examples:
        >>> tasks = [Candidate(["加强跨区域协同创新"], "推广院企合作"), Candidate(["推动民生领域科技创新"], "依托科普基地")]
        >>> [round(share, 2) for share in likeness("跨区域科技合作", tasks)]
        [0.42, 0.33]
        >>> likeness("跨区域协同创新", tasks)[0]
        1.0
        >>> likeness("", tasks)
        [0.0, 0.0]
    """
    wanted = pairs(asked[:_LONGEST])
    named = [_pairs_in(wanted, c.names) for c in candidates]
    written = [_pairs_in(wanted, (c.content,)) for c in candidates]
    having = Counter(pair for name, text in zip(named, written, strict=True) for pair in name | text)
    weight = {pair: math.log(1 + len(candidates) / max(having[pair], 1)) for pair in sorted(wanted)}
    whole = sum(weight.values())
    if not whole:
        return [0.0 for _ in candidates]
    return [
        sum(w * (1.0 if p in name else _IN_TEXT if p in text else 0.0) for p, w in weight.items()) / whole
        for name, text in zip(named, written, strict=True)
    ]


def _pairs_in(wanted: set[str], texts: Sequence[str]) -> set[str]:
    """Return those of ``wanted`` that any of ``texts`` has: a pair is two characters that stand side by side."""
    folded = [plain(text).casefold() for text in texts if text]
    return {pair for pair in wanted if any(pair in text for text in folded)} if folded else set()


def pairs(text: str) -> set[str]:
    """Return the pairs of neighbouring characters of ``text``.

    Examples:
        >>> sorted(pairs("科技 局"))
        ['技局', '科技']
    """
    folded = plain(text).casefold()
    return {folded[i : i + 2] for i in range(len(folded) - 1)}


def shortens(short: str, full: str) -> bool:
    """Whether ``short`` is ``full`` with its words cut down as office names are: 科学技术局 to 科技局.

    Only one character of each word may be gone, and what joins words. Both begin and end alike, so that neither a level
    (州科技局) nor another office (教育和科技局) is ever lost.

    Examples:
        >>> shortens("市科技局", "市科学技术局"), shortens("发改委", "发展和改革委员会"), shortens("市财局", "市财政局")
        (True, True, True)
        >>> shortens("科技局", "州科技局"), shortens("水务局", "税务局"), shortens("教育局", "教育和科技局")
        (False, False, False)
    """
    short, full = (name.replace("委员会", "委") for name in (short, full))
    return 2 < len(short) < len(full) and re.fullmatch(_CUT.join(map(re.escape, short)), full) is not None
