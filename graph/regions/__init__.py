"""Regions: the administrative divisions of China, the countries of the world, and the regions of Europe.

Which region a text means, what it lies within, and how far from home it is.
"""

from .countries import Country, countries, country_of
from .finding import Place, find_region, region_in_name
from .model import LEVELS, NATION, Region
from .nuts import nuts_region
from .relative import RelativeLevel, relative_level, relative_words
from .table import RegionTable, region_table
from .tree import ancestors, country_code, full_name, region_by_code

__all__ = [
    "LEVELS",
    "NATION",
    "Country",
    "Place",
    "Region",
    "RegionTable",
    "RelativeLevel",
    "ancestors",
    "countries",
    "country_code",
    "country_of",
    "find_region",
    "full_name",
    "nuts_region",
    "region_by_code",
    "region_in_name",
    "region_table",
    "relative_level",
    "relative_words",
]
