"""Keeps what can be made again, sealed and quietly: what does not come back whole and of its kind is made anew.

A kept file begins with its kind and the digest of the rest, so that what is cut off, changed on the disk, or of an older
form is never taken for what it should be. Where nothing can be written, nothing is kept.
"""

from __future__ import annotations

import contextlib
from hashlib import blake2b
from typing import TYPE_CHECKING

from .writing import whole_file

if TYPE_CHECKING:
    from pathlib import Path

_DIGEST = 32


def keep(file: Path, kind: str, content: bytes) -> None:
    """Keep ``content`` in the place of what the file had; where that cannot be written, the file stays as it was.

    Args:
        file: where.
        kind: says what it is, and of which form where that has changed.
        content: of any kind.
    """
    with contextlib.suppress(OSError), whole_file(file) as out:  # a folder that is read only, a full disk
        out.writelines((_magic(kind), _digest(content), content))


def kept(file: Path, kind: str) -> bytes | None:
    """Return what was kept.

    Args:
        file: where it may be kept.
        kind: as :func:`keep` was told.

    Returns:
        ``None`` where the file is missing, damaged, or of another kind.

    Examples:
        >>> import tempfile
        >>> from pathlib import Path
        >>> file = Path(tempfile.mkdtemp()) / "a"
        >>> keep(file, "places", b"1 2")
        >>> kept(file, "places"), kept(file, "names")
        (b'1 2', None)
        >>> _ = file.write_bytes(file.read_bytes()[:-1])
        >>> kept(file, "places") is None
        True
    """
    magic = _magic(kind)
    try:
        with file.open("rb", buffering=0) as opened:  # unbuffered: the content is read once, and no copy made of it
            if opened.read(len(magic)) != magic:
                return None
            seal, content = opened.read(_DIGEST), opened.readall()
    except OSError:
        return None
    return content if seal == _digest(content) else None


def _magic(kind: str) -> bytes:
    return f"innograph {kind}\n".encode()


def _digest(content: bytes) -> bytes:
    return blake2b(content, digest_size=_DIGEST).digest()
