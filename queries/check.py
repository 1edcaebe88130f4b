"""Checks a catalogue question's Cypher against the ontology and its own header, before any engine sees it."""

from __future__ import annotations

from typing import TYPE_CHECKING, NoReturn, cast

from innograph.graph.cypher import KEYWORDS, Token, read_patterns, refuse_beyond_the_graph, tokenize
from innograph.graph.errors import CatalogueError, EngineError
from innograph.graph.text import Text

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from innograph.graph.ontology import Ontology

    from .header import Header
    from .question import Question

_WRITES = frozenset({"CREATE", "MERGE", "SET", "DELETE", "DETACH", "REMOVE", "DROP", "FOREACH"})
_ENDS_RETURN = frozenset({"ORDER", "SKIP", "LIMIT"})
_OPENS, _CLOSES = frozenset("([{"), frozenset(")]}")


def check_cypher(question: Question, ontology: Ontology, header: Header, first_line: int) -> None:
    """Check labels, edge types, properties, parameters, columns, path bounds and order.

    Args:
        question: the question with its Cypher.
        ontology: what there is.
        header: knows the lines of the declared parameters.
        first_line: how many lines of the file stand before the Cypher.

    Raises:
        CatalogueError: with the file and line of the first thing that is wrong.
    """
    _Checker(question, ontology, header, first_line).check()


class _Checker:
    """One check of one question; the methods raise."""

    def __init__(self, question: Question, ontology: Ontology, header: Header, first_line: int) -> None:
        self.question = question
        self.ontology = ontology
        self.header = header
        self.first_line = first_line
        self.tokens = tokenize(question.cypher)
        self.patterns = read_patterns(question.cypher)
        self.depths = list(_depths(self.tokens))

    def fail(self, token: Token, zh: str, en: str) -> NoReturn:
        line = self.first_line + token.line
        raise CatalogueError(file=self.question.file.name, line=line, problem=Text(zh, en))

    def check(self) -> None:
        self.check_reads()
        self.check_labels()
        self.check_paths()
        self.check_predicates()
        self.check_properties()
        self.check_parameters()
        self.check_columns()

    def check_reads(self) -> None:
        """Check that it reads the graph, and neither writes nor asks for more than the graph."""
        for token in self.tokens:
            if token.word in _WRITES:
                self.fail(token, f"只能读取，不能用 {token.word}", f"it may only read: {token.word} is not allowed")
        try:
            refuse_beyond_the_graph(self.question.cypher)
        except EngineError as error:
            problem = cast("Text", error.values["problem"])
            self.fail(self.tokens[0], problem.zh, problem.en)

    def check_labels(self) -> None:
        for node in self.patterns.nodes:
            names = [t.text for t in node.labels]
            for token in node.labels:
                self.check_label(token)
                node_type = self.ontology.nodes[token.text]
                if node_type.parent and names[0] != node_type.parent and not node.compound:
                    wanted = ":".join(node_type.labels)
                    self.fail(
                        token,
                        f"请写 :{wanted}，上级类型在前才能快速查找",
                        f"write :{wanted}; look-ups are fast through the first label only",
                    )

    def check_label(self, token: Token) -> None:
        if token.text not in self.ontology.nodes:
            self.fail(token, f"没有节点类型 {token.text}", f"there is no node type {token.text}")

    def check_paths(self) -> None:
        for relationship in self.patterns.relationships:
            for token in relationship.types:
                if token.text not in self.ontology.edges:
                    self.fail(token, f"没有关系类型 {token.text}", f"there is no edge type {token.text}")
            if relationship.unbounded:
                self.fail(
                    relationship.unbounded,
                    "路径没有上限：请写 *1..4 这样的上限",
                    "the path has no upper bound: write one, such as *1..4",
                )

    def check_predicates(self) -> None:
        """Check ``o:Label`` where it is a condition: outside patterns, maps and relationship brackets."""
        for index, token in enumerate(self.tokens):
            inside = self.depths[index]
            in_map = bool(inside) and self.tokens[inside[-1]].text in "[{" and not self.is_block(inside[-1])
            if token.text != ":" or in_map or index + 1 >= len(self.tokens):
                continue
            if self.tokens[index + 1].kind == "name":
                self.check_label(self.tokens[index + 1])

    def is_block(self, index: int) -> bool:
        """Whether the bracket at ``index`` opens a subquery, or a list."""
        if self.tokens[index].text == "[":
            return index == 0 or self.tokens[index - 1].text != "-"
        before = self.tokens[index - 1] if index else None
        return before is not None and (before.word in {"EXISTS", "COUNT", "CALL", "COLLECT"} or before.text == ")")

    def check_properties(self) -> None:
        known = self.variables()
        everything = {*self.of_nodes(self.ontology.nodes), *self.of_edges(self.ontology.edges)}
        for before, dot, name in zip(self.tokens, self.tokens[1:], self.tokens[2:], strict=False):
            if dot.text == "." and before.kind == "name" and name.kind == "name":
                self.check_property(name, known.get(before.text, everything))
        for index, allowed in self.pattern_maps(everything):
            for key in self.keys(index):
                self.check_property(key, allowed)

    def check_property(self, name: Token, allowed: Iterable[str]) -> None:
        if name.text not in allowed:
            self.fail(name, f"没有属性 {name.text}", f"there is no property {name.text}")

    def of_nodes(self, labels: Iterable[str]) -> set[str]:
        """Return the properties of nodes that carry one of ``labels``: a type's own and those of its kinds."""
        wanted = set(labels)
        found = [t for t in self.ontology.nodes.values() if wanted.intersection((t.name, *t.labels))]
        return {*self.ontology.node_system, *(p for t in found for p in t.properties)}

    def of_edges(self, types: Iterable[str]) -> set[str]:
        return {*self.ontology.edge_system, *(p for t in types for p in self.ontology.edges[t].properties)}

    def variables(self) -> Mapping[str, set[str]]:
        """Return what properties each variable may have, where every pattern that binds it names its types."""
        found: dict[str, set[str]] = {}
        for name, labels in self.bound():
            properties = self.of_edges(labels) if labels[0] in self.ontology.edges else self.of_nodes(labels)
            found[name] = found.get(name, set()) | properties
        renamed = {
            t.text for a, t in zip(self.tokens, self.tokens[1:], strict=False) if a.word in {"AS", "IN", "UNWIND"}
        }
        return {name: properties for name, properties in found.items() if name not in renamed}

    def bound(self) -> Iterator[tuple[str, list[str]]]:
        """Yield each variable that a pattern binds, with the pattern's types."""
        groups = [n.labels for n in self.patterns.nodes] + [r.types for r in self.patterns.relationships]
        place = {t.start: i for i, t in enumerate(self.tokens)}
        for types in groups:
            before = place[types[0].start] - 2 if types else -1
            if before >= 0 and self.tokens[before].kind == "name":
                yield self.tokens[before].text, [t.text for t in types]

    def pattern_maps(self, everything: set[str]) -> Iterator[tuple[int, set[str]]]:
        """Yield the index of each ``{`` that holds a pattern's properties, and the properties it may name."""
        starts = {t.start: i for i, t in enumerate(self.tokens)}
        ends = {t.end: i for i, t in enumerate(self.tokens)}
        for node in self.patterns.nodes:
            after = ends[node.insert_at] + 1
            if after < len(self.tokens) and self.tokens[after].text == "{":
                yield after, self.of_nodes(t.text for t in node.labels) if node.labels else everything
        for relationship in self.patterns.relationships:
            if relationship.types:
                first = starts[relationship.types[0].start]
                inside = self.depths[first]
                for index in range(first, len(self.tokens)):
                    if self.tokens[index].text == "{" and self.depths[index] == inside:
                        yield index, self.of_edges(t.text for t in relationship.types)
                    if self.depths[index][: len(inside)] != inside:
                        break

    def keys(self, index: int) -> Iterator[Token]:
        """Yield the keys of the map that opens at ``index``."""
        inside = (*self.depths[index], index)
        for at in range(index + 1, len(self.tokens) - 1):
            if self.depths[at][: len(inside)] != inside:
                return
            is_key = self.tokens[at - 1].text in "{," and self.tokens[at + 1].text == ":"
            if self.depths[at] == inside and self.tokens[at].kind == "name" and is_key:
                yield self.tokens[at]

    def check_parameters(self) -> None:
        declared = [p.name for p in self.question.parameters]
        for name, token in self.patterns.parameters.items():
            if name not in declared:
                self.fail(token, f"用到未声明的参数 ${name}", f"${name} is used and not declared")
        for name in declared:
            if name not in self.patterns.parameters:
                self.header.fail(
                    ("parameters", name),
                    f"声明的参数 {name} 没有用到",
                    f"the parameter {name} is declared and not used",
                )

    def check_columns(self) -> None:
        top = [i for i, inside in enumerate(self.depths) if not inside]
        start = max((i for i in top if self.tokens[i].word == "RETURN"), default=None)
        if start is None:
            raise CatalogueError(
                file=self.question.file.name,
                line=self.first_line + 1,
                problem=Text("没有 RETURN", "there is no RETURN"),
            )
        end = next((i for i in top if i > start and self.tokens[i].word in _ENDS_RETURN), len(self.tokens))
        self.check_order(self.tokens[start], self.tokens[end:])
        found = [self.name_of(self.tokens[start], item) for item in _split(self.tokens[start + 1 : end])]
        declared = [c.name for c in self.question.columns]
        if found != declared:
            listed = f"{', '.join(found)} ≠ {', '.join(declared)}"
            self.fail(
                self.tokens[start],
                f"RETURN 的列与声明不符：{listed}",
                f"RETURN and the declared columns differ: {listed}",
            )

    def check_order(self, start: Token, tail: Sequence[Token]) -> None:
        if not tail or tail[0].word != "ORDER" or "evidence" not in {t.text for t in tail}:
            self.fail(
                start,
                "结果须有 ORDER BY，并以 evidence 收尾，次序才完全确定",
                "the rows need an ORDER BY that ends in evidence, so that their order is complete",
            )

    def name_of(self, start: Token, item: list[Token]) -> str:
        named = len(item) == 1 or (len(item) > 2 and item[-2].word == "AS")
        if not named or item[-1].kind != "name" or item[-1].word in KEYWORDS:
            self.fail(item[0] if item else start, "RETURN 的每一列须用 AS 命名", "name each column of RETURN with AS")
        return item[-1].text


def _depths(tokens: Iterable[Token]) -> Iterator[tuple[int, ...]]:
    """Yield for each token the indexes of the brackets it stands in; a bracket stands outside its own pair."""
    inside: tuple[int, ...] = ()
    for index, token in enumerate(tokens):
        symbol = token.text if token.kind == "symbol" else ""
        if symbol in _CLOSES:
            inside = inside[:-1]
        yield inside
        if symbol in _OPENS:
            inside = (*inside, index)


def _split(tokens: Iterable[Token]) -> list[list[Token]]:
    """Split at commas outside brackets; a leading DISTINCT is dropped."""
    items: list[list[Token]] = [[]]
    for token, inside in zip(tokens, _depths(tokens), strict=True):
        if token.text == "," and not inside:
            items.append([])
        elif token.word != "DISTINCT" or items != [[]]:
            items[-1].append(token)
    return items
