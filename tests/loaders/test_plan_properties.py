"""What must hold for any text at all: the parser never crashes, never hangs, and lists survive how they are typed."""

from __future__ import annotations

import json
import time
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from innograph.graph.bodies import identify, kind_of
from innograph.graph.checking import check_assertions
from innograph.graph.errors import NotAPlan
from innograph.graph.ontology import load_ontology
from innograph.graph.records import EdgeAssertion, NodeAssertion
from innograph.graph.regions import region_table
from innograph.loaders.document import Span, document_of_lines
from innograph.loaders.plan import parse
from innograph.loaders.plan.emit import assertions_of
from innograph.loaders.plan.export import to_json
from innograph.loaders.plan.responsibility.assignments import Context, read_assignments
from innograph.loaders.reading.text import decode

TEXT = (Path(__file__).parents[2] / "data/sample/changji/plan.txt").read_text(encoding="utf-8")
LINES = TEXT.split("\n")
HOME = region_table()["652301"]
ONTOLOGY = load_ontology()
SLOWEST = 2.0

arbitrary = settings(max_examples=150, deadline=timedelta(seconds=SLOWEST))
mutated = settings(
    max_examples=60,
    deadline=timedelta(seconds=SLOWEST),
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)

# Pieces that mean something to the grammar, so that nonsense made of them gets far.
WORDS = st.sampled_from(
    [
        "一、",
        "（一）",
        "1.",
        "（1）",
        "第三条",
        "牵头单位：",
        "配合单位：",
        "责任单位：",
        "责任领导：",
        "市科技局",
        "州生态环境局昌吉市分局",
        "各乡镇",
        "街道",
        "、",
        "，",
        "。",
        "；",
        "：",
        "（",
        "）",
        "“",
        "”",
        "《",
        "》",
        "〔",
        "〕",
        "等",
        "无",
        "和",
        "到2023年",
        "超过50家",
        "2件以上",
        "10%",
        "全覆盖",
        "逐年递增",
        "1到2个",
        "２０２３",
        "3,000",
        "—",
        "梯度",
        "合作",
        "开展",
        "活动",
        "依托",
        "中国科学院",
        "大学",
        "研究院",
        "平台",
        "人才",
        "计划",
        "公司",
        "昌吉市",
        "昌吉州",
        "新疆",
        "根据",
        "印发",
        "的通知",
        "方案",
        "2022年6月17日",
        "昌政办发〔2021〕103号",
        "昌吉市人民政府",
        "\n",
        "\r\n",
        "\t",
        "\u3000",
        "\ufeff",
        "\x00",
        "\ue010",
        "😀",
    ]
)
nonsense = st.lists(WORDS, max_size=80).map("".join)
anything = st.text(max_size=400) | nonsense


def check_whole(text: str) -> None:
    """Parse and emit; all that is said must be provable and fit the ontology."""
    document = document_of_lines("a.txt", text)
    try:
        plan = parse(document)
    except NotAPlan as error:
        assert "\n" not in str(error)  # noqa: PT017
        return
    json.dumps(to_json(plan), allow_nan=False)
    said = list(assertions_of(plan))
    assert list(check_assertions(said, ONTOLOGY)) == said
    nodes = {a.id for a in said if isinstance(a, NodeAssertion)}
    assert all({a.source, a.target} <= nodes for a in said if isinstance(a, EdgeAssertion))
    for assertion in said:
        place = assertion.evidence.place
        assert assertion.evidence.quote
        assert text[place.start : place.end] == assertion.evidence.quote
    assert all(issue.message and issue.hint for issue in plan.issues)


@arbitrary
@given(anything)
def test_any_text_is_a_plan_or_is_not(text: str) -> None:
    check_whole(text)


@arbitrary
@given(nonsense, nonsense, nonsense)
def test_any_task_any_units(title: str, sentence: str, units: str) -> None:
    check_whole(
        f"昌吉市方案\n一、任务\n（一）{title}。{sentence}\n牵头单位：市科技局、{units}\n三、保障措施\n{sentence}"
    )


@st.composite
def damaged(draw: st.DrawFn) -> str:
    """The sample with lines deleted, doubled or shuffled, and characters put in or taken out."""
    lines = list(LINES)
    for _ in range(draw(st.integers(0, 6))):
        at = draw(st.integers(0, len(lines) - 1))
        match draw(st.sampled_from(["delete", "double", "swap", "join", "cut"])):
            case "delete" if len(lines) > 1:
                del lines[at]
            case "double":
                lines.insert(at, lines[at])
            case "swap":
                other = draw(st.integers(0, len(lines) - 1))
                lines[at], lines[other] = lines[other], lines[at]
            case "join" if at + 1 < len(lines):
                lines[at : at + 2] = [lines[at] + lines[at + 1]]
            case _:
                lines[at] = lines[at][: draw(st.integers(0, max(len(lines[at]), 1)))]
    text = "\n".join(lines)
    for _ in range(draw(st.integers(0, 8))):
        at = draw(st.integers(0, len(text)))
        text = text[:at] + draw(st.text(max_size=3) | WORDS) + text[at + draw(st.integers(0, 3)) :]
    return text


@mutated
@given(damaged())
def test_a_damaged_plan_is_read_as_far_as_it_goes(text: str) -> None:
    check_whole(text)


@mutated
@given(st.permutations(LINES))
def test_shuffled_lines(lines: list[str]) -> None:
    check_whole("\n".join(lines))


@arbitrary
@given(st.binary(max_size=400) | anything.map(lambda t: t.encode("utf-8", "replace")[1:-1]))
def test_any_bytes_are_decoded(data: bytes) -> None:
    text, encoding = decode(data)
    assert isinstance(text, str)
    assert encoding


@arbitrary
@given(anything)
def test_any_name_is_some_body(name: str) -> None:
    body = identify(name, HOME)
    assert body.id.startswith(f"{body.label}:")
    assert kind_of(name)[0]


UNITS = [
    "市科技局",
    "市商务和工信局",
    "市市场监督管理局",
    "州生态环境局昌吉市分局",
    "市委组织部",
    "市财政局",
    "各乡镇",
    "新疆农业大学",
]
SPACE = st.text(" \t\u3000\xa0", max_size=3)
BREAK = st.sampled_from(["", "", "", "\n", "\r\n", "\n\n", "\n  \n"])
SEPARATOR = st.sampled_from(["、", "，", ",", "；", ";", "､", "/"])


@st.composite
def typed(draw: st.DrawFn, units: list[str]) -> str:
    """A list as somebody might type it: any separator, any spaces, breaks at the separators, spaces inside the names."""
    parts: list[str] = []
    for index, unit in enumerate(units):
        name = "".join(character + draw(SPACE) for character in unit) if draw(st.booleans()) else unit
        separator = draw(SPACE) + draw(SEPARATOR) + draw(SPACE) + draw(BREAK) + draw(SPACE) if index else ""
        parts.append(separator + name)
    label = "配合单位" + draw(SPACE) + draw(st.sampled_from("：:"))
    return label + draw(SPACE) + "".join(parts) + draw(SPACE) + draw(st.sampled_from(["", "。", "；", "、"]))


@st.composite
def lists(draw: st.DrawFn) -> tuple[list[str], str]:
    units = draw(st.lists(st.sampled_from(UNITS), min_size=1, unique=True))
    return units, draw(typed(units))


@arbitrary
@given(lists())
def test_a_list_of_units_survives_how_it_is_typed(given_list: tuple[list[str], str]) -> None:
    units, text = given_list
    document = document_of_lines("a.txt", text)
    block = read_assignments(document, Span(0, len(text)), Context(HOME))
    (assignment,) = block.assignments
    assert [u.canonical for u in assignment.units] == units
    assert all("".join(document.quote(u.span).split()) == u.canonical for u in assignment.units)


@arbitrary
@given(
    st.lists(
        st.sampled_from(["科技局", "商务和工信局", "市场监督管理局", "财政局", "卫健委"]), min_size=1, unique=True
    ),
    st.sampled_from(["市", "州"]),
)
def test_the_level_at_the_head_is_everybodys(names: list[str], level: str) -> None:
    text = "配合单位：" + level + "、".join(names)
    block = read_assignments(document_of_lines("a.txt", text), Span(0, len(text)), Context(HOME))
    assert [u.canonical for u in block.assignments[0].units] == [level + name for name in names]


# Each of these was, or could easily be, quadratic or worse in some expression of the grammar.
RUNS = [
    "、",
    " ",
    "1",
    "—",
    "“",
    "（",
    "大",
    "大学",
    "银行",
    "人才",
    "支持",
    "市—",
    "1家至",
    "方案（",
    "印发《关",
    "2023 年",
    "1,111",
    "市科技局 ",
    "开展",
    "大大、",
    "市市—",
    "\u3000",
    "。",
    "第",
    "20",
    "学院",
]


@pytest.mark.parametrize("run", RUNS)
@pytest.mark.parametrize(
    "frame",
    [
        "{}\n一、任务\n（一）甲。\n牵头单位：市科技局",
        "一、任务\n（一）甲。{}家\n牵头单位：市科技局",
        "一、任务\n（一）甲。\n牵头单位：市科技局{}市财政局",
    ],
)
def test_a_long_run_of_anything_takes_linear_time(run: str, frame: str) -> None:
    def seconds(length: int) -> float:
        text = frame.format(run * (length // len(run)))
        start = time.process_time()
        parse(document_of_lines("a.txt", text))
        return time.process_time() - start

    seconds(100)
    # Ten times the text: a quadratic expression would take a hundred times as long.
    assert seconds(60_000) < 30 * max(seconds(6_000), 0.05)


@pytest.mark.parametrize(
    "unit",
    [
        "一、任务\n（一）甲。\n牵头单位：市科技局\n",
        "一、任务\n",
        "牵头单位：市科技局\n",
        "实施方案\n",
        "甲\n",
        "《昌吉市方案》\n",
    ],
)
def test_many_lines_take_linear_time(unit: str) -> None:
    def seconds(count: int) -> float:
        text = unit * count + "一、任务\n（一）甲。\n牵头单位：市科技局\n"
        start = time.process_time()
        parse(document_of_lines("a.txt", text))
        return time.process_time() - start

    seconds(10)
    assert seconds(5_000) < 30 * max(seconds(500), 0.05)


def test_a_plan_of_the_samples_size_is_parsed_at_once() -> None:
    def seconds() -> float:
        start = time.process_time()
        parse(document_of_lines("a.txt", TEXT))
        return time.process_time() - start

    seconds()
    assert min(seconds() for _ in range(10)) < 0.05
