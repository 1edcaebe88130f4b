"""Which regions a text means: full and short names, letters of provinces, bare counties; what is ambiguous is none."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from innograph.graph.regions import region_table

TABLE = region_table()


def codes(text: str) -> list[str]:
    return [region.code for _, _, region in TABLE.mentions(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("支持合肥、芜湖和铜陵", ["340100", "340200", "340700"]),
        ("加强与沪苏浙合作", ["310000", "320000", "330000"]),
        ("深化川渝、苏陕和闽宁协作", ["510000", "500000", "320000", "610000", "350000", "640000"]),
        ("联合云贵川", ["530000", "520000", "510000"]),
        ("杭州—桐乡—德清试点", ["330100", "330483", "330521"]),
        ("在昌吉市、阜康、玛纳斯等地试点", ["652301", "652302", "652324"]),
        ("北京市朝阳区、朝阳区", ["110000", "110105"]),
    ],
)
def test_what_is_named(text: str, expected: list[str]) -> None:
    assert codes(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "在朝阳区试点",
        "京沪高铁和川藏铁路",
        "新青年、云台、宁静",
        "天山南北长治久安",
        "发展朝阳产业",
        "日照充足",
        "其中卫生事业",
        "友谊商店、德清",
        "创建全国示范县",
        "支持吉林发展",
    ],
)
def test_what_is_no_name_of_one_region(text: str) -> None:
    assert codes(text) == []


def test_a_bare_county_needs_an_end() -> None:
    assert codes("北京、友谊商店") == ["110000"]
    assert codes("北京、友谊，") == ["110000", "230522"]


def test_a_name_that_several_regions_have_is_told_apart() -> None:
    assert TABLE.unique_name(TABLE["110105"]) == "北京市朝阳区"
    assert TABLE.split_head("北京市朝阳区") == (TABLE["110105"], "")
    assert TABLE.county_at("石河子经开区") == TABLE["659001"]
    assert TABLE.county_at("经开区") is None
    assert TABLE.county_at("合作平台") is None


@given(st.text(st.sampled_from("京沪苏浙川渝新疆昌吉市朝阳区、—和德清桐乡县中山长治久安等 ")))
def test_every_mention_stands_in_the_text(text: str) -> None:
    for begin, end, region in TABLE.mentions(text):
        assert 0 <= begin < end <= len(text)
        written = text[begin:end]
        assert len(written) == 1 or written[:2] in (region.name[:2], region.short[:2])


def test_a_banner_has_a_short_name() -> None:
    assert [region.code for region in TABLE.named("科右中旗")] == ["152222"]


def test_bare_names_at_home_hold_no_everyday_word() -> None:
    around = TABLE.bare_names_around(TABLE["421022"])
    assert "公安" not in around
    assert "荆州" in around
