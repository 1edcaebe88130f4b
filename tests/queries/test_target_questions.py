"""Questions about targets: the sample's rows by hand from the plan and the rosters, small graphs for the rest."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Callable
from typing import Any

import cooperation_sample as sample
import pytest
from store_helpers import ONTOLOGY, edge, node

from innograph import Workspace
from innograph.graph.records import Edge, Node
from innograph.graph.stores import Store
from innograph.queries import Answer, ask, load_catalogue
from innograph.queries.analyses.counted_indicators import load_rules, reading_of

PLAN = "昌吉市科技创新支持产业高质量发展三年行动方案（2021—2023）"
BUREAUS = ["昌吉市商务和工信局", "昌吉市科技局"]
Thing = Node | Edge
Opened = Callable[[list[Thing]], Store]


def told(answer: Answer, *columns: str) -> list[tuple[Any, ...]]:
    return [tuple(row[c] for c in columns) for row in answer.dicts()]


def assert_proven(workspace: Workspace, answer: Answer) -> None:
    """Each id has a record in the ledger with a quote that the row has; no two rows stand on the same."""
    rows = answer.dicts()
    for row in rows:
        assert row["evidence"]
        for own_id in row["evidence"]:
            assert {record.quote for record in workspace.evidence(own_id)} & set(row["quote"]), own_id
    assert len({tuple(row["evidence"]) for row in rows}) == len(rows)


def ends(parts: int, days: int = 1094) -> Any:
    """A share of the plan's time: 1094 days from 2021-01-01 to 2023-12-31."""
    return pytest.approx(parts / days)


def found(store: Store, question: str, *columns: str, **given: Any) -> list[tuple[Any, ...]]:
    return told(ask(store, load_catalogue()[question], given), *columns)


def plan(own: str, region: str = "652301", **properties: Any) -> list[Thing]:
    """A plan with tasks ``own-1`` to ``own-3``, by the government of a region."""
    office = f"Department:{region}/府办"
    tasks = [node("Task", f"{own}-{at}", position=at, quote=f"{own}-{at}", place=f"第{at}行") for at in (1, 2, 3)]
    return [
        node("Plan", own, quote=own, place="第0行", **properties),
        *tasks,
        *(edge("HAS_TASK", own, task.id, f"h-{task.id}") for task in tasks),
        edge("ISSUED_BY", own, office, f"i-{own}"),
    ]


def offices(*regions: str) -> list[Thing]:
    return [node("Department", f"Department:{code}/府办", jurisdiction=code) for code in regions]


def target(owner: str, own: str, indicator: str, comparator: str = ">=", value: float | None = 50.0, unit: str | None = "家",
           kind: str = "numeric", **properties: Any) -> list[Thing]:  # fmt: skip
    """A target of a task or plan, with the edges to both."""
    facts = {"comparator": comparator, "value": value, "unit": unit, **properties}
    present = {name: fact for name, fact in facts.items() if fact is not None}
    return [
        node("Target", own, kind=kind, quote=own, **{"place": "第9行", **present}),
        edge("SETS_TARGET", owner, own, f"s-{own}"),
        edge("MEASURES", own, f"Indicator:{indicator}", f"m-{own}"),
    ]


def indicators(*names: str) -> list[Thing]:
    return [Node(f"Indicator:{name}", ONTOLOGY.nodes["Indicator"].labels, {"name": name}) for name in names]


def role(kind: str, unit: str, task: str) -> Edge:
    return edge(kind, unit, task, f"{kind}:{unit}>{task}", quote=f"{kind} {unit}", place="第8行", written=unit)


A, B = "Department:652301/甲局", "Department:652301/乙局"
UNITS: list[Thing] = [node("Department", A), node("Department", B)]


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


class TestProgress:
    """2023-06-30 is day 910 of 1094, 83.2 %; 2022-12-31 day 729, 66.6 %."""

    COLUMNS = ("indicator", "state", "reason", "reported", "done", "expected", "short")

    def test_the_days(self) -> None:
        days = [(day - dt.date(2021, 1, 1)).days for day in (dt.date(2022, 12, 31), dt.date(2023, 6, 30))]
        assert (*days, (dt.date(2023, 12, 31) - dt.date(2021, 1, 1)).days) == (729, 910, 1094)

    def test_the_sample(self, whole: Workspace) -> None:
        answer = whole.answer("target-progress", {})
        rows = told(answer, *self.COLUMNS)
        assert rows[:11] == [
            ("上市、挂牌企业", "behind", None, 3, 0.75, 3.33, 2),  # more than 4: 2 are missing; 4 × 0.832 = 3.33
            ("带动就业人数", "behind", None, 2600, 0.52, 4159.05, 2401),
            ("财政科技经费投入", "uncountable", "no-value", None, None, None, None),
            ("实施各类区域创新合作项目", "uncountable", "stale", 12, 0.4, None, 18),
            ("科普服务人数", "uncountable", "units", 52000, None, None, None),
            ("高新技术企业", "on-course", None, 48, 0.96, 41.59, 3),
            ("高新技术企业", "on-course", None, 48, 0.96, 41.59, 3),
            ("国家级创新创业平台", "on-course", None, 1, 1.0, 0.83, 1),
            ("科技特派员人数", "on-course", None, 150, 0.75, 133.27, 51),
            ("自治区级专精特新企业", "met", None, 35, pytest.approx(35 / 33), None, 0),
            ("引进培育技术转移服务机构", "met", None, 2, 1.0, None, 0),
        ]
        assert {row[1:] for row in rows[11:]} == {("unreported", None, None, None, None, None)}
        assert len(rows) == 42
        elapsed = dict(told(answer, "indicator", "elapsed"))
        assert elapsed["带动就业人数"] == ends(910)
        assert elapsed["科技特派员人数"] == ends(729)
        assert [remark.zh for remark in answer.remarks] == [
            "42个目标：落后2、无法计算3、进度正常4、已达到2、没有填报31。",
            "按2023-06-30前（含当日）的报告计算。",
            "1项报告的指标没有目标：技术合同成交额。",
        ]
        assert_proven(whole, answer)

    def test_as_of_a_day(self, whole: Workspace) -> None:
        """Later reports do not count yet; 12 projects were reported 549 days before."""
        answer = whole.answer("target-progress", {"day": "2022-12-31"})
        rows = [row for row in told(answer, *self.COLUMNS) if row[1] != "unreported"]
        assert [(*row[:4], row[-1]) for row in rows] == [
            ("带动就业人数", "behind", None, 1900, 3101),
            ("实施各类区域创新合作项目", "uncountable", "stale", 12, 18),
            ("自治区级专精特新企业", "on-course", None, 30, 4),
            ("科技特派员人数", "on-course", None, 150, 51),
        ]

    def test_after_the_deadline(self, whole: Workspace) -> None:
        rows = told(whole.answer("target-progress", {"day": "2024-01-01"}), "state", "reason")
        assert Counter(rows) == {
            ("uncountable", "after-deadline"): 7,  # 2 behind, 4 on course, and the stale one
            ("uncountable", "no-value"): 1,
            ("uncountable", "units"): 1,
            ("met", None): 2,
            ("unreported", None): 31,
        }

    def test_with_more_patience(self, whole: Workspace) -> None:
        """12 of 30 after 180 of 1094 days was on course."""
        answer = whole.answer("target-progress", {"patience": 1000, "state": "进度正常"})
        assert dict(told(answer, "indicator", "elapsed"))["实施各类区域创新合作项目"] == ends(180)

    def test_filters(self, whole: Workspace) -> None:
        assert told(whole.answer("target-progress", {"unit": "教育局"}), "state") == [("unreported",)] * 3
        behind = whole.answer("target-progress", {"unit": "科技局", "state": "behind", "top": 1})
        assert told(behind, "indicator") == [("上市、挂牌企业",)]
        assert behind.remarks[0].zh == "共2行，列出前1行"

    def test_findings(self, whole: Workspace) -> None:
        statements = [f.statement.zh for f in whole.findings() if f.rule == "target-progress"]
        assert statements == [
            "“上市、挂牌企业累计超过4家”落后：截至2023-06-30为3，时间进度83.2%，距目标还差2",
            "“带动就业人数超过5000人”落后：截至2023-06-30为2600，时间进度83.2%，距目标还差2401",
        ]

    def test_no_sheet(self, changji: Workspace) -> None:
        answer = changji.answer("target-progress", {})
        assert {state for (state,) in told(answer, "state")} == {"unreported"}
        assert answer.remarks[1].zh == "没有进展台账。"
        of_a_day = changji.answer("target-progress", {"day": "2022-12-31"})
        assert of_a_day.remarks[1].zh == "没有进展台账，或其中没有2022-12-31前的报告。"

    def test_reports_without_a_date(self, opened: Opened) -> None:
        undated = [node("Progress", "a", value=1.0, quote="a", place="第7行"), edge("REPORTS_ON", "a", "p-1", "o-a")]
        things = [*plan("p"), *offices("652301"), *indicators("x"), *target("p-1", "t", "x"), *undated]
        answer = ask(opened(things), load_catalogue()["target-progress"], {})
        assert answer.remarks[1].zh == "报告都没有写日期。"

    def test_which_report_counts(self, opened: Opened) -> None:
        """One that names the target, else its task, else the indicator; of two regions neither is guessed."""
        years = {"period_start": 2021, "period_end": 2023}
        names = ("x", "y", "z", "rate", "growth", "cap")
        things = [
            *plan("p", **years), *plan("r", "652302", **years), *offices("652301", "652302"), *indicators(*names),
            *target("p-1", "x1", "x"), *target("p-2", "x2", "x"), *target("p-3", "x3", "x"),
            *target("p-1", "y1", "y", year=2021), *target("r-1", "y2", "y", year=2021),
            *target("p-1", "z1", "z", value=12.0, unit="万人次", period="annual"),
            *target("p-1", "r1", "rate", value=10.0, unit="%", period="annual"),
            *target("p-1", "g1", "growth", comparator="growth", value=None, unit=None, kind="trend"),
            *target("p-1", "k1", "cap", comparator="<=", value=5.0, unit="%", kind="cap"),
            *report("a", 40.0, "Indicator:x"), *report("b", 30.0, "Indicator:x", "p-2"),
            *report("c", 50.0, "Indicator:x", "x3"), *report("d", 99.0, "Indicator:y"),
            *report("e", 60_000.0, "Indicator:z", unit="人次"), *report("f", 8.0, "Indicator:rate", unit="%"),
            *report("g", 3.0, "Indicator:growth", unit="家"), *report("h", 2.0, "Indicator:growth", unit="家", year=2021),
            *report("j", 4.0, "Indicator:cap", unit="%"),
        ]  # fmt: skip
        rows = found(opened(things), "target-progress", "target", "state", "reason", "reported", "evidence")
        assert sorted(rows) == [
            ("g1", "on-course", None, 3, ["g1", "g"]),
            ("k1", "on-course", None, 4, ["k1", "j"]),
            ("r1", "behind", None, 8, ["r1", "f"]),
            ("x1", "on-course", None, 40, ["x1", "a"]),
            ("x2", "on-course", None, 30, ["x2", "b"]),
            ("x3", "met", None, 50, ["x3", "c"]),
            ("y1", "uncountable", "ambiguous", 99, ["y1", "d"]),
            ("y2", "uncountable", "ambiguous", 99, ["y2", "d"]),
            ("z1", "on-course", None, 60000, ["z1", "e"]),  # half of 12 万 by the end of June
        ]


def report(own: str, value: float, *about: str, unit: str = "家", year: int = 2022) -> list[Thing]:
    """A report as of 1 July: of three years half have passed in 2022, of the year itself 181 of 364 days."""
    date = dt.date(year, 7, 1)
    return [
        node("Progress", own, date=date, value=value, unit=unit, quote=own, place="第7行"),
        *(edge("REPORTS_ON", own, thing, f"o-{own}-{thing}") for thing in about),
    ]


class TestDue:
    COLUMNS = ("year", "unit", "targets", "reported", "met", "on_course", "behind", "uncountable")

    def test_the_sample(self, whole: Workspace) -> None:
        """科技局 leads （一）4 （二）5 （六）2 （七）3 （八）5 （十一）1 （十二）2; those of （二） and （十） count for both leads."""
        answer = whole.answer("due", {})
        assert told(answer, *self.COLUMNS) == [
            (2023, "昌吉市科技局", 22, 10, 2, 3, 2, 3),
            (2023, "昌吉市商务和工信局", 8, 3, 1, 1, 1, 0),
            (2023, "昌吉市农业农村局", 6, 0, 0, 0, 0, 0),
            (2023, None, 4, 1, 0, 1, 0, 0),
            (2023, "昌吉市委组织部", 4, 0, 0, 0, 0, 0),
            (2023, "昌吉市教育局", 3, 0, 0, 0, 0, 0),
            (2023, "昌吉市卫健委", 2, 0, 0, 0, 0, 0),
        ]
        assert answer.remarks[0].zh == "2023：42个目标，已填报11个，已达到2个。"
        assert_proven(whole, answer)

    def test_filters(self, whole: Workspace) -> None:
        assert told(whole.answer("due", {"year": 2024})) == []
        assert told(whole.answer("due", {"unit": "商务和工信局"}), "unit", "targets") == [("昌吉市商务和工信局", 8)]

    def test_by_year(self, opened: Opened) -> None:
        things = [
            *plan("p"), *plan("q", period_end=2030), *offices("652301"), *UNITS, *indicators("x"), role("LEADS", A, "p-1"),
            *target("p-1", "a", "x", year=2025), *target("p-2", "b", "x", year=2023), *target("p-3", "c", "x"),
            *target("q-1", "d", "x"),
        ]  # fmt: skip
        answer = ask(opened(things), load_catalogue()["due"], {})
        assert told(answer, "year", "unit", "names") == [
            (2023, None, ["b"]), (2025, A, ["a"]), (2030, None, ["d"]), (None, None, ["c"]),
        ]  # fmt: skip
        assert answer.remarks[3].zh == "没有年份：1个目标，已填报0个，已达到0个。"


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
