"""What people type to find a thing: its names as written, and the pinyin of the Chinese ones."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

_LONGEST_NAME = 40  # nobody types the pinyin of a whole sentence
_HAN = "〇㐀-䶿一-鿿豈-﫿\U00020000-\U0003ffff"
_RUNS = re.compile(rf"(?P<han>[{_HAN}]+)|[^\W_{_HAN}]+")


def search_text(names: Iterable[str]) -> str:
    """Return the names, folded to one case and width, then their pinyin and its initials, joined by `` | ``.

    Args:
        names: the most usual first.

    Returns:
        One line in which no part is repeated.

    Examples:
        >>> search_text(["昌吉市科技局", "科技局"])
        '昌吉市科技局 | 科技局 | changjishikejiju | cjskjj | kejiju | kjj'
    """
    folded = list(dict.fromkeys(_folded(name) for name in names if name))
    if len(folded) == 1 and folded[0].isascii():
        return folded[0]
    spelt = [part for name in folded for part in _pinyin(name)]
    return " | ".join(dict.fromkeys((*folded, *spelt)))


def _folded(name: str) -> str:
    return name.lower() if name.isascii() else unicodedata.normalize("NFKC", name).casefold()


@lru_cache(maxsize=1 << 17)
def _pinyin(name: str) -> tuple[str, ...]:
    """Return the whole pinyin of ``name`` and its initials, or nothing if it is long or has no Chinese."""
    runs = list(_RUNS.finditer(name))
    if len(name) > _LONGEST_NAME or not any(run["han"] for run in runs):
        return ()
    whole, initials = "", ""
    for run in runs:
        syllables = _syllables(run["han"]) if run["han"] else [run[0]]
        whole += "".join(syllables)
        initials += "".join(s[0] for s in syllables) if run["han"] else run[0]
    return whole, initials


def _syllables(han: str) -> list[str]:
    from pypinyin.seg.mmseg import seg  # slow to import, and most commands do not assemble

    return [syllable for word in seg.cut(han) for syllable in _word(word)]


@lru_cache(maxsize=1 << 16)
def _word(word: str) -> list[str]:
    """Return the syllables of one word: names share most of theirs, and looking one up is the slow part."""
    from pypinyin import lazy_pinyin

    return lazy_pinyin(word)
