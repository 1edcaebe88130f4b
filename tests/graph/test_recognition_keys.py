"""Keys of registers: the check digits of the standards, worked out by hand, and how a key may be typed."""

from __future__ import annotations

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from innograph.graph.recognition.keys import REGISTERS, BadKey, check_key

ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
# GB 32100-2015 gives this one as its example. By hand, weights 3^(i-1) mod 31 = 1 3 9 27 19 26 16 17 20 29 25 13 8 24 10 30 28:
# 9·1+1·3+3·9+5·27+0·19+1·26+0·16+0·17+21·20+0+0+0+1·8+0+0+30·30+4·28, of which M = 21 and Y = 30, is 1640 = 52·31+28; 31-28 = 3.
# Its organisation code M000100Y by GB 11714 (M = 22, Y = 34): 22·3+1·5+34·2 = 139 = 12·11+7; 11-7 = 4.
USCC = "91350100M000100Y43"


def test_the_example_of_the_standard() -> None:
    assert check_key("uscc", USCC) == USCC


@pytest.mark.parametrize(
    "written",
    [
        "９１３５０１００Ｍ０００１００Ｙ４３",
        " 91350100 m000100y43",
        "91350100-M000100Y-43",
        "\ufeff91350100M000100Y43",
    ],
)
def test_typing_does_not_count(written: str) -> None:
    assert check_key("uscc", written) == USCC


def problem(scheme: str, key: str) -> tuple[str, str]:
    with pytest.raises(BadKey) as error:
        check_key(scheme, key)
    return error.value.problem.zh, error.value.problem.en


@pytest.mark.parametrize(
    ("key", "zh", "en"),
    [
        ("91350100M000100Y4", "应为18位，这里是17位", "has 18 characters; this has 17"),
        ("91350100M0O0100Y43", "第11位不能是“O”", "cannot have “O” as character 11"),
        ("9135A100M000100Y43", "第5位不能是“A”", "cannot have “A” as character 5"),
        ("91350100M000100Y4X", "（第18位）应为 3，这里是 X", "check 3 (character 18); this has X"),
        # 5 in place 17 adds 28 to the sum: 1668 = 53·31+25, 31-25 = 6; the whole passes, the organisation code does not.
        ("91350100M000100Y56", "组织机构代码的校验码（第17位）应为 4，这里是 5", "check 4 (character 17); this has 5"),
        ("", "编码是空的", "The key is empty"),
    ],
)
def test_what_is_wrong_with_a_credit_code(key: str, zh: str, en: str) -> None:
    found = problem("uscc", key)
    assert zh in found[0]
    assert en in found[1]


@given(st.integers(0, 17), st.sampled_from(ALPHABET))
def test_one_wrong_character_is_always_found(place: int, wrong: str) -> None:
    assume(USCC[place] != wrong)
    with pytest.raises(BadKey):
        check_key("uscc", USCC[:place] + wrong + USCC[place + 1 :])


@given(st.integers(0, 16))
def test_two_characters_changed_about_are_found(place: int) -> None:
    assume(USCC[place] != USCC[place + 1])
    with pytest.raises(BadKey):
        check_key("uscc", USCC[:place] + USCC[place + 1] + USCC[place] + USCC[place + 2 :])


# 0000001 is 1; 98 - 100 mod 97 = 95. 000000z is 31; 3100 mod 97 = 93; 98-93 = 05.
@pytest.mark.parametrize(
    "written", ["000000195", "https://ror.org/000000195", "HTTP://www.ror.org/000000195/", "ror.org/000000195"]
)
def test_a_ror_id_may_be_an_address(written: str) -> None:
    assert check_key("ror", written) == "000000195"


def test_check_digits_of_ror_have_two_places() -> None:
    assert check_key("ror", "000000Z05") == "000000z05"


@pytest.mark.parametrize(
    ("key", "en"),
    [
        ("000000196", "check 95 (characters 8 to 9); this has 96"),
        ("0000l0195", "cannot have “l” as character 5"),
        ("100000195", "cannot have “1” as character 1"),
        ("0000001z5", "cannot have “z” as character 8"),
        ("00000195", "has 9 characters; this has 8"),
    ],
)
def test_what_is_wrong_with_a_ror_id(key: str, en: str) -> None:
    assert en in problem("ror", key)[1]


@pytest.mark.parametrize(
    ("scheme", "good", "bad"),
    [
        ("pic", "912345678", "91234567"),
        ("moe", "4199012345", "419901234X"),
        ("gbt2260", "652301", "652399"),
        ("gbt2260", "100000", "6523"),
    ],
)
def test_keys_of_digits(scheme: str, good: str, bad: str) -> None:
    assert check_key(scheme, good) == good
    assert all(problem(scheme, bad))


def test_digits_of_other_scripts_are_no_digits() -> None:
    assert "第1位" in problem("pic", "٩12345678")[0]


def test_an_unknown_register_is_taken_at_its_word() -> None:
    assert check_key("h2020", " 730-900 ") == "730-900"


@given(st.sampled_from(sorted(REGISTERS)), st.text(max_size=24))
def test_any_text_is_a_key_or_refused_and_a_key_stays(scheme: str, text: str) -> None:
    try:
        key = check_key(scheme, text)
    except BadKey:
        return
    assert check_key(scheme, key) == key
