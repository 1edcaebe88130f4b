"""Which form of a picture a file's ending asks for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from innograph.graph.text import Text

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
