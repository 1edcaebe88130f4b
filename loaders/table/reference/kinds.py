"""The packs that ship, told from the packs themselves: how a table is recognised, its columns, what a row becomes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from innograph.graph.ontology import load_ontology
from innograph.graph.ontology.markdown import code, prose, table
from innograph.graph.text import language

from ..described import describe
from ..packs import load_packs
from . import texts as say

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from innograph.graph.text import Text

    from ..model import Column, Condition, EdgeRule, Expected, NodeRule, Pack, PropertyRule


def packs_table() -> str:
    """Return the list of the packs, in the language in use."""
    rows = ([code(pack.id), prose(pack.title.show()), _types(pack)] for pack in load_packs().values())
    return grid((say.PACK, say.TABLE, say.NODES), rows)


def _types(pack: Pack) -> str:
    labels = dict.fromkeys(label for node in pack.nodes for label in node.type.types)
    return say.COMMA.show().join(prose(load_ontology().nodes[label].label.show()) for label in labels)


def pack_section(pack: Pack) -> Iterator[str]:
    """Yield what there is to say of one pack, in the language in use.

    Examples:
        >>> from innograph.graph.text import use_language
        >>> with use_language("en"):
        ...     print(next(pack_section(load_packs()["tiers"])))
        ### Enterprise tiers `tiers`
    """
    yield f"### {prose(pack.title.show())} {code(pack.id)}"
    yield say.RECOGNISED.show() + say.OR.show().join(" ".join(map(code, words)) for words in pack.match)
    forms = {one.column.key: one for one in describe(pack, language())}
    yield grid(
        (say.HAN, say.ENGLISH, say.SYNONYMS, say.REQUIRED, say.BECOMES, say.FORM),
        (
            [
                code(column.label.zh),
                code(column.label.en),
                " ".join(map(code, column.synonyms)),
                say.YES.show() if column.required else "",
                say.SEMICOLON.show().join(dict.fromkeys(_becomes(pack, column))),
                prose(forms[key].form.show()),
            ]
            for key, column in pack.columns.items()
        ),
    )
    yield say.MADE.show()
    made = [*(_node(pack, node) for node in pack.nodes), *(_edge(pack, edge) for edge in pack.edges)]
    yield "\n".join(f"- {line}" for line in made)
    for condition in pack.skip:
        yield say.SKIPS.format(when=_when(pack, condition))
    for label, limits in pack.expect.items():
        yield _expected(label, limits)


def _expected(label: str, limits: Expected) -> str:
    most = "…" if limits.most is None else limits.most
    return say.EXPECTS.format(type=load_ontology().nodes[label].label.show(), least=limits.least, most=most)


def grid(header: Sequence[Text], rows: Iterable[Sequence[str]]) -> str:
    """Return a table whose header is shown in the language in use."""
    return "\n".join(table([title.show() for title in header], rows))


def _node(pack: Pack, node: NodeRule) -> str:
    ways = list(_ways(pack, node))
    known = say.ELSE.show().join(ways)
    within = say.WITHIN.show() if node.within else ""
    pointed = say.REFERENCE.show() if node.reference else ""
    return f"{_thing(node)}{say.COLON.show()}{known}{within}{pointed}"


def _ways(pack: Pack, node: NodeRule) -> Iterator[str]:
    if node.id:
        yield say.BY_ID.format(columns=_headers(pack, [node.id]))
    if node.key and node.key.scheme:
        yield say.BY_KEY.format(scheme=code(node.key.scheme), columns=_headers(pack, node.key.columns))
    elif node.key:
        yield say.BY_COLUMNS.format(columns=_headers(pack, node.key.columns))
    # A thing that several columns identify is not known by a name made from them.
    if node.name and (node.key is None or node.key.scheme):
        yield say.BY_NAME.format(columns=_headers(pack, node.name))


def _edge(pack: Pack, edge: EdgeRule) -> str:
    ends = {node.alias: node for node in pack.nodes}
    arrow = "-" if edge.undirected else "->"
    path = f"({_label(ends[edge.source])})-[:{edge.type}]{arrow}({_label(ends[edge.target])})"
    when = _when(pack, edge.when) if edge.when else ""
    return code(path) + when + (say.BOTH_WAYS.show() if edge.undirected else "")


def _when(pack: Pack, condition: Condition) -> str:
    column = code(_header(pack.columns[condition.column]))
    if not condition.words:
        return say.WHEN_FILLED.format(column=column)
    return say.WHEN_IS.format(column=column, words=say.COMMA.show().join(map(code, sorted(condition.words))))


def _becomes(pack: Pack, column: Column) -> Iterator[str]:
    """Yield everything that is made from a column."""
    key = column.key
    if column.quote_only:
        yield say.QUOTE.show()
    for node in pack.nodes:
        if key in node.name:
            yield code(f"{_label(node)}.name")
        if node.id == key:
            yield code(f"{_label(node)}.id")
        if node.key and key in node.key.columns:
            yield from _key_of(node)
        if node.type.column == key:
            kinds = (f"{word} → {label}" for word, label in node.type.values.items())
            values = say.COMMA.show().join(map(code, kinds)) or say.BY_FORM.show()
            yield say.TYPE_OF.format(thing=code(_label(node)), values=values)
        yield from _properties(_label(node), node.properties, key)
    for edge in pack.edges:
        if key in edge.key:
            yield say.APART.format(edge=code(edge.type))
        if edge.when and edge.when.column == key:
            yield say.CONDITION.show()
        yield from _properties(edge.type, edge.properties, key)
    if any(condition.column == key for condition in pack.skip):
        yield say.CONDITION.show()


def _key_of(node: NodeRule) -> Iterator[str]:
    scheme = node.key.scheme if node.key else ""
    if not scheme:
        yield code(f"{_label(node)}.id")
        return
    known = load_ontology().nodes[node.type.types[0]].properties.values()
    own = next((prop.name for prop in known if prop.identifier == scheme), None)
    yield code(f"{_label(node)}.{own}") if own else say.KEY_OF.format(scheme=code(scheme), thing=code(_label(node)))


def _properties(owner: str, rules: Sequence[PropertyRule], key: str) -> Iterator[str]:
    for rule in rules:
        if any(given.column == key for given in rule.given):
            yield code(f"{owner}.{rule.name}")


def _label(node: NodeRule) -> str:
    """The type of a node; of several, the most general ones."""
    types = node.type.types
    if len(types) == 1:
        return types[0]
    return "/".join(dict.fromkeys(load_ontology().nodes[label].root for label in types))


def _thing(node: NodeRule) -> str:
    nodes = load_ontology().nodes
    return say.COMMA.show().join(f"{code(label)} {prose(nodes[label].label.show())}" for label in node.type.types)


def _headers(pack: Pack, keys: Iterable[str]) -> str:
    return say.COMMA.show().join(code(_header(pack.columns[key])) for key in keys)


def _header(column: Column) -> str:
    return column.label.show()
