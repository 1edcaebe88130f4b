"""Lists of units as plans of the nation, provinces and cities write them; every list is invented, its reading by hand."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from innograph.graph.bodies import NATION
from innograph.graph.regions import Region, region_table
from innograph.loaders.document import Span, document_of_lines
from innograph.loaders.plan.responsibility.units import UnitList, is_unit_list, names_a_body, read_units

TABLE = region_table()
CITY, PROVINCE, COAST = TABLE["341000"], TABLE["340000"], TABLE["370200"]


def read(text: str, home: Region | None = CITY, level: str = "") -> UnitList:
    document = document_of_lines("a", text)
    return read_units(document, Span(0, len(text)), home, level=level)


def names(text: str, home: Region | None = CITY, level: str = "") -> list[str]:
    return [unit.canonical for unit in read(text, home, level).units]


class TestGroups:
    @pytest.mark.parametrize(
        ("text", "expected"),
        [
            (
                "省科技厅，各市、县〔区〕人民政府、江北新区管委会",
                ["省科技厅", "各市、县（区）人民政府", "江北新区管委会"],
            ),
            ("各县（市、区）人民政府，各保险机构", ["各县（市、区）人民政府", "各保险机构"]),
            ("各区、县级市，市财政局", ["各区、县级市", "市财政局"]),
            ("各区、市人民政府", ["各区、市人民政府"]),
            ("各省、自治区、直辖市人民政府", ["各省、自治区、直辖市人民政府"]),
            ("各区、市财政局", ["各区", "市财政局"]),
            ("各区，市政府", ["各区", "市政府"]),
            ("各县（市、区）党委和政府", ["各县（市、区）党委和政府"]),
            ("市科协、各乡镇和街道", ["市科协", "各乡镇", "各街道"]),
            ("市人才工作领导小组各成员单位", ["市人才工作领导小组各成员单位"]),
            ("省推进某某工作专班成员单位，各县人民政府", ["省推进某某工作专班成员单位", "各县人民政府"]),
            ("市直各部门和单位、各有关企业", ["市直各部门和单位", "各有关企业"]),
            ("各市、县（区", ["各市、县（区"]),
        ],
    )
    def test_groups(self, text: str, expected: list[str]) -> None:
        assert names(text) == expected


class TestGovernments:
    @pytest.mark.parametrize(
        ("text", "expected"),
        [
            ("省能源局，合肥市、芜湖市人民政府", ["省能源局", "合肥市人民政府", "芜湖市人民政府"]),
            ("合肥、芜湖、黄山市政府", ["合肥市人民政府", "芜湖市人民政府", "黄山市政府"]),
            ("合肥市和芜湖市人民政府", ["合肥市人民政府", "芜湖市人民政府"]),
            ("合肥市、省财政厅、芜湖市人民政府", ["合肥市", "省财政厅", "芜湖市人民政府"]),
            ("合肥市、芜湖市", ["合肥市", "芜湖市"]),
        ],
    )
    def test_each_place_has_its_own(self, text: str, expected: list[str]) -> None:
        assert names(text, PROVINCE) == expected

    def test_they_are_three_bodies(self) -> None:
        bodies = [unit.body.id for unit in read("合肥市、芜湖市、肥东县人民政府", PROVINCE).units]
        assert bodies == [f"Department:{code}/人民政府" for code in ("340100", "340200", "340122")]

    def test_what_is_written_stays(self) -> None:
        first = read("合肥市、芜湖市人民政府", PROVINCE).units[0]
        assert (first.written, first.span) == ("合肥市", Span(0, 3))


class TestLevels:
    @pytest.mark.parametrize(
        ("text", "expected"),
        [
            (
                "省商务厅、省交通集团、地方金融监管局",
                ["省商务厅", "省交通集团", "省地方金融监管局"],
            ),
            (
                "市水利局、银保监分局、人行、文旅集团、建设银行",
                ["市水利局", "市银保监分局", "人行", "市文旅集团", "建设银行"],
            ),
            ("省财政厅、财政部、合肥海关、海关、安徽证监局", ["省财政厅", "财政部", "合肥海关", "海关", "安徽证监局"]),
            ("省科技厅、农科院、铁塔公司、安徽大学", ["省科技厅", "省农科院", "省铁塔公司", "安徽大学"]),
            ("市委宣传部、统战部、文联、团市委", ["市委宣传部", "市委统战部", "市文联", "团市委"]),
        ],
    )
    def test_the_heads_level_is_its_members(self, text: str, expected: list[str]) -> None:
        assert names(text) == expected

    def test_the_level_goes_on_behind_the_lead(self) -> None:
        lead = read("省建设厅", PROVINCE)
        assert (lead.level, names("水利厅、省林业局", PROVINCE, lead.level)) == ("省", ["省水利厅", "省林业局"])

    def test_the_nation_has_none(self) -> None:
        found = read("教育部、发展改革委、药监局、全国妇联等和各市级人民政府负责", NATION)
        assert [u.canonical for u in found.units] == ["教育部", "发展改革委", "药监局", "全国妇联", "各市级人民政府"]
        assert [u.body.id for u in found.units] == [
            "Department:100000/教育部",
            "Department:100000/发改委",
            "Department:100000/药监局",
            "Department:100000/全国妇联",
            "Collective:100000/各市级人民政府",
        ]
        assert found.open


class TestAnd:
    @pytest.mark.parametrize(
        ("text", "expected"),
        [
            ("市财政局和人社局", ["市财政局", "市人社局"]),
            ("市教育局及文化和旅游局", ["市教育局", "市文化和旅游局"]),
            ("市发展和改革委员会和工业和信息化局", ["市发展和改革委员会", "市工业和信息化局"]),
            ("省文化和旅游厅、人力资源和社会保障厅", ["省文化和旅游厅", "省人力资源和社会保障厅"]),
            ("市商务和工信局与农业农村局", ["市商务和工信局", "市农业农村局"]),
            ("粮食和储备局、中央和国家机关工委", ["粮食和储备局", "中央和国家机关工委"]),
            ("教育部和科技部", ["教育部", "科技部"]),
            ("市科技局和各县（区）", ["市科技局", "各县（区）"]),
            ("呼和浩特市和包头市人民政府", ["呼和浩特市人民政府", "包头市人民政府"]),
            ("各有关部门和单位", ["各有关部门和单位"]),
        ],
    )
    def test_it_joins_bodies_and_stands_in_names(self, text: str, expected: list[str]) -> None:
        assert names(text) == expected


class TestOpen:
    @pytest.mark.parametrize(
        ("text", "is_open"),
        [
            ("公安部、水利部等有关部门负责", True),
            ("公安部、水利部等有关部门和单位负责", True),
            ("公安部、水利部等部门按职责分工分别负责", True),
            ("公安部、水利部等", True),
            ("公安部、水利部", False),
            ("公安部、水利部按职责分工负责", False),
        ],
    )
    def test_lists_that_name_more(self, text: str, is_open: bool) -> None:
        found = read(text, NATION)
        assert ([u.canonical for u in found.units], found.open) == (["公安部", "水利部"], is_open)

    def test_a_group_is_no_open_list(self) -> None:
        found = read("各有关部门和单位，各县级人民政府负责", NATION)
        assert ([u.canonical for u in found.units], found.open) == (["各有关部门和单位", "各县级人民政府"], False)


def test_every_unit_of_these_lists_is_certain() -> None:
    for home, text in (
        (
            PROVINCE,
            "省推进某某发展专项工作组、省电力公司、人行芜湖市中心支行、安徽证监局、江北新区管委会、省直有关部门",
        ),
        (NATION, "中央统战部、国管局、证监会、供销合作总社、中央军委某某部、共青团中央"),
        (COAST, "之江实验室、市委金融办、各区、县级市、市大数据中心、市公安局交警支队"),
    ):
        assert [u.canonical for u in read(text, home).units if not u.body.certain] == []


@pytest.mark.parametrize("prose", ["另行通知", "建设创新中心、打造示范基地", "构建新格局", "进一步加强工作部署"])
def test_prose_is_no_list(prose: str) -> None:
    assert not is_unit_list(prose)
    assert not names_a_body(prose)


class TestInBrackets:
    @pytest.mark.parametrize(
        ("text", "expected"),
        [
            (
                "市发改委（市能源局、市粮食局）、市工信局",
                ["市发改委", "市能源局", "市粮食局", "市工信局"],
            ),
            ("市发改委（能源局、粮食局）", ["市发改委", "市能源局", "市粮食局"]),
            ("有关部门（市科技局、财政局）", ["有关部门", "市科技局", "市财政局"]),
            # One alone is a second name plate, and levels are no bodies.
            ("市发改委（粮食局）、市工信局", ["市发改委（粮食局）", "市工信局"]),
            ("市科技局、各县（市、区）", ["市科技局", "各县（市、区）"]),
            ("市科技局、市高新区（新吴区）", ["市科技局", "市高新区（新吴区）"]),
        ],
    )
    def test_a_list_inside_brackets_is_of_units(self, text: str, expected: list[str]) -> None:
        assert names(text) == expected

    def test_the_units_inside_stand_where_they_are_written(self) -> None:
        assert [u.written for u in read("市发改委（能源局、粮食局）").units] == ["市发改委", "能源局", "粮食局"]

    @pytest.mark.parametrize("text", ["市科技局 王某某、市财政局 李某", "市科技局王某某、市财政局（李某）、赵某某"])
    def test_names_of_people_are_no_units_where_they_may_stand(self, text: str) -> None:
        document = document_of_lines("a", text)
        found = read_units(document, Span(0, len(text)), CITY, people=True).units
        assert [unit.written for unit in found] == ["市科技局", "市财政局"]


def test_what_is_certain_beside_others() -> None:
    found = read("市科技局、县经商局、省政府督查室、怀化经开区、南太湖新区、市高新区（新吴区）").units
    assert [unit.canonical for unit in found if not unit.body.certain] == []


def test_the_bureau_of_a_water_takes_no_level_word() -> None:
    assert names("市水利局、三峡海事局、供电局、海事局") == ["市水利局", "三峡海事局", "市供电局", "市海事局"]


PIECES = [
    "各",
    "市",
    "县",
    "（",
    "）",
    "〔区〕",
    "、",
    "，",
    "和",
    "及",
    "等",
    "等和",
    "有关部门",
    "人民政府",
    "科技局",
    "市委",
    "宣传部",
    " ",
    "\n",
    "负责",
]
PIECES += [
    "杭州市",
    "宁波",
    "省",
    "财政厅",
    "发展和改革委员会",
    "单位",
    "按职责分工",
    "（牵头）",
    "银保监分局",
    "/",
    "。",
    "团市委",
    "公司",
    "某",
    "　",
]


@given(
    st.lists(st.sampled_from(PIECES), max_size=24).map("".join) | st.text(max_size=60),
    st.sampled_from([None, CITY, PROVINCE, NATION]),
)
def test_any_list_is_read(text: str, home: Region | None) -> None:
    document = document_of_lines("a", f"责任单位：{text}。")
    span = Span(5, 5 + len(text))
    for unit in read_units(document, span, home).units:
        assert span.start <= unit.span.start < unit.span.end <= span.end
        assert document.quote(unit.span) == unit.written
        assert unit.body.id.startswith(f"{unit.body.label}:")


@given(
    st.lists(
        st.sampled_from(["省科技厅", "省教育厅", "省文化和旅游厅", "各市、县（区）人民政府", "合肥海关", "省农科院"]),
        min_size=1,
        unique=True,
    )
)
def test_units_come_out_as_they_went_in(units: list[str]) -> None:
    assert names("、".join(units), PROVINCE) == units


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("县农业农村局，双河镇、石桥镇人民政府", ["县农业农村局", "双河镇人民政府", "石桥镇人民政府"]),
        ("县水务局、白塔乡人民政府", ["县水务局", "白塔乡人民政府"]),
        ("县自然资源局、财政局，各乡镇人民政府", ["县自然资源局", "县财政局", "各乡镇人民政府"]),
    ],
)
def test_towns_have_their_own_names_and_share_a_word(text: str, expected: list[str]) -> None:
    assert [u.canonical for u in read_units(document_of_lines("a", text), Span(0, len(text)), None).units] == expected
