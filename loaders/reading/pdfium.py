"""The PDF library: pypdfium2 has no types, so all of it is Any; it is loaded when a PDF is read and not before."""

from __future__ import annotations

from functools import cache
from importlib import import_module
from typing import Any


@cache
def pdfium() -> Any:
    """Return the library's own interface.

    Examples:
        >>> pdfium().PdfDocument.__name__
        'PdfDocument'
    """
    return import_module("pypdfium2")


@cache
def raw() -> Any:
    """Return pdfium's functions as they are in C.

    Examples:
        >>> raw().FPDF_PAGEOBJ_PATH
        2
    """
    return import_module("pypdfium2.raw")
