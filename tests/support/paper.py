"""LibreOffice for tests: documents in another form, and how many pages of paper a Word document fills."""

from __future__ import annotations

import subprocess
from typing import TYPE_CHECKING

from needs import missing
from pypdfium2 import PdfDocument

from innograph.loaders.reading.office import find_libreoffice

if TYPE_CHECKING:
    from pathlib import Path


def converted(file: Path, form: str, into: Path) -> Path:
    """Return the file that LibreOffice makes of this one, in the form that its new ending names; else the test skips."""
    program = find_libreoffice()
    if program is None:
        missing("apt-get install --no-install-recommends libreoffice-writer-nogui libreoffice-calc-nogui")
    profile = f"-env:UserInstallation={(into / 'profile').absolute().as_uri()}"
    command = [program, profile, "--headless", "--convert-to", form, "--outdir", str(into), str(file)]
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    return into / f"{file.stem}.{form}"


def pages_of(document: bytes, folder: Path) -> list[str]:
    """Return the text of each page."""
    file = folder / "report.docx"
    file.write_bytes(document)
    with PdfDocument(converted(file, "pdf", folder)) as pdf:
        return [page.get_textpage().get_text_range() for page in pdf]


def body_pages(document: bytes, folder: Path, annex: str) -> int:
    """Return how many pages stand before the first that begins with an annex's number, of which there must be one."""
    pages = pages_of(document, folder)
    return next(at for at, text in enumerate(pages) if text.lstrip().startswith(annex))
