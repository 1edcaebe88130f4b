"""Files of rows: a file on disk becomes sheets of text rows, streamed, whatever its format.

    file -> stream of bytes (.gz, members of .zip) -> grid of lines, by format -> header -> rows

``streams`` and ``archives`` hand over bytes; ``formats`` says what they are; ``delimited``, ``workbook``, ``json_records``
and ``parquet`` make lines of them; ``heading`` and ``body`` say which lines are the header and which are rows.
"""

from .model import Row, Sheet
from .opening import open_sheets

__all__ = ["Row", "Sheet", "open_sheets"]
