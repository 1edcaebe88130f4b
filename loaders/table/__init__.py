"""Tables: rosters and open data in, assertions out, by mapping packs that are data (``data/packs/*.yaml``).

file -> sheets -> a pack each, by the header or by name -> assertions and issues, row by row
"""

from .apply import load_table
from .checks import read_expected
from .model import Expected, Pack
from .packs import choose_packs, load_packs, match_pack

__all__ = ["Expected", "Pack", "choose_packs", "load_packs", "load_table", "match_pack", "read_expected"]
