"""Candidates: what is suggested, what never is, and that neither order nor number of names changes it."""

from __future__ import annotations

import random
import time
from itertools import islice, pairwise, product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from innograph.graph.recognition.candidates import Body, Candidate, candidates
from innograph.graph.recognition.cores import core_of
from innograph.graph.recognition.forms import form_of
from innograph.graph.recognition.likeness import same_core

# Characters that firms are named with, so that made-up names look like names.
BRAND = "安邦博昌晨诚岚达德鼎丰福冠光广海恒宏华汇嘉建锦景久聚凯康科朗利联隆茂民明宁鹏普启强庆泉荣瑞润森善尚盛舒泰腾天通旺维祥翔欣新鑫兴旭亚益永优宇元远越泽展兆振正志中卓"  # no two of them make a word of the trade, as 创新 would
TRADES = ("科技", "新能源", "建筑工程", "商贸", "农业发展", "机械设备", "环保科技", "食品", "纺织")


def bodies(*names: str, label: str = "Institute") -> list[Body]:
    return [Body(name, label, name) for name in names]


def found(*names: str, least: float = 0.6, label: str = "Institute") -> set[frozenset[str]]:
    return {frozenset((one.left, one.right)) for one in candidates(bodies(*names, label=label), least=least)}


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("中国科学院", "中科院"),
        ("中科院新疆生地所", "中国科学院新疆生态与地理研究所"),
        ("河北省科学技术研究院", "河北科技研究院"),
        ("甲乙医院", "丙丁大学附属甲乙医院"),
        ("某某牙科医院（某某区口腔医院）", "某某区口腔医院"),
        ("Institute of Exemplary Chemistry", "Exemplary Chemistry Institute"),
        ("Zygmunt Exemplar University", "Zygmunt Exemplaar University"),
        ("Exemplar & Zygmunt Institute", "Exemplar Zygmunt Institute"),
        ("甲乙&丙丁研究院", "甲乙丙丁研究院"),
    ],
)
def test_other_names_of_institutes_are_suggested(one: str, other: str) -> None:
    assert found(one, other) == {frozenset((one, other))}


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("昌吉市鼎泽新能源科技有限公司", "鼎泽新能源科技有限公司"),
        ("鼎泽新能源", "新疆鼎泽新能源科技股份有限公司"),
        ("鼎泽康瑞科技有限公司", "鼎泽康瑞科技股份有限公司"),
        ("鼎泽康瑞新能源有限公司", "鼎泽康端新能源有限公司"),
    ],
)
def test_other_names_of_firms_are_suggested(one: str, other: str) -> None:
    assert found(one, other, label="Enterprise") == {frozenset((one, other))}


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("甲科技有限公司", "乙科技有限公司"),
        ("鼎泽新能源科技有限公司", "康瑞新能源科技有限公司"),
        ("昌吉市第一中学", "昌吉市第二中学"),
        ("某某建设第一工程局", "某某建设第二工程局"),
        ("昌吉市人民医院", "昌吉州人民医院"),
        ("吉林省图书馆", "长春市图书馆"),
        ("中国科学院", "中国科学院新疆分院"),
        ("中科院", "中国科学院新疆分院"),
        ("某某大学", "某某大学化学学院"),
        ("鼎泽科技有限公司", "鼎泽科技有限公司昌吉分公司"),
        ("甲乙国家重点实验室", "甲乙教育部重点实验室"),
        ("北京大学", "北京工业大学"),
        ("北京鼎泽康瑞医院", "上海鼎泽康瑞医院"),
        ("Exemplar Institute 1", "Exemplar Institute 2"),
        ("Exemplar Institute II", "Exemplar Institute III"),
        ("Institute of Chemistry", "Institute of Economics"),
        ("甲乙研究院", "Exemplar Institute"),
    ],
)
def test_never_suggested(one: str, other: str) -> None:
    assert found(one, other, least=0.55) == set()


def test_an_abbreviation_of_two_characters_is_weak() -> None:
    [one] = candidates(bodies("新疆大学", "新大"), least=0.1)
    assert 0.1 < one.score < 0.6
    assert "新大" in one.reasons[0].zh


def test_an_abbreviation_that_fits_several_is_less_likely() -> None:
    [alone] = candidates(bodies("甲乙技术研究院", "甲技院"), least=0.1)
    among = candidates(bodies("甲乙技术研究院", "甲丙技术研究院", "甲技院"), least=0.1)
    score = {frozenset((one.left, one.right)): one for one in among}[frozenset(("甲乙技术研究院", "甲技院"))]
    assert score.score < alone.score
    assert "1" in score.against[0].zh


def body(own_id: str, name: str, **known: object) -> Body:
    return Body(own_id, "Enterprise", name, **known)  # type: ignore[arg-type]


def pair(one: Body, other: Body, least: float = 0.0) -> list[Candidate]:
    return candidates([one, other], least=least)


def test_an_alias_that_is_the_others_name_is_suggested() -> None:
    [one] = pair(body("1", "鼎泽科技有限公司", aliases=("老字号商行",)), body("2", "老字号商行"))
    assert one.score > 0.9
    assert "老字号商行" in one.reasons[0].zh


def test_different_keys_of_one_register_are_never_suggested() -> None:
    one = body("1", "鼎泽科技有限公司", keys={"uscc": "A"})
    assert pair(one, body("2", "鼎泽科技有限公司", keys={"uscc": "B"})) == []
    assert len(pair(one, body("2", "鼎泽科技有限公司", keys={"pic": "B"}))) == 1


def test_sibling_regions_lower_the_score_strongly() -> None:
    def score(region: str | None) -> float:
        [one] = pair(body("1", "鼎泽科技有限公司", region="652301"), body("2", "鼎泽科技有限公司", region=region))
        return one.score

    assert score("652302") < score("652301") / 2
    assert score("650000") == score(None) == score("652301")


def test_decided_pairs_are_left_out() -> None:
    two = bodies("中国科学院", "中科院")
    assert candidates(two, {frozenset(("中国科学院", "中科院"))}) == []
    assert len(candidates(two, [frozenset(("中科院", "甲"))])) == 1


def made_up(count: int, seed: int) -> list[str]:
    chance = random.Random(seed)
    names = {f"{''.join(chance.sample(BRAND, 4))}{chance.choice(TRADES)}有限公司" for _ in range(count)}
    return sorted(names)


RANDOM = made_up(2000, 7)


@settings(max_examples=8, deadline=None)
@given(st.sampled_from(RANDOM), st.data())
def test_a_mistyped_name_is_found_among_many(name: str, data: st.DataObject) -> None:
    at = data.draw(st.integers(0, 3))
    wrong = data.draw(st.sampled_from([c for c in "囗厸厽亾" if c != name[at]]))
    typo = name[:at] + wrong + name[at + 1 :]
    assert frozenset((name, typo)) in found(*RANDOM, typo, least=0.5, label="Enterprise")


@settings(max_examples=20, deadline=None)
@given(
    st.lists(st.sampled_from(RANDOM[:40] + [name.replace("有限公司", "集团") for name in RANDOM[:40]]), unique=True),
    st.randoms(),
)
def test_order_does_not_matter_and_each_pair_comes_once(names: list[str], chance: random.Random) -> None:
    first = candidates(bodies(*names), least=0.3)
    shuffled = list(names)
    chance.shuffle(shuffled)
    assert candidates(bodies(*shuffled), least=0.3) == first
    assert len({(one.left, one.right) for one in first}) == len(first)
    assert all(one.left < one.right for one in first)
    assert all(one.score >= other.score for one, other in pairwise(first))


@settings(deadline=None)
@given(st.lists(st.text(st.characters(exclude_categories=["Cs"]), max_size=12), unique=True, max_size=8))
def test_any_names_can_be_compared(names: list[str]) -> None:
    for one in candidates([Body(str(at), "Institute", name) for at, name in enumerate(names)], least=0.0):
        assert 0.0 <= one.score <= 1.0
        assert one.reasons


# Eight characters make up all brands: every pair of them is in thousands of names, so none brings names together.
FEW = "鑫瑞祥禾蓝庭旺达"


def of_few_characters(count: int) -> list[str]:
    """Names that all differ in brand or trade, so that no two are one firm's."""
    brands = ("".join(brand) for brand in product(FEW, repeat=5))
    stems = (brand + trade for brand in brands for trade in ("建材", "食品加工"))
    return [f"{stem}有限公司" for stem in islice(stems, count)]


def test_names_that_differ_in_legal_form_or_place_are_found_however_common_their_parts_are() -> None:
    names = of_few_characters(20_000)
    planted = {name: name.replace("有限公司", "股份有限公司") for name in names[::800]}
    planted |= {name: f"昌吉市{name}" for name in names[400::800]}
    assert len(planted) == 50
    listed = found(*names, *planted.values(), least=0.85, label="Enterprise")
    assert listed == {frozenset(pair) for pair in planted.items()}


def test_the_time_grows_with_the_number_of_names() -> None:
    def seconds(count: int) -> float:
        names = of_few_characters(count)
        begin = time.process_time()
        assert found(*names, names[-1].replace("有限公司", "集团"), label="Enterprise")
        return time.process_time() - begin

    seconds(100)  # tables are read once
    assert seconds(16_000) < 9 * seconds(4_000)


def test_a_place_or_legal_form_of_its_own_lowers_the_score() -> None:
    def score(one: str, other: str) -> float:
        return round(same_core(form_of(one), form_of(other), "鼎泽建材").score, 4)

    assert score("鼎泽建材公司", "鼎泽建材有限公司") == 0.95
    assert score("鼎泽建材股份有限公司", "鼎泽建材有限公司") == 0.855  # 0.95 x 0.9
    assert score("鼎泽建材有限公司", "鼎泽建材（昌吉）有限公司") == 0.855
    assert score("北京鼎泽建材有限公司", "上海鼎泽建材有限公司") == 0.285  # 0.95 x 0.3


def test_one_core_does_not_join_what_differs_for_certain() -> None:
    assert found("鼎泽建材有限公司", "昌吉市鼎泽建材有限公司昌吉分公司", least=0.0, label="Enterprise") == set()


def left_out_of(*listed: Body) -> list[int]:
    told: list[int] = []
    candidates(listed, tell_left_out=told.append)
    return told


def test_how_many_pairs_were_not_compared_is_told() -> None:
    same = [body(f"{at:02}", "鼎泽建材有限公司") for at in range(52)]
    assert left_out_of(*same[:50]) == []
    assert left_out_of(*same) == [101]  # 52 x 51 / 2 pairs less 50 x 49 / 2
    assert left_out_of(*same[:50], body("x", "鼎泽建材公司"), body("y", "鼎泽建材集团")) == [
        52
    ]  # the one 公司 meets 49 of the 50: left are 1 + 50 + 1


@pytest.mark.parametrize(
    ("name", "core"),
    [
        ("新疆昌吉市鼎泽建材有限责任公司", "鼎泽建材"),
        ("（昌吉）鼎泽建材集团股份有限公司", "鼎泽建材"),
        ("昌吉泰安建材有限公司", "泰安建材"),  # 泰安 is in Shandong: here it is the firm's name
        ("昌吉市科技发展有限公司", ""),
        ("昌吉市有限公司", ""),
        ("Exemplar Ltd", ""),
    ],
)
def test_the_core_of_a_name(name: str, core: str) -> None:
    assert core_of(form_of(name)) == core
