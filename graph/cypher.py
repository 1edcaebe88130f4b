"""Reads Cypher as tokens: what a query names, where its patterns are, and how it is confined to one workspace.

This is no parser: the engines have theirs. It finds node and relationship patterns, which is what the catalogue's
checks need and what a shared Neo4j database needs, where every node pattern must carry the workspace's own label.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

_KEYWORDS = """
    ALL AND ANY AS ASC ASCENDING BY CALL CASE CONTAINS COUNT CREATE DELETE DESC DESCENDING DETACH DISTINCT DROP ELSE
    END ENDS EXISTS FALSE FOREACH IN IS LIMIT LOAD MATCH MERGE NONE NOT NULL ON OPTIONAL OR ORDER REMOVE RETURN SET
    SHORTEST SINGLE SKIP STARTS THEN TRUE UNION UNIQUE UNWIND USE WHEN WHERE WITH XOR YIELD
"""
KEYWORDS = frozenset(_KEYWORDS.split())

_STARTS_PATTERN = frozenset({"MATCH", "MERGE", "CREATE"})
_CLAUSES = "WHERE RETURN WITH SET REMOVE DELETE UNWIND CALL ORDER SKIP LIMIT UNION FOREACH ON YIELD"
_ENDS_PATTERN = frozenset(_CLAUSES.split())
_PATH_FUNCTIONS = frozenset({"SHORTESTPATH", "ALLSHORTESTPATHS"})
_OPEN = {"(": ")", "[": "]", "{": "}"}

_TOKEN = re.compile(
    r"""(?P<space>\s+|//[^\n]*|/\*.*?\*/)
    |(?P<string>'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*")
    |(?P<quoted>`(?:[^`]|``)*`)
    |(?P<param>\$(?:\w+|`[^`]*`))
    |(?P<number>\d+(?:\.\d+)?(?:[eE][+-]?\d+)?)
    |(?P<name>[^\W\d]\w*)
    |(?P<symbol>\.\.|.)""",
    re.VERBOSE | re.DOTALL,
)


@dataclass(frozen=True, slots=True)
class Token:
    """One token; ``start`` and ``end`` are offsets in the query, ``line`` counts from 1."""

    kind: str
    text: str
    start: int
    end: int
    line: int

    @property
    def word(self) -> str:
        """The text in capitals if it is a bare name, else an empty string."""
        return self.text.upper() if self.kind == "name" else ""


def tokenize(query: str) -> list[Token]:
    """Return the query's tokens without white space and comments.

    Examples:
        >>> [t.text for t in tokenize("MATCH (n:Task {id: $id}) // all")]
        ['MATCH', '(', 'n', ':', 'Task', '{', 'id', ':', '$id', '}', ')']
    """
    tokens: list[Token] = []
    line = 1
    for match in _TOKEN.finditer(query):
        if match.lastgroup != "space":
            tokens.append(Token(str(match.lastgroup), match.group(), match.start(), match.end(), line))
        line += match.group().count("\n")
    return tokens


@dataclass(frozen=True, slots=True)
class NodePattern:
    """A ``(name:Labels …)`` pattern.

    Args:
        labels: its label tokens.
        expression: all tokens of its label expression.
        insert_at: where the labels end, or would stand.
        compound: whether the labels are joined by more than colons.
    """

    labels: tuple[Token, ...]
    expression: tuple[Token, ...]
    insert_at: int
    compound: bool


@dataclass(frozen=True, slots=True)
class RelationshipPattern:
    """A ``[name:TYPES*1..4 …]`` pattern; ``unbounded`` is the ``*`` of a path that has no upper bound."""

    types: tuple[Token, ...]
    unbounded: Token | None


@dataclass(frozen=True, slots=True)
class Patterns:
    """All patterns and parameters of a query, in order."""

    nodes: list[NodePattern] = field(default_factory=list[NodePattern])
    relationships: list[RelationshipPattern] = field(default_factory=list[RelationshipPattern])
    parameters: dict[str, Token] = field(default_factory=dict[str, Token])


def read_patterns(query: str) -> Patterns:
    """Find the node patterns, relationship patterns and parameters of ``query``.

    Examples:
        >>> found = read_patterns("MATCH (o:Department)-[r:LEADS]->(t:Task {id: $task}) RETURN count(t)")
        >>> [[t.text for t in n.labels] for n in found.nodes], [t.text for t in found.relationships[0].types]
        ([['Department'], ['Task']], ['LEADS'])
        >>> list(found.parameters)
        ['task']
    """
    tokens = tokenize(query)
    found = Patterns()
    for token in tokens:
        if token.kind == "param":
            found.parameters.setdefault(token.text[1:].strip("`"), token)
    for index in _pattern_brackets(tokens):
        if tokens[index].text == "(":
            found.nodes.append(_node_pattern(tokens, index))
        else:
            found.relationships.append(_relationship_pattern(tokens, index))
    return found


def confine(query: str, label: str) -> str:
    """Return ``query`` with ``label`` added to every node pattern, so that it sees only nodes that carry it.

    Colons between labels become ``&``, since Neo4j refuses a clause that has both ways of joining labels.

    Args:
        query: Cypher in the portable subset.
        label: an ASCII identifier.

    Examples:
        >>> confine("MATCH (a:Task|Measure)-->(b:Organisation:Department) WHERE (b)<--(:Plan) RETURN a", "Mine")
        'MATCH (a:(Task|Measure)&Mine)-->(b:Organisation&Department&Mine) WHERE (b:Mine)<--(:Plan&Mine) RETURN a'
    """
    for node in sorted(read_patterns(query).nodes, key=lambda n: n.insert_at, reverse=True):
        if node.expression:
            own = "".join("&" if t.text == ":" else t.text for t in node.expression)
            own = f"({own})" if node.compound else own
            query = f"{query[: node.expression[0].start]}{own}&{label}{query[node.insert_at :]}"
        else:
            query = f"{query[: node.insert_at]}:{label}{query[node.insert_at :]}"
    return query


def _pattern_brackets(tokens: list[Token]) -> Iterator[int]:
    """Yield the index of each bracket that opens a node ``(`` or relationship ``[`` pattern."""
    in_pattern = [False]
    in_path: set[int] = set()  # brackets of paths that stand in expressions
    for index, token in enumerate(tokens):
        before = tokens[index - 1] if index else None
        word = _keyword(tokens, index)
        if word in _STARTS_PATTERN:
            in_pattern[-1] = True
        elif word in _ENDS_PATTERN:
            in_pattern[-1] = False
        elif token.kind != "symbol":
            continue
        elif token.text == "(":
            if before is not None and before.kind == "name" and before.word not in KEYWORDS:
                in_pattern.append(before.word in _PATH_FUNCTIONS)
                continue
            if not in_pattern[-1] and index not in in_path:
                in_path |= _path(tokens, index)
            tests_labels = _symbol(tokens, index + 2) == ":"
            if in_pattern[-1] or index in in_path or (tests_labels and _is_node(tokens, index)):
                yield index
            in_pattern.append(False)
        elif token.text == "[":
            if index in in_path or (in_pattern[-1] and before is not None and before.text == "-"):
                yield index
            in_pattern.append(False)
        elif token.text == "{":
            in_pattern.append(before is not None and before.word in {"EXISTS", "COUNT"})
        elif token.text in ")]}" and len(in_pattern) > 1:
            in_pattern.pop()


def _keyword(tokens: list[Token], index: int) -> str:
    """Return the token's word, unless it names a property (``n.match``, ``{match: 1}``) or a label."""
    is_name = _symbol(tokens, index - 1) in {".", ":"} or _symbol(tokens, index + 1) == ":"
    return "" if is_name else tokens[index].word


def _symbol(tokens: list[Token], index: int) -> str:
    """Return the text of the token if there is one and it is a symbol, else an empty string."""
    return tokens[index].text if 0 <= index < len(tokens) and tokens[index].kind == "symbol" else ""


def _path(tokens: list[Token], index: int) -> set[int]:
    """Return the brackets of the path that starts at ``index``; none if that is a value in brackets."""
    brackets: set[int] = set()
    link = {index}
    position = index
    while _is_node(tokens, position):
        brackets |= link
        position = _closing(tokens, position) + 1
        link = set[int]()
        position += _symbol(tokens, position) == "<"
        dash = _symbol(tokens, position) == "-"
        position += 1
        if _symbol(tokens, position) == "[":
            link.add(position)
            position = _closing(tokens, position) + 1
        if not dash or _symbol(tokens, position) != "-":
            break
        position += 1 + (_symbol(tokens, position + 1) == ">")
        link.add(position)
    return brackets if len(brackets) > 1 else set()


def _is_node(tokens: list[Token], index: int) -> bool:
    """Whether the bracket at ``index`` holds what a node pattern may hold, and not another value."""
    if _symbol(tokens, index) != "(":
        return False
    inside = index + 1
    inside += inside < len(tokens) and tokens[inside].kind in {"name", "quoted"}
    return _symbol(tokens, inside) in {")", ":", "{"} or (
        inside < len(tokens) and (tokens[inside].kind == "param" or tokens[inside].word == "WHERE")
    )


def _closing(tokens: list[Token], index: int) -> int:
    depth = 0
    for position in range(index, len(tokens)):
        if tokens[position].kind != "symbol":
            continue
        if tokens[position].text in _OPEN:
            depth += 1
        elif tokens[position].text in ")]}":
            depth -= 1
            if depth == 0:
                return position
    return len(tokens) - 1


def _node_pattern(tokens: list[Token], index: int) -> NodePattern:
    position = index + 1
    if position < len(tokens) and tokens[position].kind in {"name", "quoted"} and tokens[position].word != "WHERE":
        position += 1
    insert_at = tokens[position - 1].end
    if position >= len(tokens) or tokens[position].text != ":":
        return NodePattern((), (), insert_at, compound=False)
    first = position + 1
    depth = 0
    while position < len(tokens):
        token = tokens[position]
        if token.text == "{" or token.kind == "param" or token.word == "WHERE" or (token.text == ")" and depth == 0):
            break
        depth += (token.text == "(") - (token.text == ")")
        position += 1
    expression = tuple(tokens[first:position])
    return NodePattern(
        labels=tuple(t for t in expression if t.kind in {"name", "quoted"}),
        expression=expression,
        insert_at=expression[-1].end if expression else insert_at,
        compound=any(t.text in "|&!%" for t in expression if t.kind == "symbol"),
    )


def _relationship_pattern(tokens: list[Token], index: int) -> RelationshipPattern:
    inside: list[Token] = []
    for token in tokens[index + 1 : _closing(tokens, index)]:
        if token.text == "{" or token.kind == "param":
            break
        inside.append(token)
    star = next((i for i, t in enumerate(inside) if t.text == "*"), None)
    head = inside[:star]
    colon = next((i for i, t in enumerate(head) if t.text == ":"), len(head))
    types = tuple(t for t in head[colon + 1 :] if t.kind in {"name", "quoted"})
    return RelationshipPattern(types, None if star is None else _without_upper_bound(inside, star))


def _without_upper_bound(inside: list[Token], star: int) -> Token | None:
    tail = [t for t in inside[star + 1 :] if t.kind == "number" or t.text == ".."]
    bounded = bool(tail) and tail[-1].kind == "number"
    return None if bounded else inside[star]
