"""The parts of a workbook (.xlsx, .xlsm) that hold its sheets, for what its values alone do not say."""

from __future__ import annotations

import io
import posixpath
import zipfile
import zlib
from typing import TYPE_CHECKING
from xml.etree import ElementTree

if TYPE_CHECKING:
    from collections.abc import Iterator
    from xml.etree.ElementTree import Element

_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_STRICT = "{http://purl.oclc.org/ooxml/spreadsheetml/main}"
# A sheet's rows are let go of once they were read.
_ROWS = frozenset({f"{_MAIN}row", f"{_STRICT}row"})
_RELATION = (
    "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id",
    "{http://purl.oclc.org/ooxml/officeDocument/relationships}id",
)


class SheetParts:
    """The parts of a workbook; one of another kind, such as .ods, has none.

    Args:
        data: the workbook, as :func:`~innograph.loaders.reading.archive.open_archive` has found it sane.

    Raises:
        ValueError: a part of it is damaged or no XML.
    """

    def __init__(self, data: bytes) -> None:
        self._archive = zipfile.ZipFile(io.BytesIO(data))
        self._names = set(self._archive.namelist())
        self._sheets = dict(self._read_sheets())

    def __contains__(self, path: str) -> bool:
        return path in self._names

    def path_of(self, sheet: str) -> str:
        """Return the part that holds a sheet; empty if there is none."""
        path = self._sheets.get(sheet, "")
        return path if path in self._names else ""

    def text_of(self, sheet: str) -> bytes:
        """Return the XML of a sheet; empty if there is none.

        Raises:
            ValueError: it is damaged.
        """
        path = self.path_of(sheet)
        try:
            return self._archive.read(path) if path else b""
        except (zipfile.BadZipFile, zlib.error) as error:
            raise ValueError(path) from error

    def _read_sheets(self) -> Iterator[tuple[str, str]]:
        """The name of each sheet and the part of the archive that holds it."""
        targets: dict[str, str] = {}
        relations = "xl/_rels/workbook.xml.rels"
        if relations in self._names and "xl/workbook.xml" in self._names:
            for element in self._parsed(relations):
                target = element.get("Target") or ""
                targets[element.get("Id") or ""] = posixpath.normpath(posixpath.join("/xl", target)).lstrip("/")
            for element in self.elements("xl/workbook.xml", "sheet"):
                relation = next((found for key in _RELATION if (found := element.get(key))), "")
                yield element.get("name") or "", targets.get(relation, "")

    def elements(self, path: str, *names: str) -> Iterator[Element]:
        """Yield the elements of these names in the order they begin, let go of once they were seen.

        Raises:
            ValueError: the part is damaged or no XML.
        """
        tags = [space + name for name in names for space in (_MAIN, _STRICT)]
        return (element for element in self._parsed(path) if element.tag in tags)

    def _parsed(self, path: str) -> Iterator[Element]:
        try:
            with self._archive.open(path) as part:
                # open_archive has refused every DOCTYPE, and with it all entities.
                for event, element in ElementTree.iterparse(part, events=("start", "end")):  # noqa: S314
                    if event == "start":
                        yield element
                    elif element.tag in _ROWS:
                        element.clear()
        except (ElementTree.ParseError, zipfile.BadZipFile, zlib.error) as error:
            raise ValueError(path) from error
