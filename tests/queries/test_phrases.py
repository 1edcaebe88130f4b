"""Phrases as patterns: what they take, what they do not, and that no input makes them slow."""

from __future__ import annotations

import re
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from innograph.graph.text import Text
from innograph.queries import load_catalogue
from innograph.queries.phrases import LONGEST, bare, compile_phrase
from innograph.queries.question import Parameter, ParameterType

UNIT = Parameter("unit", ParameterType.THING, Text("单位", "unit"))
YEAR = Parameter("year", ParameterType.INTEGER, Text("年份", "year"))
BY = Parameter(
    "by",
    ParameterType.CHOICE,
    Text("按", "by"),
    options={"region": Text("区域", "region"), "tier": Text("梯度", "tier")},
)
PARAMETERS = {"unit": UNIT, "year": YEAR, "by": BY}


@pytest.mark.parametrize(
    ("phrase", "asked", "slots"),
    [
        ("{unit}[都]牵头(哪些|什么)任务", "市科技局牵头什么任务", {"unit": "市科技局"}),
        ("{unit}[都]牵头(哪些|什么)任务", "请问：市科技局 都牵头哪些任务？？", {"unit": "市科技局"}),
        ("{unit}[都]牵头(哪些|什么)任务", "市科技局牵头几项任务", None),
        ("{unit}[都]牵头(哪些|什么)任务", "牵头哪些任务", None),
        ("{year}年到期的目标", "２０２３年到期的目标", {"year": "2023"}),
        ("{year}年到期的目标", "明年到期的目标", None),
        ("按{by}看企业", "按区域看企业", {"by": "区域"}),
        ("按{by}看企业", "按TIER看企业", {"by": "TIER"}),
        ("按{by}看企业", "按行业看企业", None),
        ("what does {unit} lead", "Please tell me what does  市科技局 lead?", {"unit": "市科技局"}),
        ("what does {unit} lead", "WHAT DOES Acme Ltd LEAD", {"unit": "Acme Ltd"}),
        ("[the ](tasks|duties) of {unit}", "The duties of Acme", {"unit": "Acme"}),
        ("(本市|{unit})的任务", "本市的任务", {}),
    ],
)  # fmt: skip
def test_what_a_phrase_takes(phrase: str, asked: str, slots: dict[str, str] | None) -> None:
    assert compile_phrase(phrase, PARAMETERS).slots(bare(asked)) == slots


def test_one_way_to_say_it() -> None:
    spoken = compile_phrase("[请问]{unit}(([还]配合|牵头)|负责)[了](哪些|什么)任务", PARAMETERS).spoken
    assert spoken == "{unit}配合哪些任务"


@pytest.mark.parametrize("phrase", ["{unit", "(a|b", "a]", "{unit}和{unit}"])
def test_brackets_that_are_wrong(phrase: str) -> None:
    if "{" in phrase and "}" not in phrase:
        assert compile_phrase(phrase, PARAMETERS).slots("unit") == {}  # no slot, only a word
    else:
        with pytest.raises(ValueError, match=r"^[()\[\]]$|^\{unit\}$"):
            compile_phrase(phrase, PARAMETERS)


@given(st.text(alphabet="()[]|a", max_size=12))
def test_what_is_taken_for_right_can_be_asked(phrase: str) -> None:
    try:
        made = compile_phrase(phrase, PARAMETERS)
    except ValueError:
        return
    assert made.slots("市科技局") is None


@given(st.text(alphabet="市科技局牵头哪些 Aa，。？!\u3000", max_size=40))
def test_what_is_left_begins_and_ends_with_what_counts(asked: str) -> None:
    left = bare(asked)
    assert left == left.strip(" ，。？!")
    assert not re.search("[市科技局牵头哪些] +[市科技局牵头哪些]", left)
    assert set(left) <= set("市科技局牵头哪些 Aa，。？!,?")


HOSTILE = ["市" * LONGEST, "哪些任务" * 50, "和" * 100 + "哪些", "a " * 100, "的" * 199 + "？"]


@pytest.mark.parametrize("asked", HOSTILE)
def test_hostile_questions_take_no_time(asked: str) -> None:
    phrases = [phrase for question in load_catalogue() for some in question.phrases.values() for phrase in some]
    assert len(phrases) > 20
    began = time.process_time()
    for phrase in phrases:
        phrase.slots(bare(asked)[:LONGEST])
    assert time.process_time() - began < 2
