"""Words of a plan that read two ways: 和 in 和田, 建设 in 建设职业技术学院, 为 in 华为; figures, bounds and members."""

from __future__ import annotations

import time

import pytest

from innograph.loaders.document import Span, document_of_lines
from innograph.loaders.plan.names.reader import read_named
from innograph.loaders.plan.structure.outline import sentences
from innograph.loaders.plan.targets.reader import read_targets


def names(text: str, *categories: str) -> list[str]:
    document = document_of_lines("a", text)
    mentions = read_named(document, sentences(document, Span(0, len(text)))).mentions
    return [m.name for m in mentions if m.category in categories or (not categories and m.category != "Region")]


def targets(text: str) -> list[tuple[str, str, float | None, str | None]]:
    document = document_of_lines("a", text)
    found = read_targets(document, sentences(document, Span(0, len(text))))
    return [(t.indicator, t.comparator, t.value, t.unit) for t in found]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("支持华为技术有限公司建设研发中心。", ["华为技术有限公司"]),
        ("推动对外经济贸易大学合作。", ["对外经济贸易大学"]),
        ("依托和田学院开展培训。", ["和田学院"]),
        ("支持和静县人民医院发展。", ["和静县人民医院"]),
        ("从江西中医药大学引进人才。", ["江西中医药大学"]),
        ("支持企业和政府医院合作。", ["政府医院"]),
        ("支持新疆建设职业技术学院发展。", ["新疆建设职业技术学院"]),
        ("引进中国联合网络通信有限公司。", ["中国联合网络通信有限公司"]),
        ("依托新疆发展研究院开展研究。", ["新疆发展研究院"]),
        ("支持中国农业发展银行参与。", ["中国农业发展银行"]),
        ("大力支持发展新疆农业大学。", ["新疆农业大学"]),
        ("中国科学院和清华大学共建联合研究院。", ["中国科学院", "清华大学"]),
    ],
)
def test_a_word_that_can_be_a_boundary_is_none_inside_a_name(text: str, expected: list[str]) -> None:
    assert names(text, "Institute", "Enterprise") == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("支持新疆大学在昌吉设立分院。", ["新疆大学"]),
        ("支持贵州大学共建遵义白酒产业技术研究院。", ["贵州大学", "遵义白酒产业技术研究院"]),
        ("支持上海交通大学医学院附属瑞金医院建设分院。", ["上海交通大学医学院附属瑞金医院"]),
        ("支持新疆医科大学一附院昌吉分院发展。", ["新疆医科大学一附院昌吉分院"]),
    ],
)
def test_an_institute_ends_before_what_it_does(text: str, expected: list[str]) -> None:
    assert names(text, "Institute") == expected


def test_a_name_cut_at_a_single_character_is_less_certain() -> None:
    text = "支持新疆大学与塔里木大学合作。"
    document = document_of_lines("a", text)
    found = read_named(document, [Span(0, len(text))]).mentions
    assert {m.name: m.confidence for m in found if m.category == "Institute"} == {"新疆大学": 1.0, "塔里木大学": 0.7}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("搭建现代农业技术服务平台。", ["现代农业技术服务平台"]),
        ("申报自治区级农村创业园。", ["自治区级农村创业园"]),
        ("建设省级重点实验室。", []),
        ("建设国家级科技创新平台。", []),
        ("建设电信、移动、联通三大算力中心。", ["电信、移动、联通三大算力中心"]),
        ("建设电信、移动、联通三大云中心。", ["电信、移动、联通三大云中心"]),
        ("建设电信、移动、联通三大数据中心。", ["电信、移动、联通三大数据中心"]),
    ],
)
def test_platforms(text: str, expected: list[str]) -> None:
    assert names(text, "Platform") == expected


def test_talent_programmes_and_events() -> None:
    assert names("实施“天山英才”培养计划。") == ["“天山英才”培养计划"]
    assert names("各行业申报人才计划。") == []
    assert names("组织参加“工博会”、“科博会”等展会。") == ["工博会", "科博会"]
    assert names("组织参加工博会。") == ["工博会"]


@pytest.mark.parametrize(
    "text",
    [
        "依托特变电工、笑厨等科普教育基地开展研学。",
        "借助特变电工、笑厨等科普教育基地开展研学。",
        "以特变电工、笑厨等科普教育基地为依托，开展研学。",
        "发挥特变电工、笑厨等科普教育基地作用，开展研学。",
    ],
)
def test_examples_of_bodies_to_lean_on(text: str) -> None:
    assert names(text, "Enterprise") == ["特变电工", "笑厨"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("产值由100亿元增加到200亿元。", [("产值", ">=", 200.0, "亿元")]),
        ("每万人发明专利拥有量从3.5件提高到6件。", [("每万人发明专利拥有量", ">=", 6.0, "件")]),
        ("研发经费占比从2020年的2%提升至3%以上。", [("研发经费占比", ">=", 3.0, "%")]),
        ("建设3个基地、2所学校。", [("建设基地", "=", 3.0, "个"), ("学校", "=", 2.0, "所")]),
        ("R&D经费占比2.5%以上。", [("R&D经费占比", ">=", 2.5, "%")]),
        ("引进五个以上创新平台。", [("引进创新平台", ">=", 5.0, "个")]),
        ("引进企业两家。", [("引进企业", "=", 2.0, "家")]),
        ("制定标准二十五项以上。", [("制定标准", ">=", 25.0, "项")]),
        ("科普基地不少于三个。", [("科普基地", ">=", 3.0, "个")]),
        ("形成三大产业，四位一体推进，第三家企业，引进一批人才，打造一个平台，一站式服务，抓好三个方面。", []),
        ("甲率和乙率分别达到65%和55%。", [("甲率", ">=", 65.0, "%"), ("乙率", ">=", 55.0, "%")]),
        ("甲率、乙率分别达到95%、60%以上。", [("甲率", ">=", 95.0, "%"), ("乙率", ">=", 60.0, "%")]),
        ("工业产值翻一番。", [("工业产值", "=", 2.0, "倍")]),
        ("工业产值比2020年翻两番以上。", [("工业产值", ">=", 4.0, "倍")]),
        (
            "建设科普基地30个，其中国家级3个、自治区级5个以上。",
            [
                ("建设科普基地", "=", 30.0, "个"),
                ("国家级科普基地", "=", 3.0, "个"),
                ("自治区级科普基地", ">=", 5.0, "个"),
            ],
        ),
        (
            "与科研院所共建新型研发机构5家，其中自治区级2家以上。",
            [("与科研院所共建新型研发机构", "=", 5.0, "家"), ("自治区级新型研发机构", ">=", 2.0, "家")],
        ),
        (
            "地区生产总值达到100亿元，年均增长10%以上。",
            [("地区生产总值", ">=", 100.0, "亿元"), ("地区生产总值年均增长", ">=", 10.0, "%")],
        ),
        ("地区生产总值保持平稳增长，年均增长6%。", [("地区生产总值年均增长", "=", 6.0, "%")]),
        ("全社会研发经费年均增长超过10%。", [("全社会研发经费年均增长", ">", 10.0, "%")]),
        (
            "技术交易额、软件业收入均增长8%以上。",
            [("技术交易额增长", ">=", 8.0, "%"), ("软件业收入增长", ">=", 8.0, "%")],
        ),
        (
            "技术交易额和软件业收入年均分别增长8%和9%以上。",
            [("技术交易额年均增长", ">=", 8.0, "%"), ("软件业收入年均增长", ">=", 9.0, "%")],
        ),
        (
            "出口额和单位能耗分别增长6%和下降3%。",
            [("出口额增长", "=", 6.0, "%"), ("单位能耗下降", "=", 3.0, "%")],
        ),
    ],
)
def test_targets(text: str, expected: list[tuple[str, str, float, str]]) -> None:
    assert targets(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("对新认定的孵化器奖励30万元，全市孵化器达到40家。", [("全市孵化器", ">=", 40.0, "家")]),
        (
            "每年安排最高2亿元支持算法研究，形成开源算法6个，响应时延缩短至20毫秒以内。",
            [("开源算法", "=", 6.0, "个"), ("响应时延", "<=", 20.0, "毫秒")],
        ),
        ("对新认定的孵化器奖励30万元，营业收入达到2亿元的再奖励10万元。", []),
        ("对新认定的孵化器奖励30万元，培育10家以上企业的，奖励50万元。", []),
        ("对新认定的孵化器奖励30万元，贷款额度提高至500万元。", []),
    ],
)
def test_what_comes_of_a_gift_is_a_target(text: str, expected: list[tuple[str, str, float, str]]) -> None:
    assert targets(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("瞪羚企业数量明显增加，实现倍增，达到80家。", [("瞪羚企业数量", ">=", 80.0, "家")]),
        ("实施倍增行动，实现倍增，达到80家。", []),
        ("软件业收入稳步提升，其中：2027年达到90亿元。", [("软件业收入", ">=", 90.0, "亿元")]),
        (
            "软件业收入达到90亿元（其中：大数据产业达到20亿元）。",
            [("软件业收入", ">=", 90.0, "亿元"), ("大数据产业", ">=", 20.0, "亿元")],
        ),
        (
            "建设2个国家级、4个省级工程中心。",
            [("建设国家级工程中心", "=", 2.0, "个"), ("省级工程中心", "=", 4.0, "个")],
        ),
        ("专利转化率稳步提升，较2024年提高3个百分点。", [("专利转化率较2024年提高", "=", 3.0, "个百分点")]),
        ("研究人员全时当量达到2.5万人年。", [("研究人员全时当量", ">=", 2.5, "万人年")]),
        ("设立总规模6亿元的种子基金。", [("种子基金总规模", "=", 6.0, "亿元")]),
    ],
)
def test_what_is_measured_may_stand_before_or_behind(text: str, expected: list[tuple[str, str, float, str]]) -> None:
    assert targets(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "发布日期：2023-11-16 名称：某办法",
        "发布时间：2023-11-16 10:30 名称：某办法",
        "依托中国电科44所、航天502所开展研究。",
        "项目周期一般不超过24个月。",
        "咨询答复时间不得超过3个工作日。",
        "建设周期原则上不超过2年。",
        "担保机构承担比例不超过30%。",
    ],
)
def test_days_numbered_bodies_and_standing_limits_are_no_targets(text: str) -> None:
    assert targets(text) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("到2027年，咨询答复时间不超过3个工作日。", [("咨询答复时间", "<=", 3.0, "个工作日")]),
        ("咨询答复时间压缩至3个工作日。", [("咨询答复时间", "<=", 3.0, "个工作日")]),
        (
            "新建农业科学院研究所3所，引进教师20名。",
            [("新建农业科学院研究所", "=", 3.0, "所"), ("引进教师", "=", 20.0, "名")],
        ),
        ("推动高校研发投入逐年增长。", [("高校研发投入", "growth", None, None)]),
        ("茶叶出口额持续增长。", [("茶叶出口额", "growth", None, None)]),
        ("健全投入持续增长机制。", []),
    ],
)
def test_limits_still_to_be_reached_and_trends_are_targets(
    text: str, expected: list[tuple[str, str, float | None, str | None]]
) -> None:
    assert targets(text) == expected


@pytest.mark.parametrize(
    "unit",
    [
        "份",
        "部",
        "例",
        "学时",
        "公顷",
        "万元",
        "亩次",
        "册",
        "处",
        "户次",
        "班",
        "期",
        "课时",
        "平方千米",
        "千伏安",
        "吉瓦",
        "MW",
        "GWh",
        "万千瓦时",
    ],
)
def test_units(unit: str) -> None:
    assert targets(f"年度完成总量20{unit}以上。") == [("年度完成总量", ">=", 20.0, unit)]


def test_a_quote_begins_with_no_mark_and_members_keep_the_clause() -> None:
    text = "建设3个基地、2所学校。"
    document = document_of_lines("a", text)
    found = read_targets(document, [Span(0, len(text))])
    assert [document.quote(t.span) for t in found] == ["建设3个基地", "2所学校"]
    doubled = "产值翻一番。"
    assert [t.kind for t in read_targets(document_of_lines("a", doubled), [Span(0, len(doubled))])] == ["relative"]


@pytest.mark.parametrize(
    "piece",
    [
        "和田和",
        "由100亿元",
        "分别1%和",
        "一二三",
        "“人才",
        "大学建设",
        "甲、",
        "以甲等",
        "中国发展",
        "其中",
        "从1",
        "市建设研究院",
    ],
)
def test_reading_takes_linear_time(piece: str) -> None:
    def seconds(times: int) -> float:
        text = piece * times
        document = document_of_lines("a", text)
        start = time.process_time()
        read_named(document, [Span(0, len(text))])
        read_targets(document, [Span(0, len(text))])
        return time.process_time() - start

    small, large = (min(seconds(times) for _ in range(3)) for times in (1000, 6000))
    assert large < 20 * small + 0.2
