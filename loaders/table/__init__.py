"""Tables: rosters in, assertions out, by mapping packs that are data (``data/packs/*.yaml``).

    bytes -> sheet -> pack, by the header -> assertions and issues, row by row

This version reads CSV.
"""

from .apply import load_table
from .model import Pack
from .packs import load_packs, match_pack
from .rows import Row, Sheet, read_table

__all__ = ["Pack", "Row", "Sheet", "load_packs", "load_table", "match_pack", "read_table"]
