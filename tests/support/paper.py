"""Word documents on paper: how many pages LibreOffice makes of them."""

from __future__ import annotations

import subprocess
from typing import TYPE_CHECKING

from needs import missing
from pypdfium2 import PdfDocument

from innograph.loaders.reading.office import find_libreoffice

if TYPE_CHECKING:
    from pathlib import Path


def pages_of(document: bytes, folder: Path) -> list[str]:
    """Return the text of each page."""
    program = find_libreoffice()
    if program is None:
        missing("pages are counted by LibreOffice: apt-get install --no-install-recommends libreoffice-writer-nogui")
    file = folder / "report.docx"
    file.write_bytes(document)
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    command = [program, profile, "--headless", "--convert-to", "pdf", "--outdir", str(folder), str(file)]
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    with PdfDocument(folder / "report.pdf") as pdf:
        return [page.get_textpage().get_text_range() for page in pdf]


def body_pages(document: bytes, folder: Path, annex: str) -> int:
    """Return how many pages stand before the first that begins with an annex's number, of which there must be one."""
    pages = pages_of(document, folder)
    return next(at for at, text in enumerate(pages) if text.lstrip().startswith(annex))
