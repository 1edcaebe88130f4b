"""What each column of a pack is for, told from the pack and the ontology: meaning, form, words it knows, an example."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING

from innograph.graph.ontology import ValueType, load_ontology
from innograph.graph.regions import region_table
from innograph.graph.text import Text

from .cells import type_of
from .model import header_word
from .values import BadCell

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from innograph.graph.ontology import Property
    from innograph.graph.regions import Region
    from innograph.graph.text import Language

    from .model import Column, NodeRule, Pack

_SUCH_AS = Text("如", "such as ")
_AND_SO_ON = "等"
_LONGEST_WORD = 16
_QUOTED = Text("只作为依据留存，不成为节点或属性", "kept as evidence only; it becomes neither node nor property")
_FORMS = {
    ValueType.INTEGER: Text("整数", "a whole number"),
    ValueType.FLOAT: Text("数字", "a number"),
    ValueType.BOOLEAN: Text("是 或 否", "是 (yes) or 否 (no)"),
    ValueType.DATE: Text("日期，如 2022-06-17", "a date such as 2022-06-17"),
}
_KINDS = {
    "region": Text(
        "行政区划名称或代码，同名的写明上级",
        "name or code of a region; with what it lies within where several have the name",
    ),
    "address": Text(
        "行政区划名称、代码，或以其开头的地址", "name or code of a region, or an address that begins with one"
    ),
    "country": Text("国家名称或 ISO 3166 代码", "name of a country, or its ISO 3166 code"),
    "date": _FORMS[ValueType.DATE],
    "indicator": Text("指标名称，与方案中的一致", "the indicator, named as in the plan"),
}
_TEXT = Text("文字", "text")
_ID = Text("图谱中的编号", "its id in the graph")


@dataclass(frozen=True, slots=True)
class Described:
    """One column, for people who fill it in.

    Args:
        column: the column.
        head: its header in a template.
        meaning: what it says.
        form: how its cells are written.
        words: the words it knows or that are usual.
        closed: whether any other word is a mistake.
        example: a value.
        type: what its cells become; ``None`` where that is no property.
    """

    column: Column
    head: str
    meaning: Text
    form: Text
    words: tuple[str, ...]
    closed: bool
    example: str
    type: ValueType | None


def describe(pack: Pack, language: Language, home: Region | None = None) -> list[Described]:
    """Return all columns of a pack, in its order.

    Args:
        pack: the pack.
        language: that of the headers.
        home: the region whose neighbours a column of regions suggests.

    Examples:
        >>> from innograph.loaders.table import load_packs
        >>> one = describe(load_packs()["enterprises"], "zh")[2]
        >>> one.head, one.meaning.zh, len(one.example)
        ('统一社会信用代码', '统一社会信用代码：18位，末位为校验码', 18)
    """
    heads = headers(pack, language)
    return [_Describer(pack, column, language, home).describe(heads[key]) for key, column in pack.columns.items()]


def headers(pack: Pack, language: Language) -> dict[str, str]:
    """Return a header for each column, by which tables of this pack are known, in ``language`` as far as it goes.

    Examples:
        >>> from innograph.loaders.table import load_packs
        >>> list(headers(load_packs()["tiers"], "en").values())
        ['Tier', 'Next tier', 'Source']
    """
    found = {key: column.label.show(language) for key, column in pack.columns.items()}
    owners = {word: key for key, column in pack.columns.items() for word in column.words}
    usual = {header_word(head) for head in found.values()}
    ways = [{owners[header_word(word)]: word for word in way} for way in pack.match]
    best = max(ways, key=lambda way: sum(header_word(word) in usual for word in way.values()) / len(way))
    return {**found, **best}


class _Describer:
    """Looks up what the pack makes of one column."""

    def __init__(self, pack: Pack, column: Column, language: Language, home: Region | None) -> None:
        self.pack = pack
        self.column = column
        self.language: Language = language
        self.home = home
        self.ontology = load_ontology()
        self.property = next(self._properties(), None)
        self.named = next((node for node in pack.nodes if node.name == (column.key,)), None)

    def describe(self, head: str) -> Described:
        words, closed = self._words()
        prop = self.property
        return Described(
            self.column,
            head,
            self._meaning(),
            self._form(),
            words,
            closed,
            self._example(words),
            prop.type if prop else None,
        )

    def _properties(self) -> Iterator[Property]:
        """Yield the properties that the column becomes, those of the register's keys too."""
        key, both = self.column.key, self.ontology.both
        for node in self.pack.nodes:
            known = {**both, **self.ontology.nodes[node.type.types[0]].properties}
            yield from (known[rule.name] for rule in node.properties if any(one.column == key for one in rule.given))
        for edge in self.pack.edges:
            also = {**both, **self.ontology.edges[edge.type].properties}
            yield from (also[rule.name] for rule in edge.properties if any(one.column == key for one in rule.given))
        for node in self.pack.nodes:
            if node.key and node.key.scheme and key in node.key.columns:
                own = self.ontology.nodes[node.type.types[0]].properties
                yield from (prop for prop in own.values() if prop.identifier == node.key.scheme)

    def _meaning(self) -> Text:
        column = self.column
        if column.quote_only:
            return _QUOTED
        if self.property:
            said = self.property
            return _joined(said.label, said.description)
        labels = [self.ontology.nodes[label] for label in self.named.type.types] if self.named else []
        if len(labels) == 1:
            return _joined(labels[0].label, labels[0].description)
        if labels:
            return Text("、".join(one.label.zh for one in labels), " / ".join(one.label.en for one in labels))
        return column.label

    def _form(self) -> Text:
        column = self.column
        form = _KINDS.get(column.kind) or (_FORMS.get(self.property.type) if self.property else None)
        if form is None and self.named and self.named.type.types == ("Region",):
            form = _KINDS["region"]
        pointed = next((node for node in self.pack.nodes if node.id == column.key), None)
        if pointed:
            shape = " / ".join(f"{label}:…" for label in pointed.type.types)
            form = Text(f"{_ID.zh}（{shape}）", f"{_ID.en} ({shape})")
        form = form or _TEXT
        if self.property and self.property.minimum is not None:
            least = f"{self.property.minimum:g}"
            form = Text(f"{form.zh}，不小于{least}", f"{form.en}, at least {least}")
        if column.unit:
            form = Text(f"{form.zh}，单位{column.unit}", f"{form.en}, in {column.unit}")
        if column.split:
            mark = "、" if column.split is True else str(column.split)
            form = Text(f"{form.zh}；几个之间用“{mark}”分开", f"{form.en}; put {mark} between several")
        return form

    def _words(self) -> tuple[tuple[str, ...], bool]:
        """Return the words that the column knows or that are usual, and whether others are mistakes."""
        key, column = self.column.key, self.column
        known = dict.fromkeys(column.values.values())
        closed = column.report_others
        for node in self.pack.nodes:
            if node.type.column == key and node.type.values:
                known.update(dict.fromkeys(node.type.values))
                closed = closed or not node.type.otherwise
        if column.report_others:
            # Either side of a word map may be written; the other language's words are of no help.
            known.update(dict.fromkeys(column.values))
            han = [word for word in known if not word.isascii()]
            known = dict.fromkeys([word for word in known if word.isascii() is (self.language == "en" or not han)])
        if not known and self._is_region() and self.home:
            known = dict.fromkeys(_around(self.home))
        if not known and self.property and self.property.type is ValueType.STRING:
            known = dict.fromkeys(usual_words(self.property.description, self.language))
        return tuple(known), closed and bool(known)

    def _is_region(self) -> bool:
        return self.named is not None and self.named.type.types == ("Region",) and self.column.kind != "country"

    def _example(self, words: Sequence[str]) -> str:
        if self.column.values or (words and not self._is_region() and not (self.property and self.property.example)):
            return words[0]
        if self.property:
            return _shown(self.property.example)
        if self.column.kind == "country":
            return "CN"
        if self.column.kind == "date":
            return "2022-06-17"
        if self._is_region() and self.home:
            return self.home.name
        return self._name(self.named) if self.named else ""

    def _name(self, node: NodeRule) -> str:
        """Return an example of a name; that of organisations in general need not be one of this type."""
        label = node.type.types[0]
        node_type = self.ontology.nodes[label]
        example = _shown(node_type.properties["name"].example)
        if node_type.parent is None:
            return example
        kinds = [one for one, known in self.ontology.concrete.items() if known.parent == node_type.parent]
        try:
            fits = type_of(example, kinds) == label
        except BadCell:
            fits = False
        return example if fits else f"某某{node_type.label.zh}"


def usual_words(description: Text, language: Language) -> list[str]:
    """Return the words that a description gives as examples: 如甲、乙、丙, or 甲、乙等.

    Examples:
        >>> text = Text("国家级、自治区级、州级、市级等", "such as national, regional or municipal")
        >>> usual_words(text, "zh"), usual_words(text, "en")
        (['国家级', '自治区级', '州级', '市级'], ['national', 'regional', 'municipal'])
        >>> usual_words(Text("18位，末位为校验码", "18 characters"), "zh")
        []
    """
    said, mark = description.show(language).rstrip("。."), _SUCH_AS.show(language)
    _, found, listed = said.rpartition(mark)
    if not found and not said.endswith(_AND_SO_ON):
        return []
    listed = listed.removesuffix(_AND_SO_ON)
    parts = listed.split("、") if language == "zh" else listed.replace(" or ", ", ").replace(" and ", ", ").split(", ")
    words = [part.strip() for part in parts]
    return words if len(words) > 1 and all(0 < len(word) <= _LONGEST_WORD * 2 for word in words) else []


def _around(home: Region) -> list[str]:
    """Return the names of the prefecture of ``home`` and what lies in it."""
    table = region_table()
    prefecture = table.ancestor(home, "prefecture") or home
    inside = [one for one in table if one.code != prefecture.code and prefecture in table.lineage(one)]
    return [prefecture.name, *(one.name for one in inside)]


def _joined(label: Text, description: Text) -> Text:
    # A property that needs no description has its label for one.
    return label if description == label else Text(f"{label.zh}：{description.zh}", f"{label.en}: {description.en}")


def _shown(example: object) -> str:
    if example is None:
        return ""
    if isinstance(example, list):
        return "、".join(map(str, example))  # pyright: ignore[reportUnknownArgumentType, reportUnknownVariableType]
    return example.isoformat() if isinstance(example, dt.date) else str(example)
