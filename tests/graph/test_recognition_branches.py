"""Head offices and branches under one key: what the names say, by hand, and what their ids and candidates become."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from innograph.graph.recognition.branches import (
    KeysMet,
    bare_ids,
    id_by_key,
    is_part,
    key_in,
    may_share_key,
    why_apart,
)
from innograph.graph.recognition.names import owners_of
from innograph.graph.text import use_language

HEAD = "鼎泽康瑞科技有限公司"
CODE = "91652301MA0000015T"

APART = [
    (HEAD, f"{HEAD}昌吉分公司"),
    (HEAD, f"{HEAD}昌吉工厂"),
    (HEAD, f"{HEAD}新能源事业部"),
    ("鼎泽康瑞科技有限责任公司", f"{HEAD} 昌吉分公司"),
    ("鼎泽康瑞公司", f"{HEAD}昌吉工厂"),
    ("新疆鼎泽集团", f"{HEAD}昌吉工厂"),
    ("昌吉鼎泽", f"{HEAD}昌吉分公司"),
    (f"{HEAD}昌吉分公司", f"{HEAD}阜康分公司"),
    (f"{HEAD}第一分公司", f"{HEAD}第二分公司"),
    ("某某大学", "某某大学昌吉校区"),
    ("某某大学", "某某大学化学学院"),
    ("某某大学化学学院", "某某大学物理学院"),
    ("某某中学", "某某中学北校区分校"),
    ("某某医院", "某某医院城南分院"),
    ("某某科学院", "某某科学院甲乙研究所"),
    ("某某科学院甲乙研究所", "某某科学院甲乙研究所丙工作站"),
    ("某某超市有限公司", "某某超市有限公司城南分店"),
    ("中科院", "中国科学院甲乙研究所"),
]
ALIKE = [
    (HEAD, "鼎泽康瑞科技有限责任公司"),
    (HEAD, "旧名实业有限公司"),
    (f"{HEAD}昌吉分公司", "鼎泽康瑞科技有限责任公司昌吉分公司"),
    (f"{HEAD}昌吉市分公司", f"{HEAD}昌吉分公司"),
    ("鼎泽昌吉分公司", f"{HEAD}昌吉分公司"),
    ("某某科学院甲乙丙生态与地理研究所", "甲乙丙生态与地理研究所"),
    ("某某科学院甲乙丙生态与地理研究所", "某科院甲乙丙生地所"),
    ("某某大学化学学院", "某某大学化学与化工学院"),
    ("某某大学第一附属医院", "某某医科大一附院"),
    ("Exemplar Ltd", "Exemplar Ltd Urumqi Branch"),
]


@pytest.mark.parametrize(("one", "other"), APART)
def test_a_body_and_its_branch_and_two_branches_are_apart(one: str, other: str) -> None:
    assert why_apart(one, other) is not None
    assert why_apart(other, one) is not None
    assert not may_share_key([one], [other])


@pytest.mark.parametrize(("one", "other"), ALIKE)
def test_other_names_of_one_body_are_not(one: str, other: str) -> None:
    assert why_apart(one, other) is None
    assert why_apart(other, one) is None
    assert may_share_key([one], [other])


def test_the_reason_names_the_branch_first() -> None:
    for pair in ((HEAD, f"{HEAD}昌吉工厂"), (f"{HEAD}昌吉工厂", HEAD)):
        why = why_apart(*pair)
        assert why is not None
        assert why.zh == f"从名称看，“{HEAD}昌吉工厂”是“{HEAD}”的分支或下属单位"
        with use_language("en"):
            assert why.show() == f"By their names, “{HEAD}昌吉工厂” is a branch or a part of “{HEAD}”"


def test_two_parts_of_different_kinds_are_told_as_two() -> None:
    why = why_apart(f"{HEAD}昌吉工厂", f"{HEAD}阜康分公司")
    assert why is not None
    assert why.zh == f"从名称看，“{HEAD}昌吉工厂”和“{HEAD}阜康分公司”是两个分支或下属单位"


def test_one_name_that_fits_is_enough() -> None:
    """What a person has joined has the names of both."""
    assert may_share_key([HEAD, f"{HEAD}昌吉工厂"], [f"{HEAD}昌吉工厂"])
    assert may_share_key([], [f"{HEAD}昌吉工厂"])


def test_ids_of_branches_have_the_name_too() -> None:
    assert id_by_key("Organisation", "uscc", CODE, HEAD) == f"Organisation:uscc={CODE}"
    assert id_by_key("Organisation", "uscc", CODE, "") == f"Organisation:uscc={CODE}"
    assert id_by_key("Organisation", "uscc", CODE, f"{HEAD} 昌吉分公司") == f"Organisation:uscc={CODE}/{HEAD}昌吉分公司"


@pytest.mark.parametrize("scheme", ["ror", "pic", "moe", "h2020"])
def test_other_registers_know_parts_by_keys_of_their_own(scheme: str) -> None:
    assert id_by_key("Organisation", scheme, "1", f"{HEAD}昌吉分公司") == f"Organisation:{scheme}=1"


@given(st.sampled_from(["uscc", "ror", "own"]), st.text("0123456789ABX", min_size=1), st.text("甲乙公司分院/=:昌"))
def test_the_key_in_an_id_is_the_one_it_was_made_of(scheme: str, key: str, name: str) -> None:
    assert key_in(id_by_key("Organisation", scheme, key, name)) == (scheme, key)


def test_a_key_alone_means_the_only_branch_that_has_it() -> None:
    one, two = (f"Organisation:uscc={CODE}/{HEAD}{place}分公司" for place in ("昌吉", "阜康"))
    bare = f"Organisation:uscc={CODE}"
    assert bare_ids([one, "Enterprise:甲公司"], str) == {bare: one}
    assert bare_ids([one, two], str) == {}
    assert bare_ids([one, two], lambda _: one) == {bare: one}
    assert bare_ids([one, bare], str) == {}


def test_a_table_tells_a_branch_under_its_head_offices_key() -> None:
    met = KeysMet()
    assert met.apart_from("uscc", CODE, HEAD) is None
    assert met.apart_from("uscc", CODE, HEAD) is None
    assert met.apart_from("uscc", CODE, "") is None
    assert met.apart_from("uscc", "other", f"{HEAD}昌吉分公司") is None
    assert met.apart_from("uscc", CODE, f"{HEAD}昌吉分公司") == HEAD
    assert met.apart_from("moe", CODE, f"{HEAD}昌吉分公司") is None


@given(st.text("甲乙公司大学院分厂昌吉所()", max_size=12), st.text("甲乙公司大学院分厂昌吉所()", max_size=12))
def test_which_name_comes_first_does_not_matter(one: str, other: str) -> None:
    assert (why_apart(one, other) is None) == (why_apart(other, one) is None)
    assert why_apart(one, one) is None


def test_long_hostile_names_take_no_time() -> None:
    started = time.process_time()
    long = "大学" * 50_000 + "院"
    assert len(owners_of(long)) == 8
    assert is_part(long)
    why_apart(long, "大学" * 50_000)
    assert time.process_time() - started < 5
