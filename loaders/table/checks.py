"""Reads one pack from YAML and checks it against the ontology; an error names the file and the key, and the nearest name."""

from __future__ import annotations

from itertools import product
from typing import TYPE_CHECKING, Any, cast

import yaml

from innograph.graph.errors import OntologyError
from innograph.graph.identity import plain
from innograph.graph.ontology import ValueType
from innograph.graph.text import Text

from .model import Column, EdgeRule, NodeRule, Pack, PropertyRule, header_word
from .shapes import Shapes

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from importlib.resources.abc import Traversable

    from innograph.graph.ontology import Ontology, Property
    from innograph.graph.records import Value

_PACK_KEYS = ("title", "match", "columns", "nodes", "edges")
_COLUMN_KEYS = ("zh", "en", "synonyms", "required", "split", "quote_only", "values", "drop_ending")
_NODE_KEYS = ("as", "type", "name", "properties")
_EDGE_KEYS = ("type", "source", "target", "properties", "key", "when")


def read_pack(file: Traversable, ontology: Ontology) -> Pack:
    """Read one pack.

    Args:
        file: the YAML file; its name is the pack's id.
        ontology: the types it may speak of.

    Raises:
        OntologyError: naming the file and the key that is wrong.
    """
    try:
        data = yaml.safe_load(file.read_text(encoding="utf-8"))
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        where = f"{file.name}: yaml"
        raise OntologyError(
            where=where, problem=Text(f"不是合法的 YAML：{error}", f"not valid YAML: {error}")
        ) from error
    return _Reader(file.name, ontology).pack(data)


class _Reader(Shapes):
    """Holds what every check of one file needs: its name for messages, and the ontology."""

    def __init__(self, name: str, ontology: Ontology) -> None:
        super().__init__(name)
        self.ontology = ontology

    def pack(self, data: object) -> Pack:
        top = self.mapping("", data, _PACK_KEYS)
        columns = {
            key: self.column(key, self.mapping(f"columns.{key}", spec, _COLUMN_KEYS))
            for key, spec in self.mapping("columns", top.get("columns")).items()
        }
        words = self.words(columns)
        nodes = tuple(
            self.node(f"nodes.{i}", spec, columns) for i, spec in enumerate(self.listing("nodes", top.get("nodes")))
        )
        by_alias = {node.alias: node for node in nodes}
        if len(by_alias) < len(nodes):
            raise self.wrong("nodes", "as 重复", "two nodes have the same as")
        edges = tuple(
            self.edge(f"edges.{i}", spec, columns, by_alias)
            for i, spec in enumerate(self.listing("edges", top["edges"]) if "edges" in top else ())
        )
        self.all_used(columns, nodes, edges)
        title = self.mapping("title", top.get("title"), ("zh", "en"))
        match = tuple(
            self.alternative(f"match.{i}", spec, words)
            for i, spec in enumerate(self.listing("match", top.get("match")))
        )
        return Pack(self.name.removesuffix(".yaml"), self.label("title", title), match, columns, nodes, edges)

    def alternative(self, where: str, data: object, words: Iterable[str]) -> tuple[str, ...]:
        """Return the header words that together identify a table, each a header of a column."""
        given = self.texts(where, data)
        for word in given:
            self.known(where, header_word(word), words)
        return given

    def column(self, key: str, spec: Mapping[str, Any]) -> Column:
        where = f"columns.{key}"
        values = self.mapping(f"{where}.values", spec.get("values", {}))
        return Column(
            key=key,
            label=self.label(where, spec),
            synonyms=self.texts(f"{where}.synonyms", spec["synonyms"]) if "synonyms" in spec else (),
            required=self.flag(where, spec, "required"),
            split=self.flag(where, spec, "split"),
            quote_only=self.flag(where, spec, "quote_only"),
            values={plain(word): self.text(f"{where}.values.{word}", value) for word, value in values.items()},
            drop_ending=self.text(f"{where}.drop_ending", spec["drop_ending"]) if "drop_ending" in spec else "",
        )

    def words(self, columns: Mapping[str, Column]) -> list[str]:
        """Return every header word; one word must not mean two columns."""
        owners: dict[str, str] = {}
        for key, column in columns.items():
            for word in column.words:
                other = owners.setdefault(word, key)
                if other != key:
                    raise self.wrong(
                        f"columns.{key}", f"“{word}”也是 {other} 列的表头", f"“{word}” is a header of {other} too"
                    )
        return list(owners)

    def node(self, where: str, data: object, columns: Mapping[str, Column]) -> NodeRule:
        spec = self.mapping(where, data, _NODE_KEYS)
        given: object = spec.get("type")
        types = self.texts(f"{where}.type", [given] if isinstance(given, str | None) else given)
        for label in types:
            self.known(f"{where}.type", label, self.ontology.concrete)
        properties = tuple(
            rule
            for label in types
            for rule in self.properties(where, spec, self.ontology.concrete[label].properties, columns)
        )
        for rule in properties:
            # A region's properties are those of the table of divisions, and a name is the cell itself.
            if rule.name == "name" or "Region" in types:
                raise self.wrong(f"{where}.properties.{rule.name}", "不能另行指定", "is not for a pack to set")
        given_anyway = {"name", *(rule.name for rule in properties if rule.column is None)}
        for label in types:
            for name, one in self.ontology.concrete[label].properties.items():
                if one.required and name not in given_anyway:
                    raise self.wrong(
                        f"{where}.properties", f"{label} 须有常量 {name}", f"a {label} needs a constant {name}"
                    )
        return NodeRule(
            alias=self.text(f"{where}.as", spec.get("as")),
            types=types,
            name=self.known(f"{where}.name", spec.get("name"), columns),
            properties=tuple({rule.name: rule for rule in properties}.values()),
        )

    def edge(self, where: str, data: object, columns: Mapping[str, Column], nodes: Mapping[str, NodeRule]) -> EdgeRule:
        spec = self.mapping(where, data, _EDGE_KEYS)
        edge_type = self.ontology.edges[self.known(f"{where}.type", spec.get("type"), self.ontology.edges)]
        source = self.known(f"{where}.source", spec.get("source"), nodes)
        target = self.known(f"{where}.target", spec.get("target"), nodes)
        for one, other in product(nodes[source].types, nodes[target].types):
            for end, label, allowed in (("source", one, edge_type.source), ("target", other, edge_type.target)):
                if not self.ontology.descends(label, allowed):
                    name = edge_type.name
                    raise self.wrong(
                        f"{where}.{end}", f"{name} 的这一端不能是 {label}", f"{name} may not have {label} here"
                    )
        return EdgeRule(
            type=edge_type.name,
            source=source,
            target=target,
            properties=tuple(self.properties(where, spec, edge_type.properties, columns)),
            key=self.edge_key(f"{where}.key", spec["key"], columns) if "key" in spec else None,
            when=self.known(f"{where}.when", spec["when"], columns) if "when" in spec else None,
        )

    def edge_key(self, where: str, data: object, columns: Mapping[str, Column]) -> str:
        key = self.known(where, data, columns)
        if columns[key].split:
            raise self.wrong(where, "不能用 split 的列", "a column with split is no key")
        return key

    def properties(
        self, where: str, spec: Mapping[str, Any], known: Mapping[str, Property], columns: Mapping[str, Column]
    ) -> Iterator[PropertyRule]:
        for name, given in self.mapping(f"{where}.properties", spec.get("properties", {})).items():
            key = f"{where}.properties.{name}"
            value_type = known[self.known(key, name, known)].type
            if not isinstance(given, dict):
                column = columns[self.known(key, given, columns)]
                if column.split is not (value_type is ValueType.STRINGS):
                    raise self.wrong(
                        key,
                        "列表属性要用 split 的列，单值属性不可",
                        "a list needs a column with split, a single value one without",
                    )
                yield PropertyRule(name, value_type, column=column.key)
                continue
            constant: Value = self.mapping(key, cast("object", given), ("constant",)).get("constant")
            if constant is None or not value_type.accepts(constant):
                raise self.wrong(key, f"常量应为 {value_type}", f"the constant must be of type {value_type}")
            yield PropertyRule(name, value_type, constant=constant)

    def all_used(self, columns: Mapping[str, Column], nodes: Iterable[NodeRule], edges: Iterable[EdgeRule]) -> None:
        """A column that nothing is made from is a slip, unless the pack says that it is for the quote only."""
        used = {node.name for node in nodes} | {rule.column for node in nodes for rule in node.properties}
        used |= {rule.column for edge in edges for rule in edge.properties}
        used |= {column for edge in edges for column in (edge.key, edge.when)}
        for key, column in columns.items():
            if column.quote_only is (key in used):
                raise self.wrong(
                    f"columns.{key}",
                    "没有用到（或 quote_only 却用到了）",
                    "is not used, or is used although quote_only",
                )
