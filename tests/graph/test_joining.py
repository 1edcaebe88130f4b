"""Which ids are joined for certain, and what keeps others apart: every expectation follows from the rules by hand."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from innograph.graph.recognition.joining import Joining, Mention

LABELS = ["Enterprise", "Institute"]
ALIASES = {"中科院": "中国科学院"}


def firm(own_id: str, name: str = "", *regions: str, **keys: str) -> Mention:
    return Mention(own_id, "Enterprise", [name] if name else [], [], keys, set(regions))


def groups(mentions: list[Mention], aliases: dict[str, str] | None = None) -> set[frozenset[str]]:
    """The groups of two and more after all certain steps."""
    known = Joining(mentions)
    known.by_keys()
    known.by_names(LABELS)
    known.by_aliases(aliases or {}, LABELS)
    return together(known, mentions)


def together(known: Joining, mentions: list[Mention]) -> set[frozenset[str]]:
    found: dict[str, set[str]] = {}
    for one in mentions:
        found.setdefault(known.leader(one.id), set()).add(one.id)
    return {frozenset(ids) for ids in found.values() if len(ids) > 1}


class TestByKeys:
    def test_one_key_of_one_register(self) -> None:
        assert groups([firm("a", "甲公司", uscc="1"), firm("b", "乙公司", uscc="1")]) == {frozenset("ab")}

    def test_the_same_digits_in_two_registers_say_nothing(self) -> None:
        assert groups([firm("a", "甲公司", uscc="1"), firm("b", "乙公司", pic="1")]) == set()

    def test_over_a_third_that_has_both_keys(self) -> None:
        both = firm("c", "丙公司", uscc="1", pic="9")
        assert groups([firm("a", "甲公司", uscc="1"), firm("b", "乙公司", pic="9"), both]) == {frozenset("abc")}

    def test_another_key_of_the_same_register_keeps_apart(self) -> None:
        """a and b share a PIC, but have two credit codes: one of the sources is wrong, and a person must say which."""
        assert groups([firm("a", "甲公司", pic="9", uscc="1"), firm("b", "甲公司", pic="9", uscc="2")]) == set()

    def test_whatever_the_type(self) -> None:
        other = Mention("b", "Institute", ["甲院"], [], {"ror": "0x"})
        assert groups([firm("a", "甲公司", ror="0x"), other]) == {frozenset("ab")}


class TestByNames:
    @pytest.mark.parametrize(
        ("one", "other"),
        [
            ("甲（新疆）科技有限责任公司", "甲(新疆)科技有限公司"),
            ("ＡＢ科技有限公司", "AB 科技有限公司"),
            ("甲機械有限公司", "甲机械有限公司"),
        ],
    )
    def test_but_for_typing(self, one: str, other: str) -> None:
        assert groups([firm("a", one), firm("b", other)]) == {frozenset("ab")}

    @pytest.mark.parametrize(
        ("one", "other"),
        [
            ("甲股份有限公司", "甲有限公司"),
            ("甲有限公司", "甲有限公司昌吉分公司"),
            ("第一中学", "第二中学"),
        ],
    )
    def test_another_name(self, one: str, other: str) -> None:
        assert groups([firm("a", one), firm("b", other)]) == set()

    def test_not_over_types(self) -> None:
        assert groups([firm("a", "甲中心"), Mention("b", "Institute", ["甲中心"])]) == set()

    def test_a_type_that_is_not_recognised_by_name(self) -> None:
        assert groups([Mention("a", "Department", ["科技局"]), Mention("b", "Department", ["科技局"])]) == set()

    def test_another_region(self) -> None:
        assert groups([firm("a", "甲公司", "652301"), firm("b", "甲公司", "650102")]) == set()

    def test_the_same_region(self) -> None:
        assert groups([firm("a", "甲公司", "652301"), firm("b", "甲公司", "652301")]) == {frozenset("ab")}

    @pytest.mark.parametrize(("one", "other"), [("652301", "652300"), ("650000", "652301"), ("DE21", "DE")])
    def test_a_region_around_the_other_is_another_level(self, one: str, other: str) -> None:
        """昌吉州 has a centre of that name, and 昌吉市 its own."""
        assert groups([self.centre("a", one), self.centre("b", other)]) == set()

    @staticmethod
    def centre(own_id: str, region: str) -> Mention:
        return Mention(own_id, "Institute", ["农业技术推广中心"], [], {}, {region})

    def test_one_in_two_regions_fits_one_of_them(self) -> None:
        assert groups([firm("a", "甲公司", "652301", "650102"), firm("b", "甲公司", "650102")]) == {frozenset("ab")}

    @pytest.mark.parametrize(
        ("level", "joined"), [("市级", set()), ("州级", {frozenset("ab")}), ("", {frozenset("ab")})]
    )
    def test_levels(self, level: str, joined: set[frozenset[str]]) -> None:
        said = [Mention("a", "Institute", ["院士工作站"], levels={"州级"})]
        said.append(Mention("b", "Institute", ["院士工作站"], levels={level} if level else set()))
        assert groups(said) == joined

    def test_every_name_that_an_id_goes_by_counts(self) -> None:
        two = Mention("a", "Enterprise", ["甲公司", "甲公司(旧名)"], [], {"uscc": "1"})
        assert groups([two, firm("b", "甲公司")]) == {frozenset("ab")}

    def test_another_key(self) -> None:
        assert groups([firm("a", "甲公司", uscc="1"), firm("b", "甲公司", uscc="2")]) == set()

    def test_without_any_mark_it_is_the_only_one_of_that_name(self) -> None:
        assert groups([firm("a", "甲公司"), firm("b", "甲公司", "652301", uscc="1")]) == {frozenset("ab")}

    def test_without_any_mark_it_could_be_either_of_two(self) -> None:
        said = [firm("a", "甲公司"), firm("b", "甲公司", "652301"), firm("c", "甲公司", "650102")]
        assert groups(said) == set()

    def test_one_with_a_key_could_be_in_either_of_two_regions(self) -> None:
        said = [firm("a", "甲公司", uscc="1"), firm("b", "甲公司", "652301"), firm("c", "甲公司", "652302")]
        assert groups(said) == set()

    def test_two_that_agree_beside_one_that_differs(self) -> None:
        said = [firm("a", "甲公司", "652301"), firm("b", "甲公司", "652301"), firm("c", "甲公司", "650102")]
        assert groups(said) == {frozenset("ab")}

    def test_countries(self) -> None:
        said = [firm("a", "ACME GmbH", "DE"), firm("b", "Acme GmbH", "AT"), firm("c", "acme gmbh", "DE")]
        assert groups(said) == {frozenset("ac")}


class TestByAliases:
    def institute(self, own_id: str, name: str, *regions: str) -> Mention:
        return Mention(own_id, "Institute", [name], [], {}, set(regions))

    def test_an_alias_of_the_table(self) -> None:
        said = [self.institute("a", "中科院"), self.institute("b", "中国科学院")]
        assert groups(said, ALIASES) == {frozenset("ab")}

    def test_not_over_types(self) -> None:
        said = [self.institute("a", "中科院"), Mention("b", "Platform", ["中国科学院"])]
        known = Joining(said)
        known.by_aliases(ALIASES, ["Institute", "Platform"])
        assert together(known, said) == set()

    def test_two_under_the_alias(self) -> None:
        said = [self.institute("a", "中科院", "110000"), self.institute("b", "中科院", "650000")]
        assert groups([*said, self.institute("c", "中国科学院")], ALIASES) == set()

    def test_an_alias_that_a_source_gives_is_for_a_person_to_judge(self) -> None:
        said = [self.institute("a", "新大"), Mention("b", "Institute", ["新疆大学"], ["新大"])]
        assert groups(said) == set()


class TestJudgements:
    def test_different_goes_before_the_name_and_the_key(self) -> None:
        said = [firm("a", "甲公司", uscc="1"), firm("b", "甲公司", uscc="1")]
        known = Joining(said)
        known.keep_apart("a", "b")
        known.by_keys()
        known.by_names(LABELS)
        assert together(known, said) == set()

    def test_different_holds_for_what_is_joined_later(self) -> None:
        said = [firm("a", "甲公司"), firm("b", "乙公司", uscc="1"), firm("c", "甲公司", uscc="1")]
        known = Joining(said)
        known.keep_apart("a", "b")
        known.by_keys()  # b and c
        known.by_names(LABELS)  # a has the name of c, which is b
        assert together(known, said) == {frozenset("bc")}

    def test_a_third_that_could_be_either_of_two_held_apart_stays_alone(self) -> None:
        said = [firm(own_id, "甲公司", uscc="1") for own_id in "abc"]
        known = Joining(said)
        known.keep_apart("a", "b")
        known.by_keys()
        known.by_names(LABELS)
        assert together(known, said) == set()
        plain = [firm(own_id, "甲公司") for own_id in "abc"]
        known = Joining(plain)
        known.keep_apart("a", "b")
        known.by_names(LABELS)
        assert together(known, plain) == set()

    def test_same_goes_before_region_and_key(self) -> None:
        said = [firm("a", "甲公司", "652301", uscc="1"), firm("b", "乙公司", "110000", uscc="2")]
        known = Joining(said)
        known.join("a", "b")
        assert together(known, said) == {frozenset("ab")}

    def test_about_what_nobody_states_any_more(self) -> None:
        known = Joining([firm("a", "甲公司")])
        known.join("a", "gone")
        known.keep_apart("a", "gone")
        assert known.ids() == {}


def test_the_id_that_a_person_reads_best_stands_for_all() -> None:
    said = [
        firm("Organisation:uscc=1", "甲公司", uscc="1"),
        firm("Enterprise:652301/甲公司", "甲公司", "652301", uscc="1"),
        firm("Enterprise:甲公司", "甲公司"),
    ]
    known = Joining(said)
    known.by_keys()
    known.by_names(LABELS)
    assert known.ids() == dict.fromkeys(("Organisation:uscc=1", "Enterprise:652301/甲公司"), "Enterprise:甲公司")


mentions = st.lists(
    st.builds(
        lambda name, regions, keys: Mention("", "Enterprise", [name] if name else [], [], keys, regions),
        st.sampled_from(["甲公司", "乙公司", ""]),
        st.sets(st.sampled_from(["652301", "652300", "650102"]), max_size=1),
        st.dictionaries(st.sampled_from(["uscc", "pic"]), st.sampled_from("12"), max_size=2),
    ),
    max_size=8,
)


@given(mentions, st.randoms())
def test_whatever_the_order_the_groups_are_the_same_and_hold_no_two_keys(said: list[Mention], random: object) -> None:
    for number, one in enumerate(said):
        one.id = f"Enterprise:{number}"
    shuffled = list(said)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    assert groups(said) == groups(shuffled)
    by_id = {one.id: one for one in said}
    for group in groups(said):
        for register in ("uscc", "pic"):
            assert len({key for own_id in group if (key := by_id[own_id].keys.get(register))}) <= 1
