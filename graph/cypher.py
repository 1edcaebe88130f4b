"""Reads Cypher as tokens: what a query names, where its patterns are, and how it is confined to one workspace.

This is no parser: the engines have theirs. It finds node and relationship patterns, which is what the catalogue's
checks need and what a shared Neo4j database needs, where every node pattern must carry the workspace's own label and
every relationship pattern the workspace's id.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING

from .errors import EngineError
from .text import Text

if TYPE_CHECKING:
    from collections.abc import Iterator

_KEYWORDS = """
    ALL AND ANY AS ASC ASCENDING BY CALL CASE CONTAINS COUNT CREATE DELETE DESC DESCENDING DETACH DISTINCT DROP ELSE
    END ENDS EXISTS FALSE FOREACH IN IS LIMIT LOAD MATCH MERGE NONE NOT NULL ON OPTIONAL OR ORDER REMOVE RETURN SET
    SHORTEST SINGLE SKIP STARTS THEN TRUE UNION UNIQUE UNWIND USE WHEN WHERE WITH XOR YIELD
"""
KEYWORDS = frozenset(_KEYWORDS.split())

_STARTS_PATTERN = frozenset({"MATCH", "MERGE", "CREATE"})
_CLAUSES = "WHERE RETURN WITH SET REMOVE DELETE UNWIND CALL ORDER SKIP LIMIT UNION FOREACH ON YIELD USING"
_ENDS_PATTERN = frozenset(_CLAUSES.split())
_PATH_FUNCTIONS = frozenset({"SHORTESTPATH", "ALLSHORTESTPATHS"})
_OPEN = {"(": ")", "[": "]", "{": "}"}

_WORKSPACE = re.compile(r"[0-9a-f]{12}")
_ESCAPE = re.compile(r"\\u[0-9a-fA-F]{4}")
_COMMANDS = frozenset({"SHOW", "TERMINATE"})
_VALUE_NAMESPACES = frozenset({"DATE", "DATETIME", "DURATION", "LOCALDATETIME", "LOCALTIME", "POINT", "TIME", "VECTOR"})

_TOKEN = re.compile(
    r"""(?P<space>\s+|//[^\r\n]*|/\*.*?\*/)
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
    """A ``[name:TYPES*1..4 {…}]`` pattern.

    Args:
        types: its type tokens.
        unbounded: the ``*`` of a path that has no upper bound.
        before: the last token before its property map, or before where that would stand.
        properties: the tokens of its property map with the brackets; none if it has no map.
        after: the token that follows.
    """

    types: tuple[Token, ...]
    unbounded: Token | None
    before: Token
    properties: tuple[Token, ...]
    after: Token


@dataclass(frozen=True, slots=True)
class Patterns:
    """All patterns and parameters of a query, in order; ``arrows`` are the first dashes of ``-->``, ``<--`` and ``--``."""

    nodes: list[NodePattern] = field(default_factory=list[NodePattern])
    relationships: list[RelationshipPattern] = field(default_factory=list[RelationshipPattern])
    arrows: list[Token] = field(default_factory=list[Token])
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
        elif tokens[index].text == "-":
            found.arrows.append(tokens[index])
        else:
            found.relationships.append(_relationship_pattern(tokens, index))
    return found


@lru_cache(maxsize=512)
def refuse_beyond_the_graph(query: str) -> None:
    """Raise an error if ``query`` may read more than the graph's patterns show: files, procedures, the server's own.

    Functions with a namespace count as procedures, except those of dates, points and vectors: APOC has some that run
    any query. So does shortestPath: Neo4j has no condition for the relationships in it, so it cannot be confined.

    Raises:
        EngineError: it has something that is not allowed.
    """
    if escape := _ESCAPE.search(query):
        raise _refused(escape.group(), "请直接写出该字符", "write the character itself")
    tokens = tokenize(query)
    for index, token in enumerate(tokens):
        if token.kind == "symbol" and not token.text.isascii():
            raise _refused(token.text, "Cypher 的符号只用半角字符", "Cypher's symbols are ASCII characters")
        following = tokens[index + 1] if index + 1 < len(tokens) else None
        word = _keyword(tokens, index)
        if following is None or following.kind not in {"name", "quoted"}:
            if token.kind in {"name", "quoted"} and following is not None and following.text == "(":
                _refuse_foreign_function(tokens, index)
                if token.word in _PATH_FUNCTIONS:
                    zh = "请写带上限的路径 *1..4，再 ORDER BY length(p) LIMIT 1"
                    raise _refused(token.text, zh, "write a path such as *1..4, and ORDER BY length(p) LIMIT 1")
        elif word == "CALL":
            raise _refused(f"CALL {following.text}", "不能调用过程", "procedures cannot be called")
        elif word == "LOAD" and following.word == "CSV":
            raise _refused("LOAD CSV", "不能读取文件", "files cannot be read")
        elif word in _COMMANDS and (following.word not in KEYWORDS or following.word in {"ALL", "UNIQUE"}):
            raise _refused(f"{word} {following.text}", "只能查询图谱", "only the graph can be asked")


def _refuse_foreign_function(tokens: list[Token], index: int) -> None:
    first = index
    while _symbol(tokens, first - 1) == "." and first >= 2 and tokens[first - 2].kind in {"name", "quoted"}:
        first -= 2
    if first != index and tokens[first].word not in _VALUE_NAMESPACES:
        name = "".join(t.text for t in tokens[first : index + 1])
        raise _refused(f"{name}(…)", "不能调用扩展函数", "functions of extensions cannot be called")


def _refused(what: str, why_zh: str, why_en: str) -> EngineError:
    return EngineError(problem=Text(f"查询里不能用 {what}：{why_zh}", f"a query may not have {what}: {why_en}"))


def confine(query: str, label: str, workspace: str) -> str:
    """Return ``query`` with ``label`` added to every node pattern and ``workspace`` to every relationship pattern.

    So it sees only nodes that carry the label, and relationships whose property ``workspace`` is that one; on a path of
    variable length that holds for each of its relationships, and thereby for the nodes between them.

    Colons between labels become ``&``, since Neo4j refuses a clause that has both ways of joining labels.

    Args:
        query: Cypher in the portable subset.
        label: an ASCII identifier.
        workspace: the workspace's id: 12 hexadecimal digits.

    Raises:
        EngineError: a relationship pattern cannot be confined, since its properties are a parameter, or ask for
            ``workspace`` themselves, or since it is written in a way that is not known here.

    Examples:
        >>> confine("MATCH (a:Task|Measure)-->(b:Organisation:Department) RETURN a.id", "Mine", "0123456789ab")
        "MATCH (a:(Task|Measure)&Mine)-[{workspace: '0123456789ab'}]->(b:Organisation&Department&Mine) RETURN a.id"
        >>> confine("MATCH (a)-[r:NAMES*1..2]-(b {id: $id}) RETURN b.id", "Mine", "0123456789ab")
        "MATCH (a:Mine)-[r:NAMES*1..2 {workspace: '0123456789ab'}]-(b:Mine {id: $id}) RETURN b.id"
    """
    if not _WORKSPACE.fullmatch(workspace):
        problem = Text(f"工作区编号不对：{workspace}", f"not the id of a workspace: {workspace}")
        raise EngineError(problem=problem)
    found = read_patterns(query)
    mine = f"workspace: '{workspace}'"
    edits = [_confined_node(node, label) for node in found.nodes]
    edits += [_confined_relationship(relationship, mine) for relationship in found.relationships]
    edits += [(arrow.end, arrow.end, f"[{{{mine}}}]") for arrow in found.arrows]
    for start, end, text in sorted(edits, reverse=True):
        query = query[:start] + text + query[end:]
    return query


def _confined_node(node: NodePattern, label: str) -> tuple[int, int, str]:
    """Return where the query changes, from and to, and what stands there then."""
    if not node.expression:
        return node.insert_at, node.insert_at, f":{label}"
    own = "".join("&" if t.text == ":" else t.text for t in node.expression)
    return node.expression[0].start, node.insert_at, f"({own})&{label}" if node.compound else f"{own}&{label}"


def _confined_relationship(pattern: RelationshipPattern, mine: str) -> tuple[int, int, str]:
    """Return where the query changes, from and to, and what stands there then."""
    if pattern.after.text != "]" and pattern.after.word != "WHERE":
        why = "关系的条件要写成 {属性: 值}" if pattern.after.kind == "param" else "关系要写成 [名称:类型 {属性: 值}]"
        raise _refused(f"[… {pattern.after.text} …]", why, "write a relationship as [name:TYPE {property: value}]")
    if any(t.text.strip("`") == "workspace" for t in pattern.properties):
        raise _refused("[… {workspace: …}]", "这是系统属性", "the property is innograph's own")
    if not pattern.properties:
        end = pattern.before.end
        return end, end, f"{'' if pattern.before.text == '[' else ' '}{{{mine}}}"
    end = pattern.properties[0].end
    return end, end, mine if len(pattern.properties) == 2 else f"{mine}, "


def _pattern_brackets(tokens: list[Token]) -> Iterator[int]:
    """Yield the index of each bracket that opens a node ``(`` or relationship ``[`` pattern, or of a bare arrow's dash."""
    in_pattern = [False]
    in_path: set[int] = set()  # brackets and bare arrows of paths that stand in expressions
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
            is_called = before is not None and before.kind == "name" and before.word not in KEYWORDS
            on_path = before is not None and before.word in _PATH_FUNCTIONS
            if is_called and (
                on_path or not in_pattern[-1]
            ):  # in a pattern, as in "SHORTEST 2 PATHS (a)", it is no call
                in_pattern.append(on_path)
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
        elif token.text == "-":
            if index in in_path or (in_pattern[-1] and _symbol(tokens, index + 1) == "-"):
                yield index
        elif token.text == "{":
            in_pattern.append(before is not None and before.word in {"EXISTS", "COUNT"})
        elif token.text in ")]}" and len(in_pattern) > 1:
            in_pattern.pop()


def _keyword(tokens: list[Token], index: int) -> str:
    """Return the token's word, unless it names a property (``n.match``, ``{match: 1}``), a label or a path (``set = (a)``)."""
    is_name = _symbol(tokens, index - 1) in {".", ":"} or _symbol(tokens, index + 1) in {":", "="}
    return "" if is_name else tokens[index].word


def _symbol(tokens: list[Token], index: int) -> str:
    """Return the text of the token if there is one and it is a symbol, else an empty string."""
    return tokens[index].text if 0 <= index < len(tokens) and tokens[index].kind == "symbol" else ""


def _path(tokens: list[Token], index: int) -> set[int]:
    """Return the brackets and bare arrows of the path that starts at ``index``; none if that is a value in brackets."""
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
        else:
            link.add(position - 1)
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
        inside < len(tokens) and (tokens[inside].kind == "param" or tokens[inside].word in {"WHERE", "IS"})
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
    last = _closing(tokens, index)
    end = index + 1
    while end < last and not (tokens[end].text == "{" or tokens[end].kind == "param" or _starts_where(tokens, end)):
        end += 1
    inside = tokens[index + 1 : end]
    star = next((i for i, t in enumerate(inside) if t.text == "*"), None)
    head = inside[:star]
    colon = next((i for i, t in enumerate(head) if t.text == ":"), len(head))
    types = tuple(t for t in head[colon + 1 :] if t.kind in {"name", "quoted"})
    after = _closing(tokens, end) + 1 if tokens[end].text == "{" else end
    return RelationshipPattern(
        types,
        None if star is None else _without_upper_bound(inside, star),
        before=tokens[end - 1],
        properties=tuple(tokens[end:after]),
        after=tokens[min(after, last)],
    )


def _starts_where(tokens: list[Token], index: int) -> bool:
    """Whether the token in a relationship's brackets starts its condition; it may be its name instead: ``[where:X]``."""
    is_name = tokens[index - 1].text == "[" and _symbol(tokens, index + 1) in {"]", ":", "*", "{"}
    return _keyword(tokens, index) == "WHERE" and not is_name


def _without_upper_bound(inside: list[Token], star: int) -> Token | None:
    tail = [t for t in inside[star + 1 :] if t.kind == "number" or t.text == ".."]
    bounded = bool(tail) and tail[-1].kind == "number"
    return None if bounded else inside[star]
