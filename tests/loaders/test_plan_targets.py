"""Targets in sentences: years, periods, enumerations, coverage, what is a rule and no target, and what is doubtful."""

from __future__ import annotations

import time
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from innograph.loaders.document import Span, document_of_lines
from innograph.loaders.plan.model import Target
from innograph.loaders.plan.structure.outline import sentences
from innograph.loaders.plan.targets.due import due_by
from innograph.loaders.plan.targets.reader import doubts, read_targets

ISSUED = date(2024, 3, 8)


def targets(text: str, *, issued: date | None = ISSUED, carry: bool = False) -> tuple[Target, ...]:
    document = document_of_lines("a", text)
    return read_targets(document, sentences(document, Span(0, len(text))), issued=issued, carry=carry)


def stated(text: str) -> list[tuple[str, str, float | None, str | None, int | None]]:
    return [(t.indicator, t.comparator, t.value, t.unit, t.year) for t in targets(text)]


def doubtful(text: str) -> list[tuple[str, str]]:
    document = document_of_lines("a", text)
    return [(i.code, i.quote) for i in doubts(document, sentences(document, Span(0, len(text))))]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "培育4家在国内领先的综合型平台，30家行业型、区域型平台。",
            [("培育在国内领先的综合型平台", "=", 4, "家", None), ("行业型、区域型平台", "=", 30, "家", None)],
        ),
        ("推动全市60家企业开展安全评估。", [("推动企业开展安全评估", "=", 60, "家", None)]),
        ("面向2万名技术人员开展培训。", [("面向技术人员开展培训", "=", 2, "万名", None)]),
        ("在20个以上的工地试点应用。", [("在工地试点应用", ">=", 20, "个", None)]),
        ("新增3个以上（近）零碳园区。", [("新增（近）零碳园区", ">=", 3, "个", None)]),
        ("识别能力覆盖不低于90%的县市。", [("识别能力覆盖县市", ">=", 90, "%", None)]),
        ("建设20分钟健身圈800个以上。", [("建设20分钟健身圈", ">=", 800, "个", None)]),
        (
            "实施投资5亿元以上项目30个，完成投资200亿元。",
            [("实施投资5亿元以上项目", "=", 30, "个", None), ("投资", "=", 200, "亿元", None)],
        ),
        ("带动60亿元以上投资。", [("带动投资", ">=", 60, "亿元", None)]),
        ("建设10个基地以上。", [("建设基地", ">=", 10, "个", None)]),
        ("产值较快增长，2025年达到80亿元。", [("产值", ">=", 80, "亿元", 2025)]),
        (
            "成交额年均增长12%以上，累计突破90亿元。",
            [("成交额年均增长", ">=", 12, "%", None), ("成交额累计", ">", 90, "亿元", None)],
        ),
        ("审批时间压缩至2个工作日以内。", [("审批时间", "<=", 2, "个工作日", None)]),
        ("平均受教育年限提高到11.5年。", [("平均受教育年限", ">=", 11.5, "年", None)]),
        ("增加值增速达7%，力争8%。", [("增加值增速", ">=", 7, "%", None), ("增加值增速", "=", 8, "%", None)]),
        ("标准厂房租金降至每平方米每月9元以内。", [("标准厂房租金降至每平方米每月", "<=", 9, "元", None)]),
        ("新建1座日处理200吨的餐厨垃圾处理厂。", [("新建日处理200吨的餐厨垃圾处理厂", "=", 1, "座", None)]),
        ("培育3条超50亿元产业链。", [("培育超50亿元产业链", "=", 3, "条", None)]),
        ("新增6家10亿元以上企业。", [("新增10亿元以上企业", "=", 6, "家", None)]),
        ("价格总水平涨幅在2%以内。", [("价格总水平涨幅", "<=", 2, "%", None)]),
        ("汇集语音数据8万小时以上。", [("汇集语音数据", ">=", 8, "万小时", None)]),
        ("设立1亿元风险补偿资金。", [("设立风险补偿资金", "=", 1, "亿元", None)]),
        ("开展补贴性培训6万人次。", [("开展补贴性培训", "=", 6, "万人次", None)]),
        ("获得省级科技奖励8项以上。", [("获得省级科技奖励", ">=", 8, "项", None)]),
    ],
)
def test_what_is_measured(text: str, expected: list[tuple[str, str, float, str, int | None]]) -> None:
    assert stated(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("三年内建成基地5个。", [2027]),
        ("“十四五”末，平台达到5个。", [2025]),
        ("2024—2026年，培育企业5家。", [2026]),
        ("2025年培育5家企业、2026年培育8家企业。", [2025, 2026]),
        ("培育5家企业，2025年底前完成8个项目。", [None, 2025]),
        ("2025年、2026年分别培育企业5家、8家。", [2025, 2026]),
        ("到2025年和2030年，研发投入占比分别达到3%和4%。", [2025, 2030]),
        ("2026年起，每年开放场景5个。", [None]),
        ("2025年新建园区3个，2026年起每年新建园区2个。", [2025, None]),
        ("确保2025年贷款余额不低于2024年同期余额。", [2025]),
        ("到2025年，建成平台5个。再建基地3个。", [2025, 2025]),
        ("2025年、2026年每年新增企业5家。", [None]),
        ("2025年、2026年企业数量年均增长5%。", [2026]),
        ("全年新增企业5家。", [2024]),
        ("到2026年，全年接待游客5万人次。", [2026]),
        ("到2026年，建成平台5个，全年接待游客5万人次。", [2026, 2026]),
    ],
)
def test_the_year_is_the_one_by_which_it_is_reached(text: str, expected: list[int | None]) -> None:
    assert [t.year for t in targets(text)] == expected


def test_a_year_is_carried_over_paragraphs_only_where_asked() -> None:
    text = "到2026年，产业明显壮大。\n——企业达到5家。"
    assert [t.year for t in targets(text)] == [None]
    assert [t.year for t in targets(text, carry=True)] == [2026]
    recurring = "到2026年，产业壮大。\n每年新增企业5家，经费逐年增长，产值年均增长8%。"
    assert [t.year for t in targets(recurring, carry=True)] == [None, None, 2026]
    assert [t.year for t in targets("全年新增企业5家，茶叶出口额持续增长。")] == [2024, None]


def test_what_was_reached_before_the_plan_is_no_target() -> None:
    assert targets("截至2023年底，全市企业达到50家，平台达到6个。") == ()
    assert targets("目前，全市已建成平台50个。") == ()
    assert [t.value for t in targets("目前平台有5个。到2025年，平台达到9个。")] == [9]


def test_each_year_holds_for_its_sentence() -> None:
    text = "每年遴选案例20个，培育工具50个，累计服务企业90家。全市遴选试点6家。"
    assert [t.period for t in targets(text)] == ["annual", "annual", "cumulative", None]
    assert [t.period for t in targets("经费每年增长10%，企业达到5家。")] == ["annual", None]
    assert [t.period for t in targets("每年举办招商会6场，洽谈项目8个，新建展馆2个。")] == ["annual", "annual", "new"]


@pytest.mark.parametrize(
    ("text", "indicators"),
    [
        ("甲处理率、乙利用率均达到95%以上。", ["甲处理率", "乙利用率"]),
        ("甲比重和乙比重分别达到65%和55%以上。", ["甲比重", "乙比重"]),
        ("甲比重和乙比重分别达到65%和55%。", ["甲比重", "乙比重"]),
        ("造纸企业、印染企业中水回用率均达到60%以上。", ["造纸企业中水回用率", "印染企业中水回用率"]),
        ("茶叶、油茶良种率均不低于85%。", ["茶叶良种率", "油茶良种率"]),
    ],
)
def test_an_enumeration_is_one_target_for_each_member(text: str, indicators: list[str]) -> None:
    document = document_of_lines("a", text)
    found = targets(text)
    assert [t.indicator for t in found] == indicators
    assert {t.comparator for t in found} == {">="}
    assert {document.quote(t.span) for t in found} == {text.removesuffix("。")}


def test_an_enumeration_may_stand_in_the_clause_before() -> None:
    found = targets("众创空间和孵化器明显增加，分别超过15家和7家。")
    assert [(t.indicator, t.comparator, t.value) for t in found] == [("众创空间", ">", 15), ("孵化器", ">", 7)]


def test_years_in_order_share_their_words() -> None:
    text = "2024、2025、2026年分别新增示范企业3家、4家、6家以上。"
    document = document_of_lines("a", text)
    found = targets(text)
    assert [(t.year, t.comparator, t.value) for t in found] == [(2024, ">=", 3), (2025, ">=", 4), (2026, ">=", 6)]
    assert {document.quote(t.span) for t in found} == {text.removesuffix("。")}


@pytest.mark.parametrize(
    ("deadline", "text", "years"),
    [
        ("2026年底前", "新建展馆2个。", [2026]),
        ("2026年底前", "到2025年新建展馆2个。", [2025]),
        ("2026年底前", "每年举办展会2场。", [None]),
        ("2026年底前", "技术交易额年均增长9%。", [2026]),
        ("长期坚持", "新建展馆2个。", [None]),
        (None, "新建展馆2个。", [None]),
    ],
)
def test_a_task_is_due_with_its_targets(deadline: str | None, text: str, years: list[int | None]) -> None:
    assert [t.year for t in due_by(deadline, targets(text), ISSUED)] == years


@pytest.mark.parametrize(
    ("text", "indicator", "comparator"),
    [
        ("实现光网全面覆盖城区和乡镇。", "光网覆盖城区和乡镇", "="),
        ("新增园区基本实现智慧场景全覆盖。", "新增园区智慧场景覆盖率", "~"),
        ("学校网络100%覆盖。", "学校网络覆盖率", "="),
        ("使学生全部参与到活动中去。", "学生参与活动", "="),
        ("商户全部参与到共建中来。", "商户参与共建", "="),
        ("渔船全部纳入名录之中。", "渔船纳入名录", "="),
        ("居民全部参与集中供暖。", "居民参与集中供暖", "="),
    ],
)
def test_coverage(text: str, indicator: str, comparator: str) -> None:
    (found,) = targets(text)
    assert (found.kind, found.indicator, found.comparator, found.value, found.unit) == (
        "coverage",
        indicator,
        comparator,
        100,
        "%",
    )


@pytest.mark.parametrize(
    "text",
    ["建成全面覆盖城乡的基础设施。", "开展全覆盖检查。", "基本覆盖关键环节的需求。", "健全经费逐年增长的机制。"],
)
def test_what_covers_or_grows_as_an_attribute(text: str) -> None:
    assert targets(text) == ()


@pytest.mark.parametrize(
    ("text", "comparator"),
    [
        ("确保贷款余额不低于2023年同期余额。", ">="),
        ("研发强度高于全省平均水平。", ">"),
        ("财政投入不低于上年。", ">="),
        ("贷款增速不低于各项贷款平均增速。", ">="),
        ("农民收入增长与经济增长基本同步。", "="),
    ],
)
def test_relative(text: str, comparator: str) -> None:
    (found,) = targets(text)
    assert (found.kind, found.comparator, found.value, found.unit) == ("relative", comparator, None, None)


@pytest.mark.parametrize(
    "text",
    [
        "对首次认定的企业，给予20万元奖励；对重新认定的，给予10万元。",
        "营业收入首次突破1亿元、5亿元的企业，分别奖励10万元、50万元。",
        "按投保金额的40%，给予一次性补助，单家合作社最高80万元。",
        "对上年度完成投资600万元及以上的，按软件购置额的12%给予奖补。",
        "市财政再给予15%的保费补贴，补贴时间不超过2年。",
        "补助标准按4个月的户均水费确定。",
        "2个月摊位费免收、4个月管理费减半。",
        "仓储费率在原有基础上下浮12%以上。",
        "最高不得超过一年期LPR减100个基点。",
        "检验收费标准降低20%。",
        "科普支出在年度收入9%以内的部分，可以扣除。",
        "申请齐全的，在3个工作日内办结。",
        "自2024年5月1日起施行，有效期3年。",
        "将工伤保险费率降至2%。",
        "对投资额超过1亿元的项目，实行专班服务。",
        "落实最低工资标准每月1800元。",
        "使用财政资金不得低于总投资的30%。",
        "聚焦5个方面、24个环节。",
        "开展4种类型试点，做到同步规划、同步建设。",
        "依托6个平台。",
        "贯彻落实省政府30条。",
        "每年听取2次工作汇报，每季度召开1次会议。",
        "每次不少于50人。",
        "落实《三年行动方案（2024—2026年）培育50家》，推进“3个中心”建设。",
        "实施24小时值守。",
    ],
)
def test_rules_terms_and_frames_are_no_targets(text: str) -> None:
    assert targets(text) == ()
    assert doubtful(text) == []


def test_a_goal_among_rules_is_a_target() -> None:
    text = "在原有票价基础上下浮15%以上，至2025年末综合运输成本至少降低0.8个百分点。"
    assert stated(text) == [("综合运输成本至少降低", ">=", 0.8, "个百分点", 2025)]
    assert [t.value for t in targets("培育企业50家，每家奖励10万元。")] == [50]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("服务企业超过3000。", "target.number-without-unit"),
        ("集聚模型超过3000高质量实例。", "target.number-without-unit"),
        ("门窗改造突破200樘。", "target.unknown-unit"),
        ("2025年、2026年企业达到50家。", "target.two-years"),
    ],
)
def test_what_is_doubtful_is_said(text: str, code: str) -> None:
    assert doubtful(text) == [(code, text.removesuffix("。"))]


@pytest.mark.parametrize(
    "text",
    [
        "2025年、2026年每年新增企业50家。",
        "创新指数达到85。",
        "2025年企业达到50家，2026年达到60家。",
        "用户数超10万。",
        "达到4A级标准。",
        "不少于3/4。",
    ],
)
def test_what_is_clear_raises_no_doubt(text: str) -> None:
    assert doubtful(text) == []


def test_a_doubt_names_the_figure_or_the_unit() -> None:
    text = "服务企业超过3000，林果产量突破30万箩，2025年、2026年企业达到50家。"
    document = document_of_lines("a", text)
    assert [issue.values for issue in doubts(document, [Span(0, len(text))])] == [
        {"value": "超过3000"},
        {"value": "万箩"},
        {"first": 2025, "second": 2026},
    ]


def test_an_unknown_unit_is_kept() -> None:
    (found,) = targets("林果产量突破30万箩以上。")
    assert (found.comparator, found.value, found.unit) == (">=", 30, "万箩")


WORDS = st.sampled_from(
    [
        "到",
        "2025年",
        "十四五",
        "末",
        "每年",
        "三年内",
        "分别",
        "均",
        "全覆盖",
        "全部",
        "逐年增长",
        "超过",
        "不低于",
        "上年",
        "5",
        "五",
        "十",
        "万",
        "亿",
        "家",
        "%",
        "个",
        "以上",
        "左右",
        "给予",
        "对",
        "的",
        "、",
        "，",
        "。",
        "（",
        "）",
        "“",
        "”",
        "《",
        "和",
        "其中",
        "翻番",
        "—",
        "元",
        "条",
        "企业",
        "率",
        "\n",
    ]
)


@settings(max_examples=300, deadline=timedelta(seconds=2))
@given(st.lists(WORDS, max_size=40).map("".join) | st.text(max_size=60))
def test_no_text_is_too_odd(text: str) -> None:
    document = document_of_lines("a", text)
    spans = sentences(document, Span(0, len(text)))
    for found in read_targets(document, spans, issued=ISSUED, carry=True):
        assert found.indicator
        assert 0 <= found.span.start < found.span.end <= len(text)
    for issue in doubts(document, spans):
        assert issue.quote in text


@pytest.mark.parametrize(
    "piece",
    [
        "1%和",
        "2025年5家",
        "（5家",
        "至少",
        "一二三",
        "9",
        "“十四五",
        " 1",
        "不低于上年",
        "每年5个、",
        "5亿元以上项目",
        "率、率均5%",
        "全覆盖、",
        "：",
        "百",
    ],
)
def test_reading_targets_takes_linear_time(piece: str) -> None:
    def seconds(times: int) -> float:
        document = document_of_lines("a", piece * times)
        start = time.process_time()
        read_targets(document, [Span(0, len(document.text))], issued=ISSUED)
        return time.process_time() - start

    small, large = (min(seconds(times) for _ in range(3)) for times in (500, 4000))
    assert large < 24 * small + 0.2
