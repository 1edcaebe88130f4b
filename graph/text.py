"""Bilingual texts and the language they are shown in.

Every text a user may see is a :class:`Text`: Chinese and English stand side by side where the text is used, so that
neither can be forgotten. The language is chosen once, by the surface, and read here.
"""

from __future__ import annotations

import locale
import os
import sys
from contextlib import contextmanager
from contextvars import ContextVar
from typing import TYPE_CHECKING, Literal, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Generator

Language = Literal["zh", "en"]

_language: ContextVar[Language] = ContextVar("innograph_language", default="zh")


class Text(NamedTuple):
    """One text in Chinese and in English.

    Examples:
        >>> greeting = Text("{n} 项任务", "{n} tasks")
        >>> with use_language("en"):
        ...     greeting.format(n=13)
        '13 tasks'
    """

    zh: str
    en: str

    def show(self, language: Language | None = None) -> str:
        """Return the text in ``language``, or in the language in use."""
        return self.zh if (language or _language.get()) == "zh" else self.en

    def format(self, **values: object) -> str:
        """Return the text in the language in use with its ``{fields}`` filled; ``Text`` values are shown too."""
        shown = {k: v.show() if isinstance(v, Text) else v for k, v in values.items()}
        return self.show().format(**shown)


def language() -> Language:
    """Return the language in use."""
    return _language.get()


def choose_language(chosen: Language) -> None:
    """Show texts in ``chosen`` from now on, until the end of the :func:`use_language` block around."""
    _language.set(chosen)


@contextmanager
def use_language(chosen: Language) -> Generator[None]:
    """Show texts in ``chosen`` inside the ``with`` block."""
    token = _language.set(chosen)
    try:
        yield
    finally:
        _language.reset(token)


def language_of_user() -> Language:
    """Return the language of the user's environment: ``INNOGRAPH_LANG``, then the locale; Chinese where none says.

    Examples:
        >>> language_of_user() in ("zh", "en")
        True
    """
    names = [os.environ.get(k, "") for k in ("INNOGRAPH_LANG", "LC_ALL", "LC_MESSAGES", "LANG")]
    if sys.platform == "win32":  # elsewhere Python calls the C locale en_US
        names.append(locale.getlocale()[0] or "")
    for name in names:
        if name.lower().startswith(("zh", "chinese")):
            return "zh"
        if name and not name.startswith(("C", "POSIX")):
            return "en"
    return "zh"
