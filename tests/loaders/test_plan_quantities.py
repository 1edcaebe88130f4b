"""Numbers, years and quantities as plans write them."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from innograph.loaders.document import Span, document_of_lines
from innograph.loaders.plan.targets.clauses import clauses_of
from innograph.loaders.plan.targets.dates import deadlines, without_dates
from innograph.loaders.plan.targets.numerals import value_of
from innograph.loaders.plan.targets.quantities import quantities

ISSUED = date(2024, 3, 8)
DIGITS = "零一二三四五六七八九"


def quantity(text: str) -> tuple[str, float, float | None, str]:
    (found,) = quantities(text, Span(0, len(text)))
    return found.comparator, found.value, found.upto, found.unit


def years(text: str) -> list[int]:
    return [found.year for found in deadlines(text, ISSUED)]


def below_myriad(number: int) -> str:
    """Write a number below 10000 in characters, the way it is read aloud."""
    written, gap = "", False
    for scale, name in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit = number // scale % 10
        if digit:
            written += ("零" if gap and written else "") + DIGITS[digit] + name
        gap = not digit
    return written


def in_characters(number: int) -> str:
    if number >= 10**8:
        rest = number % 10**8
        between = "零" if 0 < rest < 10**7 else ""
        return f"{in_characters(number // 10**8)}亿{between}{in_characters(rest) if rest else ''}"
    if number >= 10**4:
        rest = number % 10**4
        between = "零" if 0 < rest < 10**3 else ""
        return f"{below_myriad(number // 10**4)}万{between}{below_myriad(rest)}"
    return below_myriad(number)


@given(st.integers(1, 10**12 - 1))
def test_numbers_in_characters_round_trip(number: int) -> None:
    assert value_of(in_characters(number)) == number


@given(st.integers(0, 10**12))
def test_numbers_in_digits_round_trip(number: int) -> None:
    assert value_of(str(number)) == value_of(f"{number:,}") == number


@pytest.mark.parametrize(
    ("text", "value"),
    [("十", 10), ("十二", 12), ("两百零五", 205), ("二〇二六", 2026), ("三千五百", 3500), ("千", 1000), ("0.75", 0.75)],
)
def test_numbers(text: str, value: float) -> None:
    assert value_of(text) == value


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("到2026年底前", [2026]),
        ("2026年6月底前", [2026]),
        ("至2027年末", [2027]),
        ("二〇二七年", [2027]),
        ("2024—2026年", [2026]),
        ("2024年至2026年", [2026]),
        ("2025年、2030年", [2025, 2030]),
        ("到2025年和2030年", [2025, 2030]),
        ("2024、2025和2026年", [2024, 2025, 2026]),
        ("2024年底、2025年底前", [2024, 2025]),
        ("“十四五”末", [2025]),
        ("十五五期间", [2030]),
        ('"十四五"末', [2025]),
        ("到“十四五”末", [2025]),
        ("三年内", [2027]),
        ("力争5年内", [2029]),
        ("未来两年", [2026]),
        ("今年底前", [2024]),
        ("年底前", [2024]),
        ("明年", [2025]),
        ("“十四五”规划", []),
        ("比2020年", []),
        ("从2020年的", []),
        ("不低于2023年同期", []),
        ("2025年起", []),
        ("2020年以来", []),
        ("2024年5月1日至6月30日", []),
        ("2023年版", []),
        ("近三年", []),
        ("每年年底前", []),
        ("三年行动", []),
    ],
)
def test_years(text: str, expected: list[int]) -> None:
    assert years(text) == expected


def test_years_that_count_from_the_issue_date_need_one() -> None:
    assert deadlines("三年内") == deadlines("今年底前") == []


def test_dates_are_no_part_of_an_indicator() -> None:
    assert without_dates("力争到2026年底前培育企业") == "培育企业"
    assert without_dates("较2020年增长") == "较2020年增长"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("培育企业超20家", (">", 20, None, "家")),
        ("培育企业逾20家", (">", 20, None, "家")),
        ("培育企业20多家", (">", 20, None, "家")),
        ("带动农户3万余户", (">", 3, None, "万户")),
        ("投资500多万元", (">", 500, None, "万元")),
        ("覆盖率不得低于80%", (">=", 80, None, "%")),
        ("成本至少降低1.5个百分点", (">=", 1.5, None, "个百分点")),
        ("失业率控制在5%以内", ("<=", 5, None, "%")),
        ("价格降至20元/千克以下", ("<=", 20, None, "元/千克")),
        ("浓度≤35微克/立方米", ("<=", 35, None, "微克/立方米")),
        ("达近60个", ("~", 60, None, "个")),
        ("大约60个", ("~", 60, None, "个")),
        ("增长10%—15%", ("range", 10, 15, "%")),
        ("投资5亿至8亿元", ("range", 5, 8, "亿元")),
        ("二十个以上", (">=", 20, None, "个")),
        ("占比达百分之三十", (">=", 30, None, "%")),
        ("产值突破千亿元", (">", 1000, None, "亿元")),
        ("商圈3条（个）以上", (">=", 3, None, "条（个）")),
        ("注册总量突破6亿", (">", 6, None, "亿")),
        ("算力达到8EFLOPS", (">=", 8, None, "EFLOPS")),
        ("适配率70‰", ("=", 70, None, "‰")),
        ("用户数达到5000", (">=", 5000, None, "")),
        ("企业增至40家左右", ("~", 40, None, "家")),
        ("时长压减至3小时", ("<=", 3, None, "小时")),
        ("企业保持在40家", ("=", 40, None, "家")),
        ("新建垂钓园六个", ("=", 6, None, "个")),
        ("引进品种六到十二个", ("range", 6, 12, "个")),
        ("引进品种十至二十个", ("range", 10, 20, "个")),
        ("接待游客四十万人次", ("=", 40, None, "万人次")),
        ("产值增长到六百亿元", (">=", 600, None, "亿元")),
        ("新建防护林三十二万亩", ("=", 32, None, "万亩")),
        ("新增两条公交线路", ("=", 2, None, "条")),
        ("改造粮仓九座", ("=", 9, None, "座")),
        ("满意度达到百分之九十", (">=", 90, None, "%")),
    ],
)
def test_quantities(text: str, expected: tuple[str, float, float | None, str]) -> None:
    comparator, value, upto, unit = quantity(text)
    assert (comparator, value, upto, unit) == expected


@pytest.mark.parametrize(
    "text",
    [
        "三大产业",
        "四位一体",
        "第三家企业",
        "一批平台",
        "近百家企业",
        "5G网络",
        "4A级景区",
        "达到5A级",
        "达到2025年",
        "2.0版",
        "500强",
        "分为四个",
        "做到五个",
        "重点任务六项",
        "打造四个高地",
        "一村一个",
        "每镇建设两个",
        "数十万亩",
        "几百亿元",
        "上百万人次",
        "1+3+N",
    ],
)
def test_what_is_no_quantity(text: str) -> None:
    assert list(quantities(text, Span(0, len(text)))) == []


BOUNDS = st.sampled_from(
    [
        ("不少于{}", "{}以上"),
        ("不低于{}", "{}及以上"),
        ("不超过{}", "{}以内"),
        ("不高于{}", "{}以下"),
        ("约{}", "{}左右"),
    ]
)


@given(BOUNDS, st.integers(1, 10**6), st.sampled_from(["家", "%", "万亩", "个百分点", "人次"]))
def test_a_bound_says_the_same_before_and_behind(forms: tuple[str, str], number: int, unit: str) -> None:
    before, behind = (f"企业{form.format(f'{number}{unit}')}" for form in forms)
    assert quantity(before) == quantity(behind)


@given(st.text("　 到2０5年家亿万以上超过一二“”《》（），。—至～.,", max_size=40))
def test_clauses_point_to_their_characters(text: str) -> None:
    document = document_of_lines("a", text)
    for clause in clauses_of(document, Span(0, len(text))):
        assert len(clause.text) == len(clause.masked) == len(clause.offsets)
        assert [document.folded[offset] for offset in clause.offsets] == list(clause.text)


def test_the_spaces_of_typesetting() -> None:
    text = "到 ２ ０ ２ ６ 年 ，建成 AI Lab 平台 1 0 个 ，用户 10 000 户"
    document = document_of_lines("a", text)
    found = [clause.text for clause in clauses_of(document, Span(0, len(text)))]
    assert found == ["到2026年", "建成AI Lab平台10个", "用户10000户"]
