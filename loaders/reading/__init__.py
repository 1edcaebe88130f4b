"""Readers: one file format each, bytes in, :class:`~innograph.loaders.document.Document` out."""

from .dispatch import read_document
from .files import LARGEST_FILE, file_digest, opened, read_bytes

__all__ = ["LARGEST_FILE", "file_digest", "opened", "read_bytes", "read_document"]
