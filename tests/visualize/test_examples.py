"""The examples of the reference pages: kept once for pages in every language."""

from __future__ import annotations

from innograph.graph.text import use_language
from innograph.visualize.examples import example_answers


def test_they_do_not_depend_on_the_language_of_who_asks_first() -> None:
    example_answers.cache_clear()
    with use_language("en"):
        found = example_answers()["find"]
    assert found.frame()["kind"].iloc[0] == "部门"
