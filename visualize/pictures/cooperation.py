"""The network of bodies that cooperate: the thicker a line, the more projects two of them share."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import networkx as nx
import numpy as np

from innograph.graph.text import Text
from innograph.queries.lookup import resolve
from innograph.queries.network import network_of, proofs

from ..tables import number
from .reading import nodes_of
from .scene import LineSample, Scene

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from innograph.graph.stores import Store
    from innograph.queries.network import Network
    from innograph.workspace import Workspace

    from .wanted import Wanted

    Numbers = NDArray[np.int64]

_OF_ALL = Text(
    "合作网络：{bodies}家机构之间的{ties}对伙伴", "Cooperation: {ties} pairs of partners among {bodies} bodies"
)
_OF_ONE = Text("{name}的合作伙伴：{bodies}家", "Partners of {name}: {bodies}")
_OF_REGION = Text(
    "{name}的机构与其伙伴：{bodies}家机构、{ties}对",
    "Bodies of {name} and their partners: {bodies} bodies, {ties} pairs",
)
_STRONGEST = Text(
    "这些机构之间有{there}对伙伴，为看得清只画每家最强的几对（共{shown}对）；一家的全部伙伴：{command}",
    "Of the {there} pairs among them only the strongest of each body are drawn, {shown} in all, to be readable; all"
    " partners of one: {command}",
)
_ONLY_STRONGEST = Text(
    "这些机构之间有{there}对伙伴，为看得清只画每家最强的几对（共{shown}对）",
    "Of the {there} pairs among them only the strongest of each body are drawn, {shown} in all, to be readable",
)
_PROJECTS = Text("共同项目{n}个", "{n} shared projects")
_DIRECT = Text("直接合作", "direct cooperation")
_BOTH = Text("共同项目{n}个，另有直接合作", "{n} shared projects, and direct cooperation")
_LINE = Text("{n}个共同项目（直接合作计1个）", "{n} shared projects (direct cooperation counts as 1)")
_NEXT_LINE = Text("{n}个", "{n}")
_DENSE, _STRONGEST_OF_EACH = 3, 2
_PROVED_BY = 2
_INKS = ("#cbc5ba", "#a9a194", "#857d72")
"""Of weak, middling and strong ties."""
_MANY, _THICK, _LESS_THICK = 120, 8.0, 5.0


def cooperation(workspace: Workspace, wanted: Wanted) -> Scene:
    """Return the bodies that cooperate: all, those around one body, or those of a region and their partners.

    Args:
        workspace: what is drawn from.
        wanted: around which body or region, which types of bodies, and how many.

    Raises:
        NothingFound: there is no such body or region.
        Ambiguous: several have that name.
    """
    store = workspace.store(wanted.day or None)
    network = network_of(store)
    chosen = _Chosen(store, network, wanted)
    kept = chosen.best(wanted.limit)
    weights = _among(network, kept)
    ties = _readable(weights)
    tied = [body for at, body in enumerate(kept) if body == chosen.centre or (ties.indptr[at] < ties.indptr[at + 1])]
    if len(tied) < len(kept):  # partners that are not among them
        kept = tied
        weights = _among(network, kept)
        ties = _readable(weights)
    graph = _graph(store, network, kept, ties)
    centre = network.bodies.ids[chosen.centre] if chosen.centre is not None else None
    home = _home(workspace, network, kept)
    title = chosen.title(len(graph), weights.nnz // 2)
    note = _note(wanted, chosen, network, kept, (weights.nnz // 2, ties.nnz // 2))
    return Scene(title, graph, note, centre, home, _lines(graph))


class _Chosen:
    """Which bodies are to be drawn, the best first."""

    def __init__(self, store: Store, network: Network, wanted: Wanted) -> None:
        self.centre: int | None = None
        self.name = ""
        self.text = _OF_ALL
        strength = _strength(network)
        fits = strength > 0
        if wanted.thing:
            thing = resolve(store, wanted.thing, ("Organisation", "Region"))
            self.name = thing.name
            if thing.id in network.regions.things.index:
                self.text = _OF_REGION
                inside = network.within(network.regions.things.index[thing.id])
                fits &= inside | (network.partners @ inside.astype(np.int64) > 0)
                strength = strength + np.where(inside, strength.max(initial=0) + 1, 0)
            else:
                self.text = _OF_ONE
                self.centre = network.bodies.index[thing.id]
                strength = np.zeros_like(strength)
                partners = network.partners_of(self.centre)
                strength[partners] = _row(network, self.centre)[partners]
                fits = strength > 0
        if wanted.types:
            types = {name: wanted.allows(name) for name in _kinds()}
            fits &= np.array([types[name] for name in _kinds()])[network.kinds]
        self.there = int(fits.sum())
        self._order = [int(body) for body in np.argsort(-strength, kind="stable") if fits[body] and body != self.centre]

    def best(self, most: int) -> list[int]:
        """Return so many bodies, in the order of their numbers."""
        first = [] if self.centre is None else [self.centre]
        return sorted(first + self._order[: most - len(first)])

    def title(self, bodies: int, ties: int) -> str:
        """Return what the picture says."""
        shown = bodies - (self.centre is not None)
        return self.text.format(name=self.name, bodies=number(shown), ties=number(ties))


def _kinds() -> tuple[str, ...]:
    from innograph.queries.network.reading import KINDS

    return KINDS


def _strength(network: Network) -> NDArray[np.float64]:
    """Return for each body how much it cooperates: shared projects with each partner, and direct cooperation."""
    return np.asarray(network.shared.sum(axis=1) + network.direct.sum(axis=1), dtype=float).reshape(-1)


def _row(network: Network, body: int) -> NDArray[np.float64]:
    return np.asarray((network.shared[[body]] + network.direct[[body]]).toarray(), dtype=float).reshape(-1)


def _among(network: Network, bodies: list[int]) -> Any:
    """Return how much each two of these bodies cooperate."""
    found = (network.shared[bodies][:, bodies] + network.direct[bodies][:, bodies]).tocsr()
    found.sort_indices()
    return found


def _readable(weights: Any) -> Any:
    """Return the ties that can be drawn: all or, where these are too many, the strongest of each body.

    With them go those of a maximum spanning forest, so that nothing that hangs together falls apart.
    """
    from scipy.sparse import csr_array

    count = weights.shape[0]
    if weights.nnz // 2 <= _DENSE * count:
        return weights
    tied: nx.Graph[int] = nx.Graph()
    tied.add_weighted_edges_from(_pairs(weights))
    forest = nx.maximum_spanning_edges(tied, data=False)
    kept = {(min(pair), max(pair)) for pair in forest}
    for one in range(count):
        begin, end = weights.indptr[one], weights.indptr[one + 1]
        strongest = np.argsort(-weights.data[begin:end], kind="stable")[:_STRONGEST_OF_EACH]
        partners = (int(weights.indices[begin + at]) for at in strongest)
        kept |= {(min(one, other), max(one, other)) for other in partners}
    ones, others = np.array(sorted(kept)).T
    both = (np.concatenate([ones, others]), np.concatenate([others, ones]))
    data = np.concatenate([np.asarray(weights[ones, others]).reshape(-1)] * 2)
    return csr_array((data, both), shape=weights.shape)


def _pairs(weights: Any) -> list[tuple[int, int, int]]:
    """Return each two that are tied once, with how strongly they are."""
    entries = weights.tocoo()
    every = zip(entries.row.tolist(), entries.col.tolist(), entries.data.tolist(), strict=True)
    return [(one, other, int(weight)) for one, other, weight in every if one < other]


def _graph(store: Store, network: Network, kept: list[int], ties: Any) -> nx.MultiDiGraph[str]:
    ids, partners = network.bodies.ids, np.diff(network.partners.indptr)
    known = nodes_of(store, [ids[body] for body in kept])
    graph: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    for body in kept:
        graph.add_node(ids[body], **known[ids[body]], degree=int(partners[body]))
    pairs = [(kept[one], kept[other], weight) for one, other, weight in _pairs(ties)]
    links = {(one, other): network.links(one, other, _PROVED_BY) for one, other, _ in pairs}
    proof = proofs(store, (link for some in links.values() for link in some))
    most = max((weight for _, _, weight in pairs), default=1)
    thick = _THICK if len(pairs) <= _MANY else _LESS_THICK
    for one, other, weight in sorted(
        pairs, key=lambda pair: (pair[2], pair)
    ):  # the strong ones are drawn over the weak
        said = [proof[link.edge] for link in links[one, other] if link.edge in proof]
        graph.add_edge(
            ids[one],
            ids[other],
            key=links[one, other][0].edge if len(links[one, other]) == 1 else f"{ids[one]} — {ids[other]}",
            type="COOPERATES_WITH",
            quote="\n".join(dict.fromkeys(line.quote for line in said)),
            place="；".join(dict.fromkeys(line.place for line in said)),
            width=_width(weight, most, thick),
            weight=weight,
            ink=_ink(weight, most),
            said=_said(weight, direct=bool(network.direct[[one]][:, [other]].sum())),
        )
    return graph


def _share(weight: int, most: int) -> float:
    """Return how strong a tie is, 0 to 1: its root grows with the weight."""
    return float(((weight - 1) / max(most - 1, 1)) ** 0.5)


def _width(weight: int, most: int, thick: float) -> float:
    return round(1 + (thick - 1) * _share(weight, most), 1)


def _ink(weight: int, most: int) -> str:
    return _INKS[min(int(_share(weight, most) * len(_INKS)), len(_INKS) - 1)]


def _said(weight: int, *, direct: bool) -> str:
    if not direct:
        return _PROJECTS.format(n=number(weight))
    return _BOTH.format(n=number(weight - 1)) if weight > 1 else _DIRECT.show()


def _lines(graph: nx.MultiDiGraph[str]) -> tuple[LineSample, ...]:
    """Return a thin, a middling and a thick line with what each stands for."""
    weights = sorted({data["weight"] for _, _, data in graph.edges(data=True)})
    if not weights:
        return ()
    most = weights[-1]
    shown = sorted({weights[0], min(weights, key=lambda one: (abs(one - most / 3), one)), most})
    thick = _THICK if graph.number_of_edges() <= _MANY else _LESS_THICK
    texts = [_LINE, *[_NEXT_LINE] * len(shown)]
    return tuple(
        LineSample(text.format(n=number(one)), _width(one, most, thick), _ink(one, most))
        for text, one in zip(texts, shown, strict=False)
    )


def _home(workspace: Workspace, network: Network, kept: list[int]) -> frozenset[str]:
    """Return which of the bodies are in the workspace's own region."""
    home = workspace.settings.home
    region = network.regions.things.index.get(f"Region:{home.code}") if home else None
    if region is None:
        return frozenset()
    inside = network.within(region)
    return frozenset(network.bodies.ids[body] for body in kept if inside[body])


def _note(wanted: Wanted, chosen: _Chosen, network: Network, kept: list[int], ties: tuple[int, int]) -> str:
    notes = [wanted.left_out(len(kept), chosen.there + (chosen.centre is not None), "Enterprise")]
    there, drawn = ties
    if drawn < there:
        if not wanted.commands:
            notes.append(_ONLY_STRONGEST.format(there=number(there), shown=number(drawn)))
            return _joined(notes)
        strength = _strength(network)
        best = network.bodies.names[max(kept, key=lambda body: (strength[body], -body))]
        command = replace(wanted, kind="cooperation", thing=best).command()
        notes.append(_STRONGEST.format(there=number(there), shown=number(drawn), command=command))
    return _joined(notes)


def _joined(notes: list[str]) -> str:
    return Text("。", ". ").show().join(note for note in notes if note)
