"""Which format a stream is in, by its bytes; its name decides only what they leave open."""

from __future__ import annotations

import io
import zipfile
from typing import TYPE_CHECKING

from innograph.graph.text import Text

from ...reading.archive import ArchiveKind, open_archive
from ...reading.refusing import PROTECTED, REMOVE_PASSWORD, SAVE_AGAIN, refuse
from .archives import is_document
from .decoding import SAVE_AS_CSV, decode_stream
from .delimited import read_delimited
from .streams import UNPACK_FIRST, gunzipped

if TYPE_CHECKING:
    from collections.abc import Iterator

    from innograph.graph.issues import Issue
    from innograph.graph.stores import Progress

    from .model import Grid, IsHeader
    from .streams import Stream

ZIP = (b"PK\x03\x04", b"PK\x05\x06")
_GZIP = b"\x1f\x8b"
_OLE = b"\xd0\xcf\x11\xe0"
_PARQUET = b"PAR1"
_DELIMITED = (".csv", ".tsv", ".tab")
_ENCRYPTED, _WORD_STREAM, _BOOK, _OLD_BOOK = (
    stream.encode("utf-16-le") for stream in ("EncryptedPackage", "WordDocument", "Workbook\0", "Book\0")
)
_ARCHIVE = Text("这是压缩包", "this is an archive")
_NESTED = Text("压缩包里还有压缩包", "it is an archive within an archive")
_PAGE = Text("这是网页或 XML，不是表格文件", "this is a web page or XML, and no file of a table")
_DOCUMENT = Text("这是文档，不是表格", "this is a document, and no table")
_OPEN_AND_SAVE = Text(
    "请用 Excel 或 WPS 打开，另存为 .xlsx 后再试", "Open it in Excel or WPS, save it as .xlsx and try again"
)
_OTHERS: tuple[tuple[bytes, Text, Text], ...] = (
    (b"Rar!", _ARCHIVE, UNPACK_FIRST),
    (b"7z\xbc\xaf", _ARCHIVE, UNPACK_FIRST),
    (b"BZh", _ARCHIVE, UNPACK_FIRST),
    (b"\xfd7zXZ", _ARCHIVE, UNPACK_FIRST),
    (b"%PDF", _DOCUMENT, SAVE_AS_CSV),
    (b"{\\rtf", _DOCUMENT, SAVE_AS_CSV),
    (b"SQLite format 3", Text("这是数据库文件", "this is a database file"), SAVE_AS_CSV),
)
_TAR, _TAR_AT = b"ustar", 257


def grids_of(stream: Stream, is_header: IsHeader, progress: Progress | None = None) -> Iterator[Grid | Issue]:
    """Yield the tables of a stream that is no bundle of files, and what a user should know of those left out.

    Args:
        stream: the file.
        is_header: decides between separators of text files.
        progress: told how far the reading is, by readers that do not take their bytes from the stream.

    Raises:
        InputError: it is not a table, or damaged.
    """
    head = stream.head()
    if head.startswith(_GZIP):
        if stream.path is None and not stream.suffix.endswith(".gz"):
            refuse(stream.name, _NESTED, UNPACK_FIRST)
        stream = gunzipped(stream)
        head = stream.head()
        if head.startswith(_GZIP):
            refuse(stream.name, _NESTED, UNPACK_FIRST)
    if head[_TAR_AT:].startswith(_TAR):
        refuse(stream.name, _ARCHIVE, UNPACK_FIRST)
    for signature, problem, hint in _OTHERS:
        if head.startswith(signature):
            refuse(stream.name, problem, hint)
    if head.startswith(ZIP) or head.startswith(_OLE):
        yield from _of_workbook(stream, stream.read_all())
    elif head.startswith(_PARQUET):
        from .parquet import read_parquet

        yield read_parquet(stream, progress)
    else:
        yield _of_text(stream, is_header)


def _of_text(stream: Stream, is_header: IsHeader) -> Grid:
    decoded = decode_stream(stream)
    with decoded.text() as text:
        head = text.read(1000).lstrip()
    if head.startswith("<"):
        refuse(stream.name, _PAGE, _OPEN_AND_SAVE)
    if head.startswith(("{", "[")) and stream.suffix not in _DELIMITED:
        from .json_records import read_json

        return read_json(decoded)
    return read_delimited(decoded, is_header)


def _of_workbook(stream: Stream, data: bytes) -> Iterator[Grid | Issue]:
    if data.startswith(_OLE):
        if _ENCRYPTED in data:
            refuse(stream.name, PROTECTED, REMOVE_PASSWORD)
        if _BOOK not in data and _OLD_BOOK not in data:
            refuse(stream.name, _DOCUMENT, SAVE_AS_CSV)
    else:
        try:
            with zipfile.ZipFile(io.BytesIO(data)) as archive:
                single = is_document(archive)
        except (zipfile.BadZipFile, ValueError, OSError):
            refuse(stream.name, Text("文件不完整或已损坏", "the file is cut off or damaged"), SAVE_AGAIN)
        if not single:
            refuse(stream.name, _NESTED, UNPACK_FIRST)
        if open_archive(stream.name, data) is not ArchiveKind.WORKBOOK:
            refuse(stream.name, _DOCUMENT, SAVE_AS_CSV)
    from .workbook import read_workbook

    yield from read_workbook(stream.name, data)
