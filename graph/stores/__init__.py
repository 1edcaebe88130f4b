"""Engines that hold the assembled graph and answer questions about it, behind one :class:`Store`."""

from .opening import open_store
from .protocol import Progress, Rows, Store

__all__ = ["Progress", "Rows", "Store", "open_store"]
