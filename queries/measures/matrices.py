"""What all measures do with sparse matrices."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from scipy import sparse

    Matrix = sparse.csr_array[Any, tuple[int, int]]


def columns_of(matrix: Matrix, row: int) -> NDArray[np.int64]:
    """Return in which columns a row has entries: of ties, with whom a node is tied.

    Args:
        matrix: the matrix.
        row: the row.

    Examples:
        >>> from scipy import sparse
        >>> columns_of(sparse.csr_array(np.array([[0, 1, 1], [1, 0, 0], [1, 0, 0]])), 0).tolist()
        [1, 2]
    """
    return matrix.indices[matrix.indptr[row] : matrix.indptr[row + 1]].astype(np.int64)
