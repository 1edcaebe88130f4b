"""The network of each engine: read once, and kept as long as the engine holds the same graph; in a file too, if it may be."""

from __future__ import annotations

from threading import Lock
from typing import TYPE_CHECKING
from weakref import WeakKeyDictionary

from innograph.graph.errors import EngineError
from innograph.graph.text import Text

from .network import Network
from .reading import read
from .saved import load, save

if TYPE_CHECKING:
    from innograph.graph.stores import Store

_TRIES = 3
_CHANGING = Text(
    "图正在更新，没有读到完整的图。请稍后再问一次",
    "the graph is being changed and could not be read as a whole. Ask again in a moment",
)


class _Kept:
    """The network of one engine, which one thread at a time reads."""

    def __init__(self) -> None:
        self.lock = Lock()
        self.stamp: str | None = None
        self.network: Network | None = None


_LOCK = Lock()
_KNOWN: WeakKeyDictionary[Store, _Kept] = WeakKeyDictionary()


def network_of(store: Store) -> Network:
    """Return the network of the graph that ``store`` holds: the same one as long as that graph stays.

    A graph that another thread or process changes meanwhile is read again: a network is never of two graphs.

    Args:
        store: the engine.

    Raises:
        EngineError: the graph kept changing, or the engine holds no whole one.
    """
    with _LOCK:
        kept = _KNOWN.setdefault(store, _Kept())
    with kept.lock:
        if kept.network is None or kept.stamp != store.stamp():
            kept.stamp, kept.network = None, None  # the old one is not needed while the new one is read
            kept.stamp, kept.network = _read(store)
        return kept.network


def _read(store: Store) -> tuple[str, Network]:
    for _ in range(_TRIES):
        stamp, parts = store.stamp(), None
        if stamp and store.derived and (parts := load(store.derived, stamp)):
            return stamp, Network(parts)
        try:
            parts = read(store)
        except KeyError:  # a part of another graph
            if stamp == store.stamp():
                raise
        if parts is not None and stamp is not None and stamp == store.stamp():
            if store.derived:
                save(store.derived, stamp, parts)
            return stamp, Network(parts)
    raise EngineError(problem=_CHANGING)
