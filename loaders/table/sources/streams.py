"""The bytes of a file, of what a .gz holds, or of a member of an archive: a stream that can be opened more than once.

Nothing here holds more than a piece of the file. A stream knows how far it is, ends a bomb before it has unpacked much,
and turns what goes wrong below into an error a person can act on.
"""

from __future__ import annotations

import gzip
import io
import zipfile
import zlib
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn, Protocol

from innograph.graph.errors import NoPermission
from innograph.graph.text import Text

from ...reading import LARGEST_FILE, read_bytes
from ...reading.refusing import refuse

if TYPE_CHECKING:
    from collections.abc import Callable

    from typing_extensions import Buffer

    from innograph.graph.stores import Progress

LARGEST_UNPACKED = 2 * 1024**3
_ALWAYS_SANE = 64 * 1024**2
# A table that says the same in every row packs to a few hundredths; gzip cannot pack more than 1032-fold.
_LARGEST_RATIO = 500
_PIECE = 256 * 1024
_HEAD = 4096

BOMB = Text("解开后大得不合理", "it would unpack to an absurd size")
UNPACK_FIRST = Text("请先解压，再载入其中的表格", "Unpack it first and load the tables it holds")
_DAMAGED = Text("文件不完整或已损坏", "the file is cut off or damaged")
_GET_AGAIN = Text("请重新下载或重新压缩后再试", "Fetch it or pack it again and retry")


class _Readable(Protocol):
    """What bytes come from."""

    def read(self, size: int = -1, /) -> bytes: ...

    def close(self) -> None: ...


class Guarded(io.RawIOBase):
    """Bytes of one stream, read through; see the module for what is guarded.

    Args:
        name: the file, for messages.
        inner: where they come from; closed with this.
        tell: told how many bytes were read so far.
        packed: says how many bytes the unpacked ones took in the file, where they were packed.
    """

    def __init__(
        self,
        name: str,
        inner: _Readable,
        tell: Callable[[int], None] | None = None,
        packed: Callable[[], int] | None = None,
    ) -> None:
        super().__init__()
        self.count = 0
        self._name = name
        self._inner = inner
        self._tell = tell
        self._packed = packed

    def readable(self) -> bool:
        """It is."""
        return True

    def readinto(self, buffer: Buffer, /) -> int:
        """Read some bytes.

        Raises:
            InputError: they are damaged, cannot be read, or are far too many.
        """
        view = memoryview(buffer).cast("B")
        try:
            piece = self._inner.read(len(view))
        except (EOFError, zlib.error, gzip.BadGzipFile, zipfile.BadZipFile, RuntimeError, NotImplementedError):
            refuse(self._name, _DAMAGED, _GET_AGAIN)
        except OSError as error:
            _unreadable(self._name, error)
        view[: len(piece)] = piece
        self.count += len(piece)
        if self._packed and is_bomb(self.count, self._packed()):
            refuse(self._name, BOMB, UNPACK_FIRST)
        if self._tell:
            self._tell(self.count)
        return len(piece)

    def close(self) -> None:
        """Close what is below too."""
        if not self.closed:
            self._inner.close()
        super().close()


@dataclass(frozen=True, slots=True)
class Stream:
    """Bytes that can be opened more than once.

    Args:
        name: the file, or file/member of an archive.
        suffix: the ending of its name, in small letters, for what the bytes leave open.
        opener: opens them; told whether progress should be.
        path: the file itself, where the bytes are those of one.

    Examples:
        >>> stream = Stream("a.csv", ".csv", lambda told: Guarded("a.csv", io.BytesIO("甲,乙".encode())))
        >>> stream.head(3).decode()
        '甲'
    """

    name: str
    suffix: str
    opener: Callable[[bool], Guarded]
    path: Path | None = None

    def open(self, *, told: bool = False) -> io.BufferedReader:
        """Open the bytes from their beginning; to be closed by the caller."""
        return io.BufferedReader(self.opener(told), _PIECE)

    def head(self, size: int = _HEAD) -> bytes:
        """Return the first bytes."""
        with self.open() as stream:
            return stream.read(size)

    def read_all(self) -> bytes:
        """Return all bytes, for readers of formats that cannot be streamed.

        Raises:
            InputError: they are more than :data:`~innograph.loaders.reading.LARGEST_FILE`.
        """
        with self.open(told=True) as stream:
            data = stream.read(LARGEST_FILE + 1)
        if len(data) > LARGEST_FILE:
            limit = LARGEST_FILE // 1024 // 1024
            problem = Text(f"工作簿超过 {limit} MB", f"the workbook is larger than {limit} MB")
            refuse(self.name, problem, Text("请拆分，或另存为 CSV", "Split it, or save it as CSV"))
        return data


def is_bomb(unpacked: int, packed: int) -> bool:
    """Return whether bytes unpack to more than a table ever would.

    Examples:
        >>> is_bomb(50 * 1024**2, 60), is_bomb(100 * 1024**2, 1024**2), is_bomb(1024**3, 1024**2)
        (False, False, True)
    """
    return unpacked > LARGEST_UNPACKED or unpacked > max(_ALWAYS_SANE, packed * _LARGEST_RATIO)


def of_file(path: Path, progress: Progress | None = None) -> Stream:
    """Return the bytes of a file.

    Args:
        path: the file.
        progress: told how many of its bytes were read.

    Raises:
        InputError: it is missing, a folder or empty.
        NoPermission: it may not be read.
    """
    try:
        sound = path.is_file() and path.stat().st_size > 0
        if sound:
            path.open("rb").close()
    except PermissionError:
        raise NoPermission(path=path) from None
    except OSError:
        sound = False
    if not sound:
        read_bytes(path)  # says what is wrong, in the same words as for documents
    size = path.stat().st_size

    def tell(done: int) -> None:
        if progress:
            progress(done, size)

    def opener(told: bool) -> Guarded:
        try:
            return Guarded(path.name, path.open("rb", buffering=0), tell if told else None)
        except OSError as error:
            _unreadable(path.name, error)

    return Stream(path.name, path.suffix.lower(), opener, path)


def gunzipped(stream: Stream) -> Stream:
    """Return what a .gz holds."""

    def opener(told: bool) -> Guarded:
        below = stream.opener(told)
        inner = gzip.GzipFile(fileobj=io.BufferedReader(below, _PIECE), mode="rb")
        return _Packed(stream.name, inner, below)

    return Stream(stream.name, Path(stream.name.lower().removesuffix(".gz")).suffix, opener)


class _Packed(Guarded):
    """What a .gz holds; a GzipFile does not close the file below by itself."""

    def __init__(self, name: str, inner: gzip.GzipFile, below: Guarded) -> None:
        super().__init__(name, inner, packed=lambda: below.count)
        self._below = below

    def close(self) -> None:
        """Close the file below too."""
        super().close()
        self._below.close()


def _unreadable(name: str, error: OSError) -> NoReturn:
    reason = error.strerror or str(error)
    problem = Text(f"读不了这个文件（{reason}）", f"the file cannot be read ({reason})")
    refuse(name, problem, Text("请检查路径和磁盘", "Check the path and the disk"))
