"""Countries and territories (ISO 3166): which one a code or a name means."""

from __future__ import annotations

import csv
import re
import unicodedata
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import TYPE_CHECKING

from ..identity import plain
from .model import NATION, Region
from .table import region_table

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

# What ISO 3166 lists beside China and GB/T 2260 lists in it: one node, whichever of the two a source uses.
_DIVISIONS = {"HK": "810000", "MO": "820000", "TW": "710000"}
_LONGEST_CODE = 3
# NA is Namibia; N.A. says that there is no answer.
_NOT_GIVEN = re.compile(r"n\.\s*a\.?", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Country:
    """One entry of ISO 3166.

    Args:
        alpha2: its two letters.
        alpha3: its three letters.
        numeric: its three digits; empty where it has none.
        zh: the Chinese name.
        en: the English name.
        aliases: other names, in both languages.
        eurostat: the letters that European statistics use, where they differ.
        nuts: whether it is divided into NUTS or statistical regions coded like them.
    """

    alpha2: str
    alpha3: str
    numeric: str
    zh: str
    en: str
    aliases: tuple[str, ...]
    eurostat: str
    nuts: bool


@cache
def countries() -> Mapping[str, Country]:
    """Return all countries and territories by their two letters (``data/lookups/countries.csv``).

    Examples:
        >>> countries()["GR"].eurostat, countries()["NA"].en, len(countries())
        ('EL', 'Namibia', 250)
    """
    text = files("innograph").joinpath("data/lookups/countries.csv").read_text(encoding="utf-8")
    return MappingProxyType({row["alpha2"]: _country(row) for row in csv.DictReader(text.splitlines())})


def _country(row: dict[str, str]) -> Country:
    return Country(
        alpha2=row["alpha2"],
        alpha3=row["alpha3"],
        numeric=row["numeric"],
        zh=row["zh"],
        en=row["en"],
        aliases=tuple(filter(None, row["aliases"].split("|"))),
        eurostat=row["eurostat"],
        nuts=row["nuts"] == "yes",
    )


def country_of(text: str) -> Region | None:
    """Return the country that ``text`` means: by code of ISO 3166 or Eurostat, or by Chinese or English name.

    Case, width, dots, spaces and accents do not count. China is the nation of GB/T 2260; Hong Kong, Macao and Taiwan
    are its divisions, so that HK in a column of countries and 香港 in a roster are one region.

    Examples:
        >>> [country_of(text).code for text in ("DE", "deu", "德国", "Germany", "EL", "UK", "NA", "u.s.a.")]
        ['DE', 'DE', 'DE', 'DE', 'GR', 'GB', 'NA', 'US']
        >>> [country_of(text).code for text in ("CN", "中国", "HK", "香港")], country_of("n/a") is None
        (['100000', '100000', '810000', '810000'], True)
    """
    if _NOT_GIVEN.fullmatch(text.strip()):
        return None
    key = _folded(text)
    if key.isascii() and len(key) <= _LONGEST_CODE and plain(text).replace(".", "").casefold() != key:
        return None
    return _by_key().get(key) or _by_key().get(key.removeprefix("the"))


def _folded(text: str) -> str:
    """Return ``text`` without what typing changes: case, width, accents, and all but letters and digits."""
    compatible = unicodedata.normalize("NFKD", text.replace("&", " and ")).casefold()
    return "".join(c for c in compatible if c.isalnum())


@cache
def _by_key() -> dict[str, Region]:
    return {_folded(key): _region(country) for country in countries().values() for key in _keys(country)}


def _keys(country: Country) -> Iterator[str]:
    keys = (country.alpha2, country.alpha3, country.eurostat, country.zh, country.en, *country.aliases)
    yield from filter(None, keys)


def _region(country: Country) -> Region:
    if country.alpha2 == "CN":
        return NATION
    if country.alpha2 in _DIVISIONS:
        return region_table()[_DIVISIONS[country.alpha2]]
    return Region(country.alpha2, country.zh, country.zh, "country", "")
