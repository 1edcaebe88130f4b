"""Reads what a pack says of nodes and edges, checked against its columns and the ontology."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from innograph.graph.identity import plain
from innograph.graph.ontology import ValueType

from .model import Condition, EdgeRule, Given, KeyRule, NodeRule, PropertyRule, TypeRule
from .shapes import Shapes

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from innograph.graph.ontology import Ontology, Property

    from .model import Column

_NODE_KEYS = ("as", "type", "name", "key", "id", "within", "reference", "properties")
_EDGE_KEYS = ("type", "source", "target", "properties", "key", "when", "undirected")
_GIVEN_KEYS = ("constant", "column", "values", "when")


class RuleReader(Shapes):
    """Holds what every check of one file needs.

    Args:
        name: the file's name, for messages.
        lines: the line of each key.
        ontology: the types it may speak of.
    """

    def __init__(self, name: str, lines: Mapping[str, int], ontology: Ontology) -> None:
        super().__init__(name, lines)
        self.ontology = ontology
        self.columns: Mapping[str, Column] = {}

    def nodes(self, data: object) -> tuple[NodeRule, ...]:
        """Return the rules of all nodes; what another is within goes first."""
        rules = tuple(self.node(f"nodes.{i}", spec) for i, spec in enumerate(self.listing("nodes", data)))
        by_alias = {rule.alias: rule for rule in rules}
        if len(by_alias) < len(rules):
            raise self.wrong("nodes", "as 重复", "two nodes have the same as")
        for i, rule in enumerate(rules):
            if rule.within is not None:
                region = by_alias[self.known(f"nodes.{i}.within", rule.within, by_alias)]
                if region.type.types != ("Region",) or region.reference:
                    raise self.wrong(f"nodes.{i}.within", "应指一个 Region", "must be the alias of a Region")
        return tuple(sorted(rules, key=lambda rule: rule.type.types != ("Region",)))

    def node(self, where: str, data: object) -> NodeRule:
        """Return the rule of one node."""
        spec = self.mapping(where, data, _NODE_KEYS)
        reference = self.flag(where, spec, "reference")
        types = self.type_rule(f"{where}.type", spec.get("type"), reference=reference)
        name = self.column_list(f"{where}.name", spec["name"]) if "name" in spec else ()
        own_id = self.known(f"{where}.id", spec["id"], self.columns) if "id" in spec else None
        key = self.key_rule(f"{where}.key", spec["key"]) if "key" in spec else None
        if not name and not own_id and not key:
            raise self.wrong(f"{where}.name", "须有 name、key 或 id", "is missing; a node needs a name, key or id")
        if key and any(self.columns[column].split for column in name):
            raise self.wrong(f"{where}.key", "name 是 split 的列时不能有 key", "one key cannot be of several names")
        if key and "Region" in types.types:
            raise self.wrong(f"{where}.key", "Region 由 name 识别，不能有 key", "a Region is known by its name or code")
        rule = NodeRule(
            alias=self.text(f"{where}.as", spec.get("as")),
            type=types,
            name=name,
            key=key,
            id=own_id,
            within=self.text(f"{where}.within", spec["within"]) if "within" in spec else None,
            reference=reference,
            properties=self.node_properties(where, spec, types.types),
        )
        self.enough(where, rule)
        return rule

    def type_rule(self, where: str, data: object, *, reference: bool) -> TypeRule:
        """Return what says of which type a node is; a node that is only pointed at may be of a type not known exactly."""
        known = self.ontology.nodes if reference else self.ontology.concrete
        if not isinstance(data, dict):
            types = self.texts(where, [data] if isinstance(data, str | None) else data)
            return TypeRule(tuple(self.known(where, label, known) for label in types))
        spec = self.mapping(where, cast("object", data), ("column", "values", "types", "otherwise"))
        column = self.known(f"{where}.column", spec.get("column"), self.columns)
        otherwise = self.known(f"{where}.otherwise", spec["otherwise"], known) if "otherwise" in spec else ""
        last = [otherwise] if otherwise else []
        if "types" in spec and "values" not in spec:
            types = tuple(
                self.known(f"{where}.types", label, known) for label in self.texts(f"{where}.types", spec["types"])
            )
            return TypeRule(tuple(dict.fromkeys((*types, *last))), column, {}, otherwise)
        values = self.word_map(f"{where}.values", spec.get("values"))
        if not values:
            raise self.wrong(f"{where}.values", "不能为空", "must not be empty")
        types = tuple(self.known(f"{where}.values.{word}", label, known) for word, label in values.items())
        return TypeRule(tuple(dict.fromkeys((*types, *last))), column, values, otherwise)

    def key_rule(self, where: str, data: object) -> KeyRule:
        """Return what identifies a node."""
        spec = self.mapping(where, data, ("scheme", "column", "columns"))
        given = "column" if "column" in spec else "columns"
        columns = self.column_list(f"{where}.{given}", spec.get(given))
        for column in columns:
            if self.columns[column].split:
                raise self.wrong(where, "不能用 split 的列", "a column with split is no key")
        scheme = self.text(f"{where}.scheme", spec["scheme"]) if "scheme" in spec else ""
        if scheme and (len(columns) > 1 or not (scheme.isascii() and scheme.isalnum() and scheme.islower())):
            raise self.wrong(
                f"{where}.scheme",
                "应为小写字母和数字，且只配一列",
                "must be of small letters and digits, with one column",
            )
        return KeyRule(columns, scheme)

    def enough(self, where: str, rule: NodeRule) -> None:
        """Refuse a rule whose nodes would lack what their type requires, and one that sets what is not for a pack."""
        for one in rule.properties:
            # A region's properties are those of the tables of regions, and a name is the cell itself.
            if one.name == "name" or "Region" in rule.type.types:
                raise self.wrong(f"{where}.properties.{one.name}", "不能另行指定", "is not for a pack to set")
        if rule.reference:
            if rule.properties:
                raise self.wrong(f"{where}.properties", "reference 不能有属性", "a reference has none")
            return
        given = {one.name for one in rule.properties if any(g.column is None and not g.when for g in one.given)}
        if rule.name or (rule.key and rule.key.scheme):
            given.add("name")
        for label in rule.type.types:
            if label == "Region" and not rule.name:
                raise self.wrong(f"{where}.name", "没有填写", "is missing")
            for name, prop in self.ontology.concrete[label].properties.items():
                if prop.required and name not in given:
                    raise self.wrong(
                        f"{where}.properties", f"{label} 须有常量 {name}", f"a {label} needs a constant {name}"
                    )

    def edge(self, where: str, data: object, nodes: Mapping[str, NodeRule]) -> EdgeRule:
        """Return the rule of one edge."""
        spec = self.mapping(where, data, _EDGE_KEYS)
        edge_type = self.ontology.edges[self.known(f"{where}.type", spec.get("type"), self.ontology.edges)]
        source = self.known(f"{where}.source", spec.get("source"), nodes)
        target = self.known(f"{where}.target", spec.get("target"), nodes)
        undirected = self.flag(where, spec, "undirected")
        ends = [("source", source, edge_type.source), ("target", target, edge_type.target)]
        if undirected:
            ends += [("source", target, edge_type.source), ("target", source, edge_type.target)]
        for end, alias, allowed in ends:
            for label in nodes[alias].type.types:
                if not self.ontology.may_be(label, allowed):
                    name, listed = edge_type.name, ", ".join(allowed)
                    raise self.wrong(
                        f"{where}.{end}",
                        f"{name} 的这一端不能是 {label}，只能是：{listed}",
                        f"{name} may not have {label} here, only: {listed}",
                    )
        key = self.column_list(f"{where}.key", spec["key"]) if "key" in spec else ()
        if any(self.columns[column].split for column in key):
            raise self.wrong(f"{where}.key", "不能用 split 的列", "a column with split is no key")
        return EdgeRule(
            type=edge_type.name,
            source=source,
            target=target,
            properties=tuple(self.properties(where, spec, edge_type.properties)),
            key=key,
            when=self.condition(f"{where}.when", spec["when"]) if "when" in spec else None,
            undirected=undirected,
        )

    def condition(self, where: str, data: object) -> Condition:
        """Return a condition: a column that is filled, or one that has one of some words."""
        if not isinstance(data, dict):
            return Condition(self.known(where, data, self.columns))
        spec = self.mapping(where, cast("object", data), ("column", "is"))
        column = self.known(f"{where}.column", spec.get("column"), self.columns)
        return Condition(column, frozenset(map(plain, self.texts(f"{where}.is", spec.get("is")))))

    def column_list(self, where: str, data: object) -> tuple[str, ...]:
        """Return one column or several."""
        if isinstance(data, list):
            given = cast("list[object]", data)
            return tuple(
                self.known(f"{where}.{i}", one, self.columns) for i, one in enumerate(self.listing(where, given))
            )
        return (self.known(where, data, self.columns),)

    def word_map(self, where: str, data: object) -> dict[str, str]:
        """Return words and what they stand for; the words as cells are compared."""
        given = self.mapping(where, data)
        return {plain(word): self.text(f"{where}.{word}", value) for word, value in given.items()}

    def node_properties(self, where: str, spec: Mapping[str, Any], types: tuple[str, ...]) -> tuple[PropertyRule, ...]:
        """Return the properties, which each of the types that the node may be of must have."""
        rules = {
            rule.name: rule
            for label in types
            for rule in self.properties(where, spec, self.ontology.nodes[label].properties)
        }
        return tuple(rules.values())

    def properties(self, where: str, spec: Mapping[str, Any], known: Mapping[str, Property]) -> Iterator[PropertyRule]:
        """Yield the rule of each property."""
        known = {**known, **self.ontology.both}
        for name, given in self.mapping(f"{where}.properties", spec.get("properties", {})).items():
            key = f"{where}.properties.{name}"
            prop = known[self.known(key, name, known)]
            several = isinstance(given, list)
            parts = self.listing(key, cast("object", given)) if several else [given]
            yield PropertyRule(
                name,
                prop.type,
                tuple(self.given(f"{key}.{i}" if several else key, part, prop) for i, part in enumerate(parts)),
                prop.identifier,
                prop.minimum,
                prop.not_before,
            )

    def given(self, where: str, data: object, prop: Property) -> Given:
        """Return where a property's value comes from."""
        if not isinstance(data, dict):
            return Given(self.fitting(where, data, prop))
        spec = self.mapping(where, cast("object", data), _GIVEN_KEYS)
        when = self.condition(f"{where}.when", spec["when"]) if "when" in spec else None
        if "column" in spec and "constant" not in spec:
            values = self.word_map(f"{where}.values", spec.get("values", {}))
            return Given(self.fitting(f"{where}.column", spec["column"], prop), None, values, when)
        constant = spec.get("constant")
        if constant is None or "column" in spec or "values" in spec or not prop.type.accepts(constant):
            raise self.wrong(where, f"常量应为 {prop.type}", f"the constant must be of type {prop.type}")
        if prop.minimum is not None and constant < prop.minimum:
            raise self.wrong(where, f"常量不能小于{prop.minimum:g}", f"the constant must be at least {prop.minimum:g}")
        return Given(None, constant, {}, when)

    def fitting(self, where: str, name: object, prop: Property) -> str:
        """Return a column if its cells can be this property: a list of values needs a list."""
        column = self.columns[self.known(where, name, self.columns)]
        if prop.type is not ValueType.STRINGS and column.split:
            raise self.wrong(where, "单值属性不能用 split 的列", "a single value needs a column without split")
        return column.key
