"""Which region a cell, an address or an organisation's name means, and that nothing is guessed."""

from __future__ import annotations

import re
import time
from itertools import cycle, islice

import pytest
from hypothesis import given
from hypothesis import strategies as st

from innograph.graph.regions import NATION, Region, find_region, full_name, region_in_name, region_table

TABLE = region_table()
DIVISIONS = st.sampled_from(list(TABLE))
CHANGJI, CHANGCHUN, TAICANG = TABLE["652301"], TABLE["220100"], TABLE["320585"]


def codes(text: str, home: Region | None = None) -> list[str]:
    return [region.code for region in find_region(text, home).regions]


class TestOne:
    @pytest.mark.parametrize(
        ("text", "code", "rest"),
        [
            ("昌吉州", "652300", ""),
            ("昌吉回族自治州", "652300", ""),
            ("吉林省长春市朝阳区", "220104", ""),
            ("新疆维吾尔自治区昌吉回族自治州昌吉市延安北路1号", "652301", "延安北路1号"),
            ("北京市海淀区中关村大街1号", "110108", "中关村大街1号"),
            ("江苏省 苏州市 太仓市", "320585", ""),
            ("江苏省/苏州市/太仓市/沙溪镇1-2号", "320585", "沙溪镇1-2号"),
            ("831100 新疆昌吉市", "652301", ""),
            ("中国北京市海淀区", "110108", ""),
            ("内蒙古科右中旗", "152222", ""),
            ("海淀区中关村大街", "110108", "中关村大街"),
            # 省 and 市 left out
            ("吉林长春", "220100", ""),
            ("江苏太仓沙溪镇", "320585", "沙溪镇"),
            ("广东东莞道滘镇", "441900", "道滘镇"),
            ("上海浦东", "310115", ""),
            ("北京海淀", "110108", ""),
            ("太仓", "320585", ""),
            # What stands between two divisions and is none
            ("河南省省直辖县级行政区划济源市沁园路", "419001", "沁园路"),
            ("新疆维吾尔自治区自治区直辖县级行政区划石河子市", "659001", ""),
            ("新疆生产建设兵团第六师五家渠市", "659004", ""),
            ("北京市市辖区海淀区", "110108", ""),
            ("重庆市县城口县", "500229", ""),
            ("北京市中关村科技园区昌平区超前路", "110114", "超前路"),
            ("合肥市高新区望江西路800号", "340100", "高新区望江西路800号"),
            ("苏州工业园区星湖街", "320500", "工业园区星湖街"),
            ("北京市北京市海淀区", "110108", ""),
            # 青岛's 市南区, not 青岛市's 南区
            ("青岛市南区", "370202", ""),
            ("济南市中区英雄山路", "370103", "英雄山路"),
            # Another of the same province: its code hangs on the province
            ("新疆伊犁州塔城地区乌苏市", "654202", ""),
            # A street of another town's name, and a market
            ("乌鲁木齐市长春路", "650100", "长春路"),
            ("北京朝阳门内大街", "110000", "朝阳门内大街"),
            ("上海市场路", "310000", "市场路"),
            # 新城区 of another city is not meant
            ("咸阳市新城区某街", "610400", "新城区某街"),
            # One reading contains the other
            ("吉林", "220000", ""),
            ("昌吉", "652300", ""),
            ("新疆昌吉延安北路", "652300", "延安北路"),
        ],
    )
    def test_name_or_address(self, text: str, code: str, rest: str) -> None:
        found = find_region(text)
        assert (codes(text), found.rest, found.by_home) == ([code], rest, False)

    @pytest.mark.parametrize(
        ("text", "code"),
        [
            ("652301", "652301"),
            ("６５２３０１", "652301"),
            ("652301000000", "652301"),
            ("652301001007", "652301"),
            ("100000", "100000"),
        ],
    )
    def test_codes(self, text: str, code: str) -> None:
        assert codes(text) == [code]

    @pytest.mark.parametrize(
        ("text", "code"),
        [("德国", "DE"), ("DE", "DE"), ("DE212", "DE212"), ("HK", "810000"), ("香港", "810000"), ("中国", "100000")],
    )
    def test_beyond_the_divisions(self, text: str, code: str) -> None:
        assert codes(text) == [code]

    @pytest.mark.parametrize(
        "text",
        [
            "",
            "延安北路1号",
            "长春路12号",
            "中山北一路",
            "中山大学",
            "朝阳门外大街",
            "999999",
            "652301001",
            "和平",
            "某某公司",
            "德国路",
            "太仓沙溪镇",
        ],
    )
    def test_none(self, text: str) -> None:
        assert codes(text) == []

    @given(DIVISIONS)
    def test_every_division_by_code_and_full_name(self, region: Region) -> None:
        for text in (region.code, f"{region.code}000000", full_name(region)):
            assert (find_region(text).region, find_region(text).rest) == (region, "")
        found = find_region(f"{full_name(region)}延安北路1号")
        assert (found.region, found.rest) == (region, "延安北路1号")


class TestSeveral:
    @pytest.mark.parametrize(
        ("text", "expected"),
        [
            ("朝阳区", ["110105", "220104"]),
            ("鼓楼区", ["320106", "320302", "350102", "410204"]),
            ("江苏省鼓楼区中山路", ["320106", "320302"]),
            ("兴安", ["152200", "230405", "450325"]),
            # 黑山县 or Montenegro
            ("黑山", ["210726", "ME"]),
            # They can't both be true
            ("江苏省昌吉市", ["320000", "652301"]),
            ("北京市、上海市", ["110000", "310000"]),
        ],
    )
    def test_all_that_are_possible(self, text: str, expected: list[str]) -> None:
        assert codes(text) == expected
        assert find_region(text).region is None

    @pytest.mark.parametrize(
        ("text", "home", "code"),
        [
            ("朝阳区", CHANGCHUN, "220104"),
            ("朝阳区前进大街", CHANGCHUN, "220104"),
            ("朝阳区", TABLE["220104"], "220104"),
            ("朝阳区", TABLE["220102"], "220104"),
            ("朝阳区", TABLE["110108"], "110105"),
            ("鼓楼区", TABLE["320100"], "320106"),
            ("鼓楼区", TABLE["350000"], "350102"),
        ],
    )
    def test_home_tells(self, text: str, home: Region, code: str) -> None:
        found = find_region(text, home)
        assert (codes(text, home), found.by_home) == ([code], True)

    @pytest.mark.parametrize("home", [None, NATION, CHANGJI])
    def test_home_that_does_not_tell(self, home: Region | None) -> None:
        assert codes("朝阳区", home) == ["110105", "220104"]

    def test_two_of_homes_province(self) -> None:
        assert codes("鼓楼区", TABLE["320000"]) == ["320106", "320302", "350102", "410204"]

    def test_bare_names_near_home(self) -> None:
        assert codes("太仓沙溪镇", TAICANG) == ["320585"]
        assert codes("昌吉延安北路1号", CHANGJI) == ["652300"]
        assert codes("延安北路1号", CHANGJI) == []


class TestNames:
    @pytest.mark.parametrize(
        ("name", "code"),
        [
            ("昌吉市某某公司", "652301"),
            ("北京市朝阳区某某中心", "110105"),
            ("苏州大学", "320500"),
            ("吉林大学", "220000"),
            ("江苏太仓某某公司", "320000"),
        ],
    )
    def test_the_region_at_its_head(self, name: str, code: str) -> None:
        assert region_in_name(name) == TABLE[code]

    @pytest.mark.parametrize(
        "name", ["朝阳区某某中心", "太仓某某公司", "长兴某某公司", "中国科学院", "中山大学", "某某公司", ""]
    )
    def test_none(self, name: str) -> None:
        assert region_in_name(name) is None


PIECES = "北京市 海淀区 朝阳区 吉林 长春 新疆 昌吉 延安北路 中山 大学 市 区 县 高新区 兵团 、 中国 1号 652301 江苏省 太仓 鼓楼区 直辖 DE"


@given(st.lists(st.sampled_from(PIECES.split()), max_size=8).map("".join), st.none() | DIVISIONS)
def test_what_is_found_stands_in_the_text(text: str, home: Region | None) -> None:
    for region in find_region(text, home).regions:
        if region.code in TABLE and region.code not in text:
            stem = re.sub("(?:地区|新区|特别行政区|自治区|[省市州盟县区旗])$", "", region.short)
            assert stem in text or region.short in text


@given(st.text(), st.none() | DIVISIONS)
def test_any_text_is_read(text: str, home: Region | None) -> None:
    found = find_region(text, home)
    assert len(set(found.regions)) == len(found.regions)
    region_in_name(text)


class TestSpeed:
    def test_ten_thousand_addresses(self) -> None:
        find_region("昌吉市")
        streets = cycle(["延安北路", "科技园区创新大道", "高新区望江西路", "长春路"])
        texts = [f"{full_name(region)}{next(streets)}{n}号" for n, region in enumerate(islice(cycle(TABLE), 10_000))]
        begun = time.process_time()
        for text in texts:
            find_region(text)
        assert time.process_time() - begun < 1.0

    @pytest.mark.parametrize(
        "text", ["北京" * 100_000, "省直辖县级行政区划" * 30_000, "北京市" + "区" * 200_000, "、" * 200_000]
    )
    def test_hostile_text(self, text: str) -> None:
        begun = time.process_time()
        find_region(text, CHANGJI)
        assert time.process_time() - begun < 1.0
