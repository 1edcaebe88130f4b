"""The stages of the plan grammar, one by one, on short texts labelled by hand."""

from __future__ import annotations

import pytest
from plan_stage_samples import CHANGJI

from innograph.graph.bodies import identify, kind_of
from innograph.graph.regions import Region, region_table
from innograph.loaders.document import Span, document_of_lines
from innograph.loaders.plan import ParsedPlan, parse
from innograph.loaders.plan.model import Findings, Role, Target
from innograph.loaders.plan.names.reader import read_named
from innograph.loaders.plan.responsibility.assignments import Context, read_assignments
from innograph.loaders.plan.responsibility.units import UnitList, read_units
from innograph.loaders.plan.structure.outline import read_outline, sections_of, sentences
from innograph.loaders.plan.targets.reader import read_targets


def plan_of(text: str) -> ParsedPlan:
    return parse(document_of_lines("a.txt", text))


def outline_of(text: str) -> list[tuple[str, str, str]]:
    return [(s.path, s.number, s.title) for s in sections_of(read_outline(document_of_lines("a", text)))]


def sentences_of(text: str) -> list[str]:
    document = document_of_lines("a", text)
    return [document.quote(s) for s in sentences(document, Span(0, len(text)))]


def assigned(text: str) -> list[tuple[Role, list[str]]]:
    block = read_assignments(document_of_lines("a", text), Span(0, len(text)), Context(CHANGJI))
    return [(a.role, [u.canonical for u in a.units]) for a in block.assignments]


def listed(text: str, home: Region | None = CHANGJI) -> UnitList:
    return read_units(document_of_lines("a", text), Span(0, len(text)), home)


def names(text: str) -> list[str]:
    return [u.canonical for u in listed(text).units]


def targets_of(text: str) -> list[Target]:
    document = document_of_lines("a", text)
    return list(read_targets(document, sentences(document, Span(0, len(text)))))


def named(text: str) -> Findings:
    document = document_of_lines("a", text)
    return read_named(document, sentences(document, Span(0, len(text))))


def things(text: str) -> set[tuple[str, str]]:
    return {(m.category, m.name) for m in named(text).mentions}


class TestUnits:
    @pytest.mark.parametrize(
        ("text", "expected"),
        [
            ("市发改委、商务和工信局、财政局", ["市发改委", "市商务和工信局", "市财政局"]),
            ("市市场监督管理局、科技局", ["市市场监督管理局", "市科技局"]),
            ("市科技局、市场监督管理局", ["市科技局", "市市场监督管理局"]),
            ("市科技局、市市场监督管理局", ["市科技局", "市市场监督管理局"]),
            ("州科技局、财政局、市财政局、人社局", ["州科技局", "州财政局", "市财政局", "市人社局"]),
            (
                "市发改委、州生态环境局昌吉市分局、应急管理局",
                ["市发改委", "州生态环境局昌吉市分局", "市应急管理局"],
            ),
            ("州生态环境局昌吉市分局、应急管理局", ["州生态环境局昌吉市分局", "应急管理局"]),
            ("市科技局，各乡镇、街道", ["市科技局", "各乡镇", "各街道"]),
            ("各乡镇、街道，市科技局", ["各乡镇", "各街道", "市科技局"]),
            ("各乡（镇）、街道", ["各乡（镇）", "各街道"]),
            ("各乡镇、县科技局、街道办事处", ["各乡镇", "县科技局", "县街道办事处"]),
            ("市科技局，各乡镇、市直各部门", ["市科技局", "各乡镇", "市直各部门"]),
            ("市委组织部、宣传部、人社局", ["市委组织部", "市委宣传部", "市人社局"]),
            ("市委组织部、财政局、统战部", ["市委组织部", "市财政局", "市委统战部"]),
            ("自治区党委组织部、宣传部、科技厅", ["自治区党委组织部", "自治区党委宣传部", "自治区科技厅"]),
            ("地委组织部、财政局", ["地委组织部", "地区财政局"]),
            ("州教育局，各县（市、区）政府、高校", ["州教育局", "各县（市、区）政府", "州高校"]),
            ("各市、县（区）人民政府", ["各市、县（区）人民政府"]),
            ("市发改委（粮食局）、财政局", ["市发改委（粮食局）", "市财政局"]),
            ("市财政局和人社局", ["市财政局", "市人社局"]),
            ("市农业农村和水利局、工业和信息化局", ["市农业农村和水利局", "市工业和信息化局"]),
            ("市科技局、团市委、妇联", ["市科技局", "团市委", "市妇联"]),
            ("市政府办、政务服务局、市政管理局", ["市政府办", "市政务服务局", "市市政管理局"]),
            ("州财政局、准东经开区管委会、高新区管委会", ["州财政局", "准东经开区管委会", "州高新区管委会"]),
            ("市科技局、国网昌吉供电公司", ["市科技局", "国网昌吉供电公司"]),
            ("国家发展改革委、水利部", ["国家发展改革委", "水利部"]),
            ("市科技局／财政局；人社局", ["市科技局", "市财政局", "市人社局"]),
            ("市科技局、市科技局、科技局", ["市科技局"]),
            ("市 科 技 局 、 财　政　局 。", ["市科技局", "市财政局"]),
            ("各县（市、区政府、市科技局", ["各县（市、区政府", "市科技局"]),
            ("市科技局、、、财政局、", ["市科技局", "市财政局"]),
        ],
    )
    def test_lists(self, text: str, expected: list[str]) -> None:
        assert names(text) == expected

    @pytest.mark.parametrize("text", ["无", "—", "——", "/", "", "。", "无。", "  "])
    def test_none(self, text: str) -> None:
        assert listed(text).units == ()

    @pytest.mark.parametrize(
        ("text", "is_open"),
        [
            ("市科技局、财政局等", True),
            ("市科技局、财政局等部门", True),
            ("市科技局、财政局等有关单位。", True),
            ("市科技局、财政局等部门按职责分工负责", True),
            ("市科技局、财政局按职责分工负责", False),
            ("市科技局、财政局负责。", False),
            ("市科技局、财政局", False),
        ],
    )
    def test_open_lists(self, text: str, is_open: bool) -> None:
        assert (names(text), listed(text).open) == (["市科技局", "市财政局"], is_open)

    def test_what_is_written_and_where(self) -> None:
        text = "市发改委、 商务和工信局 "
        document = document_of_lines("a", text)
        units = read_units(document, Span(0, len(text)), CHANGJI).units
        assert [(u.written, document.quote(u.span)) for u in units] == [
            ("市发改委", "市发改委"),
            ("商务和工信局", "商务和工信局"),
        ]

    def test_what_is_no_unit_is_kept_and_reported(self) -> None:
        plan = plan_of("一、任务\n（一）甲。做甲。\n牵头单位：市科技局、蓝天白云")
        assert [u.canonical for u in plan.tasks[0].units(Role.LEAD)] == ["市科技局", "市蓝天白云"]
        assert [(i.code, i.values["value"], i.place.line) for i in plan.issues if i.code == "plan.unit-unclear"] == [
            ("plan.unit-unclear", "蓝天白云", 3)
        ]


class TestTargets:
    @pytest.mark.parametrize(
        ("text", "comparator", "value", "unit"),
        [
            ("企业超过50家", ">", 50, "家"),
            ("企业突破50家", ">", 50, "家"),
            ("企业50余家", ">", 50, "家"),
            ("企业50家以上", ">=", 50, "家"),
            ("企业达到50家以上", ">=", 50, "家"),
            ("占比不低于50%", ">=", 50, "%"),
            ("企业不少于50家", ">=", 50, "家"),
            ("企业达到50家", ">=", 50, "家"),
            ("企业50家", "=", 50, "家"),
            ("增长10%左右", "~", 10, "%"),
            ("增长约10％", "~", 10, "%"),
            ("能耗不超过10%", "<=", 10, "%"),
            ("死亡率控制在3‰以内", "<=", 3, "‰"),
            ("增长１０.５％", "=", 10.5, "%"),
            ("企业超过３０００家", ">", 3000, "家"),
            ("企业超过3,000家", ">", 3000, "家"),
            ("企业超过3，000家", ">", 3000, "家"),
            ("服务8万人次", "=", 8, "万人次"),
            ("产值突破100亿元", ">", 100, "亿元"),
            ("企业 超过 50 家", ">", 50, "家"),
            ("占比提高2.5个百分点", "=", 2.5, "个百分点"),
        ],
    )
    def test_figures(self, text: str, comparator: str, value: float, unit: str) -> None:
        (target,) = targets_of(f"到2025年，{text}。")
        assert (target.comparator, target.value, target.unit, target.year) == (comparator, value, unit, 2025)

    @pytest.mark.parametrize("text", ["建设平台1到2个", "建设平台1-2个", "建设平台1—2个", "建设平台1至2个"])
    def test_ranges(self, text: str) -> None:
        (target,) = targets_of(text)
        assert (target.comparator, target.value, target.value_to, target.unit) == ("range", 1, 2, "个")

    @pytest.mark.parametrize(
        "text",
        [
            "对企业给予不超过50万元补助。",
            "每家奖励10万元。",
            "一次性支持50万元。",
            "按研发投入的10%给予奖补。",
            "最高可达500万元。",
            "2022年6月17日印发。",
            "申报时间为2023年3月1日。",
            "按照昌政办发〔2021〕103号文件执行。",
            "落实第3次会议精神。",
            "落实第三次会议精神。",
            "实施三年行动。",
            "3个月内完成整改。",
            "15个工作日办结。",
            "推进“1+3”体系。",
            "建设5G网络和4K频道。",
            "3A级景区。",
            "2023年完成。",
        ],
    )
    def test_what_is_no_target(self, text: str) -> None:
        assert targets_of(text) == []

    def test_what_there_is_already_is_no_target(self) -> None:
        (target,) = targets_of("高新技术企业从30家增至2025年的50家。")
        assert (target.value, target.year) == (50, 2025)
        assert [t.value for t in targets_of("企业由2020年的30家提高到50家。")] == [50]

    def test_the_noun_may_stand_behind_the_figure(self) -> None:
        found = [(t.indicator, t.value) for t in targets_of("建设10个重点项目和5个试点，培育50家以上科技企业。")]
        assert found == [("建设重点项目", 10), ("试点", 5), ("培育科技企业", 50)]

    def test_several_in_one_clause(self) -> None:
        assert [(t.indicator, t.value) for t in targets_of("专利申请100件、授权50件。")] == [
            ("专利申请", 100),
            ("授权", 50),
        ]

    def test_years_hold_for_the_clauses_behind_them(self) -> None:
        text = "2022年，甲企业5家，乙企业6家。到2025年，丙企业7家。\n丁企业8家。"
        assert [t.year for t in targets_of(text)] == [2022, 2022, 2025, None]

    def test_wording(self) -> None:
        (aim,) = targets_of("力争每年引进人才5人。")
        assert (aim.modality, aim.period) == ("aim", "annual")
        (ensure,) = targets_of("确保新增企业5家。")
        assert (ensure.modality, ensure.period) == ("ensure", "new")

    def test_coverage_and_trend(self) -> None:
        coverage, trend = targets_of("实现行政村宽带全覆盖，研发投入逐年增长。")
        assert (coverage.indicator, coverage.kind, coverage.value, coverage.unit) == (
            "行政村宽带覆盖率",
            "coverage",
            100,
            "%",
        )
        assert (trend.indicator, trend.kind, trend.value, trend.comparator) == ("研发投入", "trend", None, "growth")

    def test_no_figure_is_infinite(self) -> None:
        assert targets_of("企业" + "9" * 400 + "家") == []


class TestNamed:
    def test_each_kind(self) -> None:
        text = (
            "依托新疆信息产业园，推动中国科学院在昌吉市布局。支持特变电工股份有限公司发展。"
            "落实科技特派员制度，办好“科博会”。聚焦新材料、新能源等产业。"
        )
        assert things(text) == {
            ("Platform", "新疆信息产业园"),
            ("Region", "新疆维吾尔自治区"),
            ("Institute", "中国科学院"),
            ("Region", "昌吉市"),
            ("Enterprise", "特变电工股份有限公司"),
            ("TalentProgram", "科技特派员制度"),
            ("Event", "科博会"),
            ("Industry", "新材料"),
            ("Industry", "新能源"),
        }

    @pytest.mark.parametrize(
        "text",
        [
            "加强与高校、科研院所和研究院的合作。",
            "支持企业建设各类创新平台。",
            "建设一批重点实验室。",
            "引进国内知名大学。",
            "支持大中小企业和民营公司。",
            "培育各类人才。",
            "开展各类活动。",
            "国家级创新平台超过3家。",
            "吸引大学生就业。",
        ],
    )
    def test_a_class_is_no_name(self, text: str) -> None:
        assert things(text) == set()

    def test_relation_words(self) -> None:
        (platform,) = (m for m in named("依托新疆信息产业园发展。").mentions if m.category == "Platform")
        assert (platform.relation, platform.name) == ("依托", "新疆信息产业园")

    def test_a_cooperation_elsewhere(self) -> None:
        (one,) = named("深化中国科学院合肥物质研究院—三明市产业合作。").cooperations
        assert (one.left.name, one.right.name, one.subject) == ("中国科学院合肥物质研究院", "三明市", "产业")

    def test_a_ladder_needs_three_tiers(self) -> None:
        (ladder,) = named("形成小升规—规改股—股上市的梯度。").ladders
        assert len(ladder.tiers) == 3
        assert named("形成高校—企业梯度。").ladders == ()

    def test_a_district_is_not_read_out_of_a_word(self) -> None:
        assert things("创建全国示范县。") == set()


def in_province(text: str) -> list[str]:
    return [u.body.name for u in listed(text, region_table()["220000"]).units]


class TestFormsOfOtherOffices:
    @pytest.mark.parametrize(
        ("text", "expected"),
        [
            ("市大数据管理局 市科技局　市财政局", ["市大数据管理局", "市科技局", "市财政局"]),
            ("市 发改委、市委 办公室", ["市发改委", "市委办公室"]),
            ("吐鲁番市科技局、财政局", ["吐鲁番市科技局", "吐鲁番市财政局"]),
            (
                "省教育厅、吉林大学、一汽集团、中科院长春光机所、省农科院",
                ["省教育厅", "吉林大学", "一汽集团", "中科院长春光机所", "省农科院"],
            ),
        ],
    )
    def test_lists(self, text: str, expected: list[str]) -> None:
        assert names(text) == expected

    def test_etc_inside_a_list_leaves_it_open(self) -> None:
        found = listed("市教育局等有关部门，各有关单位")
        assert ([u.canonical for u in found.units], found.open) == (["市教育局", "各有关单位"], True)

    def test_institutes_and_collectives(self) -> None:
        assert kind_of("中科院长春光机所")[0] == "Institute"
        assert kind_of("市有关企业")[0] == "Collective"

    def test_provinces_keep_their_word(self) -> None:
        assert in_province("省科技厅、省委宣传部") == ["吉林省科技厅", "吉林省委宣传部"]
        assert identify("自治区科技厅", CHANGJI).name == "新疆维吾尔自治区科技厅"
        assert identify("州科技局", CHANGJI).name == "昌吉州科技局"
        assert identify("湖北科技厅").name == "湖北省科技厅"

    def test_brackets_stay_as_offices_write_them(self) -> None:
        body = identify("某某（集团）公司")
        assert (body.name, body.id) == ("某某（集团）公司", "Enterprise:某某(集团)公司")
