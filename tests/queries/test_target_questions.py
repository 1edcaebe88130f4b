"""Questions about targets: the sample's rows by hand from the plan and the rosters, small graphs for the rest."""

from __future__ import annotations

from collections import Counter

import cooperation_sample as sample
import pytest
from store_helpers import edge, node
from target_samples import (
    UNITS,
    A,
    B,
    Opened,
    Thing,
    assert_proven,
    found,
    indicators,
    offices,
    plan,
    role,
    target,
    told,
)

from innograph import Workspace
from innograph.queries import ask, load_catalogue
from innograph.queries.analyses.counted_indicators import load_rules, reading_of

PLAN = "昌吉市科技创新支持产业高质量发展三年行动方案（2021—2023）"
BUREAUS = ["昌吉市商务和工信局", "昌吉市科技局"]


class TestUnowned:
    COLUMNS = ("indicator", "gap", "carried", "units")
    OVERALL = ("万人有效发明专利拥有量", "全社会研发经费年均增长", "规模以上工业企业高新技术企业数量占比")
    SECOND = (
        "组织开展各类创新创业活动（含赛事、培训会）", "自治区级专精特新企业", "专精特新“小巨人”企业", "高新技术企业", "上市、挂牌企业",
    )  # fmt: skip
    TENTH = ("组建各类专家智库", "组织实施开展各类决策咨询活动（项目）")

    def test_the_sample(self, changji: Workspace) -> None:
        """Four in the plan's goals, of which （二） carries one; five of （二） and two of （十）, which are led jointly."""
        answer = changji.answer("targets-unowned", {})
        joint = ["昌吉市农业农村局", "昌吉市卫健委"]
        assert told(answer, *self.COLUMNS) == [
            *((name, "overall", [], []) for name in self.OVERALL),
            ("高新技术企业", "joint", ["推动高新技术企业提质增量"], BUREAUS),
            *((name, "joint", [], BUREAUS) for name in self.SECOND),
            *((name, "joint", [], joint) for name in self.TENTH),
        ]
        assert answer.remarks[0].zh == "42个目标：31个由一个单位负责，11个不是。"
        assert_proven(changji, answer)

    def test_filters(self, changji: Workspace) -> None:
        assert len(told(changji.answer("targets-unowned", {"gap": "joint"}))) == 8
        of_health = told(changji.answer("targets-unowned", {"unit": "卫健委"}), "indicator")
        assert [name for (name,) in of_health] == list(self.TENTH)

    def test_each_case(self, opened: Opened) -> None:
        names = ("one", "two", "helped", "none", "once", "twice")
        things = [
            *plan("p"), *plan("q"), *offices("652301"), *UNITS, *indicators(*names),
            *target("p-1", "t-one", "one"), role("LEADS", A, "p-1"), role("SUPPORTS", B, "p-1"),
            *target("p-2", "t-two", "two"), role("RESPONSIBLE_FOR", A, "p-2"), role("RESPONSIBLE_FOR", B, "p-2"),
            *target("p-3", "t-helped", "helped"), role("SUPPORTS", B, "p-3"),
            *target("q-1", "t-none", "none"),
            *target("q", "t-once", "once"), *target("q-2", "c-once", "once"), role("LEADS", A, "q-2"),
            *target("q", "t-twice", "twice"), *target("q-2", "c-twice", "twice"), *target("q-3", "d-twice", "twice"),
            role("LEADS", B, "q-3"),
        ]  # fmt: skip
        store = opened(things)
        assert found(store, "targets-unowned", "indicator", "gap", "carried", "units") == [
            ("two", "several", [], [B, A]),
            ("helped", "supported", [], [B]),
            ("twice", "several", ["q-2", "q-3"], [A, B]),
            ("none", "nobody", [], []),
        ]
        rule = load_catalogue()["targets-unowned"].finding
        assert rule
        rows = ask(store, load_catalogue()["targets-unowned"], {}).dicts()
        assert [row["indicator"] for row in rows if rule.holds(row)] == ["none"], "no-lead tells of the others"


class TestConflicts:
    COLUMNS = ("state", "differs", "indicator", "year", "owners", "units")

    def test_the_sample_has_one_duplicate(self, changji: Workspace) -> None:
        answer = changji.answer("target-conflicts", {})
        assert told(answer, *self.COLUMNS) == [
            ("duplicate", None, "高新技术企业", 2023, [PLAN, "推动高新技术企业提质增量"], BUREAUS)
        ]
        assert answer.dicts()[0]["targets"] == ["高新技术企业数量超过50家", "高新技术企业超过50家"]
        assert_proven(changji, answer)
        assert told(changji.answer("target-conflicts", {"state": "conflict"})) == []
        assert told(changji.answer("target-conflicts", {"unit": "教育局"})) == []

    def test_the_prefectures_are_another_region(self, two_plans: Workspace) -> None:
        """It sets >200 in its goals and >120 in a task, both by 2023: a conflict of its own."""
        answer = two_plans.answer("target-conflicts", {})
        assert told(answer, "state", "differs", "indicator") == [
            ("conflict", "value", "高新技术企业"),
            ("duplicate", None, "高新技术企业"),
        ]

    def test_in_what_they_differ(self, opened: Opened) -> None:
        names = ("same", "scaled", "value", "sign", "unit", "year", "period", "region", "three")
        things = [
            *plan("p"), *plan("q"), *plan("r", "652302"), *offices("652301", "652302"), *indicators(*names),
            *target("p-1", "a1", "same"), *target("q-1", "a2", "same", unit="个"),
            *target("p-1", "b1", "scaled", value=8.0, unit="万人次"),
            *target("p-2", "b2", "scaled", value=80_000.0, unit="人次"),
            *target("p-1", "c1", "value"), *target("q-2", "c2", "value", value=60.0),
            *target("p-1", "d1", "sign"), *target("q-2", "d2", "sign", comparator=">"),
            *target("p-1", "e1", "unit"), *target("q-2", "e2", "unit", unit="%"),
            *target("p-1", "f1", "year", year=2023), *target("p-1", "f2", "year", value=60.0, year=2025),
            *target("p-1", "g1", "period"), *target("p-1", "g2", "period", value=10.0, period="new"),
            *target("p-1", "h1", "region"), *target("r-1", "h2", "region", value=5.0),
            *target("p-1", "i1", "three"), *target("p-2", "i2", "three"), *target("q-2", "i3", "three", value=1.0),
        ]  # fmt: skip
        store = opened(things)
        assert found(store, "target-conflicts", "differs", "indicator", "targets", "plans") == [
            ("value", "three", ["i1", "i2", "i3"], ["p", "q"]),
            ("value", "value", ["c1", "c2"], ["p", "q"]),
            ("comparator", "sign", ["d1", "d2"], ["p", "q"]),
            (None, "same", ["a1", "a2"], ["p", "q"]),
            (None, "scaled", ["b1", "b2"], ["p"]),
        ]
        question = load_catalogue()["target-conflicts"]
        assert question.finding
        answer = ask(store, question, {})
        assert sum(map(question.finding.holds, answer.dicts())) == 3
        assert answer.remarks[0].zh == "重复2处，冲突3处。"

    def test_what_is_no_conflict(self, opened: Opened) -> None:
        """Other units; a bare figure and at least; two figures of one task; rows of one table, but not of two plans."""
        names = ("units", "bare", "more", "own", "rows", "tables")
        row = "第12页 表1 第{}行 第5列"
        things = [
            *plan("p"), *plan("q"), *offices("652301"), *indicators(*names),
            *target("p-1", "a1", "units", value=2.0, unit="个"), *target("p-2", "a2", "units", value=1.0, unit="TB"),
            *target("p-1", "b1", "bare", value=20.0), *target("p-2", "b2", "bare", comparator="=", value=20.0),
            *target("p-1", "c1", "more", comparator=">"), *target("p-2", "c2", "more", comparator="="),
            *target("p-1", "d1", "own", value=2.0, unit="TB"), *target("p-1", "d2", "own", value=5.0, unit="TB"),
            *target("p-1", "e1", "rows", value=2.0, place=row.format(3)),
            *target("p-2", "e2", "rows", value=5.0, place=row.format(4)),
            *target("p-1", "f1", "tables", value=2.0, place=row.format(3)),
            *target("q-1", "f2", "tables", value=5.0, place=row.format(4)),
        ]  # fmt: skip
        assert found(opened(things), "target-conflicts", "state", "differs", "targets") == [
            ("conflict", "value", ["f1", "f2"]),
            ("conflict", "comparator", ["c1", "c2"]),
            ("duplicate", None, ["b1", "b2"]),
        ]


class TestRoster:
    COLUMNS = ("indicator", "counted", "possible", "short")

    def test_the_sample(self, whole: Workspace) -> None:
        answer = whole.answer("target-roster", {"state": "short"})
        assert told(answer, *self.COLUMNS) == [
            ("高新技术企业", 0, 3, 51),  # the three of 昌吉市 stand on a step that joins two titles
            ("自治区级专精特新企业", 0, 3, 34),
            ("专精特新“小巨人”企业", 0, 0, 11),
            ("高新技术企业", 0, 3, 51),
            ("新建各类企业研发平台", 0, 0, 4),
            ("自治区级创新创业平台", 1, 1, 2),  # 示例数字众创空间; 自治区级农村创业园 has no region
            ("国家级创新创业平台", 0, 0, 2),
            ("在孵企业", 1, 0, 150),  # 示例晨光软件有限公司
            ("实施各类区域创新合作项目", len(self.crossing()[0]), len(self.crossing()[1]), 19),
        ]
        assert_proven(whole, whole.answer("target-roster", {}))

    def crossing(self) -> tuple[set[str], set[str]]:
        """Projects that run between 2021 and 2023 with a party in 昌吉市 and one elsewhere; and those that may be so."""
        region = {name: body.region for name, body in sample.bodies().items()}
        running = [p for p in sample.projects() if p.start.year <= 2023 and p.end.year >= 2021 and len(p.parties) > 1]
        codes = {p.name: {region[party] for party in p.parties} for p in running}
        home = {sample.HOME}
        sure = {name for name, some in codes.items() if home <= some and some - home - {""}}
        return sure, {name for name, some in codes.items() if "" in some} - sure

    def test_projects_by_name(self, whole: Workspace) -> None:
        sure, possible = self.crossing()
        assert (len(sure), len(possible)) == (11, 1)
        [row] = [r for r in whole.answer("target-roster", {}).dicts() if r["counted"] == 11]
        assert (set(row["things"]), set(row["candidates"])) == (sure, possible)

    def test_why_not(self, whole: Workspace) -> None:
        rows = told(whole.answer("target-roster", {"state": "uncountable"}), "indicator", "reason", "counted")
        assert rows == [
            ("引进培育专业化科技创新服务机构", "service-kind", None),
            ("上市、挂牌企业", "listed", None),
            ("州级及以上农业产业化重点龙头企业", "leading-farms", None),
            ("实施重点产业重大创新项目", "project-level", None),
            ("实施州级以上科技项目", "project-level", None),
            ("引进培育技术转移服务机构", "service-kind", None),
            ("科技特派员人数", "people", None),
            ("培育各类专业人才", "people", None),
        ]

    def test_without_rosters_nothing_is_said_to_be_short(self, changji: Workspace) -> None:
        rows = told(changji.answer("target-roster", {}), "state", "reason", "counted")
        assert {state for state, *_ in rows} == {"uncountable"}
        assert Counter(reason for _, reason, _ in rows)["no-roster"] == 9

    def test_a_ladder(self, opened: Opened) -> None:
        """Certain: by name, in the region, in time. Possible: above, or without a region."""
        steps = ("科技型中小企业", "高新技术企业", "科技领军企业")
        things = [
            *plan("p", period_end=2023), *offices("652301"), *(node("Tier", step) for step in steps),
            edge("NEXT_TIER", steps[0], steps[1], "n1"), edge("NEXT_TIER", steps[1], steps[2], "n2"),
            node("Region", "Region:652301", code="652301"), node("Region", "Region:652302", code="652302"),
            *firm("a", steps[0], "652301"), *firm("b", steps[1], "652301"), *firm("c", steps[2], "652301", 2022),
            *firm("d", steps[1], "652302"), *firm("e", steps[1], None), *firm("f", steps[1], "652301", 2024),
            *indicators(*steps, "省级高新技术企业"),
            *target("p-1", "t1", steps[0], value=2.0), *target("p-1", "t2", steps[1], value=1.0),
            *target("p-1", "t3", steps[2], value=2.0), *target("p-2", "t4", steps[1], value=9.0, unit="%"),
            *target("p-2", "t5", "省级高新技术企业"), *target("p-3", "t6", steps[1], comparator="growth", value=None),
            *target("p-3", "t7", steps[1], unit="亩"), *target("p-3", "t8", steps[1], period="annual"),
        ]  # fmt: skip
        rows = found(opened(things), "target-roster", "target", "state", "reason", "things", "candidates")
        assert sorted(rows) == [
            ("t1", "uncountable", "unclear", ["a"], ["b", "c", "e"]),
            ("t2", "met", None, ["b"], ["c", "e"]),
            ("t3", "short", None, ["c"], []),
            ("t4", "uncountable", "rate", [], []),
            ("t5", "uncountable", "level", [], []),
            ("t6", "uncountable", "no-figure", [], []),
            ("t7", "uncountable", "units", [], []),
            ("t8", "uncountable", "yearly", [], []),
        ]


def firm(own: str, step: str, region: str | None, year: int | None = None) -> list[Thing]:
    """An enterprise on a step of the ladder."""
    properties = {"year": year} if year else {}
    qualifies = edge("QUALIFIES_AS", own, step, f"q-{own}", quote=own, place="第6行", **properties)
    lies = [edge("LOCATED_IN", own, f"Region:{region}", f"l-{own}")] if region else []
    return [node("Enterprise", own), qualifies, *lies]


class TestTable:
    """data/lookups/counted_indicators.yaml."""

    @pytest.mark.parametrize(
        ("indicator", "word"),
        [
            ("高新技术企业", "高新技术企业"), ("新增高新技术企业数量", "高新技术企业"), ("累计培育各类众创空间", "众创空间"),
            ("国家级 重点实验室", "重点实验室"), ("专精特新“小巨人”企业", "专精特新小巨人企业"),
        ],
    )  # fmt: skip
    def test_what_is_counted(self, indicator: str, word: str) -> None:
        reading = reading_of(indicator)
        assert reading
        assert word in reading.rule.words

    @pytest.mark.parametrize(
        "indicator",
        [
            "",
            "数",
            "规模以上工业企业高新技术企业数量占比",
            "规模以上高新技术企业创新平台覆盖率",
            "高新技术企业产值",
            "市级州级众创空间",
            "企业",
        ],
    )
    def test_what_is_not(self, indicator: str) -> None:
        assert reading_of(indicator) is None

    def test_every_reason_has_words_and_every_word_one_rule(self) -> None:
        reasons = load_catalogue()["target-roster"].column("reason").words
        rules = load_rules()
        assert {rule.why for rule in rules if rule.why} <= set(reasons)
        assert all((rule.count == "none") == bool(rule.why) for rule in rules)
        words = [word for rule in rules for word in rule.words]
        assert len(words) == len(set(words))
        assert {rule.count for rule in rules} == {"tier", "platform", "member", "project", "none"}
