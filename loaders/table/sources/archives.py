"""The members of a .zip, each a stream of its own; nothing is unpacked to disk."""

from __future__ import annotations

import zipfile
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from innograph.graph.text import Text

from ...reading.refusing import PROTECTED, REMOVE_PASSWORD, refuse
from .streams import BOMB, UNPACK_FIRST, Guarded, Stream, is_bomb

if TYPE_CHECKING:
    from collections.abc import Iterator

    from innograph.graph.stores import Progress

_MOST_MEMBERS = 10_000
_ENCRYPTED = 0x1
_UTF8_NAME = 0x800
_STREAMED = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
_BOOKS = ("xl/workbook.xml", "xl/workbook.bin")
_OFFICE = ("[Content_Types].xml", "mimetype", "OFD.xml")
_UNSAFE = Text("压缩包中有不安全的路径", "the archive holds an unsafe path")
_PACK_AGAIN = Text("请用普通方式重新压缩其中的表格", "Pack the tables in it again in the ordinary way")


def is_document(archive: zipfile.ZipFile) -> bool:
    """Return whether an archive is one file of an office program, and not a bundle of files."""
    return any(name in _BOOKS or name in _OFFICE for name in archive.namelist())


def members(stream: Stream, archive: zipfile.ZipFile, progress: Progress | None) -> Iterator[Stream]:
    """Yield what an archive holds, without folders and what systems add.

    Args:
        stream: the archive's file.
        archive: the same, open.
        progress: told how many bytes of the archive were read.

    Raises:
        InputError: a member is encrypted or has an unsafe path, or the whole would unpack to an absurd size.
    """
    entries = [entry for entry in archive.infolist() if not entry.is_dir() and not _is_added(_name(entry))]
    _check(stream.name, entries)
    total = stream.path.stat().st_size if stream.path else 0
    done = 0
    for entry in entries:
        yield _member(stream, archive, entry, (done, total, progress))
        done += entry.compress_size


def _name(entry: zipfile.ZipInfo) -> str:
    """The member's name; Chinese systems write GB18030 where the standard has code page 437."""
    if entry.flag_bits & _UTF8_NAME:
        return entry.filename
    try:
        return entry.filename.encode("cp437").decode("gb18030")
    except UnicodeError:
        return entry.filename


def _is_added(name: str) -> bool:
    parts = PurePosixPath(name).parts
    return "__MACOSX" in parts or parts[-1:] in (("Thumbs.db",), ("desktop.ini",)) or parts[-1].startswith((".", "~$"))


def _check(name: str, entries: list[zipfile.ZipInfo]) -> None:
    for entry in entries:
        path = entry.filename.replace("\\", "/")
        if path.startswith("/") or path[1:2] == ":" or ".." in path.split("/"):
            refuse(name, _UNSAFE, _PACK_AGAIN)
        if entry.flag_bits & _ENCRYPTED:
            refuse(name, PROTECTED, REMOVE_PASSWORD)
    unpacked, packed = sum(entry.file_size for entry in entries), sum(entry.compress_size for entry in entries)
    if len(entries) > _MOST_MEMBERS or is_bomb(unpacked, packed):
        refuse(name, BOMB, UNPACK_FIRST)


def _member(
    stream: Stream, archive: zipfile.ZipFile, entry: zipfile.ZipInfo, place: tuple[int, int, Progress | None]
) -> Stream:
    name = f"{stream.name}/{_name(entry)}"
    before, total, progress = place

    def tell(count: int) -> None:
        if progress:
            progress(before + entry.compress_size * min(count, entry.file_size) // max(entry.file_size, 1), total)

    def opener(told: bool) -> Guarded:
        if entry.compress_type not in _STREAMED:
            refuse(name, Text("压缩方法不支持", "its method of compression is not supported"), _PACK_AGAIN)
        try:
            inner = archive.open(entry)
        except (zipfile.BadZipFile, OSError, RuntimeError, NotImplementedError, ValueError):
            refuse(name, Text("文件不完整或已损坏", "the file is cut off or damaged"), _PACK_AGAIN)
        return Guarded(name, inner, tell if told else None, packed=lambda: entry.compress_size)

    return Stream(name, PurePosixPath(name).suffix.lower(), opener)
