"""What public bodies are called: the bundled, dated table of short and full names (``data/lookups/body_names.csv``).

Only names of one and the same body stand in one group; 文化和旅游局 and 文化广电和旅游局 are two groups. The level and the
place of a body are no part of its name here, so the table can never join bodies of two levels.
"""

from __future__ import annotations

import csv
import re
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

# 发展改革委 and 发展和改革委, 〔区〕 and （区）: how a name is typed, not which name it is.
_JOINT = re.compile("[和与、]")
_ENDING = re.compile(r"(?P<ending>委员会|委|总局|局|厅|办公室|办|部)$")
_SHORT_ENDING = {"委员会": "委", "办公室": "办"}
_NATION = re.compile(r"^(?:中华人民共和国|国家|国务院|中共(?=中央))")
# Names that no body of a province, city or county has: they mean the nation's wherever they stand.
_ONLY_NATIONAL = re.compile(
    r"(?:部|总局|总署|署|总社|新华社|监会|人民银行|央行)$|^(?:中央|中共|全国|中国|中华|共青团中央|团中央)"
)
_LONGEST_WORD = 16


@dataclass(frozen=True, slots=True)
class National:
    """A body of the nation: its name in ids, the short form to show, and its full name."""

    mandate: str
    short: str
    name: str


@dataclass(frozen=True, slots=True)
class _Row:
    canonical: str
    short: str
    full: str
    kind: str
    valid_from: str
    valid_to: str
    source: str


class BodyNames:
    """The table of names.

    Examples:
        >>> names = body_names()
        >>> [names.canonical(n) for n in ("发展和改革委员会", "发展改革委", "商务和工业信息化局", "人力资源社会保障厅")]
        ['发改委', '发改委', '商务和工信局', '人社厅']
        >>> [names.canonical(n) for n in ("文化旅游局", "文化广电和旅游局", "林长制办公室")]
        ['文旅局', '文广旅局', '林长制办公室']
    """

    def __init__(self, rows: Iterable[_Row]) -> None:
        groups: dict[str, dict[str, str]] = {"mandate": {}, "name": {}, "dispatched": {}, "institute": {}}
        self._national: dict[str, National] = {}
        for row in rows:
            if row.kind == "national":
                self._add_national(row)
                continue
            written = (row.short,) if row.kind == "dispatched" else (row.canonical, row.short, row.full)
            groups[row.kind].update((_key(name), row.canonical) for name in written)
        self._words, self._names = groups["mandate"], groups["name"]
        self._dispatched, self._institutes = groups["dispatched"], groups["institute"]
        # 教科 is 教育和科学技术, so it is also 教育科技: the full forms, once more in short words.
        for word, canonical in tuple(self._words.items()):
            parts = self._parts(word)
            self._words.setdefault(_key("".join(parts)), canonical)

    def _add_national(self, row: _Row) -> None:
        bare = _NATION.sub("", row.full)
        # The first row of a body that was renamed is its last name; the names before lead to it.
        found = self._national.setdefault(_key(row.canonical), National(row.canonical, _with_nation(row), row.full))
        for name in (row.canonical, row.short, row.full, bare):
            self._national.setdefault(_key(name), found)

    def canonical(self, name: str) -> str:
        """Return the form of ``name`` (without level and place) that ids use; an unknown name stays as it is."""
        return self._known(name) or name

    def knows(self, name: str) -> bool:
        """Whether ``name``, without level and place, is the name of a public body.

        Examples:
            >>> [body_names().knows(n) for n in ("发展改革委", "住房城乡建设局", "战略布局", "特事特办")]
            [True, True, False, False]
        """
        return self._known(name) is not None

    def _known(self, name: str) -> str | None:
        whole = self._names.get(_key(name))
        ending = None if whole else _ENDING.search(name)
        if ending is None:
            return whole
        stem = self._stem(name[: ending.start()])
        return f"{stem}{_SHORT_ENDING.get(ending.group(), ending.group())}" if stem else None

    def _stem(self, stem: str) -> str | None:
        """The mandate in short words: one of the table's, or two of them in one body (商务和工信)."""
        key = _key(stem)
        found = self._words.get(key)
        parts = () if found or len(key) > 2 * _LONGEST_WORD else self._parts(key)
        if found or len(parts) < 2:
            return found
        return self._words.get(_key("".join(parts))) or ("和" if len(parts) == 2 else "").join(parts)

    def _parts(self, key: str) -> tuple[str, ...]:
        """The words of the table that make up ``key``, as few as possible; none where a part is unknown."""
        best: list[tuple[str, ...] | None] = [(), *[None] * len(key)]
        for end in range(2, len(key) + 1):
            for start in range(max(0, end - _LONGEST_WORD), end - 1):
                head, word = best[start], self._words.get(key[start:end])
                if head is None or word is None or (start == 0 and end == len(key)):
                    continue
                parts, known = (*head, word), best[end]
                if known is None or len(parts) < len(known):
                    best[end] = parts
        return best[-1] or ()

    def national(self, name: str, *, at_home: bool = False) -> National | None:
        """Return the nation's body that ``name`` means: always 财政部, 国家药监局; 药监局 only ``at_home``.

        Examples:
            >>> body_names().national("国家发展改革委").name, body_names().national("发展改革委")
            ('国家发展和改革委员会', None)
            >>> body_names().national("发展改革委", at_home=True).short
            '国家发改委'
        """
        bare = _NATION.sub("", name)
        found = self._national.get(_key(name)) or self._national.get(_key(bare))
        if found and (at_home or bare != name or name == found.name or _ONLY_NATIONAL.search(name)):
            return found
        return None

    def national_head(self, name: str) -> tuple[National, str] | None:
        """Return the nation's body whose name ``name`` begins with, and the rest (人行 | 南昌中心支行)."""
        for end in range(min(len(name) - 2, 2 * _LONGEST_WORD), 1, -1):
            found = self.national(name[:end])
            if found is None and name[:end] in self._dispatched:
                found = self._national[_key(self._dispatched[name[:end]])]
            if found:
                return found, name[end:]
        return None

    def dispatched(self, name: str) -> National | None:
        """Return the nation's body that a place's ``name`` (银保监局, 海关, 人行) is a branch of."""
        parent = self._dispatched.get(name)
        return self._national[_key(parent)] if parent else None

    def institute(self, name: str) -> str:
        """Return ``name`` with the institute at its head written in full.

        Examples:
            >>> body_names().institute("中科院新疆分院"), body_names().institute("吉林大学")
            ('中国科学院新疆分院', '吉林大学')
        """
        for end in range(min(len(name), _LONGEST_WORD), 2, -1):
            full = self._institutes.get(name[:end])
            if full:
                return f"{full}{name[end:]}"
        return name


def _key(name: str) -> str:
    return _JOINT.sub("", name)


def _with_nation(row: _Row) -> str:
    """The short form with the word that tells it from a local body: 国家发改委, but 财政部, 证监会 and 中央网信办."""
    head = re.match("国家|国务院|中国", row.full)
    if head is None or _ONLY_NATIONAL.search(row.canonical) or row.canonical.startswith("国"):
        return row.canonical
    return f"{head.group()}{row.canonical}"


@cache
def body_names() -> BodyNames:
    """Return the bundled table (``data/lookups/body_names.csv``; what it says and from where stands beside it)."""
    text = files("innograph").joinpath("data/lookups/body_names.csv").read_text(encoding="utf-8")
    return BodyNames([_Row(**row) for row in csv.DictReader(text.splitlines())])
