"""Chooses the loader for a file and runs it: this is the one list of loaders."""

from __future__ import annotations

from pathlib import PurePath
from typing import TYPE_CHECKING

from innograph.graph.errors import InputError, Refused
from innograph.graph.issues import Severity
from innograph.graph.text import Text

from .base import Loaded

if TYPE_CHECKING:
    from innograph.graph.regions import Region
    from innograph.graph.stores import Progress

    from .plan import ParsedPlan

PLAN_LOADER, PLAN_LOADER_VERSION = "plan", "2"
_TABLE_SUFFIXES = frozenset({".csv"})


def parse_plan(name: str, data: bytes, home: Region | None = None, progress: Progress | None = None) -> ParsedPlan:
    """Read and parse a plan document.

    Args:
        name: the file's name.
        data: its bytes.
        home: the region whose 市 or 州 is meant where the file does not say.
        progress: told how far the reading is, where a format takes long.

    Raises:
        InputError: the file cannot be read, or is no plan.
    """
    from .plan import parse
    from .reading import read_document

    return parse(read_document(name, data, progress), home)


def load_file(
    name: str,
    data: bytes,
    home: Region | None = None,
    *,
    strict: bool = False,
    progress: Progress | None = None,
) -> Loaded:
    """Read one file, whatever it is, into assertions.

    A .csv file may be a roster or a table of tasks: it is a roster where its header fits one.

    Args:
        name: the file's name.
        data: its bytes.
        home: the region whose 市 or 州 is meant where the file does not say.
        strict: refuse the file if anything in it is doubtful.
        progress: told how far the reading is, where a format takes long.

    Raises:
        InputError: the file cannot be read.
        Refused: ``strict``, and the file has warnings or errors.
    """
    if PurePath(name).suffix.lower() in _TABLE_SUFFIXES:
        loaded = _load_table(name, data, home)
    else:
        loaded = _load_plan(name, data, home, progress)
    doubtful = [issue for issue in loaded.issues if issue.severity is not Severity.INFO]
    if strict and doubtful:
        problem = Text(
            f"有{len(doubtful)}处疑问，按 --strict 未载入",
            f"{len(doubtful)} doubtful readings; not loaded because of --strict",
        )
        raise Refused(file=name, problem=problem, hint=_first_of(doubtful[0].message))
    return loaded


def _first_of(message: str) -> Text:
    return Text(
        f"其一：{message}（全部：innograph check 文件）", f"The first: {message} (all of them: innograph check FILE)"
    )


def _load_plan(name: str, data: bytes, home: Region | None, progress: Progress | None = None) -> Loaded:
    from .plan.emit import assertions_of

    plan = parse_plan(name, data, home, progress)
    return Loaded(PLAN_LOADER, PLAN_LOADER_VERSION, plan.head.title, tuple(assertions_of(plan)), plan.issues)


def _load_table(name: str, data: bytes, home: Region | None) -> Loaded:
    from .table import load_table

    try:
        return load_table(name, data)
    except InputError as no_roster:
        try:
            return _load_plan(name, data, home)
        except InputError:
            raise no_roster from None
