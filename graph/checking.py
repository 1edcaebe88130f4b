"""Checks what a loader says before it is recorded: a mistake of a loader must not become a fact of the ledger."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

from .errors import OntologyError
from .identity import is_keyed
from .records import EdgeAssertion, NodeAssertion
from .text import Text

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from .ontology import Ontology
    from .records import Assertion

_LARGEST = 2**63  # what every engine, and the ledger, can hold


def check_assertions(assertions: Iterable[Assertion], ontology: Ontology, *, whole: bool = True) -> Iterator[Assertion]:
    """Yield the assertions of one load, each checked.

    A node must be of a type of the ontology, with the properties of that type, and its id must begin with the type,
    or with the most general one if a register's key follows. An edge must be of a type that may go between its ends,
    and in a whole load both ends must be nodes of the same load, before the edge or after it: so the ends are there
    whatever other sources are loaded or unloaded.

    Args:
        assertions: everything one file says.
        ontology: the types.
        whole: whether the ends of all edges must be among the nodes.

    Yields:
        The same assertions in the same order.

    Raises:
        OntologyError: naming the node or edge that is wrong; for an end that is missing, after the last assertion.

    Examples:
        >>> from innograph.graph.ontology import load_ontology
        >>> from innograph.graph.records import Evidence
        >>> from innograph.graph.text import use_language
        >>> edge = EdgeAssertion("WITHIN", "Region:652301", "Region:6523", Evidence("昌吉州昌吉市"))
        >>> with use_language("en"):
        ...     try:
        ...         list(check_assertions([edge], load_ontology()))
        ...     except OntologyError as error:
        ...         print(error)
        WITHIN Region:652301 → Region:6523: nothing in this load says that Region:652301 exists
    """
    checked = _Checked(ontology)
    nodes: set[str] = set()
    awaited: dict[str, EdgeAssertion] = {}
    for assertion in assertions:
        if isinstance(assertion, NodeAssertion):
            checked.node(assertion)
            if whole:
                nodes.add(assertion.id)
        else:
            checked.edge(assertion)
            for end in (assertion.source, assertion.target) if whole else ():
                if end not in nodes:
                    awaited.setdefault(end, assertion)
        yield assertion
    for end, edge in awaited.items():
        if end not in nodes:
            problem = Text(f"本次载入没有节点 {end}", f"nothing in this load says that {end} exists")
            raise OntologyError(where=_name(edge), problem=problem)


class _Checked:
    """Checks one assertion after the other; types of values that were found right once are not looked at again."""

    def __init__(self, ontology: Ontology) -> None:
        self.ontology = ontology
        self._right: dict[tuple[object, ...], tuple[str, ...]] = {}
        self._labels: dict[str, str] = {}

    def node(self, node: NodeAssertion) -> None:
        label, _, rest = node.id.partition(":")
        keyed = is_keyed(node.id)
        if label != node.label or not rest.strip("/"):
            node_type = self.ontology.concrete.get(node.label)
            if not keyed or node_type is None or node_type.root != label:
                problem = Text(f"编号应为 {node.label}:…", f"the id of a {node.label} is {node.label}:…")
                raise OntologyError(where=node.id, problem=problem)
        try:
            key = (node.label, keyed, *node.properties, *map(type, node.properties.values()))
            numbers = self._right.get(key)
            if numbers is None or not node.properties.get("name", keyed):
                self.ontology.check_node(node.label, node.properties, whole=not keyed)
                numbers = self._keep(key, node.properties)
            _check_claim(node, numbers)
        except OntologyError as error:
            raise _about(node.id, error) from error

    def edge(self, edge: EdgeAssertion) -> None:
        try:
            type_, source, target, _, properties, _ = edge
            ends = self._label(source), self._label(target)
            key = (type_, ends, *properties, *map(type, properties.values()))
            numbers = self._right.get(key)
            if numbers is None:
                self.ontology.check_edge(type_, *ends, properties)
                numbers = self._keep(key, properties)
            _check_claim(edge, numbers)
        except OntologyError as error:
            raise _about(_name(edge), error) from error

    def _label(self, end: str) -> str:
        """Return the type that the id of an edge's end shows."""
        start, keyed, _ = end.partition("=")
        # Of a keyed id the type shows before the key.
        known = self._labels.get(start) if keyed else None
        return known or self._label_of(end, start)

    def _label_of(self, end: str, start: str) -> str:
        label = end.partition(":")[0]
        if label not in self.ontology.concrete and not (label in self.ontology.nodes and is_keyed(end)):
            problem = Text(f"没有节点类型 {label}", f"there is no node type {label}")
            raise OntologyError(where=label, problem=problem)
        if is_keyed(end):
            self._labels[start] = label
        return label

    def _keep(self, key: tuple[object, ...], properties: Mapping[str, Any]) -> tuple[str, ...]:
        """Remember what is right whatever the values, and which of them are numbers: that of a list depends on its items."""
        numbers = tuple(name for name, value in properties.items() if type(value) in (float, int))
        if not any(isinstance(value, list) for value in properties.values()):
            self._right[key] = numbers
        return numbers


def _check_claim(assertion: Assertion, numbers: tuple[str, ...]) -> None:
    for name in numbers:
        value = assertion.properties[name]
        if type(value) is float and not math.isfinite(value):
            problem = Text(f"值 {value} 不是有限的数", f"the value {value} is not a finite number")
            raise OntologyError(where=name, problem=problem)
        if type(value) is int and not -_LARGEST <= value < _LARGEST:
            problem = Text(f"值 {value} 超过64位", f"the value {value} needs more than 64 bits")
            raise OntologyError(where=name, problem=problem)
    quote, _, confidence = assertion.evidence
    if not quote or quote.isspace():
        raise OntologyError(where="quote", problem=Text("没有原文", "there is no quoted line"))
    if not 0 <= confidence <= 1:
        problem = Text("可信度应在 0 到 1 之间", "the confidence must be between 0 and 1")
        raise OntologyError(where="confidence", problem=problem)


def _name(edge: EdgeAssertion) -> str:
    return f"{edge.type} {edge.source} → {edge.target}"


def _about(name: str, error: OntologyError) -> OntologyError:
    """Return the error with the offender's name before what the ontology says."""
    return OntologyError(where=f"{name} ({error.values['where']})", problem=error.values["problem"])
