"""What is written the quick way into the ledger's cells is what the standard library's JSON makes of the same values."""

from __future__ import annotations

import datetime as dt
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from innograph.graph.ledger.codec import decode, encode
from innograph.graph.ledger.rows import encode_place
from innograph.graph.records import Locator

numbers = st.none() | st.integers(0, 10**9)
words = st.none() | st.text(st.characters(exclude_categories=["Cs"]), max_size=5)


def as_json(values: dict[str, object]) -> str:
    return json.dumps(values, ensure_ascii=False, separators=(",", ":"))


@given(
    st.builds(Locator, **{name: words if name in ("sheet", "section") else numbers for name in Locator._fields})
    | st.builds(Locator, *[st.none()] * 5, words, st.none(), numbers, numbers, st.none())
)
def test_a_place_is_the_fields_that_are_set(place: Locator) -> None:
    fields = {name: getattr(place, name) for name in Locator._fields}
    assert json.loads(encode_place(place)) == {name: value for name, value in fields.items() if value is not None}


@pytest.mark.parametrize(
    ("place", "text"),
    [
        (Locator(row=5, column=2), '{"row":5,"column":2}'),
        (Locator(row=5), '{"row":5}'),
        (Locator(sheet="名单", row=5, column=2), '{"sheet":"名单","row":5,"column":2}'),
        (Locator(row=0, column=0, section="二"), '{"row":0,"column":0,"section":"二"}'),
        (Locator(), "{}"),
    ],
)
def test_places_word_for_word(place: Locator, text: str) -> None:
    assert encode_place(place) == text


@given(st.dictionaries(st.text(max_size=3).filter(str.isascii), st.dates(), max_size=3))
def test_days(days: dict[str, dt.date]) -> None:
    text = encode(days)
    assert text == as_json(
        {name: {"$date": f"{day.year:04}-{day.month:02}-{day.day:02}"} for name, day in days.items()}
    )
    assert decode(text) == days


class _Day(dt.date):
    """No day that the ledger knows, though it is equal to one."""


def test_what_equals_a_day_is_none() -> None:
    assert encode({"a": dt.date(2022, 6, 17)}) == '{"a":{"$date":"2022-06-17"}}'
    for other in (_Day(2022, 6, 17), dt.datetime(2022, 6, 17), {1, 2}):
        with pytest.raises(TypeError):
            encode({"a": other})


@pytest.mark.parametrize("value", [float("nan"), float("inf"), float("-inf")])
def test_no_finite_number_is_taken_for_nothing(value: float) -> None:
    assert encode({"a": None, "b": "null", "c": 1.5}) == '{"a":null,"b":"null","c":1.5}'
    with pytest.raises(ValueError, match="finite"):
        encode({"a": None, "b": value})
