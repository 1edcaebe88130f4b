"""Opens the files that a user names; where that fails, an error says what to do."""

from __future__ import annotations

import hashlib
from contextlib import contextmanager
from typing import IO, TYPE_CHECKING

from innograph.graph.errors import InputError, NoPermission
from innograph.graph.text import Text

if TYPE_CHECKING:
    from collections.abc import Generator
    from pathlib import Path

LARGEST_FILE = 64 * 1024 * 1024
"""Of a document, which is read as a whole."""

_CHUNK = 1 << 20


def read_bytes(path: Path) -> bytes:
    """Return the file's bytes, with an error a person can act on where that fails.

    Raises:
        InputError: it is missing, a folder, empty, or larger than :data:`LARGEST_FILE`.
        NoPermission: it may not be read.
    """
    with opened(path) as file:
        size = path.stat().st_size
        if size > LARGEST_FILE:
            problem = Text(f"文件过大（{size / 1e6:.0f} MB）", f"the file is too large ({size / 1e6:.0f} MB)")
            limit = LARGEST_FILE // 1024 // 1024
            raise _unreadable(path, problem, Text(f"上限 {limit} MB，请拆分", f"The limit is {limit} MB; split it"))
        data = file.read()
    if not data.strip():
        raise empty(path)
    return data


def file_digest(path: Path) -> tuple[str, int]:
    """Return the SHA-256 of a file's content, as hexadecimal digits, and its size in bytes.

    Raises:
        InputError: it is missing, a folder, or empty.
        NoPermission: it may not be read.
    """
    digest, size, blank = hashlib.sha256(), 0, True
    with opened(path) as file:
        while chunk := file.read(_CHUNK):
            digest.update(chunk)
            size += len(chunk)
            blank = blank and not chunk.strip()
    if blank:
        raise empty(path)
    return digest.hexdigest(), size


@contextmanager
def opened(path: Path) -> Generator[IO[bytes]]:
    """Open a file for reading.

    Raises:
        InputError: it is missing, a folder, or no file that can be read.
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
            raise _unreadable(
                path, problem, Text("请给出文档，如 .docx、.pdf、.txt", "Name a document, such as .docx, .pdf or .txt")
            )
        with path.open("rb") as file:
            yield file
    except FileNotFoundError:
        problem = Text("找不到这个文件", "there is no such file")
        raise _unreadable(path, problem, Text("请检查路径", "Check the path")) from None
    except PermissionError:
        raise NoPermission(path=path) from None
    except OSError as error:
        reason = error.strerror or str(error)
        problem = Text(f"读不了这个文件（{reason}）", f"the file cannot be read ({reason})")
        raise _unreadable(path, problem, Text("请检查路径和磁盘", "Check the path and the disk")) from None


def empty(path: Path) -> InputError:
    """Return the error that says that a file is empty."""
    hint = Text("请检查是否保存成功", "Check that it was saved")
    return _unreadable(path, Text("文件是空的", "the file is empty"), hint)


def _unreadable(path: Path, problem: Text, hint: Text) -> InputError:
    return InputError(file=path.name or path, problem=problem, hint=hint)
