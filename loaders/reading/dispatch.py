"""Chooses the reader by what the bytes are, not by what the file is called."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

from innograph.graph.text import Text

from .archive import ArchiveKind, open_archive
from .confined import read_confined
from .delimited import read_delimited
from .files import empty
from .office import read_office
from .refusing import EXPORT_FROM_OFD, OFD, PROTECTED, REMOVE_PASSWORD, SAVE_AS, refuse
from .text import read_text
from .traditional import is_big5, is_traditional

if TYPE_CHECKING:
    from collections.abc import Callable

    from ..document import Document

    Progress = Callable[[int, int], None]

_OLE = b"\xd0\xcf\x11\xe0"
_ENCRYPTED, _WORD_STREAM, _SLIDES = (
    stream.encode("utf-16-le") for stream in ("EncryptedPackage", "WordDocument", "PowerPoint Document")
)
_BOOK_STREAMS = tuple(f"{stream}\0".encode("utf-16-le") for stream in ("Workbook", "Book"))
_WORD_HEAD = b"\xec\xa5"
_FLAGS_AT, _FLAG_ENCRYPTED = 11, 0x01
_ZIP = b"PK\x03\x04"
_PDF = b"%PDF"
_RTF = b"{\\rtf"
_BOOKS = frozenset({".xls", ".et", ".xlt"})
_DELIMITED = frozenset({".csv", ".tsv", ".tab"})
_PAGES = frozenset({".html", ".htm", ".xhtml", ".shtml", ".mht"})
_PAGE = re.compile(
    rb"(?:\xef\xbb\xbf)?\s{0,999}(?:<\?xml[^<>]{0,999}>\s{0,999})?(?:<!--[^<>]{0,999}-->\s{0,999})?"
    rb"<(?:!doctype\s{1,99}html|html|head|body|meta|table|tbody|div|p|h[1-6]|center|article)[\s>/\[]",
    re.IGNORECASE,
)
_PICTURE = Text("这是图片", "this is a picture")
_ARCHIVE = Text("这是压缩包", "this is an archive")
_DRAWING = Text("这是图纸", "this is a drawing")
_PROGRAM = Text("这是程序文件", "this is a program")
_SOUND = Text("这是音频或视频", "this is sound or video")
_SIGNATURES: tuple[tuple[bytes, Text], ...] = (
    (b"\x89PNG", _PICTURE),
    (b"\xff\xd8\xff", _PICTURE),
    (b"GIF8", _PICTURE),
    (b"II*\0", _PICTURE),
    (b"MM\0*", _PICTURE),
    *((b"AC10%d" % version, _DRAWING) for version in (12, 14, 15, 18, 21, 24, 27, 32)),
    (b"AutoCAD Binary DXF", _DRAWING),
    (b"SQLite format 3", Text("这是数据库文件", "this is a database file")),
    (b"\x7fELF", _PROGRAM),
    (b"MZ", _PROGRAM),
    (b"Rar!", _ARCHIVE),
    (b"7z\xbc\xaf", _ARCHIVE),
    (b"\x1f\x8b", _ARCHIVE),
    (b"BZh", _ARCHIVE),
    (b"\xfd7zXZ", _ARCHIVE),
    (b"ID3", _SOUND),
    (b"OggS", _SOUND),
    (b"RIFF", _SOUND),
    (b"\0\0\0\x18ftyp", _SOUND),
    (b"\0\0\0\x20ftyp", _SOUND),
    (b"MIME-Version:", Text("这是网页归档（.mht）", "this is a web archive (.mht)")),
    (b"<?xml", Text("这是 XML 文件，不是文档", "this is an XML file and no document")),
)
_LOAD_TEXT = Text("请载入方案的文字文件（.docx、.pdf 或 .txt）", "Load the plan's text instead (.docx, .pdf or .txt)")
#: Formats that nothing but the file's name tells from damaged text.
_NAMED = {".ofd": (OFD, EXPORT_FROM_OFD)} | dict.fromkeys((".dwg", ".dxf", ".dwf"), (_DRAWING, _LOAD_TEXT))
_TRADITIONAL = Text(
    "文件是繁体字的，程序只读简体字", "the file is in traditional characters; only simplified ones are read"
)
_CONVERT = Text(
    "请在 Word 或 WPS 的“审阅”中选“繁转简”，另存后再试",
    "Convert it to simplified characters in Word or WPS (Review: Traditional to Simplified), save it and try again",
)
# Two hundred pages take a tenth of either; a malformed file takes all there is.
_PDF_SECONDS, _PDF_MEMORY = 180.0, 1024**3


def read_document(name: str, data: bytes, progress: Progress | None = None) -> Document:
    """Read a document from its bytes.

    Args:
        name: the file's name, for messages.
        data: its bytes.
        progress: told how far the reading is, in pages, where a format takes long.

    Raises:
        InputError: the format is not one innograph reads, or the file is damaged or holds nothing.
    """
    document = _read(name, data, progress)
    if not document.paragraphs and not document.tables:
        raise empty(Path(name))
    if is_traditional(document.text):
        refuse(name, _TRADITIONAL, _CONVERT)
    return document


def _read(name: str, data: bytes, progress: Progress | None) -> Document:
    """Read by the format's reader; all but plain text in a process of its own."""
    suffix = Path(name).suffix.lower()
    if data.startswith(_ZIP):
        return _read_archive(name, data)
    if data.startswith(_OLE):
        return _read_compound(name, data, suffix)
    if data.startswith(_PDF):
        from .pdf import read_pdf

        return read_confined(read_pdf, name, data, progress=progress, seconds=_PDF_SECONDS, memory=_PDF_MEMORY)
    if data.startswith(_RTF):
        return read_office(name, data, ".rtf")
    if _PAGE.match(data) or (suffix in _PAGES and b"<" in data):
        from .html import read_html

        return read_confined(read_html, name, data)
    for signature, problem in _SIGNATURES:
        if data.startswith(signature):
            refuse(name, problem, _LOAD_TEXT if problem is _DRAWING else SAVE_AS)
    if suffix in _NAMED:
        refuse(name, *_NAMED[suffix])
    if is_big5(data):
        refuse(name, _TRADITIONAL, _CONVERT)
    return read_delimited(name, data) if suffix in _DELIMITED else read_text(name, data)


def _read_archive(name: str, data: bytes) -> Document:
    kind = open_archive(name, data)
    if kind is ArchiveKind.OPEN_TEXT:
        return read_office(name, data, ".odt")
    if kind is ArchiveKind.WORKBOOK:
        return _read_workbook(name, data)
    from .word import read_word

    return read_confined(read_word, name, data)


def _read_compound(name: str, data: bytes, suffix: str) -> Document:
    """Read a file of the Office of before 2007, or of WPS; its directory names the streams it holds."""
    is_book = any(stream in data for stream in _BOOK_STREAMS)
    if _ENCRYPTED in data or _is_encrypted_word(data):
        refuse(name, PROTECTED, REMOVE_PASSWORD)
    if is_book and (_WORD_STREAM not in data or suffix in _BOOKS):
        return _read_workbook(name, data)
    if _SLIDES in data:
        refuse(name, Text("这是演示文稿", "this is a presentation"), SAVE_AS)
    if _WORD_STREAM not in data:
        problem = Text("这是旧版 Office 文件，认不出是哪一种", "this is an old Office file of an unknown kind")
        refuse(name, problem, SAVE_AS)
    return read_office(name, data, ".doc")


def _is_encrypted_word(data: bytes) -> bool:
    """Whether the head of a Word stream, which stands at the start of a sector, says so."""
    return _WORD_STREAM in data and any(
        data.startswith(_WORD_HEAD, at) and len(data) > at + _FLAGS_AT and data[at + _FLAGS_AT] & _FLAG_ENCRYPTED
        for at in range(512, min(len(data), 512 * 64), 512)
    )


def _read_workbook(name: str, data: bytes) -> Document:
    from .workbook import read_workbook

    return read_confined(read_workbook, name, data)
