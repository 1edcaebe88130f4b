"""Pieces of Markdown for the generated reference pages."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

_SPECIAL = re.compile(r"([\\`*_\[\]|~])")


def prose(text: str) -> str:
    r"""Return ``text`` such that Markdown shows it as it is, on one line, also in a cell of a table.

    Examples:
        >>> print(prose("one of > >= = ~ <= range\n*|*"))
        one of &gt; &gt;= = \~ &lt;= range \*\|\*
    """
    escaped = _SPECIAL.sub(r"\\\1", " ".join(text.split()).replace("&", "&amp;"))
    return escaped.replace("<", "&lt;").replace(">", "&gt;")


def code(text: str) -> str:
    r"""Return ``text`` as code, also in a cell of a table.

    Examples:
        >>> print(code("LEADS|SUPPORTS"), code("a`b"))
        `LEADS\|SUPPORTS` ``a`b``
    """
    longest = max((len(run) for run in re.findall("`+", text)), default=0)
    fence = "`" * (longest + 1)
    space = " " if text.startswith("`") or text.endswith("`") else ""
    return f"{fence}{space}{text}{space}{fence}".replace("|", "\\|")


def table(header: Sequence[str], rows: Iterable[Sequence[str]]) -> list[str]:
    r"""Return the lines of a table; the cells are Markdown already.

    Examples:
        >>> print("\n".join(table(["a", "b"], [["1", ""]])))
        | a | b |
        | --- | --- |
        | 1 | |
    """
    lines = [header, ["---"] * len(header), *rows]
    return [" ".join(["|", *(f"{cell} |" if cell else "|" for cell in line)]) for line in lines]
