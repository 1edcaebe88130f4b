"""What the graph knows of one thing: its properties, and its relations by edge type and direction, in words.

One mechanism for all types: the ontology says which edges a thing may have and what they are called from either end.
Everything is asked for with a limit, so that a hub with thousands of edges costs no more than another thing.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from innograph.graph.errors import NothingFound
from innograph.graph.ontology import load_ontology
from innograph.graph.regions import relative_words
from innograph.graph.text import Text, language

from . import links
from .grid import Item
from .property_words import Fact, facts_of

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterator, Mapping, Sequence

    from innograph.graph.ontology import EdgeType, NodeType, Ontology
    from innograph.graph.regions import Region
    from innograph.graph.stores import Store
    from innograph.workspace import Workspace

MOST_LINES = 50
_SUBJECT = Text("对象", "thing")
_FIRST = ("LEADS", "RESPONSIBLE_FOR", "SUPPORTS", "SETS_TARGET", "ISSUED_BY", "HAS_TASK", "HAS_MEASURE", "HAS_ACTION")
"""What planners look for first; the other edge types follow in the ontology's order."""
_COUNTS = """
MATCH (n:{label} {{id: $id}}){left}[r:{types}]{right}(other:{others})
RETURN type(r) AS kind, count(r) AS total
"""
_LINES = """
MATCH (n:{label} {{id: $id}}){left}[r:{kind}]{right}(other:{others})
RETURN other.id AS own, other.name AS name, r.id AS edge, r.quote AS quote, r.place AS place, r.sources AS sources,
    {position} AS position{properties}
ORDER BY position, name, own, edge
LIMIT {most}
"""
_BESIDE = """
UNWIND $ids AS own
MATCH (n:{label} {{id: own}}){left}[r:{kinds}]{right}(other:{others})
RETURN own, other.id AS other, other.name AS name, r.id AS edge
ORDER BY own, name, other, edge
"""
_TASKS = ("Task", "Measure", "Action")
_ENDS = {True: ("-", "->"), False: ("<-", "-")}


@dataclass(frozen=True, slots=True)
class Beside:
    """What is shown of the things at the other end of a relation, beside their names.

    Args:
        label: the head of its column.
        far: root types of the things it is shown of.
        kinds: the edges that lead to it.
        forward: whether they begin at those things.
        not_of: root types on whose pages it would say what the page says anyway.
        only_of: the only root types on whose pages it is shown; empty: any.
    """

    label: Text
    far: tuple[str, ...]
    kinds: tuple[str, ...]
    forward: bool
    not_of: tuple[str, ...] = ()
    only_of: tuple[str, ...] = ()


_SHOWN_BESIDE = (
    Beside(Text("目标", "Targets"), _TASKS, ("SETS_TARGET",), True, not_of=("Target", *_TASKS)),
    Beside(
        Text("牵头或负责", "Led or answered for by"), _TASKS, ("LEADS", "RESPONSIBLE_FOR"), False, only_of=("Target",)
    ),
    Beside(Text("设定者", "Set by"), ("Target",), ("SETS_TARGET",), False, only_of=("Indicator",)),
)


@dataclass(frozen=True, slots=True)
class Line:
    """One edge, seen from the thing.

    Args:
        own: id of the thing at its other end.
        name: that thing's name.
        type: that thing's type.
        facts: the edge's properties in words.
        beside: what that thing leads on to.
        edge: the edge's id, which opens its proof.
        quote: the first line that says so.
        place: where it stands.
        sources: how many files say so.
    """

    own: str
    name: str
    type: NodeType
    facts: tuple[Fact, ...]
    beside: tuple[Item, ...]
    edge: str
    quote: str
    place: str
    sources: int

    @property
    def href(self) -> str:
        """Where the name leads."""
        return links.to_thing(self.own)


@dataclass(frozen=True, slots=True)
class Relation:
    """All edges of one type in one direction.

    Args:
        kind: the edge type.
        forward: whether they begin at the thing.
        words: what they are called from here.
        total: how many there are.
        lines: the first of them.
        beside: the head of the column with what the other things lead on to; empty if there is none.
    """

    kind: EdgeType
    forward: bool
    words: str
    total: int
    lines: tuple[Line, ...]
    beside: str

    @property
    def left_out(self) -> int:
        """How many are not among the lines."""
        return self.total - len(self.lines)

    @property
    def has_facts(self) -> bool:
        """Whether any line has facts of its own."""
        return any(line.facts for line in self.lines)

    @property
    def of_several_types(self) -> bool:
        """Whether the other ends are of several types, so that each must be told."""
        return len({line.type.name for line in self.lines}) > 1


@dataclass(frozen=True, slots=True)
class Thing:
    """A thing.

    Args:
        id: its id.
        name: its name.
        type: its type.
        facts: its properties in words.
        quote: the first line that names it.
        sources: how many files do.
        relations: its edges.
    """

    id: str
    name: str
    type: NodeType
    facts: tuple[Fact, ...]
    quote: str
    sources: int
    relations: tuple[Relation, ...]


def known_thing(workspace: Workspace, own: str, as_of: dt.date | None = None) -> Thing:
    """Return a thing of the graph, or of that of a day.

    Args:
        workspace: where it is.
        own: its id.
        as_of: the day; by default now.

    Raises:
        NothingFound: there is none; the ids nearest to it are told.
    """
    found = thing_of(workspace.store(as_of), own, workspace.settings.home)
    if found is None:
        raise NothingFound(name=own, kind=_SUBJECT, near="、".join(workspace.ids_like(own)[:3]) or "—")
    return found


def thing_of(store: Store, own: str, home: Region | None = None) -> Thing | None:
    """Return what the engine knows of a thing, or ``None`` if it has none of that id.

    Args:
        store: the engine.
        own: the id; it begins with the thing's type.
        home: the region of the workspace, from which others are seen.
    """
    ontology = load_ontology()
    kind = own.partition(":")[0]
    if kind not in ontology.nodes:
        return None
    root = ontology.nodes[kind].root
    properties = {
        name: known for node in ontology.nodes.values() if node.root == root for name, known in node.properties.items()
    }
    properties |= ontology.both
    returned = ", ".join(f"n.{name} AS {name}" for name in properties)
    found = store.query(
        f"MATCH (n:{root} {{id: $id}}) RETURN labels(n) AS labels, n.quote AS quote, n.sources AS sources, {returned}",
        {"id": own},
    ).dicts()
    if not found:
        return None
    row = found[0]
    node_type = _most_special(ontology, row["labels"])
    known = {**node_type.properties, **ontology.both}
    return Thing(
        own,
        str(row["name"]),
        node_type,
        facts_of(node_type.name, known, row, {"relative": dict(relative_words(home).items())} if home else None),
        row["quote"] or "",
        int(row["sources"] or 0),
        tuple(_relations(store, ontology, node_type, own)),
    )


def name_of(store: Store, own: str) -> str | None:
    """Return what the thing of an id is called, or ``None`` if there is none."""
    nodes = load_ontology().nodes
    kind = own.partition(":")[0]
    if kind not in nodes:
        return None
    rows = store.query(f"MATCH (n:{nodes[kind].root} {{id: $id}}) RETURN n.name AS name", {"id": own}).rows
    return str(rows[0][0]) if rows else None


def _most_special(ontology: Ontology, labels: Sequence[str]) -> NodeType:
    known = [ontology.nodes[label] for label in labels if label in ontology.nodes]
    return max(known, key=lambda node: len(node.labels))


def _relations(store: Store, ontology: Ontology, node_type: NodeType, own: str) -> Iterator[Relation]:
    totals = {
        (kind, forward): total
        for forward in (True, False)
        for kind, total in _totals(store, ontology, node_type, own, forward=forward)
    }
    order = [*_FIRST, *(kind for kind in ontology.edges if kind not in _FIRST)]
    for kind in order:
        edge = ontology.edges[kind]
        ways = [forward for forward in (True, False) if totals.get((kind, forward))]
        undirected = edge.label == edge.reverse
        for group in [ways] if undirected and ways else [[forward] for forward in ways]:
            total = sum(totals[kind, forward] for forward in group)
            lines = [
                line for forward in group for line in _lines(store, ontology, node_type, own, edge, forward=forward)
            ]
            yield _with_beside(
                store,
                node_type,
                Relation(edge, group[0], _words(edge, lines, forward=group[0]), total, tuple(lines[:MOST_LINES]), ""),
            )


def _totals(store: Store, ontology: Ontology, node_type: NodeType, own: str, *, forward: bool) -> list[tuple[str, int]]:
    """Return how many edges of each type begin, or end, at the thing; types that it cannot have are not asked for."""
    kinds = [
        kind
        for kind, edge in ontology.edges.items()
        if ontology.may_be(node_type.name, edge.source if forward else edge.target)
    ]
    if not kinds:
        return []
    left, right = _ENDS[forward]
    cypher = _COUNTS.format(
        label=node_type.root, left=left, right=right, types="|".join(kinds), others="|".join(_roots(ontology))
    )
    return [(str(kind), int(total)) for kind, total in store.query(cypher, {"id": own}).rows]


def _lines(
    store: Store, ontology: Ontology, node_type: NodeType, own: str, edge: EdgeType, *, forward: bool
) -> list[Line]:
    roots = _roots(ontology, edge.target if forward else edge.source)
    left, right = _ENDS[forward]
    known = {**edge.properties, **ontology.both}
    cypher = _LINES.format(
        label=node_type.root,
        left=left,
        right=right,
        kind=edge.name,
        others="|".join(roots),
        position="other.position" if any("position" in ontology.nodes[root].properties for root in roots) else "0",
        properties="".join(f", r.{name} AS p_{name}" for name in known),
        most=MOST_LINES,
    )
    lines: list[Line] = []
    for row in store.query(cypher, {"id": own}).dicts():
        values = {name: row[f"p_{name}"] for name in known}
        values.pop("written", None)  # the quote says it
        lines.append(
            Line(
                row["own"],
                str(row["name"]),
                ontology.nodes[row["own"].partition(":")[0]],
                facts_of(edge.name, known, values),
                (),
                row["edge"],
                row["quote"] or "",
                row["place"] or "",
                int(row["sources"] or 0),
            )
        )
    return lines


def _roots(ontology: Ontology, names: Sequence[str] = ()) -> list[str]:
    """Return the most general types, of all or of the types of these names."""
    return list(dict.fromkeys(ontology.nodes[name].root for name in names or ontology.nodes))


def _words(edge: EdgeType, lines: Sequence[Line], *, forward: bool) -> str:
    """Return what edges are called, seen from one end; what 「由…牵头」 leaves open are the types at the other."""
    words = (edge.label if forward else edge.reverse).show()
    if "…" in words:
        kinds = dict.fromkeys(line.type.label.show() for line in lines)
        words = words.replace("…", f"下列{'、'.join(kinds)}")
    return words if language() == "zh" else words[:1].upper() + words[1:]


def _with_beside(store: Store, node_type: NodeType, relation: Relation) -> Relation:
    """Return a relation with what the things at its other end lead on to."""
    for beside in _SHOWN_BESIDE:
        here = node_type.root not in beside.not_of and (not beside.only_of or node_type.root in beside.only_of)
        if here and any(line.type.root in beside.far for line in relation.lines):
            items = _items_beside(store, beside, relation.lines)
            lines = tuple(replace(line, beside=tuple(items.get(line.own, ()))) for line in relation.lines)
            if items:
                return replace(relation, lines=lines, beside=beside.label.show())
    return relation


def _items_beside(store: Store, beside: Beside, lines: Sequence[Line]) -> Mapping[str, list[Item]]:
    ontology = load_ontology()
    found: dict[str, list[Item]] = {}
    ends = [ontology.edges[kind] for kind in beside.kinds]
    others = _roots(ontology, [name for edge in ends for name in (edge.target if beside.forward else edge.source)])
    left, right = _ENDS[beside.forward]
    for root in beside.far:
        ids = [line.own for line in lines if line.type.root == root]
        if not ids:
            continue
        cypher = _BESIDE.format(
            label=root, left=left, right=right, kinds="|".join(beside.kinds), others="|".join(others)
        )
        for own, other, name, _ in store.query(cypher, {"ids": ids}).rows:
            item = Item(str(name), links.to_thing(other))
            if item not in found.setdefault(own, []):
                found[own].append(item)
    return found


def edges_at(store: Store, own: str, most: int) -> list[str]:
    """Return the ids of the edges at a thing, at most so many in each direction."""
    ontology = load_ontology()
    kind = own.partition(":")[0]
    if kind not in ontology.nodes:
        return []
    found: list[str] = []
    for forward in (True, False):
        left, right = _ENDS[forward]
        types, others = "|".join(ontology.edges), "|".join(_roots(ontology))
        cypher = f"MATCH (n:{ontology.nodes[kind].root} {{id: $id}}){left}[r:{types}]{right}(other:{others}) RETURN r.id AS edge"
        found += [str(edge) for (edge,) in store.query(cypher, {"id": own}, limit=most).rows]
    return found
