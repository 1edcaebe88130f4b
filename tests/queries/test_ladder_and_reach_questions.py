"""The ladder of enterprises and the reach to national institutes: rows from the CSVs or NetworkX, and small graphs."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from itertools import pairwise
from pathlib import Path
from typing import Any

import cooperation_sample as sample
import networkx as nx
import pytest
from answers import dicts, remarks
from store_helpers import edge, graph, new_workspace, node

from innograph import Workspace
from innograph.graph.records import Edge, Node
from innograph.graph.stores import Store, open_store
from innograph.queries import ask, load_catalogue
from innograph.queries.findings import find_all

CATALOGUE = load_catalogue()
QUESTIONS = {question.id: question for question in CATALOGUE}
FIRMS = sample.firms()
LADDER = list(sample.LADDER)


def in_prefecture(code: str) -> bool:
    return code.startswith("6523")


class TestLadder:
    COLUMNS = ("step", "tier", "state", "standing", "attained", "years", "recognised")

    def test_steps(self, whole: Workspace) -> None:
        assert sample.tiers() == LADDER
        rows = dicts(whole, "ladder")
        expected: list[tuple[Any, ...]] = []
        for tier in (*LADDER, "高新技术企业"):
            own = [firm for firm in FIRMS if firm.tier == tier]
            years = Counter(firm.year for firm in own if firm.year)
            step = LADDER.index(tier) + 1 if tier in LADDER else None
            state = "off" if step is None else "held" if own else "empty"
            counts = [years[year] for year in sorted(years)]
            expected.append((step, tier, state, len(own), len(own), sorted(years), counts))
        expected.append((None, None, "untiered", 8, 0, [], []))
        assert [tuple(row[c] for c in self.COLUMNS) for row in rows] == expected
        assert [row[3] for row in expected] == [4, 11, 6, 0, 1, 8]
        assert [row["next"] for row in rows] == [LADDER[1:2], LADDER[2:3], LADDER[3:], [], [], []]
        assert "On the ladder: 21 of 30 enterprises" in remarks(whole, "ladder")

    def test_as_of_a_year(self, whole: Workspace) -> None:
        """At the end of 2019: 沃野 is 科小; 博岭, 和众 and 渭水 are 高新; 晨光's year is unknown."""
        rows = dicts(whole, "ladder", year=2019)
        assert [(row["tier"], row["state"], row["standing"]) for row in rows] == [
            (LADDER[0], "empty", 0), (LADDER[1], "held", 1), (LADDER[2], "held", 3), (LADDER[3], "empty", 0),
            (None, "untiered", 26),
        ]  # fmt: skip
        assert "may be after 2019: 1" in remarks(whole, "ladder", year=2019)

    def test_of_a_region_and_industry(self, whole: Workspace) -> None:
        rows = dicts(whole, "ladder", region="昌吉州", industry="装备制造")
        assert [row["standing"] for row in rows] == [0, 2, 1, 0, 1]  # 北泉, 沃野; 天岭; 远山


def national_steps() -> dict[str, int]:
    """How far each body is from the nearest of the two institutes of national grade, by NetworkX."""
    pairs: Any = nx.Graph(list(sample.pairs()))
    goals = {body.name for body in sample.institutes() if body.grade == "国家级"}
    return nx.multi_source_dijkstra_path_length(pairs, goals)


class TestReach:
    def test_each_enterprise(self, whole: Workspace) -> None:
        """博岭, 白岩 and 金丝 are partners of a national institute; nobody else is tied to the five of 新材料."""
        steps = national_steps()
        rows = dicts(whole, "reach")
        assert len(rows) == 30
        assert all(row["steps"] == steps.get(row["enterprise"]) for row in rows)
        assert {row["enterprise"] for row in rows if row["reach"] == "one"} == {
            "示例博岭铝业有限公司",
            "示例白岩硅材有限公司",
            "示例金丝材料有限公司",
        }
        assert {row["reach"] for row in rows} == {"one", "none"}
        told = remarks(whole, "reach")
        assert "“国家级”: 2. Of 30 enterprises, partners of one: 3 (10.0%)" in told
        assert "reaching none: 27" in told

    def test_of_another_grade(self, whole: Workspace) -> None:
        """自治区级: 信息大学 and 医药大学. By hand: 云杉's partner 灞上 is two steps away, and so are 天岭's."""
        pairs: Any = nx.Graph(list(sample.pairs()))
        steps: dict[str, int] = nx.multi_source_dijkstra_path_length(pairs, {"示例新疆信息大学", "示例新疆医药大学"})
        rows = dicts(whole, "reach", grade="自治区级")
        assert all(row["steps"] == steps.get(row["enterprise"]) for row in rows)
        assert all(len(row["way"]) == (row["steps"] or 0) for row in rows)
        way = {row["enterprise"]: row["way"] for row in rows}
        assert way["示例灞上智能有限公司"] == ["示例云杉数据有限公司", "示例新疆信息大学"]
        assert way["示例渭水数控有限公司"] == ["示例天岭装备有限公司", "示例新疆信息大学"]
        assert {r["reach"] for r in rows} == {"one", "two", "more", "none"}
        farthest = [row["steps"] or 99 for row in rows]
        assert farthest == sorted(farthest, reverse=True)

    @pytest.mark.parametrize(("code", "low", "high"), [("one", 1, 1), ("two", 2, 2), ("more", 3, 99)])
    def test_how_many_steps(self, code: str, low: int, high: int, whole: Workspace) -> None:
        rows = dicts(whole, "reach", grade="自治区级", steps=code)
        assert rows
        assert all(low <= row["steps"] <= high for row in rows)
        assert len(dicts(whole, "reach", steps="none")) == 27

    def test_no_institute_of_that_grade(self, whole: Workspace) -> None:
        assert {row["reach"] for row in dicts(whole, "reach", grade="世界级")} == {"none"}
        assert "No institute has “世界级”" in remarks(whole, "reach", grade="世界级")

    def test_shares(self, whole: Workspace) -> None:
        rows = dicts(whole, "reach-share")
        found = {row["group"]: (row["enterprises"], row["one"], row["none"], row["share"]) for row in rows}
        assert found["新材料"] == (4, 3, 1, 0.75)
        assert found["装备制造"] == (7, 0, 7, 0.0)
        assert found[None] == (5, 0, 5, 0.0)
        assert list(found) == ["装备制造", "现代农业", "数字信息", "新材料", "生物医药", None]

    def test_shares_by_region(self, whole: Workspace) -> None:
        answer = whole.answer("reach-share", {"by": "region", "level": "prefecture", "grade": "自治区级"})
        pairs: Any = nx.Graph(list(sample.pairs()))
        steps: dict[str, int] = nx.multi_source_dijkstra_path_length(pairs, {"示例新疆信息大学", "示例新疆医药大学"})
        far = [steps.get(firm.name, 0) for firm in FIRMS if in_prefecture(firm.region)]
        row = next(row for row in answer.dicts() if row["group"] == "昌吉回族自治州")
        assert (row["one"], row["two"], row["none"]) == (far.count(1), far.count(2), far.count(0))
        assert row["more"] == 17 - row["one"] - row["two"] - row["none"] > 0
        assert row["share"] == pytest.approx((row["one"] + row["two"]) / 17)


# --- small graphs


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with closing(open_store("kglite", file=tmp_path / "g.kgl", workspace=new_workspace())) as store:
        yield store


def told(store: Store, question: str, **given: Any) -> list[dict[str, Any]]:
    return ask(store, QUESTIONS[question], given).dicts()


def proven(*things: Node | Edge) -> list[Node | Edge]:
    for thing in things:
        thing.properties.update(quote=f"about {thing.id}", place="1")
    return list(things)


class TestSmallLadder:
    """Three steps; a on the first and second, b on the second twice, c on a tier of its own and the first."""

    @pytest.fixture
    def climbed(self, store: Store) -> Store:
        tiers = [node("Tier", f"Tier:{name}", name=name) for name in ("one", "two", "three", "other", "unused")]
        firms = [node("Enterprise", f"Enterprise:{name}", name=name) for name in "abcd"]
        ties = [
            edge("NEXT_TIER", "Tier:one", "Tier:two", "n1"),
            edge("NEXT_TIER", "Tier:two", "Tier:three", "n2"),
            edge("QUALIFIES_AS", "Enterprise:a", "Tier:one", "q1", year=2019),
            edge("QUALIFIES_AS", "Enterprise:a", "Tier:two", "q2", year=2021),
            edge("QUALIFIES_AS", "Enterprise:b", "Tier:two", "q3", year=2020),
            edge("QUALIFIES_AS", "Enterprise:b", "Tier:two", "q4", year=2023),
            edge("QUALIFIES_AS", "Enterprise:c", "Tier:one", "q5"),
            edge("QUALIFIES_AS", "Enterprise:c", "Tier:other", "q6", year=2020),
        ]
        store.sync(graph(proven(*tiers, *firms, *ties)))
        return store

    def test_a_firm_stands_on_its_highest_step(self, climbed: Store) -> None:
        rows = [(r["tier"], r["standing"], r["attained"], r["years"], r["recognised"]) for r in told(climbed, "ladder")]
        assert rows == [
            ("one", 1, 2, [2019], [1]),
            ("two", 2, 2, [2020, 2021, 2023], [1, 1, 1]),
            ("three", 0, 0, [], []),
            ("other", 0, 1, [2020], [1]),
            (None, 1, 0, [], []),
        ]

    def test_before_it_climbed(self, climbed: Store) -> None:
        found = {row["tier"]: row["standing"] for row in told(climbed, "ladder", year=2020)}
        assert found == {"one": 1, "two": 1, "three": 0, "other": 1, None: 1}

    def test_it_counts_in_each_tier_it_attained(self, climbed: Store) -> None:
        found = {row["group"]: row["enterprises"] for row in told(climbed, "partner-coverage", by="tier")}
        assert found == {"one": 2, "two": 2, "other": 1, None: 1}


def test_a_ladder_of_which_no_enterprise_is_known_is_no_finding(store: Store) -> None:
    tiers = [node("Tier", f"Tier:{name}", name=name) for name in ("one", "two")]
    store.sync(graph(proven(*tiers, edge("NEXT_TIER", "Tier:one", "Tier:two", "n1"))))
    assert [row["state"] for row in told(store, "ladder")] == ["unknown", "unknown"]
    assert find_all(store, CATALOGUE) == []


SAID = {
    "a": {"grade": "国家级"},
    "b": {"level": "省部级、国家级"},
    "c": {"kind": "National laboratory"},
    "d": {"grade": "非国家级"},
    "e": {"kind": "international"},
    "f": {"kind": "Non-national"},
    "g": {"grade": "自治区级"},
    "h": {},
}


class TestNationalInstitutes:
    """Each firm works with an institute of its own; what the roster says of the institute decides."""

    @pytest.fixture
    def graded(self, store: Store) -> Store:
        things: list[Node | Edge] = []
        for name, said in SAID.items():
            things += [
                node("Institute", f"Institute:{name}", **said),
                node("Enterprise", f"Enterprise:{name}", name=name),
            ]
            things.append(edge("COOPERATES_WITH", f"Institute:{name}", f"Enterprise:{name}", f"COOPERATES_WITH:{name}"))
        store.sync(graph(things))
        return store

    @pytest.mark.parametrize("grade", ["国家级", "National"])
    def test_words_of_any_column_in_either_language(self, grade: str, graded: Store) -> None:
        found = {row["enterprise"] for row in told(graded, "reach", grade=grade, steps="one")}
        assert found == {"a", "b", "c"}

    def test_what_is_denied_can_be_asked_for(self, graded: Store) -> None:
        assert [row["enterprise"] for row in told(graded, "reach", grade="非国家级", steps="one")] == ["d"]

    def test_indicators_count_the_same_institutes(self, graded: Store) -> None:
        (row,) = (row for row in told(graded, "link-indicators") if row["indicator"] == "reach")
        (share,) = told(graded, "reach-share")
        assert (row["numerator"], row["denominator"]) == (share["one"] + share["two"], share["enterprises"]) == (3, 8)
        answer = ask(graded, QUESTIONS["link-indicators"], {})
        assert "Of 8 institutes, 3 are said to be national." in [remark.en for remark in answer.remarks]

    def test_two_steps_count_and_three_do_not(self, store: Store) -> None:
        """I–a–b–c, a chain."""
        chain = ["Institute:i", "Enterprise:a", "Enterprise:b", "Enterprise:c"]
        things = [node(own.partition(":")[0], own, grade="国家级") for own in chain[:1]]
        things += [node("Enterprise", own) for own in chain[1:]]
        ties = [edge("COOPERATES_WITH", one, other, f"COOPERATES_WITH:{one}") for one, other in pairwise(chain)]
        store.sync(graph([*things, *ties]))
        (row,) = (row for row in told(store, "link-indicators") if row["indicator"] == "reach")
        assert (row["numerator"], row["denominator"]) == (2, 3)
        assert "Institute:i" in row["evidence"]
