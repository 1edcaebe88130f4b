"""Readers: one file format each, bytes in, :class:`~innograph.loaders.document.Document` out."""

from .dispatch import LARGEST_FILE, read_bytes, read_document

__all__ = ["LARGEST_FILE", "read_bytes", "read_document"]
