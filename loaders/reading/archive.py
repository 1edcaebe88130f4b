"""Files that are zip archives inside: what they hold, and whether it is safe to unpack."""

from __future__ import annotations

import io
import zipfile
import zlib
from enum import Enum, auto

from innograph.graph.text import Text

from .refusing import EXPORT_FROM_OFD, OFD, PROTECTED, REMOVE_PASSWORD, SAVE_AGAIN, refuse

_LARGEST_UNPACKED = 512 * 1024 * 1024
_LARGEST_XML = 256 * 1024 * 1024
_LARGEST_PART = 64 * 1024 * 1024
_ALWAYS_SANE = 8 * 1024 * 1024
_LARGEST_RATIO = 200
_MOST_ENTRIES = 10_000
_DOCTYPE = tuple("<!DOCTYPE".encode(encoding) for encoding in ("utf-8", "utf-16-le", "utf-16-be"))
_XML_PARTS = (".xml", ".rels", ".vml")
_FLAG_ENCRYPTED = 0x1


class ArchiveKind(Enum):
    """What an archive is by what it holds."""

    WORD = auto()
    WORKBOOK = auto()
    OPEN_TEXT = auto()


_MAIN_PARTS = {
    "word/document.xml": ArchiveKind.WORD,
    "xl/workbook.xml": ArchiveKind.WORKBOOK,
    "xl/workbook.bin": ArchiveKind.WORKBOOK,
}
_OPEN_DOCUMENTS = {
    b"application/vnd.oasis.opendocument.text": ArchiveKind.OPEN_TEXT,
    b"application/vnd.oasis.opendocument.text-template": ArchiveKind.OPEN_TEXT,
    b"application/vnd.oasis.opendocument.spreadsheet": ArchiveKind.WORKBOOK,
    b"application/vnd.oasis.opendocument.spreadsheet-template": ArchiveKind.WORKBOOK,
}
_OTHERS = {
    "ppt/presentation.xml": Text("这是演示文稿", "this is a presentation"),
    "META-INF/container.xml": Text("这是电子书", "this is an electronic book"),
}
_EXPORT = Text("请导出为 PDF 或 .docx 后再试", "Export it as PDF or .docx and try again")


def open_archive(name: str, data: bytes) -> ArchiveKind:
    """Return what kind of document an archive is, after refusing what must not be unpacked.

    Sizes are taken from the archive's directory; a part that holds more than is said there is damaged to the readers.

    Raises:
        InputError: it is damaged, encrypted, would unpack to an absurd size, declares a DOCTYPE, or is no document.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            entries = archive.infolist()
            if not _sane(entries, data):
                refuse(name, Text("压缩包解开后大得不合理", "the archive would unpack to an absurd size"), SAVE_AGAIN)
            kind = _kind(name, archive)
            if any(entry.flag_bits & _FLAG_ENCRYPTED for entry in entries):
                refuse(name, PROTECTED, REMOVE_PASSWORD)
            for entry in entries:
                if entry.filename.lower().endswith(_XML_PARTS):
                    _check_part(name, archive.read(entry))
    # zipfile and zlib raise all of these on archives that were cut off or damaged
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, RuntimeError, NotImplementedError, ValueError):
        refuse(name, Text("文件不完整或已损坏", "the file is cut off or damaged"), SAVE_AGAIN)
    return kind


def _sane(entries: list[zipfile.ZipInfo], data: bytes) -> bool:
    """Whether the archive may be unpacked: few entries, none too large, and not much larger than it is now."""
    unpacked = sum(entry.file_size for entry in entries)
    parts = [entry.file_size for entry in entries if entry.filename.lower().endswith(_XML_PARTS)]
    if len(entries) > _MOST_ENTRIES or unpacked > _LARGEST_UNPACKED:
        return False
    if sum(parts) > _LARGEST_XML or max(parts, default=0) > _LARGEST_PART:
        return False
    return unpacked <= _ALWAYS_SANE or unpacked <= _LARGEST_RATIO * len(data)


def _kind(name: str, archive: zipfile.ZipFile) -> ArchiveKind:
    names = set(archive.namelist())
    if any(part.lower() == "ofd.xml" for part in names):
        refuse(name, OFD, EXPORT_FROM_OFD)
    for part, problem in _OTHERS.items():
        if part in names:
            refuse(name, problem, _EXPORT)
    kind = next((kind for part, kind in _MAIN_PARTS.items() if part in names), None)
    if kind is None and "mimetype" in names:
        kind = _OPEN_DOCUMENTS.get(archive.read("mimetype").strip())
    if kind is None:
        problem = Text(
            "是压缩包，但不是 Word 文档或 Excel 工作簿", "it is an archive, but no Word document and no Excel workbook"
        )
        refuse(name, problem, Text("请先解压，再载入其中的文件", "Unpack it first and load the files it holds"))
    return kind


def _check_part(name: str, part: bytes) -> None:
    if any(mark in part for mark in _DOCTYPE):
        problem = Text("文件含有不允许的 DOCTYPE 声明", "the file holds a DOCTYPE, which is not allowed")
        refuse(name, problem, SAVE_AGAIN)
    if b"manifest:encryption-data" in part:
        refuse(name, PROTECTED, REMOVE_PASSWORD)
