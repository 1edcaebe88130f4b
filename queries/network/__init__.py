"""The network of bodies as sparse arrays: what questions about the whole graph are worked out from.

Engines answer questions about a neighbourhood; sums over all pairs are a matter of sparse matrices. A network is read
from an engine once and kept as long as the engine holds the same graph.
"""

from .network import Cooperations, Fields, Network, Participations, Regions, Things, network_of
from .proof import Link, Proof, proofs, proofs_of_nodes

__all__ = [
    "Cooperations",
    "Fields",
    "Link",
    "Network",
    "Participations",
    "Proof",
    "Regions",
    "Things",
    "network_of",
    "proofs",
    "proofs_of_nodes",
]
