"""Ids: the same however a name is typed, different for different things."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from innograph.graph.identity import digest, edge_id, node_id, plain, plan_key

texts = st.text(st.characters(exclude_categories=["Cs"]))
clean = st.text("昌吉市科技局农业农村甲乙丙abc019", min_size=1, max_size=12)


@given(texts)
@example("A´")  # compatibility forms may decompose into a space and a mark, which then meets another letter
@example('A"\u0301')
def test_plain_twice_is_plain_once(name: str) -> None:
    assert plain(plain(name)) == plain(name)


@given(texts)
def test_plain_has_no_white_space_and_is_folded(name: str) -> None:
    result = plain(name)
    assert not any(c.isspace() for c in result)
    assert unicodedata.normalize("NFKC", result) == result


@given(clean, st.data())
def test_typing_habits_make_no_difference(name: str, data: st.DataObject) -> None:
    wide = str.maketrans({chr(c): chr(c + 0xFEE0) for c in range(0x21, 0x7F)})
    space = data.draw(st.sampled_from([" ", "　", "\u00a0", "\n", "\t"]))
    at = data.draw(st.integers(0, len(name)))
    assert plain(name[:at] + space + name[at:].translate(wide)) == plain(name) == name


@pytest.mark.parametrize("quoted", ["“科博会”", '"科博会"', "「科博会」", "『科博会』", "‘科博会’", "＂科博会＂"])
def test_quotes(quoted: str) -> None:
    assert plain(quoted) == "科博会"


@given(clean, clean)
def test_node_id_is_the_same_for_what_is_already_plain(a: str, b: str) -> None:
    assert node_id("Department", a, b) == f"Department:{a}/{b}"
    assert node_id("Department", f" {a}", f"{b}　") == node_id("Department", a, b)


@given(clean, clean, clean)
def test_edge_id_tells_direction_ends_and_key_apart(a: str, b: str, key: str) -> None:
    assert edge_id("LEADS", a, b, key) == edge_id("LEADS", a, b, key)
    assert edge_id("LEADS", a, b, key) != edge_id("LEADS", a, b)
    if a != b:
        assert edge_id("LEADS", a, b) != edge_id("LEADS", b, a)
    assert edge_id("LEADS", a, b).partition(":")[0] == "LEADS"


def test_digest_does_not_run_parts_together() -> None:
    assert len({digest("ab", "c"), digest("a", "bc"), digest("abc"), digest("abc", "")}) == 4


@pytest.mark.parametrize(
    "bracket", ["〔2022〕", "[2022]", "（2022）", "(2022)", "【2022】", "［2022］", " 〔２０２２〕 "]
)
def test_plan_key_is_one_for_all_brackets(bracket: str) -> None:
    assert plan_key("方案", f"昌市政办发{bracket}15号") == "昌市政办发-2022-15"


@given(texts)
def test_plan_key_of_a_title_twice_is_once(title: str) -> None:
    key = plan_key(title, None)
    assert plan_key(key, None) == key == plain(title)


@given(clean, st.integers(1950, 2100), st.integers(1, 999))
def test_plan_key_of_a_number_ignores_the_title(issuer: str, year: int, number: int) -> None:
    key = plan_key("一", f"{issuer}〔{year}〕{number}号")
    assert key == plan_key("二", f"{issuer} 〔{year}〕 第 {number} 号") == f"{issuer}-{year}-{number}"


def test_plan_key_of_what_is_no_number_is_the_title() -> None:
    assert plan_key("三年　行动方案", "无") == plan_key("三年行动方案", "") == "三年行动方案"
