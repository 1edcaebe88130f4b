"""The network of bodies as sparse arrays: what questions about the whole graph are worked out from.

Engines answer questions about a neighbourhood; sums over all pairs are a matter of sparse matrices. A network is read
from an engine once and kept as long as the engine holds the same graph.
"""

from .known import network_of
from .network import Joint, Network
from .proof import Link, Proof, proofs, proofs_of_nodes
from .reading import Cooperations, Fields, Money, Participations, read
from .regions import LEVELS, Regions
from .things import Things

__all__ = [
    "LEVELS",
    "Cooperations",
    "Fields",
    "Joint",
    "Link",
    "Money",
    "Network",
    "Participations",
    "Proof",
    "Regions",
    "Things",
    "network_of",
    "proofs",
    "proofs_of_nodes",
    "read",
]
