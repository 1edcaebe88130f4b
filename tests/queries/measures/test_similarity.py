"""Likeness of texts: worked out by hand from the formulas, and held by properties on any text."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from innograph.queries.measures.similarity import cosines, jaccard, rarity, shared_phrases, terms, weighted

TEXT = st.text(alphabet="科技企业创新平台的和，。2a ", max_size=40)


class TestTerms:
    def test_pairs_of_characters_and_whole_words(self) -> None:
        assert terms("建设AI平台") == {"建设": 1, "ai": 1, "平台": 1}

    def test_nothing_crosses_commas_figures_and_joining_words(self) -> None:
        assert terms("企业，平台10家园和区域的路") == {"企业": 1, "平台": 1, "家园": 1, "区域": 1}

    def test_how_often(self) -> None:
        assert terms("创新，创新；创新") == {"创新": 3}

    def test_of_a_long_text_the_beginning(self) -> None:
        assert terms("企" * 4_999 + "业" + "平台") == {"企企": 4_998, "企业": 1}


class TestRarity:
    def test_by_hand(self) -> None:
        """Three documents: ln(4/3), ln(4/2), ln(4/1)."""
        found = rarity([{"a", "b", "c"}, {"a", "b"}, {"a"}])
        assert found == pytest.approx({"a": 0.28768, "b": 0.69315, "c": 1.38629}, abs=1e-5)

    def test_of_nothing(self) -> None:
        assert rarity([]) == {}


class TestWeighted:
    def test_a_word_of_the_whole_group_counts_less(self) -> None:
        """Of x and y, each in two of four documents, x has its two in one group, y one in each group.

        All: ln(5/2) for both. Own group, of two: ln(3/2) for x, ln(3/1) for y.
        """
        found = weighted([{"x": 1, "y": 1}, {"x": 1}, {"y": 1}, {}], ["g", "g", "h", "h"])
        assert found[0]["x"] == pytest.approx(math.sqrt(0.9162907 * 0.4054651))
        assert found[0]["y"] == pytest.approx(math.sqrt(0.9162907 * 1.0986123))

    def test_often_counts_more(self) -> None:
        once, thrice = weighted([{"x": 1}, {"x": 3}], ["g", "g"])
        assert thrice["x"] / once["x"] == pytest.approx(1 + math.log(3))

    def test_each_document_has_a_group(self) -> None:
        with pytest.raises(ValueError, match="zip"):
            weighted([{"x": 1}], [])


class TestCosines:
    def test_by_hand(self) -> None:
        """(3, 4) and (4, 3): 24/25; (3, 4) and (0, 5): 20/25."""
        found = cosines([{"a": 3.0, "b": 4.0}, {"a": 4.0, "b": 3.0}, {"b": 5.0}])
        np.testing.assert_allclose(found, [[1, 0.96, 0.8], [0.96, 1, 0.6], [0.8, 0.6, 1]])

    def test_without_terms_nothing_is_alike(self) -> None:
        np.testing.assert_array_equal(cosines([{}, {"a": 1.0}, {}]), [[0, 0, 0], [0, 1, 0], [0, 0, 0]])
        assert cosines([]).shape == (0, 0)

    @given(st.lists(TEXT, max_size=6))
    def test_of_any_texts(self, texts: list[str]) -> None:
        """Between 0 and 1, the same both ways, and 1 for a text with itself if it has words."""
        bags = [terms(text) for text in texts]
        found = cosines(weighted(bags, [0] * len(bags)))
        assert ((found >= 0) & (found <= 1)).all()
        np.testing.assert_allclose(found, found.T)
        np.testing.assert_allclose(np.diagonal(found), [1.0 if bag else 0.0 for bag in bags])


class TestSharedPhrases:
    WEIGHTS = rarity([terms("智慧旅游平台"), terms("智慧旅游"), terms("科普平台"), terms("数字平台")])

    def test_longest_and_rarest_first(self) -> None:
        """智慧旅游 has three pairs in two of four texts, 平台 one in three of four."""
        assert shared_phrases("发展智慧旅游和平台", "平台支撑智慧旅游", self.WEIGHTS) == ["智慧旅游", "平台"]
        assert shared_phrases("发展智慧旅游和平台", "平台支撑智慧旅游", self.WEIGHTS, most=1) == ["智慧旅游"]

    def test_parts_of_others_do_not_count(self) -> None:
        assert shared_phrases("智慧旅游，旅游", "智慧旅游", self.WEIGHTS) == ["智慧旅游"]

    def test_nothing_is_joined_across_a_comma(self) -> None:
        """Both in two of four texts: then in the order of their characters."""
        assert shared_phrases("智慧，旅游", "智慧旅游", self.WEIGHTS) == ["旅游", "智慧"]

    def test_a_name_keeps_its_figure(self) -> None:
        """IPv6 and IPv4 are two things, and neither is shown as IPv."""
        assert shared_phrases("部署IPv6", "IPv6改造", {"ipv6": 1.0}) == ["ipv6"]
        assert shared_phrases("部署IPv6", "IPv4改造", {"ipv6": 1.0, "ipv": 1.0}) == []

    def test_what_weighs_nothing_is_left_out(self) -> None:
        assert shared_phrases("推进", "推进", self.WEIGHTS) == []

    @given(TEXT, TEXT)
    def test_they_stand_in_both(self, one: str, other: str) -> None:
        weights = dict.fromkeys(terms(one), 1.0)
        for phrase in shared_phrases(one, other, weights, most=99):
            assert phrase in one.casefold()
            assert phrase in other.casefold()
            assert not set(phrase) & set("的和，。 ")
            assert phrase.isascii() or "2" not in phrase

    @given(TEXT)
    def test_a_text_shares_all_its_words_with_itself(self, text: str) -> None:
        weights = dict.fromkeys(terms(text), 1.0)
        shared = shared_phrases(text, text, weights, most=99)
        assert all(any(term in phrase for phrase in shared) for term in weights)


def test_jaccard_by_hand() -> None:
    """Two of four; nothing of something; nothing of nothing."""
    assert jaccard("abc", "bcd") == pytest.approx(0.5)
    assert jaccard("ab", "") == 0.0
    assert jaccard([], []) == 0.0
    assert jaccard(["a", "a"], ["a"]) == 1.0
