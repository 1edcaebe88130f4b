"""What the ontology says, as frozen records."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from typing import TYPE_CHECKING, Any, cast

from ..errors import OntologyError
from ..text import Text

if TYPE_CHECKING:
    from collections.abc import Mapping


class ValueType(StrEnum):
    """The types a property may have; every engine stores them natively."""

    STRING = "string"
    INTEGER = "integer"
    FLOAT = "float"
    BOOLEAN = "boolean"
    DATE = "date"
    STRINGS = "strings"

    def accepts(self, value: object) -> bool:
        """Whether ``value`` is of this type (``None`` always is: a property may be unknown).

        Examples:
            >>> ValueType.INTEGER.accepts(2022), ValueType.INTEGER.accepts(True), ValueType.FLOAT.accepts(3)
            (True, False, True)
        """
        if value is None:
            return True
        if isinstance(value, bool):
            return self is ValueType.BOOLEAN
        if self is ValueType.STRINGS:
            return isinstance(value, list) and all(isinstance(v, str) for v in cast("list[object]", value))
        if self is ValueType.DATE:
            return type(value) is dt.date
        if self is ValueType.FLOAT:
            return isinstance(value, (int, float))
        return isinstance(value, {"string": str, "integer": int}.get(self.value, ()))


@dataclass(frozen=True, slots=True)
class Property:
    """One property of a node or edge type.

    Args:
        name: its name in the engines.
        type: what its values are.
        label: what people call it.
        description: what it says.
        required: whether a node or edge must have it.
        example: a value.
        identifier: the register whose key it is (``uscc``, ``ror`` …).
        minimum: what a figure cannot be less than.
        not_before: the property at which the time that this one ends began.
        usual: words of which a usual value has one; any other value is kept, and told.
    """

    name: str
    type: ValueType
    label: Text
    description: Text
    required: bool = False
    example: Any = None
    identifier: str = ""
    minimum: float | None = None
    not_before: str = ""
    usual: tuple[str, ...] = ()

    def is_usual(self, value: str) -> bool:
        """Whether ``value`` is like what others have here.

        Examples:
            >>> from innograph.graph.ontology import load_ontology
            >>> name = load_ontology().nodes["Tier"].properties["name"]
            >>> name.is_usual("自治区级专精特新中小企业"), name.is_usual("超级")
            (True, False)
        """
        folded = value.casefold()
        return not self.usual or any(word.casefold() in folded for word in self.usual)


@dataclass(frozen=True, slots=True)
class NodeType:
    """One type of node.

    ``parent`` names the type whose label its nodes carry too, before their own. With ``recognised_by_name``, two nodes
    whose names are the same but for typing are the same thing, unless something speaks against it.
    """

    name: str
    label: Text
    description: Text
    color: str
    shape: str
    properties: Mapping[str, Property]
    parent: str | None = None
    abstract: bool = False
    recognised_by_name: bool = False

    @property
    def labels(self) -> tuple[str, ...]:
        """The labels a node of this type carries, the most general first."""
        return (self.parent, self.name) if self.parent else (self.name,)

    @property
    def root(self) -> str:
        """The most general label: ids made from a register's key begin with it, whatever the type proves to be."""
        return self.parent or self.name


@dataclass(frozen=True, slots=True)
class EdgeType:
    """One type of edge: what it goes between, and how to read it in both directions."""

    name: str
    label: Text
    reverse: Text
    description: Text
    source: tuple[str, ...]
    target: tuple[str, ...]
    properties: Mapping[str, Property]


@dataclass(frozen=True)
class Ontology:
    """All types, checked against each other.

    Examples:
        >>> from innograph.graph.ontology import load_ontology
        >>> ontology = load_ontology()
        >>> ontology.nodes["Department"].labels
        ('Organisation', 'Department')
        >>> ontology.edges["LEADS"].label.zh
        '牵头'
    """

    nodes: Mapping[str, NodeType]
    edges: Mapping[str, EdgeType]
    both: Mapping[str, Property]
    node_system: Mapping[str, Property]
    edge_system: Mapping[str, Property]
    fingerprint: str

    @cached_property
    def concrete(self) -> dict[str, NodeType]:
        """The node types that nodes may be of."""
        return {name: t for name, t in self.nodes.items() if not t.abstract}

    def descends(self, name: str, allowed: tuple[str, ...]) -> bool:
        """Whether node type ``name``, or its parent, is one of ``allowed``."""
        return any(label in allowed for label in self.nodes[name].labels)

    def may_be(self, name: str, allowed: tuple[str, ...]) -> bool:
        """Whether a node that is known to be a ``name`` is, or may prove to be, one of ``allowed``.

        Examples:
            >>> from innograph.graph.ontology import load_ontology
            >>> ontology = load_ontology()
            >>> ontology.may_be("Organisation", ("Enterprise",)), ontology.may_be("Department", ("Enterprise",))
            (True, False)
        """
        return self.descends(name, allowed) or any(name in self.nodes[label].labels for label in allowed)

    @cached_property
    def identifiers(self) -> dict[str, str]:
        """The register whose key a property is, by the property's name."""
        return {p.name: p.identifier for t in self.nodes.values() for p in t.properties.values() if p.identifier}

    def check_node(self, label: str, properties: Mapping[str, object], *, whole: bool = True) -> None:
        """Raise :class:`OntologyError` unless a node of type ``label`` may have these properties.

        Args:
            label: the type.
            properties: what is said of the node.
            whole: whether required properties must be among them.
        """
        node_type = self.concrete.get(label)
        if node_type is None:
            raise OntologyError(where=label, problem=Text("没有这种节点类型", "there is no such node type"))
        self._check_properties(label, node_type.properties, properties, whole=whole)

    def check_edge(self, name: str, source: str, target: str, properties: Mapping[str, object]) -> None:
        """Raise :class:`OntologyError` unless an edge ``name`` may go from a ``source`` to a ``target`` node."""
        edge_type = self.edges.get(name)
        if edge_type is None:
            raise OntologyError(where=name, problem=Text("没有这种关系类型", "there is no such edge type"))
        for end, label, allowed in (("source", source, edge_type.source), ("target", target, edge_type.target)):
            if not self.may_be(label, allowed):
                problem = Text(f"{end} 不能是 {label}", f"{end} may not be a {label}")
                raise OntologyError(where=name, problem=problem)
        self._check_properties(name, edge_type.properties, properties)

    def _check_properties(
        self, where: str, known: Mapping[str, Property], given: Mapping[str, object], *, whole: bool = True
    ) -> None:
        for name, value in given.items():
            prop = known.get(name) or self.both.get(name)
            if prop is None:
                raise OntologyError(where=where, problem=Text(f"没有属性 {name}", f"it has no property {name}"))
            if not prop.type.accepts(value):
                wanted = prop.type.value
                raise OntologyError(
                    where=f"{where}.{name}",
                    problem=Text(f"值 {value!r} 不是 {wanted}", f"the value {value!r} is not of type {wanted}"),
                )
        for name, prop in known.items() if whole else ():
            if prop.required and given.get(name) in (None, ""):
                raise OntologyError(where=where, problem=Text(f"缺少必填属性 {name}", f"property {name} is required"))
