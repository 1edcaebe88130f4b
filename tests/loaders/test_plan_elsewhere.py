"""Plans of other places in the same format, invented here and labelled by hand: nothing may be tied to the sample."""

from __future__ import annotations

from datetime import date

import pytest

from innograph.loaders.document import document_of_lines
from innograph.loaders.plan import ParsedPlan, parse
from innograph.loaders.plan.model import Role

PROVINCE = """湖北省人民政府办公厅关于印发《湖北省科技成果转化行动方案（2024—2026年）》的通知
鄂政办〔2024〕8号
各市、县人民政府，省直各单位：
湖北省人民政府办公厅
2024年3月5日
湖北省科技成果转化行动方案（2024—2026年）
根据《国家科技成果转移转化行动纲要》，制定本方案。
一、主要目标
到2026年，全省技术合同成交额突破6000亿元，科技型中小企业达到4万家以上。
二、重点任务
1．建设中试平台。支持东湖科学城发展，到2025年建成省级中试基地50个左右。
责任单位：省水利厅、科技厅、住房城乡建设厅，各市人民政府
2．培育技术经理人。每年培训技术经理人1000人次以上。对引进人才的企业给予最高100万元奖励。
牵头单位：省教育厅；配合单位：省民政厅、科技厅等部门
3．办好科技成果转化大会。
牵头单位：省科技厅
配合单位：武汉市人民政府、武汉大学、国网湖北省电力公司
三、保障措施
1．加强领导。压实责任。
"""

PREFECTURE = """漳州市人民政府文件
漳政〔2023〕12号
漳州市人民政府关于印发漳州市绿色创新三年行动计划的通知
各县（市、区）人民政府，市直有关单位：
　　现将《漳州市绿色创新三年行动计划》印发给你们。
漳州市人民政府
2023年5月8日
漳州市绿色创新
三年行动计划
一、工作任务
（一）壮大钟表产业
支持闽南师范大学与企业共建研发平台。力争2025年钟表产值达到２００亿元。
牵头部门：市工信局
配合部门：市科技局、生态环境局、
市委组织部、宣传部
责任人：王某某
（二）盘活林业资源
2024年底前，新增林下经济示范基地3至5个，林权抵押贷款余额不低于30亿元。
主办单位：市林业局
协办单位：市自然资源局和金融监管局、龙文区人民政府，各县（市、区）人民政府
（三）待定事项
另行安排。
二、组织实施
加强督查。
"""

DISTRICT = """合肥市蜀山区人民政府办公室
2022年11月1日
合肥市蜀山区科创企业服务行动方案
一、任务分工
（一）优化服务。走访企业200家次以上，实现规上企业走访全覆盖。
牵头单位：区科技局
配合单位：区发改委、市场监督管理局、市生态环境局蜀山区分局、市财政局，各镇、街道、开发区
（二）强化要素。区级科创基金规模不少于5亿元。
牵头单位：区财政局、区科技局
配合单位：无
"""

COUNTY = """玛纳斯县人民政府办公室
2023年1月9日
玛纳斯县农业科技行动方案
一、重点工作
（一）推广良种。到2025年，良种覆盖率达到98%以上。
牵头单位：县农业农村局
配合单位：县科技局、财政局、州农业农村局、各乡镇、县委宣传部、团县委、妇联
"""

REGION = """新疆维吾尔自治区人民政府办公厅
2023年2月20日
新疆维吾尔自治区科技创新行动方案
一、重点工作
（一）建好创新区。依托新疆大学建设重点实验室2个。
牵头单位：自治区科技厅
配合单位：自治区党委组织部、宣传部、自治区财政厅、教育厅、新疆生产建设兵团科技局，昌吉州、克拉玛依市人民政府
"""


def read(text: str) -> ParsedPlan:
    return parse(document_of_lines("a.txt", text))


def units(plan: ParsedPlan) -> list[tuple[str, list[str], list[str], list[str]]]:
    return [
        (
            t.section.title,
            *([u.canonical for u in t.units(role)] for role in (Role.LEAD, Role.SUPPORT, Role.RESPONSIBLE)),
        )
        for t in plan.tasks
    ]


def ids(plan: ParsedPlan) -> set[str]:
    return {u.body.id for t in plan.tasks for role in Role for u in t.units(role)}


def figures(plan: ParsedPlan) -> list[tuple[str, float | None, float | None, str | None, int | None]]:
    found = [*plan.targets, *(x for t in plan.tasks for x in t.targets)]
    return [(x.comparator, x.value, x.value_to, x.unit, x.year) for x in found]


def test_a_province() -> None:
    plan = read(PROVINCE)
    assert plan.head.title == "湖北省科技成果转化行动方案（2024—2026年）"
    assert (plan.head.doc_number, plan.head.issuer) == ("鄂政办〔2024〕8号", "湖北省人民政府办公厅")
    assert (plan.head.issue_date, plan.head.period) == (date(2024, 3, 5), (2024, 2026))
    assert [p.title for p in plan.head.parents] == ["国家科技成果转移转化行动纲要"]
    assert plan.home is not None
    assert plan.home.code == "420000"
    assert units(plan) == [
        ("建设中试平台", [], [], ["省水利厅", "省科技厅", "省住房城乡建设厅", "各市人民政府"]),
        ("培育技术经理人", ["省教育厅"], ["省民政厅", "省科技厅"], []),
        ("办好科技成果转化大会", ["省科技厅"], ["武汉市人民政府", "武汉大学", "国网湖北省电力公司"], []),
    ]
    assert [t.open for t in plan.tasks] == [False, True, False]
    assert {"Department:420000/科技厅", "Department:420100/人民政府", "Institute:武汉大学"} <= ids(plan)
    assert figures(plan) == [
        (">", 6000, None, "亿元", 2026),
        (">=", 4, None, "万家", 2026),
        ("~", 50, None, "个", 2025),
        (">=", 1000, None, "人次", None),
    ]
    assert [s.section.title for s in plan.safeguards] == ["加强领导"]


def test_a_prefecture() -> None:
    plan = read(PREFECTURE)
    assert plan.head.title == "漳州市绿色创新三年行动计划"
    assert (plan.head.doc_number, plan.head.issuer) == ("漳政〔2023〕12号", "漳州市人民政府")
    assert plan.head.issue_date == date(2023, 5, 8)
    assert plan.home is not None
    assert plan.home.code == "350600"
    assert units(plan) == [
        ("壮大钟表产业", ["市工信局"], ["市科技局", "市生态环境局", "市委组织部", "市委宣传部"], []),
        (
            "盘活林业资源",
            ["市林业局"],
            ["市自然资源局", "市金融监管局", "龙文区人民政府", "各县（市、区）人民政府"],
            [],
        ),
        ("待定事项", [], [], []),
    ]
    assert {"Department:350600/工信局", "Department:350603/人民政府"} <= ids(plan)
    assert figures(plan) == [
        (">=", 200, None, "亿元", 2025),
        ("range", 3, 5, "个", 2024),
        (">=", 30, None, "亿元", 2024),
    ]
    assert [(i.code, i.values.get("title")) for i in plan.issues] == [("plan.no-assignment", "待定事项")]
    assert [s.section.title for s in plan.safeguards] == ["组织实施"]


def test_a_district() -> None:
    plan = read(DISTRICT)
    assert plan.home is not None
    assert plan.home.code == "340104"
    assert units(plan) == [
        (
            "优化服务",
            ["区科技局"],
            ["区发改委", "区市场监督管理局", "市生态环境局蜀山区分局", "市财政局", "各镇", "各街道", "各开发区"],
            [],
        ),
        ("强化要素", ["区财政局", "区科技局"], [], []),
    ]
    assert {"Department:340104/科技局", "Department:340100/财政局"} <= ids(plan)
    (branch,) = (u.body for u in plan.tasks[0].units(Role.SUPPORT) if u.body.parent)
    assert branch.parent is not None
    assert branch.seat is not None
    assert (branch.parent.id, branch.seat.code) == ("Department:340100/生态环境局", "340104")
    assert figures(plan) == [
        (">=", 200, None, "家次", None),
        ("=", 100, None, "%", None),
        (">=", 5, None, "亿元", None),
    ]


def test_a_county() -> None:
    plan = read(COUNTY)
    assert units(plan)[0][2] == ["县科技局", "县财政局", "州农业农村局", "各乡镇", "县委宣传部", "团县委", "县妇联"]
    assert {"Department:652324/科技局", "Department:652300/农业农村局", "Department:652324/团委"} <= ids(plan)
    assert figures(plan) == [(">=", 98, None, "%", 2025)]


def test_an_autonomous_region() -> None:
    plan = read(REGION)
    assert plan.home is not None
    assert plan.home.code == "650000"
    assert units(plan)[0][2] == [
        "自治区党委组织部",
        "自治区党委宣传部",
        "自治区财政厅",
        "自治区教育厅",
        "新疆生产建设兵团科技局",
        "昌吉州人民政府",
        "克拉玛依市人民政府",
    ]
    assert {"Department:650000/财政厅", "Department:652300/人民政府", "Department:650200/人民政府"} <= ids(plan)
    assert {(m.category, m.name) for m in plan.tasks[0].findings.mentions} >= {("Institute", "新疆大学")}


@pytest.mark.parametrize("text", [PROVINCE, PREFECTURE, DISTRICT, COUNTY, REGION])
def test_nothing_of_the_sample_shows(text: str) -> None:
    plan = read(text)
    if text not in (COUNTY, REGION):
        assert not any("/6523" in i or ":6523" in i for i in ids(plan))
    assert all(u.body.certain for t in plan.tasks for role in Role for u in t.units(role))
