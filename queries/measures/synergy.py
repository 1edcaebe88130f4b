"""Triple-helix synergy: how much three traits of the same things tell about each other beyond what two of them do."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
from scipy import sparse

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Matrix = sparse.csr_array[Any, tuple[int, int]]
    Numbers = NDArray[np.float64]

FEWEST = 30
"""With fewer things no interval means much."""
PER_CELL = 5
"""How many things there must be for each combination that occurs: the usual rule for tables of counts."""
_DRAWS = 1000
_SIGNS = {(0,): 1, (1,): 1, (2,): 1, (0, 1): -1, (0, 2): -1, (1, 2): -1, (0, 1, 2): 1}


class Synergy(NamedTuple):
    """The synergy of three traits.

    Args:
        bits: below 0 the three together reduce uncertainty more than their pairs do; above 0 they repeat each other.
        corrected: the same without the part that a finite number of things adds.
        low: the lower end of the 95% interval of the corrected value.
        high: its upper end.
    """

    bits: float
    corrected: float
    low: float
    high: float


def enough(things: int, combinations: int) -> bool:
    """Whether there are things enough to tell synergy from chance.

    Entropies from few things come out too low, by about (combinations - 1) / (2 n ln 2) bits each, which is as much as the
    synergy itself where each combination occurs about once.

    Args:
        things: how many there are.
        combinations: how many combinations of the three traits occur.

    References:
        Miller (1955), Note on the bias of information estimates; five for each cell: Cochran (1954), Some methods for
        strengthening the common χ² tests.

    Examples:
        >>> enough(100, 20), enough(99, 20), enough(29, 2)
        (True, False, False)
    """
    return things >= max(FEWEST, PER_CELL * combinations)


def bias(things: int, combinations: int) -> float:
    """Return by about how many bits the joint entropy comes out too low.

    Args:
        things: how many there are.
        combinations: how many combinations of the three traits occur.

    Examples:
        >>> round(bias(20, 20), 2)
        0.69
    """
    return (combinations - 1) / (2 * things * float(np.log(2)))


def triple_helix(cells: NDArray[np.int64], counts: Numbers) -> Numbers:
    """Return T = H1 + H2 + H3 - H12 - H13 - H23 + H123 in bits.

    Args:
        cells: combinations × 3: the code of each trait in each combination that occurs.
        counts: tables × combinations: how often each combination occurs in each table.

    Returns:
        One value for each table.

    References:
        McGill (1954), Multivariate information transmission; Leydesdorff and Park (2014), Can synergy in triple helix
        relations be quantified?

    Examples:
        Each trait follows from the other two, none from one of them:

        >>> xor = np.array([[0, 0, 0], [0, 1, 1], [1, 0, 1], [1, 1, 0]])
        >>> triple_helix(xor, np.ones((1, 4))).tolist()
        [-1.0]
    """
    found = np.zeros(len(counts))
    for traits, sign in _SIGNS.items():
        _, code = np.unique(cells[:, traits], axis=0, return_inverse=True)
        marks = sparse.csr_array((np.ones(len(cells)), (np.arange(len(cells)), code.ravel())))
        found += sign * _entropies(np.asarray(counts @ marks, dtype=np.float64))
    return found


def synergy(cells: NDArray[np.int64], shares: Matrix, draws: int = _DRAWS, seed: int = 0) -> Synergy:
    """Return the synergy of three traits with a bootstrap interval.

    Args:
        cells: combinations × 3, as in :func:`triple_helix`.
        shares: things × combinations: how much of each thing falls on each combination; a thing's shares add up to 1.
        draws: how often to draw the things anew, with replacement.
        seed: for the draws; the same things give the same interval.

    References:
        Efron and Tibshirani (1993), An Introduction to the Bootstrap, chapters 10 and 13. Drawn anew, tables are off
        from the whole by as much as the whole is off from the truth: this gives correction and interval (the basic one).

    Examples:
        >>> same = synergy(np.array([[0, 0, 0], [1, 1, 1]]), sparse.csr_array(np.eye(2)[[0, 1] * 50]))
        >>> same.bits, bool(1 <= same.low < same.corrected < same.high < 1.1)
        (1.0, True)
    """
    things = shares.shape[0]
    rng = np.random.default_rng(seed)
    turned = shares.T.tocsr()
    drawn = (np.bincount(rng.integers(things, size=things), minlength=things) for _ in range(draws))
    tables = np.array([turned @ times for times in drawn])
    found = triple_helix(cells, tables)
    low, high = np.quantile(found, [0.025, 0.975])
    bits = float(triple_helix(cells, np.asarray(shares.sum(axis=0), dtype=np.float64).reshape(1, -1))[0])
    return Synergy(bits, 2 * bits - float(found.mean()), 2 * bits - float(high), 2 * bits - float(low))


def _entropies(counts: Numbers) -> Numbers:
    """Return the entropy of each row in bits."""
    shares = counts / counts.sum(axis=1, keepdims=True)
    logs = np.log2(shares, out=np.zeros_like(shares), where=shares > 0)
    return np.asarray(-(shares * logs).sum(axis=1), dtype=np.float64)
