"""Copies of the source files, named by their content, so that evidence can be looked up when the original is gone."""

from __future__ import annotations

import hashlib
import io
import os
import re
import secrets
from contextlib import contextmanager
from pathlib import Path
from typing import IO, TYPE_CHECKING

from ..errors import InputError
from ..text import Text
from .failures import explained

if TYPE_CHECKING:
    from collections.abc import Collection, Generator, Iterator

_COPY = re.compile(r"(?P<sha256>[0-9a-f]{64})(\..*)?", re.DOTALL)
_UNFINISHED = re.compile(r"\.[0-9a-f]{64}-[0-9a-f]{8}\.part")
_PENDING = re.compile(r"\.(?P<sha256>[0-9a-f]{64})\.pending")
_CHUNK = 1 << 20


class Archive:
    """A folder of copies, each complete from the moment it has its name.

    Args:
        folder: is made when the first copy is kept.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def keep(self, content: Path | bytes, sha256: str, suffix: str, *, pending: bool = False) -> Path:
        """Keep a copy; keeping the same content again does nothing.

        Call it inside :meth:`Ledger.writing <innograph.graph.ledger.Ledger.writing>` where another process may use the
        folder: what is half-written outside of it counts as left by a process that was killed.

        Args:
            content: a file, or its bytes.
            sha256: of the content, 64 hexadecimal digits.
            suffix: such as ``.txt``, so that the copy opens in the right program.
            pending: whether the ledger's change is still to be made: :meth:`confirm` follows, or, where it was interrupted, :meth:`settle`.

        Returns:
            The copy.

        Raises:
            InputError: the content is not what ``sha256`` says; the file was changed while it was read.
            NoSpace: the disk is full; nothing is left behind.
            NoPermission: the folder may not be written, or the file not be read.

        Examples:
            >>> import tempfile
            >>> archive = Archive(Path(tempfile.mkdtemp()))
            >>> sha256 = hashlib.sha256(b"plan").hexdigest()
            >>> archive.keep(b"plan", sha256, ".txt") == archive.keep(b"plan", sha256, ".txt") == archive.path(sha256)
            True
        """
        with explained(self.folder):
            kept = self.path(sha256)
            if kept is not None:
                return kept
            self.folder.mkdir(parents=True, exist_ok=True)
            copy = self.folder / f"{sha256}{suffix.lower()}"
            part = self.folder / f".{sha256}-{secrets.token_hex(4)}.part"
            try:
                if _write(content, part) != sha256:
                    raise _changed(content)
                if pending:
                    self._mark_of(sha256).touch()
                part.replace(copy)
            finally:
                part.unlink(missing_ok=True)
            _sync_folder(self.folder)
            return copy

    def path(self, sha256: str) -> Path | None:
        """Return the copy of that content, or ``None`` if there is none."""
        return next((copy for copy in sorted(self.folder.glob(f"{sha256}*")) if _COPY.fullmatch(copy.name)), None)

    def confirm(self, sha256: str) -> None:
        """Take a pending copy for good: its content is recorded.

        Raises:
            NoPermission: the folder may not be written.
        """
        with explained(self.folder):
            self._mark_of(sha256).unlink(missing_ok=True)

    def settle(self, recorded: Collection[str]) -> None:
        """Confirm the pending copies whose content is recorded, and remove the others: their load was interrupted.

        What an interrupted :meth:`keep` left half-written goes too. Call it while no other process can be recording a
        source, that is inside :meth:`Ledger.writing <innograph.graph.ledger.Ledger.writing>`.

        Args:
            recorded: the ``sha256`` of each content that the ledger has.

        Raises:
            NoPermission: the folder may not be written.

        Examples:
            >>> import tempfile
            >>> archive = Archive(Path(tempfile.mkdtemp()))
            >>> one, other = (hashlib.sha256(word).hexdigest() for word in (b"one", b"other"))
            >>> _ = archive.keep(b"one", one, ".txt", pending=True), archive.keep(b"other", other, ".txt", pending=True)
            >>> archive.settle([one])
            >>> archive.path(one) is None, archive.path(other) is None
            (False, True)
        """
        with explained(self.folder):
            pending = {found["sha256"] for file in self._files() if (found := _PENDING.fullmatch(file.name))}
            for copy, sha256 in self._copies() if pending else ():
                if sha256 in pending and sha256 not in recorded:
                    copy.unlink(missing_ok=True)
            for sha256 in pending:
                self._mark_of(sha256).unlink(missing_ok=True)
            self._remove_unfinished()

    def _mark_of(self, sha256: str) -> Path:
        return self.folder / f".{sha256}.pending"

    def drop(self, gone: Collection[str]) -> list[Path]:
        """Remove the copies of these contents, and what an interrupted :meth:`keep` left half-written.

        All else is left alone, copies that no source refers to among it: should the ledger be lost, they are what it
        is made from again. Call it while no other process can be recording a source, that is inside
        :meth:`Ledger.writing <innograph.graph.ledger.Ledger.writing>`.

        Args:
            gone: the ``sha256`` of each content that no source has any more.

        Returns:
            The copies removed.

        Raises:
            NoPermission: the folder may not be written.
        """
        with explained(self.folder):
            removed = [copy for copy, sha256 in self._copies() if sha256 in gone]
            for copy in removed:
                copy.unlink(missing_ok=True)
            self._remove_unfinished()
        return removed

    def _copies(self) -> Iterator[tuple[Path, str]]:
        for file in sorted(self._files()):
            match = _COPY.fullmatch(file.name)
            if match:
                yield file, match["sha256"]

    def _remove_unfinished(self) -> None:
        for file in self._files():
            if _UNFINISHED.fullmatch(file.name):
                file.unlink(missing_ok=True)

    def _files(self) -> list[Path]:
        return list(self.folder.iterdir()) if self.folder.exists() else []


def _changed(content: Path | bytes) -> InputError:
    return InputError(
        file=content.name if isinstance(content, Path) else "",
        problem=Text("读取时文件内容发生了变化", "its content changed while it was read"),
        hint=Text("等保存完成后再载入一次", "Load it again when it has been saved"),
    )


def _write(content: Path | bytes, target: Path) -> str:
    """Write ``content`` to ``target`` and on to the disk; return the SHA-256 of what was written."""
    digest = hashlib.sha256()
    with _opened(content) as source, target.open("xb") as file:
        while chunk := source.read(_CHUNK):
            digest.update(chunk)
            file.write(chunk)
        file.flush()
        os.fsync(file.fileno())
    return digest.hexdigest()


@contextmanager
def _opened(content: Path | bytes) -> Generator[IO[bytes]]:
    with io.BytesIO(content) if isinstance(content, bytes) else content.open("rb") as source:
        yield source


def _sync_folder(folder: Path) -> None:
    """Make a new name in ``folder`` survive a loss of power; Windows keeps names safe by itself."""
    if os.name == "posix":
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
