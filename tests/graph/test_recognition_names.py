"""The form in which names are compared: typing does not count, what tells bodies apart does."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from innograph.graph.recognition.names import branch_of, is_dispatched, normal_name

texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)
names = st.text("昌吉甲乙丙科技研究所（）abc019", min_size=1, max_size=14)


@given(texts)
@example("A´")
@example("!?")
@example("ŉ甲")
@example("乾乾燥饼乾乾")
@example("& 甲 &&")
def test_normal_form_of_a_normal_form_is_itself(name: str) -> None:
    assert normal_name(normal_name(name)) == normal_name(name)


@given(
    names,
    st.sampled_from(["（）", "()", "〔〕", "【】", "[]", "〈〉"]),
    st.integers(0, 14),
    st.sampled_from([" ", "\u3000", "\u200b", "“", "·"]),
)
def test_typing_does_not_count(name: str, brackets: str, place: int, mark: str) -> None:
    written = name.translate(str.maketrans("（）", brackets))
    # A mark between two Latin letters is a space, so it is put beside Chinese ones only.
    if not (name[max(0, place - 1) : place + 1]).isascii():
        written = written[:place] + mark + written[place:]
    wide = "".join(chr(ord(c) + 0xFEE0) if "!" <= c <= "~" else c for c in written.upper())
    assert normal_name(wide) == normal_name(name)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("甲乙有限责任公司", "甲乙有限公司"),
        ("臺灣應用科學研究所", "台湾应用科学研究所"),
        ("乾坤電氣", "乾坤电气"),
        ("甲乙乾燥設備公司", "甲乙干燥设备公司"),
        ("甲乙餅乾廠", "甲乙饼干厂"),
        ("甲乙乾電池有限公司", "甲乙干电池有限公司"),
        ("Foo＆Bar Ltd", "foo & bar ltd."),
        ("甲 ＆ 乙设计院", "甲&乙设计院"),
        ("甲—乙研究院", "甲-乙研究院"),
        ("甲〔北京〕公司", "甲（北京）公司"),
        ("“甲乙”中心", "甲乙中心"),
        ("École Exemple, S.A.", "ecole exemple sa"),
        ("Exemple  Straße", "EXEMPLE STRASSE"),
        ("Ørsted-Instituttet", "orsted instituttet"),
    ],
)
def test_equal(one: str, other: str) -> None:
    assert normal_name(one) == normal_name(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("甲乙股份有限公司", "甲乙有限公司"),
        ("甲乙集团有限公司", "甲乙有限公司"),
        ("甲大学", "甲大学（北京）"),
        ("第一中学", "第二中学"),
        ("Example GmbH", "Example AG"),
        ("Example 1 2", "Example 12"),
        ("foo bar", "foobar"),
        ("乾县示范中学", "干县示范中学"),
        ("乾元科技有限公司", "干元科技有限公司"),
        ("甲乾净化设备有限公司", "甲干净化设备有限公司"),
        ("昌吉乾电科技有限公司", "昌吉干电科技有限公司"),
        ("Foo & Bar", "Foo Bar"),
        ("甲&乙设计院", "甲乙设计院"),
        ("が", "か"),
        ("!!", "??"),
    ],
)
def test_different(one: str, other: str) -> None:
    assert normal_name(one) != normal_name(other)


@pytest.mark.parametrize(
    ("name", "parts"),
    [
        ("某某科技有限公司乌鲁木齐分公司", ("某某科技有限公司", "乌鲁木齐分公司")),
        ("某某大学化学学院", ("某某大学", "化学学院")),
        ("某某科学院甲乙研究所", ("某某科学院", "甲乙研究所")),
        ("某某农业科学院", None),
        ("某某科技有限公司", None),
        ("某某大学", None),
        ("", None),
    ],
)
def test_branches_name_their_parent(name: str, parts: tuple[str, str] | None) -> None:
    assert branch_of(name) == parts


def test_only_branches_are_dispatched() -> None:
    assert [is_dispatched(name) for name in ("甲银行乙支行", "甲公司驻乙办事处", "甲大学乙学院")] == [True, True, False]


def test_long_hostile_names_take_no_time() -> None:
    assert branch_of("大学" * 20_000 + "甲") is None
    assert normal_name("（." * 50_000)
