"""Writes an export to a file or folder, whole or not at all."""

from __future__ import annotations

import io
import zipfile
from typing import TYPE_CHECKING

from innograph.graph.errors import UsageError
from innograph.graph.ontology import load_ontology
from innograph.graph.text import Text
from innograph.graph.without_cycles import without_cycles

from ..files import explained_writing, whole_file
from .csvs import csv_files
from .cypher import cypher_script
from .graphml import graphml
from .jsonld import json_ld

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from pathlib import Path
    from typing import IO

    from innograph.graph.records import Graph

TEXTS: Mapping[str, Callable[[Graph], Iterator[str]]] = {
    "graphml": graphml,
    "jsonld": json_ld,
    "cypher": cypher_script,
}
"""The forms that are one text."""
ENDINGS = {".graphml": "graphml", ".jsonld": "jsonld", ".cypher": "cypher", ".zip": "csv", "": "csv"}
"""The form that the ending of a file means; a folder has none."""
_EPOCH = (1980, 1, 1, 0, 0, 0)  # no time of day: the same graph gives the same bytes


class UnknownForm(UsageError):
    """A file's name does not say what it is to hold."""

    code = "unknown-form"
    text = Text(
        "看不出 {path} 是什么格式。请用 --format 指明 graphml、jsonld、csv 或 cypher",
        "The name {path} does not say which format is wanted. Say --format graphml, jsonld, csv or cypher",
    )


class NoFolder(UsageError):
    """There is a folder where a file should be, or a file where a folder should be."""

    code = "no-folder"
    text = Text(
        "{path} 已存在，不能写入：csv 要文件夹或 .zip，其他格式要文件",
        "{path} is in the way: csv needs a folder or a .zip, the other formats a file",
    )


class NotEmpty(UsageError):
    """A folder holds other things than an export."""

    code = "not-empty"
    text = Text(
        "文件夹 {path} 里有别的文件，请换一个空文件夹，或写成 .zip",
        "The folder {path} holds other files. Take an empty one, or write a .zip",
    )


def form_for(path: Path, form: str | None = None) -> str:
    """Return the form of what is written to ``path``: the one that is asked for, else what its ending means.

    Raises:
        UnknownForm: the ending means none.

    Examples:
        >>> from pathlib import Path
        >>> form_for(Path("a/graph.graphml")), form_for(Path("tables")), form_for(Path("x.txt"), "cypher")
        ('graphml', 'csv', 'cypher')
    """
    found = form or ENDINGS.get(path.suffix.lower())
    if not found:
        raise UnknownForm(path=path)
    return found


def write_graph(graph: Graph, form: str, path: Path) -> None:
    """Write ``graph`` to ``path``.

    Args:
        graph: assembled.
        form: ``graphml``, ``jsonld``, ``cypher`` or ``csv``.
        path: a file; for ``csv`` a folder, or a .zip.

    Raises:
        NoFolder: there is a folder where a file should be, or the other way round.
        NotEmpty: the folder holds other things than an export.
        NoPermission: it may not be written.
        NoSpace: the disk is full.

    Examples:
        >>> import tempfile
        >>> from pathlib import Path
        >>> from innograph.graph.records import Graph
        >>> file = Path(tempfile.mkdtemp()) / "empty.cypher"
        >>> write_graph(Graph({}, {}, "s"), "cypher", file)
        >>> file.read_text(encoding="utf-8").startswith("// innograph: 0 nodes")
        True
    """
    folder = form not in TEXTS and path.suffix.lower() != ".zip"
    if path.exists() and path.is_dir() != folder:
        raise NoFolder(path=path)
    if folder and path.is_dir() and any(path.iterdir()) and not any(path.glob("nodes-*.csv")):
        raise NotEmpty(path=path)
    with without_cycles():
        if form in TEXTS:
            with whole_file(path) as out:
                _write(out, TEXTS[form](graph))
        elif not folder:
            with whole_file(path) as out:
                write_zip(graph, out)
        else:
            _write_folder(graph, path)


def write_zip(graph: Graph, out: IO[bytes]) -> None:
    """Write the CSV files of ``graph`` to ``out`` as a .zip, one after the other."""
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for file in csv_files(graph):
            member = zipfile.ZipInfo(file.name, _EPOCH)
            member.compress_type = zipfile.ZIP_DEFLATED
            with archive.open(member, "w", force_zip64=True) as inside:
                _write(inside, file.pieces)


def _write_folder(graph: Graph, folder: Path) -> None:
    """Write each CSV file whole; those of types that the graph has no more go, whatever else is there stays."""
    written: set[str] = set()
    for file in csv_files(graph):
        with whole_file(folder / file.name) as out:
            _write(out, file.pieces)
        written.add(file.name)
    ontology = load_ontology()
    ours = {*(f"nodes-{name}.csv" for name in ontology.nodes), *(f"edges-{name}.csv" for name in ontology.edges)}
    for name in ours - written:
        with explained_writing(folder / name):
            (folder / name).unlink(missing_ok=True)


def _write(out: IO[bytes], pieces: Iterator[str]) -> None:
    text = io.TextIOWrapper(out, encoding="utf-8", newline="")
    text.writelines(pieces)
    text.flush()
    text.detach()
