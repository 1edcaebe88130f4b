"""Makes the graph from what the ledger holds: one node or edge for each thing, whoever speaks of it.

What is one thing under many ids is for :mod:`~innograph.graph.recognition` to say. How several statements about one
thing become one:

- The surest statement wins, property by property; among equally sure ones that of the source whose content came
  last, and inside one source the last. A property a statement does not know (``None``) overrides nothing.
- Lists are united, without repeats: the surest statement's items first, then by source and place in the source.
- ``quote`` and ``place`` are those of the surest statement; among equals, of the first source by name, and there of
  the first place. ``sources`` is how many sources speak of the subject.
- ``search`` holds every name and document number that any source gives, not only the winning one.
- What cannot stand is left out and told: an edge whose end nobody states, and one whose ends are of the wrong type.

So the order in which files were loaded decides only where equally sure sources contradict each other. Properties
stand in the order of the ontology: the same ledger always gives the same graph, byte for byte.
"""

from __future__ import annotations

from collections import defaultdict
from itertools import groupby
from operator import attrgetter
from typing import TYPE_CHECKING, Any

from .errors import OntologyError
from .identity import digest, edge_id, is_keyed
from .merging import add_other_names, all_names, by_trust, merged, name_by_key, proof
from .ontology import ValueType
from .recognition.recognise import recognise
from .records import Edge, Flaw, Graph, LeftOut, Node
from .regions import region_by_code, relative_level
from .search_text import search_text
from .text import Text, use_language
from .without_cycles import without_cycles

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from .ledger import Ledger, Stated
    from .ontology import Ontology, Property
    from .recognition.aliases import Alias
    from .recognition.recognise import Recognised
    from .regions import Region

ASSEMBLY_VERSION = 3
"""Part of the stamp: raise it when this program makes another graph from the same ledger, so that engines rebuild."""


def current_stamp(ledger: Ledger, ontology: Ontology, home: Region | None = None, aliases: Sequence[Alias] = ()) -> str:
    """Return the stamp that a graph assembled now would carry, without assembling it."""
    around = [home.code] if home else []
    if aliases:
        around.append(digest(*map(str, aliases)))
    with ledger.snapshot():
        parts = (ledger.workspace, ledger.generation, ledger.state, ontology.fingerprint, ASSEMBLY_VERSION, *around)
    return "-".join(str(part) for part in parts)


def assemble(ledger: Ledger, ontology: Ontology, home: Region | None = None, aliases: Sequence[Alias] = ()) -> Graph:
    """Return the graph that the ledger's sources make together.

    Args:
        ledger: what the sources say, and what people have judged.
        ontology: the types; the graph has nothing that does not fit them.
        home: the region from which ``relative`` of each region is seen.
        aliases: the workspace's own table of aliases.

    Returns:
        Nodes and edges in id order.

    Raises:
        OntologyError: a record does not fit the ontology. ``check_assertions`` keeps such records out; an ontology
            that changed may let them in.
    """
    # Places are put into words: in Chinese, so that the graph does not depend on who assembles it.
    with ledger.snapshot(), use_language("zh"), without_cycles():
        stamp = current_stamp(ledger, ontology, home, aliases)
        made = _Assembly(ontology, recognise(ledger, ontology, aliases), home)
        made.take(ledger.assertions())
        return made.graph(stamp)


class _Assembly:
    """The graph in the making; nodes are all there before the first edge is checked."""

    def __init__(self, ontology: Ontology, recognised: Recognised, home: Region | None) -> None:
        self.ontology = ontology
        self.recognised = recognised
        self.home = home
        self.nodes: dict[str, Node] = {}
        self.edges: dict[str, Edge] = {}
        self.origins: dict[str, tuple[str, ...]] = {}
        self.left_out: list[LeftOut] = []
        self._orders: dict[tuple[str, ...], tuple[tuple[str, bool], ...]] = {}
        self._fitting: set[tuple[object, ...]] = set()

    def take(self, statements: Iterable[Stated]) -> None:
        """Take everything that is said, ordered by subject."""
        together: defaultdict[str, list[Stated]] = defaultdict(list)
        of = self.recognised.id_of
        moved = self.recognised.changed
        for subject, group in groupby(statements, key=attrgetter("subject")):
            stated = list(group)
            ends = stated[0].ends
            if ends is None:
                now = of(subject)
                if now in moved:
                    together[now] += stated
                else:
                    self._node(subject, stated)
            elif of(ends[0]) in moved or of(ends[1]) in moved:
                source, target = of(ends[0]), of(ends[1])
                together[edge_id(stated[0].type, source, target, ends[2])] += stated
            else:
                self._edge(subject, stated, ends[0], ends[1])
        self._take_together(together)

    def _take_together(self, together: Mapping[str, list[Stated]]) -> None:
        """Take what several ids were one of: the nodes, then the edges between them."""
        for subject, stated in together.items():
            stated.sort(key=lambda one: one.source.position)
            self.origins[subject] = tuple(dict.fromkeys(one.subject for one in stated))
            ends = stated[0].ends
            if ends is None:
                self._node(subject, stated)
            else:
                self._edge(subject, stated, self.recognised.id_of(ends[0]), self.recognised.id_of(ends[1]))

    def graph(self, stamp: str) -> Graph:
        """Return what was made, without the edges that cannot stand."""
        standing = {own_id: edge for own_id, edge in self.edges.items() if self._stands(edge)}
        return Graph(
            nodes={own_id: self.nodes[own_id] for own_id in sorted(self.nodes)},
            edges={own_id: standing[own_id] for own_id in sorted(standing)},
            stamp=stamp,
            origins=self.origins,
            left_out=tuple(self.left_out),
        )

    # --- nodes

    def _node(self, subject: str, stated: list[Stated]) -> None:
        trusted = by_trust(stated)
        label = self._label(subject, trusted)
        node_type = self.ontology.concrete[label]
        own = self._properties(label, stated, trusted, node_type.properties)
        if "name" not in own and is_keyed(trusted[0].subject):
            own = {"name": name_by_key(trusted[0].subject), **own}
        if subject in self.origins and "aliases" in node_type.properties:
            add_other_names(own, trusted)
        if label == "Region" and self.home:
            region = region_by_code(str(own.get("code")))
            if region:
                own["relative"] = relative_level(region, self.home)
        self._check(subject, label, own)
        names = search_text(all_names(own, trusted))
        self.nodes[subject] = Node(subject, node_type.labels, {"id": subject, **own, "search": names, **proof(trusted)})

    def _label(self, subject: str, trusted: Sequence[Stated]) -> str:
        """Return the type: the surest source's where a register's key or a person says that two types are one body."""
        label = trusted[0].type
        others = {one.type for one in trusted} - {label}
        if others:
            if subject not in self.origins and not is_keyed(subject):
                named = " / ".join(sorted({label, *others}))
                problem = Text(f"同一编号指不同的东西：{named}", f"one id for several things: {named}")
                raise OntologyError(where=subject, problem=problem)
            self.left_out.append(LeftOut(Flaw.TWO_TYPES, subject, " / ".join([label, *sorted(others)])))
        if label not in self.ontology.concrete:
            raise OntologyError(where=subject, problem=Text(f"没有节点类型 {label}", f"there is no node type {label}"))
        return label

    # --- edges

    def _edge(self, subject: str, stated: list[Stated], source: str, target: str) -> None:
        edge_type = self.ontology.edges.get(stated[0].type)
        if edge_type is None:
            name = stated[0].type
            raise OntologyError(where=subject, problem=Text(f"没有关系类型 {name}", f"there is no edge type {name}"))
        trusted = by_trust(stated) if len(stated) > 1 else stated
        if len(stated) > 1 and subject not in self.origins and len({(one.type, one.ends) for one in stated}) > 1:
            problem = Text("同一编号指不同的关系", "one id for several edges")
            raise OntologyError(where=subject, problem=problem)
        own = self._properties(edge_type.name, stated, trusted, edge_type.properties)
        self.edges[subject] = Edge(subject, edge_type.name, source, target, {"id": subject, **own, **proof(trusted)})

    def _stands(self, edge: Edge) -> bool:
        """Whether both ends are there and of the right type; what does not stand is told."""
        source, target = self.nodes.get(edge.source), self.nodes.get(edge.target)
        if source is None or target is None:
            self.left_out.append(LeftOut(Flaw.NO_END, edge.id, edge.source if source is None else edge.target))
            return False
        if edge.source == edge.target and edge.id in self.origins:
            self.left_out.append(LeftOut(Flaw.ONE_END, edge.id, edge.source))
            return False
        key = (edge.type, source.label, target.label, *edge.properties, *map(type, edge.properties.values()))
        if key not in self._fitting:
            own = {name: value for name, value in edge.properties.items() if name not in self.ontology.edge_system}
            try:
                self.ontology.check_edge(edge.type, source.label, target.label, own)
            except OntologyError as error:
                if not is_keyed(edge.source) and not is_keyed(edge.target) and edge.id not in self.origins:
                    raise OntologyError(where=edge.id, problem=error.values["problem"]) from error
                self.left_out.append(LeftOut(Flaw.WRONG_END, edge.id, f"{source.label} → {target.label}"))
                return False
            self._fitting.add(key)
        return True

    # --- properties

    def _properties(
        self, name: str, stated: list[Stated], trusted: list[Stated], known: Mapping[str, Property]
    ) -> dict[str, Any]:
        """Return one set of properties, in the order of the ontology; those it does not know are kept for the check."""
        said = stated[0].properties if len(stated) == 1 else merged(stated, trusted)
        if None in said.values():
            said = {key: value for key, value in said.items() if value is not None}
        names = (name, *said)
        order = self._orders.get(names)
        if order is None:
            rest = said.keys() - known.keys() - self.ontology.both.keys()
            order = self._orders[names] = tuple(
                (key, key in known and known[key].type is ValueType.FLOAT)
                for key in (*known, *self.ontology.both, *sorted(rest))
                if key in said
            )
        # 50 and 50.0 are one value, and engines want one type
        return {key: float(said[key]) if is_float else said[key] for key, is_float in order}

    def _check(self, subject: str, label: str, own: dict[str, Any]) -> None:
        """Check a node's properties; those with the same names and types of values need it once."""
        key = (label, *own, *map(type, own.values()))
        if key in self._fitting:
            return
        try:
            self.ontology.check_node(label, own)
        except OntologyError as error:
            raise OntologyError(where=subject, problem=error.values["problem"]) from error
        if not any(isinstance(value, list) for value in own.values()):
            self._fitting.add(key)
