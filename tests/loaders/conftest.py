"""LibreOffice for the tests of files that only it can open."""

from __future__ import annotations

import pytest
from needs import missing

from innograph.loaders.reading.office import find_libreoffice


@pytest.fixture(scope="session")
def libreoffice() -> str:
    """The program; a skip (in CI, a failure) where it is not installed."""
    program = find_libreoffice()
    if program is None:
        missing(
            "tests of .doc, .wps, .rtf and .odt need LibreOffice: apt-get install --no-install-recommends "
            "libreoffice-writer-nogui libreoffice-calc-nogui"
        )
    return program
