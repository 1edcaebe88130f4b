"""Chooses the reader by what the bytes are, not by what the file is called."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from innograph.graph.errors import InputError, NoPermission
from innograph.graph.text import Text

from .text import read_text

if TYPE_CHECKING:
    from collections.abc import Callable

    from ..document import Document

    Progress = Callable[[int, int], None]

LARGEST_FILE = 64 * 1024 * 1024

_OLE = b"\xd0\xcf\x11\xe0"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_ZIP = b"PK\x03\x04"
_PDF = b"%PDF"
_SIGNATURES: tuple[tuple[bytes, Text], ...] = (
    (
        _OLE,
        Text("这是旧版 Office 文件（.doc/.xls/.wps）", "this is an old Office file (.doc/.xls/.wps)"),
    ),
    (b"\x89PNG", Text("这是图片", "this is a picture")),
    (b"\xff\xd8\xff", Text("这是图片", "this is a picture")),
    (b"SQLite format 3", Text("这是数据库文件", "this is a database file")),
    (b"\x7fELF", Text("这是程序文件", "this is a program")),
    (b"MZ", Text("这是程序文件", "this is a program")),
    (b"{\\rtf", Text("这是 RTF 文件", "this is an RTF file")),
    (b"GIF8", Text("这是图片", "this is a picture")),
    (b"Rar!", Text("这是压缩包", "this is an archive")),
    (b"7z\xbc\xaf", Text("这是压缩包", "this is an archive")),
    (b"\x1f\x8b", Text("这是压缩包", "this is an archive")),
)
_SAVE_AS = Text("请另存为 .docx 或 UTF-8 的 .txt 后再试", "Save it as .docx, or as .txt in UTF-8, and try again")


def read_bytes(path: Path) -> bytes:
    """Return the file's bytes, with an error a person can act on where that fails.

    Raises:
        InputError: it is missing, a folder, empty, or larger than :data:`LARGEST_FILE`.
        NoPermission: it may not be read.
    """
    try:
        if path.is_dir():
            raise _unreadable(
                path,
                Text("这是文件夹", "this is a folder"),
                Text("请给出其中的文件，如 文件夹/*.txt", "Name the files in it, such as DIR/*.txt"),
            )
        if path.exists() and not path.is_file():
            problem = Text("这不是普通文件", "this is no ordinary file")
            raise _unreadable(path, problem, Text("请给出 .txt 或 .docx 文件", "Name a .txt or .docx file"))
        size = path.stat().st_size
        if size > LARGEST_FILE:
            problem = Text(f"文件过大（{size / 1e6:.0f} MB）", f"the file is too large ({size / 1e6:.0f} MB)")
            limit = LARGEST_FILE // 1024 // 1024
            raise _unreadable(path, problem, Text(f"上限 {limit} MB，请拆分", f"The limit is {limit} MB; split it"))
        data = path.read_bytes()
    except FileNotFoundError:
        problem = Text("找不到这个文件", "there is no such file")
        raise _unreadable(path, problem, Text("请检查路径", "Check the path")) from None
    except PermissionError:
        raise NoPermission(path=path) from None
    except OSError as error:
        reason = error.strerror or str(error)
        problem = Text(f"读不了这个文件（{reason}）", f"the file cannot be read ({reason})")
        raise _unreadable(path, problem, Text("请检查路径和磁盘", "Check the path and the disk")) from None
    if not data.strip():
        raise _empty(path)
    return data


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
        raise _empty(Path(name))
    return document


def _read(name: str, data: bytes, progress: Progress | None) -> Document:
    if data.startswith(_ZIP):
        from .word import read_word

        return read_word(name, data)
    if data.startswith(_PDF):
        from .pdf import read_pdf

        return read_pdf(name, data, progress)
    if data.startswith(_OLE) and _ENCRYPTED in data:
        problem = Text("文件加了密码", "the file is protected by a password")
        raise _unreadable(Path(name), problem, Text("请去掉密码后另存", "Remove the password and save it again"))
    for signature, problem in _SIGNATURES:
        if data.startswith(signature):
            raise _unreadable(Path(name), problem, _SAVE_AS)
    return read_text(name, data)


def _empty(path: Path) -> InputError:
    hint = Text("请检查是否保存成功", "Check that it was saved")
    return _unreadable(path, Text("文件是空的", "the file is empty"), hint)


def _unreadable(path: Path, problem: Text, hint: Text) -> InputError:
    return InputError(file=path.name or path, problem=problem, hint=hint)
