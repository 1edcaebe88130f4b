"""Tells texts in traditional characters, which the grammar of plans does not read."""

from __future__ import annotations

# The same words in both scripts, those that every plan is full of: the one character or the other stands in it.
_TRADITIONAL = "責單號發關國務會動產業實際創劃領導開門級區縣鄉鎮醫藥農財經總組織項與設備標準進達資協辦處廳聯營質義術圍體據監測報紙價應當"
_SIMPLIFIED = "责单号发关国务会动产业实际创划领导开门级区县乡镇医药农财经总组织项与设备标准进达资协办处厅联营质义术围体据监测报纸价应当"
_FEWEST = 2
_MORE = 3
_LEAST_SHARE = 0.03
_SAMPLE = 200_000


def is_traditional(text: str) -> bool:
    """Return whether a text is written in traditional characters, and does not just quote some.

    Examples:
        >>> is_traditional("責任單位：市科技局"), is_traditional("责任单位：市科技局（舊稱責任單位）、财政局、商务局、发改委")
        (True, False)
    """
    text = text[:_SAMPLE]
    found = _count(text, _TRADITIONAL)
    return found >= _FEWEST and found > _MORE * _count(text, _SIMPLIFIED)


def is_big5(data: bytes) -> bool:
    """Return whether bytes that are no UTF-8 are a text in Big5.

    Most bytes of either decode as GB18030 and as Big5, into characters that nobody uses in the wrong one; so the common
    characters of both are counted.

    Examples:
        >>> [is_big5("責任單位：市科技局，二零二五年完成".encode(encoding)) for encoding in ("cp950", "utf-8")]
        [True, False]
        >>> is_big5("责任单位：市科技局".encode("gb18030"))
        False
    """
    data = data[:_SAMPLE]
    text = data.decode("cp950", errors="replace")
    found = _count(text, _TRADITIONAL)
    share = found / max(len(text) - len(text.encode("ascii", "ignore")), 1)
    if found < _FEWEST or share < _LEAST_SHARE:
        return False
    others = (data.decode(encoding, errors="replace") for encoding in ("utf-8", "gb18030"))
    return all(found > _MORE * (_count(other, _SIMPLIFIED) + _count(other, _TRADITIONAL)) for other in others)


def _count(text: str, characters: str) -> int:
    return sum(map(text.count, characters))
