"""How far a region is from home, and what that is called there."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from innograph.graph.regions import (
    NATION,
    Region,
    ancestors,
    country_of,
    nuts_region,
    region_table,
    relative_level,
    relative_words,
)

TABLE = region_table()
GERMANY, BAVARIA = country_of("DE"), nuts_region("DE2")
assert GERMANY
assert BAVARIA
HOMES = st.sampled_from([*TABLE, NATION])
REGIONS = st.sampled_from([*TABLE, NATION, GERMANY, BAVARIA])


@pytest.mark.parametrize(
    ("home", "region", "level"),
    [
        ("652301", "652301", "local"),
        ("652301", "652300", "prefecture"),
        ("652301", "652302", "prefecture"),
        ("652301", "650000", "province"),
        ("652301", "650100", "province"),
        ("652301", "659001", "province"),
        ("652301", "100000", "nation"),
        ("652301", "110108", "nation"),
        ("652301", "810000", "abroad"),
        ("652301", "710000", "abroad"),
        ("652300", "652301", "local"),
        ("652300", "650100", "province"),
        ("650000", "652301", "local"),
        ("650000", "110000", "nation"),
        ("110108", "110105", "province"),
        ("659001", "652301", "province"),
        ("100000", "652301", "local"),
        ("100000", "820000", "abroad"),
        ("810000", "810000", "local"),
        ("810000", "440000", "abroad"),
        ("810000", "820000", "abroad"),
    ],
)
def test_the_least_level_that_contains_both(home: str, region: str, level: str) -> None:
    at = {**{one.code: one for one in TABLE}, NATION.code: NATION}
    assert relative_level(at[region], at[home]) == level


def test_other_countries() -> None:
    for region in (GERMANY, BAVARIA):
        assert region
        assert relative_level(region, TABLE["652301"]) == relative_level(region, NATION) == "abroad"


@pytest.mark.parametrize(
    ("home", "words"),
    [
        ("652301", "市内 州内 区内 区外 境外"),
        ("652324", "县内 州内 区内 区外 境外"),
        ("110108", "区内 市内 市外 境外"),
        ("500229", "县内 市内 市外 境外"),
        ("220104", "区内 市内 省内 省外 境外"),
        ("320585", "太仓市内 苏州市内 省内 省外 境外"),
        ("650102", "天山区内 市内 新疆内 新疆外 境外"),
        ("652900", "地区内 区内 区外 境外"),
        ("659001", "市内 区内 区外 境外"),
        ("320500", "市内 省内 省外 境外"),
        ("320000", "省内 省外 境外"),
        ("310000", "市内 市外 境外"),
        ("152222", "旗内 盟内 区内 区外 境外"),
        ("810000", "特区内 境外"),
        ("100000", "境内 境外"),
    ],
)
def test_words(home: str, words: str) -> None:
    at = NATION if home == NATION.code else TABLE[home]
    assert [word.zh for word in relative_words(at).values()] == words.split()


def test_english_words() -> None:
    assert [word.en for word in relative_words(TABLE["652301"]).values()] == [
        "in the city",
        "in the prefecture",
        "in the autonomous region",
        "elsewhere in China",
        "beyond the border",
    ]
    assert relative_words(TABLE["320585"])["local"].en == "in 太仓市"


@given(HOMES)
def test_no_two_words_are_alike(home: Region) -> None:
    words = list(relative_words(home).values())
    assert len({word.zh for word in words}) == len({word.en for word in words}) == len(words)


@given(REGIONS, HOMES)
def test_every_level_has_a_word_and_what_lies_around_is_no_farther(region: Region, home: Region) -> None:
    level = relative_level(region, home)
    order = list(relative_words(home))
    assert level in order
    if level == "abroad":
        return
    around = [one for one in ancestors(region) if relative_level(one, home) != "abroad"]
    assert all(order.index(relative_level(one, home)) >= order.index(level) for one in around)
