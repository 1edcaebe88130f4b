"""Every address of the workbench is made here."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import parse_qsl, quote, urlencode

from .instead import excerpt, in_browser

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

__all__ = [
    "changed",
    "excerpt",
    "in_browser",
    "to_evidence",
    "to_explorer",
    "to_findings",
    "to_name",
    "to_question",
    "to_source",
    "to_template",
    "to_thing",
    "with_query",
]
_IN_PATH = "/:"


def to_thing(thing: str) -> str:
    """Return the address of a thing's page.

    Examples:
        >>> to_thing("Department:652301/科技局")
        '/thing/Department:652301/%E7%A7%91%E6%8A%80%E5%B1%80'
    """
    return f"/thing/{quote(thing, safe=_IN_PATH)}"


def to_name(name: str, kinds: Iterable[str] = ()) -> str:
    """Return the address that leads to the thing of that name, of one of the types ``kinds``.

    Examples:
        >>> to_name("A", ["Task"])
        '/go?name=A&kinds=Task'
    """
    listed = ",".join(kinds)
    return f"/go?{urlencode({'name': name, **({'kinds': listed} if listed else {})})}"


def to_question(question: str, given: Mapping[str, object] | None = None, suffix: str = "") -> str:
    """Return the address of a question's page with the parameters ``given``, or of the same in another form.

    Args:
        question: its id.
        given: values; ``None`` and empty ones are left out.
        suffix: ``.json``, ``.csv`` or ``.xlsx``; empty for the page.

    Examples:
        >>> to_question("unit", {"unit": "市科技局", "role": None}, ".csv")
        '/q/unit.csv?unit=%E5%B8%82%E7%A7%91%E6%8A%80%E5%B1%80'
    """
    return with_query(f"/q/{quote(question)}{suffix}", given or {})


def to_findings(thing: str, as_of: str = "") -> str:
    """Return the address of all findings about a thing, those of a day if one is given."""
    return with_query("/findings", {"thing": thing, "as_of": as_of})


def to_evidence(subject: str) -> str:
    """Return the address of the proof of a node or edge."""
    return f"/evidence/{quote(subject, safe=_IN_PATH)}"


def to_source(sha256: str, mark: str = "") -> str:
    """Return the address of a source's page; with ``mark``, the id of a node or edge, its quote is marked there."""
    return with_query(f"/sources/{sha256}", {"mark": mark}) + ("#mark" if mark else "")


def to_template(pack: str) -> str:
    """Return the address of the workbook to fill in for a kind of table."""
    return f"/templates/{quote(pack)}.xlsx"


def to_explorer(thing: str, depth: int = 1, as_of: str = "") -> str:
    """Return the address of the network around a thing, as it was on a day if one is given."""
    return with_query("/explore", {"centre": thing, "depth": depth, "as_of": as_of})


def with_query(path: str, given: Mapping[str, object]) -> str:
    """Return ``path`` with a query; values that are ``None`` or empty are left out."""
    return _with_pairs(path, given.items())


def _with_pairs(path: str, pairs: Iterable[tuple[str, object]]) -> str:
    query = urlencode([(name, str(value)) for name, value in pairs if value not in (None, "")])
    return f"{path}?{query}" if query else path


def changed(path: str, query: str, **values: object) -> str:
    """Return an address with some values of its query changed; ``None`` takes one away, and what is said twice stays so.

    Examples:
        >>> changed("/q/load", "sort=unit&page=2", sort="-unit", page=None)
        '/q/load?sort=-unit'
        >>> changed("/report", "state=open&state=confirmed", lang="en")
        '/report?state=open&state=confirmed&lang=en'
    """
    left, pairs = dict(values), list[tuple[str, object]]()
    for name, value in parse_qsl(query, keep_blank_values=True):
        if name not in values:
            pairs.append((name, value))
        elif name in left:
            pairs.append((name, left.pop(name)))
    return _with_pairs(path, [*pairs, *left.items()])
