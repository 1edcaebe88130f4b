"""What the questions about structure share: which bodies are asked about, how they are shown, and what proves a row."""

from __future__ import annotations

from collections import OrderedDict, defaultdict
from threading import Lock, RLock
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar, cast
from weakref import WeakKeyDictionary

import numpy as np

from innograph.graph.text import Text

from ..network import Link, Network, proofs, proofs_of_nodes
from ..network.network import KINDS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from numpy.typing import NDArray
    from scipy import sparse

    from innograph.graph.stores import Store

    Matrix = sparse.csr_array[Any, tuple[int, int]]
    Mask = NDArray[np.bool_]

Made = TypeVar("Made")
_VARIANTS = 4
_LOCK = Lock()


class _Kept:
    """What was made of one network; only one thread at a time makes something of it, which may need another thing that is."""

    def __init__(self) -> None:
        self.lock = RLock()
        self.made: defaultdict[str, OrderedDict[object, Any]] = defaultdict(OrderedDict)


_KEPT: WeakKeyDictionary[Network, _Kept] = WeakKeyDictionary()


def remembered(network: Network, name: str, make: Callable[[], Made], given: object = None) -> Made:
    """Return what ``make`` makes of a network: made once, and kept as long as the network is.

    Args:
        network: the network.
        name: what is made, with everything it depends on but the network and ``given``.
        make: makes it.
        given: a number or the like that is free to choose: what was made of the few that were asked for last is kept.
    """
    with _LOCK:
        kept = _KEPT.setdefault(network, _Kept())
    with kept.lock:
        made = kept.made[name]
        if given not in made:
            made[given] = make()
        made.move_to_end(given)
        if len(made) > _VARIANTS:
            made.popitem(last=False)
        return cast("Made", made[given])


def weights(network: Network, weighted: bool) -> Matrix:
    """Return how strongly bodies are tied.

    Args:
        network: the network.
        weighted: by shared projects, and 1 for direct cooperation; or else 1 for all partners.
    """
    if not weighted:
        return network.partners
    return remembered(network, "weights", lambda: (network.shared + network.direct).tocsr())


def chosen(network: Network, parameters: Mapping[str, Any]) -> Mask:
    """Return for each body whether it is of the ``kind`` and in the ``region`` of the parameters.

    Args:
        network: the network.
        parameters: of the question; what is not given chooses all.
    """
    found = np.ones(len(network.bodies.ids), dtype=np.bool_)
    if parameters.get("kind"):
        found &= network.of_kind(parameters["kind"])
    if parameters.get("region"):
        found &= network.within(network.regions.things.index[parameters["region"]])
    return found


class Described(NamedTuple):
    """A body as rows show it."""

    name: str
    kind: str
    region: str | None


def described(network: Network, body: int) -> Described:
    """Return name, kind and region of a body.

    Args:
        network: the network.
        body: its number.
    """
    seat = int(network.seats[body])
    region = network.regions.things.names[seat] if seat >= 0 else None
    return Described(network.bodies.names[body], KINDS[int(network.kinds[body])], region)


class Evidence(NamedTuple):
    """What a row stands on, as its last columns."""

    quote: list[str]
    place: list[str]
    evidence: list[str]


class Stand(NamedTuple):
    """What a row is to stand on: nodes by id, and edges."""

    nodes: Sequence[str] = ()
    links: Sequence[Link] = ()


def evidence(store: Store, stands: Iterable[Stand]) -> list[Evidence]:
    """Return the evidence of rows: fetched for all of them together.

    Args:
        store: the engine.
        stands: what each row stands on.
    """
    wanted = list(stands)
    said = proofs_of_nodes(store, (node for stand in wanted for node in stand.nodes))
    said |= proofs(store, (link for stand in wanted for link in stand.links))
    found: list[Evidence] = []
    for stand in wanted:
        ids = list(dict.fromkeys([*stand.nodes, *(link.edge for link in stand.links)]))
        lines = dict.fromkeys(said[own] for own in ids if own in said and said[own].quote)
        found.append(Evidence([line.quote for line in lines], [line.place for line in lines], ids))
    return found


def cut_short(shown: int, total: int) -> list[Text]:
    """Return the remark that a list was cut, if it was.

    Args:
        shown: how many rows are shown.
        total: how many there are.
    """
    if shown >= total:
        return []
    return [Text(f"共{total}行，列出前{shown}行。", f"The first {shown} of {total} rows are shown.")]


def counted(network: Network) -> Text:
    """Return the remark that says how large the network is."""
    partners = np.diff(network.partners.indptr)
    tied, bodies, pairs = int((partners > 0).sum()), len(partners), network.partners.nnz // 2
    return Text(
        f"合作网络有{tied}个单位、{pairs}对合作伙伴；另有{bodies - tied}个单位尚无合作伙伴，未计入。",
        f"The network has {tied} bodies and {pairs} pairs of partners; {bodies - tied} bodies without a partner are not counted.",
    )


def counts(numbers: NDArray[np.int64], names: Sequence[str], most: int) -> list[str]:
    """Return the commonest of ``numbers`` by name with how often each occurs; negative ones are unknown and left out.

    Args:
        numbers: each a place in ``names``.
        names: what the numbers stand for.
        most: how many to return.

    Examples:
        >>> counts(np.array([1, 0, 1, -1]), ["甲", "乙"], 2)
        ['乙 2', '甲 1']
    """
    found = np.bincount(numbers[numbers >= 0], minlength=len(names))
    order = np.lexsort((np.arange(len(names)), -found))[:most]
    return [f"{names[one]} {found[one]}" for one in order if found[one]]
