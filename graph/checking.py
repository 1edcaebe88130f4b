"""Checks what a loader says before it is recorded: a mistake of a loader must not become a fact of the ledger."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from .errors import OntologyError
from .records import EdgeAssertion, NodeAssertion
from .text import Text

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from .ontology import Ontology
    from .records import Assertion


def check_assertions(assertions: Iterable[Assertion], ontology: Ontology) -> Iterator[Assertion]:
    """Yield the assertions of one load, each checked.

    A node must be of a type of the ontology, with the properties of that type, and its id must begin with the type.
    An edge must be of a type that may go between its ends, and both ends must be nodes of the same load, before the
    edge or after it: so the ends are there whatever other sources are loaded or unloaded.

    Args:
        assertions: everything one file says.
        ontology: the types.

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
    nodes: set[str] = set()
    awaited: dict[str, EdgeAssertion] = {}
    for assertion in assertions:
        if isinstance(assertion, NodeAssertion):
            _check_node(assertion, ontology)
            nodes.add(assertion.id)
        else:
            _check_edge(assertion, ontology)
            for end in (assertion.source, assertion.target):
                if end not in nodes:
                    awaited.setdefault(end, assertion)
        yield assertion
    for end, edge in awaited.items():
        if end not in nodes:
            problem = Text(f"本次载入没有节点 {end}", f"nothing in this load says that {end} exists")
            raise OntologyError(where=_name(edge), problem=problem)


def _check_node(node: NodeAssertion, ontology: Ontology) -> None:
    label, _, rest = node.id.partition(":")
    if label != node.label or not rest.strip("/"):
        problem = Text(f"编号应为 {node.label}:…", f"the id of a {node.label} is {node.label}:…")
        raise OntologyError(where=node.id, problem=problem)
    try:
        ontology.check_node(node.label, node.properties)
        _check_claim(node)
    except OntologyError as error:
        raise _about(node.id, error) from error


def _check_edge(edge: EdgeAssertion, ontology: Ontology) -> None:
    source, target = (end.partition(":")[0] for end in (edge.source, edge.target))
    try:
        for label in (source, target):
            if label not in ontology.concrete:
                problem = Text(f"没有节点类型 {label}", f"there is no node type {label}")
                raise OntologyError(where=label, problem=problem)
        ontology.check_edge(edge.type, source, target, edge.properties)
        _check_claim(edge)
    except OntologyError as error:
        raise _about(_name(edge), error) from error


def _check_claim(assertion: Assertion) -> None:
    for name, value in assertion.properties.items():
        if isinstance(value, float) and not math.isfinite(value):
            problem = Text(f"值 {value} 不是有限的数", f"the value {value} is not a finite number")
            raise OntologyError(where=name, problem=problem)
    if not assertion.evidence.quote.strip():
        raise OntologyError(where="quote", problem=Text("没有原文", "there is no quoted line"))
    if not 0 <= assertion.evidence.confidence <= 1:
        problem = Text("可信度应在 0 到 1 之间", "the confidence must be between 0 and 1")
        raise OntologyError(where="confidence", problem=problem)


def _name(edge: EdgeAssertion) -> str:
    return f"{edge.type} {edge.source} → {edge.target}"


def _about(name: str, error: OntologyError) -> OntologyError:
    """Return the error with the offender's name before what the ontology says."""
    return OntologyError(where=f"{name} ({error.values['where']})", problem=error.values["problem"])
