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
_NOT_OF = Text("文件名的结尾与格式 {form} 不符", "the file's ending does not fit the format {form}")


def picture_form(path: Path | None, asked: str | None = None) -> str:
    """Return the form in which a picture is written: ``html``, ``svg`` or ``png``.

    Args:
        path: of the file, whose ending says the form.
        asked: the form that is asked for besides; by default what the ending says, and a page if there is none.

    Raises:
        NotDrawn: there is no such form, or the ending says another than the one that is asked for.

    Examples:
        >>> from pathlib import Path
        >>> picture_form(Path("图.PNG")), picture_form(None)
        ('png', 'html')
    """
    ending = path.suffix.lower() if path else ""
    if ending not in _FORMS:
        raise NotDrawn(asked=path, problem=_NO_FORM.format(ending=ending))
    form = _FORMS[ending]
    if asked and ending and asked != form:
        raise NotDrawn(asked=path, problem=_NOT_OF.format(form=asked))
    return asked or form
