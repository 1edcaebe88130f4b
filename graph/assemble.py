"""Makes the graph from what the ledger holds: one node or edge for each thing, whoever speaks of it.

What is one thing under many ids is for :mod:`~innograph.graph.recognition` to say. How several statements about one
thing become one:

- The surest statement wins, property by property; among equally sure ones that of the source whose content came
  last, and inside one source the last. A property a statement does not know (``None``) overrides nothing.
- Lists are united, without repeats: the surest statement's items first, then by source and place in the source.
- ``quote`` and ``place`` are those of the first statement, by trust, source and place, that nothing overrode; where each was
  overridden in part, of the last of the surest. ``sources`` is how many sources speak of the subject.
- ``search`` holds every name and document number that any source gives, not only the winning one.
- What cannot stand is left out and told: an edge whose end nobody states, and one whose ends are of the wrong type.

So the order in which files were loaded decides only where equally sure sources contradict each other. Properties
stand in the order of the ontology: the same ledger always gives the same graph, byte for byte.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from .errors import OntologyError
from .identity import digest, edge_id, is_keyed
from .merging import add_other_names, all_names, by_trust, merged, name_by_key, proved
from .ontology import ValueType
from .recognition.recognise import recognise
from .records import Edge, Flaw, Graph, LeftOut, Node
from .regions import region_by_code, relative_level
from .search_text import search_text
from .text import Text, use_language
from .without_cycles import without_cycles

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from .ledger import Ledger, Stated
    from .ontology import Ontology, Property
    from .recognition.aliases import Alias
    from .recognition.recognise import Recognised
    from .regions import Region
    from .stores import Progress

ASSEMBLY_VERSION = 6
"""Part of the stamp: raise it when this program makes another graph from the same ledger, so that engines rebuild."""


_TOLD_EVERY = 2_000
"""After so many things that the sources say it is told how far it is."""


def recipe(ontology: Ontology, home: Region | None = None) -> str:
    """Return what names how a graph is made, whatever the sources say: another recipe, another graph.

    Args:
        ontology: the types.
        home: the region from which it is seen.
    """
    return "-".join([ontology.fingerprint, str(ASSEMBLY_VERSION), *([home.code] if home else [])])


def current_stamp(ledger: Ledger, ontology: Ontology, home: Region | None = None, aliases: Sequence[Alias] = ()) -> str:
    """Return the stamp that a graph assembled now would carry, without assembling it."""
    around = [digest(*map(str, aliases))] if aliases else []
    with ledger.snapshot():
        parts = (ledger.workspace, ledger.generation, ledger.state, recipe(ontology, home), *around)
    return "-".join(str(part) for part in parts)


def assemble(
    ledger: Ledger,
    ontology: Ontology,
    home: Region | None = None,
    aliases: Sequence[Alias] = (),
    progress: Progress | None = None,
) -> Graph:
    """Return the graph that the ledger's sources make together.

    Args:
        ledger: what the sources say, and what people have judged.
        ontology: the types; the graph has nothing that does not fit them.
        home: the region from which ``relative`` of each region is seen.
        aliases: the workspace's own table of aliases.
        progress: told of how much that the sources say something is made, and of how much.

    Returns:
        Nodes and edges in id order.

    Raises:
        OntologyError: a record does not fit the ontology. ``check_assertions`` keeps such records out; an ontology
            that changed may let them in.
    """
    # Places are put into words: in Chinese, so that the graph does not depend on who assembles it.
    with ledger.snapshot(), use_language("zh"), without_cycles():
        stamp = current_stamp(ledger, ontology, home, aliases)
        nodes = list(ledger.assertions("node"))
        teller = _Teller(progress, sum(source.assertions for source in ledger.sources())) if progress else None
        made = _Assembly(ontology, recognise(ledger, ontology, aliases, nodes), home, teller)
        made.take_nodes(nodes)
        made.take_edges(ledger.assertions("edge"))
        return made.graph(stamp)


@dataclass(slots=True)
class _Shape:
    """What all things have in common that have values of the same types under the same names.

    Args:
        order: the names in the order of the ontology, each with whether it says float; ``None``: all is so already.
        fits: labels of nodes, or of both ends of edges, that were found to be right for such properties.
    """

    order: tuple[tuple[str, bool], ...] | None
    fits: set[tuple[str, ...]] = field(default_factory=set[tuple[str, ...]])


def _position(stated: Stated) -> int:
    return stated.source.position


class _Teller:
    """Tells how far it is, now and then.

    Args:
        progress: told.
        total: how much there is.
    """

    def __init__(self, progress: Progress, total: int) -> None:
        self._progress = progress
        self._total = total
        self._done = self._told = 0
        progress(0, total)

    def made(self, more: int) -> None:
        """Count what was made; tell it where the last word is a while ago."""
        self._done += more
        if self._done - self._told >= _TOLD_EVERY or self._done == self._total:
            self._told = self._done
            self._progress(self._done, self._total)


class _Assembly:
    """The graph in the making: first all nodes, then the edges between them."""

    def __init__(
        self, ontology: Ontology, recognised: Recognised, home: Region | None, teller: _Teller | None = None
    ) -> None:
        self._teller = teller
        self.ontology = ontology
        self.recognised = recognised
        self.home = home
        self.nodes: dict[str, Node] = {}
        self.edges: dict[str, Edge] = {}
        self.origins: dict[str, tuple[str, ...]] = {}
        self.left_out: list[LeftOut] = []
        self._shapes: dict[tuple[object, ...], _Shape] = {}
        self._fitting: set[tuple[object, ...]] = set()

    def take_nodes(self, statements: Iterable[Stated]) -> None:
        """Take everything that is said of nodes, each source's in the order in which it stands there."""
        self._take(statements, self._node)

    def take_edges(self, statements: Iterable[Stated]) -> None:
        """Take everything that is said of edges, in such an order too; all nodes must be there."""
        self._take(statements, self._edge)

    def _take(self, statements: Iterable[Stated], make: Callable[[str, list[Stated]], None]) -> None:
        """Make each thing as soon as all that is said of it is there: what proved to be one thing, in the end."""
        said: dict[str, list[Stated]] = {}
        for statement in statements:
            of_it = said.get(statement.subject)
            if of_it is None:
                said[statement.subject] = [statement]
            else:
                of_it.append(statement)
        together: defaultdict[str, list[Stated]] = defaultdict(list)
        for subject in sorted(said):
            stated = said[subject]
            joined = self._joined_id(stated[0]) if self.recognised.joined else None
            if joined:
                together[joined] += stated
            else:
                if len(stated) > 1:
                    stated.sort(key=_position)
                make(subject, stated)
                if self._teller:
                    self._teller.made(len(stated))
        for subject, stated in together.items():
            stated.sort(key=_position)
            self.origins[subject] = tuple(dict.fromkeys(one.subject for one in stated))
            make(subject, stated)
            if self._teller:
                self._teller.made(len(stated))

    def _joined_id(self, one: Stated) -> str | None:
        """Return the id that the graph has for what proved to be one thing, or for an edge of it."""
        of, moved = self.recognised.id_of, self.recognised.changed
        if one.ends is None:
            now = of(one.subject)
            return now if now in moved else None
        source, target = of(one.ends[0]), of(one.ends[1])
        return edge_id(one.type, source, target, one.ends[2]) if source in moved or target in moved else None

    def graph(self, stamp: str) -> Graph:
        """Return what was made."""
        return Graph(
            nodes={own_id: self.nodes[own_id] for own_id in sorted(self.nodes)},
            edges={own_id: self.edges[own_id] for own_id in sorted(self.edges)},
            stamp=stamp,
            origins=dict(sorted(self.origins.items(), key=lambda item: min(item[1]))),
            left_out=tuple(self.left_out),
        )

    # --- nodes

    def _node(self, subject: str, stated: list[Stated]) -> None:
        trusted = by_trust(stated)
        label = self._label(subject, trusted)
        node_type = self.ontology.concrete[label]
        own, _ = self._properties(label, stated, trusted, node_type.properties)
        if "name" not in own and is_keyed(trusted[0].subject):
            own = {"name": name_by_key(trusted[0].subject), **own}
        if subject in self.origins and "aliases" in node_type.properties:
            add_other_names(own, trusted)
        if label == "Region" and self.home:
            region = region_by_code(str(own.get("code")))
            if region:
                own["relative"] = relative_level(region, self.home)
        self._check(subject, label, own)
        own["search"] = search_text(all_names(own, trusted))
        self.nodes[subject] = Node(subject, node_type.labels, proved(subject, own, trusted))

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

    def _edge(self, subject: str, stated: list[Stated]) -> None:
        edge_type = self.ontology.edges.get(stated[0].type)
        if edge_type is None:
            name = stated[0].type
            raise OntologyError(where=subject, problem=Text(f"没有关系类型 {name}", f"there is no edge type {name}"))
        trusted = by_trust(stated)
        if len(stated) > 1 and subject not in self.origins and len({(one.type, one.ends) for one in stated}) > 1:
            problem = Text("同一编号指不同的关系", "one id for several edges")
            raise OntologyError(where=subject, problem=problem)
        own, shape = self._properties(edge_type.name, stated, trusted, edge_type.properties)
        source_id, target_id, _ = stated[0].ends or ("", "", "")
        source = self.nodes.get(self.recognised.joined.get(source_id, source_id))
        target = self.nodes.get(self.recognised.joined.get(target_id, target_id))
        if source is None or target is None:
            missing = self.recognised.id_of(source_id if source is None else target_id)
            self.left_out.append(LeftOut(Flaw.NO_END, subject, missing))
            return
        if source is target and subject in self.origins:
            self.left_out.append(LeftOut(Flaw.ONE_END, subject, source.id))
            return
        labels = (source.labels[-1], target.labels[-1])
        if labels not in shape.fits:
            try:
                self.ontology.check_edge(edge_type.name, *labels, own)
            except OntologyError as error:
                if not is_keyed(source.id) and not is_keyed(target.id) and subject not in self.origins:
                    raise OntologyError(where=subject, problem=error.values["problem"]) from error
                self.left_out.append(LeftOut(Flaw.WRONG_END, subject, " → ".join(labels)))
                return
            shape.fits.add(labels)
        self.edges[subject] = Edge(subject, edge_type.name, source.id, target.id, proved(subject, own, trusted))

    # --- properties

    def _properties(
        self, name: str, stated: list[Stated], trusted: list[Stated], known: Mapping[str, Property]
    ) -> tuple[dict[str, Any], _Shape]:
        """Return one set of properties, in the order of the ontology; those it does not know are kept for the check."""
        said = stated[0].properties if len(stated) == 1 else merged(stated, trusted)
        key = (name, *said, *map(type, said.values()))
        shape = self._shapes.get(key)
        if shape is None:
            shape = self._shapes[key] = _Shape(self._order(said, known))
        if shape.order is None:
            return said, shape
        # 50 and 50.0 are one value, and engines want one type
        return {key: float(said[key]) if is_float else said[key] for key, is_float in shape.order}, shape

    def _order(self, said: Mapping[str, Any], known: Mapping[str, Property]) -> tuple[tuple[str, bool], ...] | None:
        """Return the order of what is said, see :class:`_Shape`."""
        stated: dict[str, object] = {name: value for name, value in said.items() if value is not None}
        rest = stated.keys() - known.keys() - self.ontology.both.keys()
        order = tuple(
            (name, name in known and known[name].type is ValueType.FLOAT and type(stated[name]) is not float)
            for name in (*known, *self.ontology.both, *sorted(rest))
            if name in stated
        )
        return None if order == tuple((name, False) for name in said) else order

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
