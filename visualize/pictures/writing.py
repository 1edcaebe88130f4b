"""Writes a picture to a file: text as all our text files are, pixels whole or not at all."""

from __future__ import annotations

from typing import TYPE_CHECKING

from innograph.graph.disk import DISK_FULL
from innograph.graph.errors import NoPermission, NoSpace
from innograph.graph.text import Text

from ..files import write_file
from .wanted import NotDrawn

if TYPE_CHECKING:
    from pathlib import Path


_FORMS = {"": "html", ".htm": "html", ".html": "html", ".svg": "svg", ".png": "png"}
_NO_FORM = Text(
    "不会写 {ending} 文件，可以是 .html、.svg 或 .png", "there is no form {ending}; .html, .svg and .png can be written"
)


def picture_form(path: Path | None) -> str:
    """Return the form that a file's ending asks for: ``html``, ``svg`` or ``png``.

    Args:
        path: of the file; a page if there is none, or if it has no ending.

    Raises:
        NotDrawn: there is no such form.

    Examples:
        >>> from pathlib import Path
        >>> picture_form(Path("图.PNG")), picture_form(None)
        ('png', 'html')
    """
    ending = path.suffix.lower() if path else ""
    if ending not in _FORMS:
        raise NotDrawn(asked=path, problem=_NO_FORM.format(ending=ending))
    return _FORMS[ending]


def write_picture(path: Path, content: str | bytes) -> None:
    """Write a picture, making the folder if need be.

    Args:
        path: of the file.
        content: HTML or SVG as text, PNG as bytes.

    Raises:
        NoPermission: the file may not be written.
        NoSpace: the disk is full.
    """
    if isinstance(content, str):
        write_file(path, content)
        return
    part = path.with_name(f".{path.name}.part")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        part.write_bytes(content)
        part.replace(path)
    except OSError as error:
        raise (NoSpace if error.errno in DISK_FULL else NoPermission)(path=path) from None
    finally:
        part.unlink(missing_ok=True)
