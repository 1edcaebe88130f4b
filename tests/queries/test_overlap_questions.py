"""Questions about overlap: the sample plan's rows worked out from its lines alone, and invented plans for the rest."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import closing
from fractions import Fraction
from itertools import combinations
from pathlib import Path
from typing import Any

import pytest
from store_helpers import edge, graph, new_workspace, node

import innograph
from innograph import Workspace
from innograph.graph.records import Edge, Node
from innograph.graph.stores import Store, open_store
from innograph.queries import Answer, ask, load_catalogue

TEXT = (innograph.sample("changji") / "plan.txt").read_text(encoding="utf-8")
PLAN = "昌吉市科技创新支持产业高质量发展三年行动方案（2021—2023）"
INDUSTRY, DIGITAL, LIVELIHOOD, RESEARCH = (
    "推动工业转型升级", "推动数字信息产业发展", "推动民生领域科技创新", "支持研发机构建设",
)  # fmt: skip


def units_of_tasks() -> list[list[str]]:
    """The units of each task, read from the two lines of names under it; 市 is said once for all of a line."""
    found: list[list[str]] = []
    for kind, line in re.findall(r"^ *(牵头|配合)单位：(.*)$", TEXT, re.MULTILINE):
        if kind == "牵头":
            found.append([])
        names = re.split("[、，]", line.strip())
        names[0] = names[0].removeprefix("市")
        found[-1] += [{"街道": "各街道"}.get(name, name) for name in names]
    return found


def full(name: str) -> str:
    return "昌吉州生态环境局昌吉市分局" if name.startswith("州") else f"昌吉市{name}"


def pairs_by_hand() -> dict[frozenset[str], tuple[int, int, Fraction]]:
    """For each pair that meets: shared tasks, tasks of either, and Newman's weight."""
    tasks = units_of_tasks()
    found: dict[frozenset[str], tuple[int, int, Fraction]] = {}
    for one, other in combinations(sorted({unit for task in tasks for unit in task}), 2):
        both = [task for task in tasks if one in task and other in task]
        either = [task for task in tasks if one in task or other in task]
        weight = sum((Fraction(1, len(task) - 1) for task in both), Fraction())
        if both:
            found[frozenset({full(one), full(other)})] = (len(both), len(either), weight)
    return found


def told(answer: Answer, *columns: str) -> list[tuple[Any, ...]]:
    return [tuple(row[c] for c in columns) for row in answer.dicts()]


def assert_proven(workspace: Workspace, answer: Answer) -> None:
    """Each id has a record in the ledger with a quote that the row has."""
    for row in answer.dicts():
        assert row["evidence"]
        for own_id in row["evidence"]:
            assert {record.quote for record in workspace.evidence(own_id)} & set(row["quote"]), own_id


class TestUnitPairs:
    def test_the_reading_adds_up(self) -> None:
        tasks = units_of_tasks()
        assert (len(tasks), sum(map(len, tasks)), len({u for t in tasks for u in t})) == (13, 61, 19)

    def test_all_74_and_the_97_that_never_meet(self, changji: Workspace) -> None:
        answer = changji.answer("unit-pairs", {"top": 100})
        expected = pairs_by_hand()
        assert len(expected) == 74
        assert [remark.zh for remark in answer.remarks] == ["共19个单位、171对：74对有共同任务，97对从未共事。"]
        found = {
            frozenset({row["unit"], row["other"]}): (row["shared"], row["together"], row["weight"], row["jaccard"])
            for row in answer.dicts()
        }
        assert found == {
            pair: (shared, either, pytest.approx(float(weight)), pytest.approx(shared / either))
            for pair, (shared, either, weight) in expected.items()
        }
        assert sum(weight for *_, weight in expected.values()) == Fraction(61, 2)  # each unit's weights: its tasks
        assert_proven(changji, answer)

    def test_the_closest_in_full(self, changji: Workspace) -> None:
        """科技局 and 发改委: 6, 6, 4, 9, 4, 5 and 3 units are in the tasks they share."""
        row = changji.answer("unit-pairs", {"unit": "科技局", "top": 1}).dicts()[0]
        weight = sum(Fraction(1, size - 1) for size in (6, 6, 4, 9, 4, 5, 3))
        assert (row["unit"], row["other"], row["shared"], row["together"]) == ("昌吉市科技局", "昌吉市发改委", 7, 12)
        assert row["weight"] == pytest.approx(float(weight))
        assert row["tasks"][0] == "完善区域创新体系建设"
        assert row["quote"][:2] == [
            "牵头单位：市科技局",
            "配合单位：市发改委、商务和工信局、财政局、市场监督管理局、人社局",
        ]
        assert row["place"][:2] == ["二（一） 第26行", "二（一） 第28行"]

    def test_of_one_unit(self, changji: Workspace) -> None:
        """科技局 is in 12 of 13 tasks; it never meets 委组织部 and the members of the group beside it in （九）."""
        answer = changji.answer("unit-pairs", {"unit": "科技局"})
        assert {row["unit"] for row in answer.dicts()} == {"昌吉市科技局"}
        assert len(answer.rows.rows) == 16
        assert answer.remarks[1].zh == "“昌吉市科技局”与其他18个单位中的16个有共同任务。"

    def test_what_is_cut_is_told(self, changji: Workspace) -> None:
        answer = changji.answer("unit-pairs", {"least": 7})
        assert told(answer, "shared") == [(7,), (7,), (7,)]  # of 科技局, 商务和工信局 and 发改委
        assert answer.remarks[-1].zh == "列出3对，共有74对。"

    def test_each_plan_alone(self, two_plans: Workspace) -> None:
        answer = two_plans.answer("unit-pairs", {"plan": "昌吉州科技创新"})
        assert told(answer, "unit", "other", "shared", "weight") == [
            ("昌吉州各县市人民政府", "昌吉州科技局", 1, 1.0), ("昌吉州工信局", "昌吉州科技局", 1, 1.0),
        ]  # fmt: skip
        assert answer.remarks[0].en == "3 units form 3 pairs: 2 of them share a task, 1 never do."


class TestSimilarTasks:
    def test_two_in_the_sample(self, changji: Workspace) -> None:
        answer = changji.answer("similar-tasks")
        industry, science = ["昌吉市商务和工信局"], ["昌吉市科技局"]
        assert told(answer, "task", "leads", "other", "other_leads", "plan") == [
            (INDUSTRY, industry, RESEARCH, science, PLAN), (DIGITAL, industry, LIVELIHOOD, science, PLAN),
        ]  # fmt: skip
        first, second = told(answer, "phrases")
        assert {"新材料", "新能源", "装备制造"} <= set(first[0])
        assert "智慧旅游" in second[0]
        assert all(row["likeness"] >= 0.1 for row in answer.dicts())
        assert_proven(changji, answer)

    def test_only_those_that_nobody_leads_both_of(self, changji: Workspace) -> None:
        """By the leads in the text, 53 of 78 pairs have no lead in common: 7 tasks of 科技局 make 21 pairs, one with it
        and 商务和工信局 2 more, 农业农村局 in two tasks 1, 商务和工信局 in two more 1."""
        assert "53对" in changji.answer("similar-tasks").remarks[0].zh
        leads = [re.split("[、，]", line.removeprefix("市")) for line in re.findall("牵头单位：(.*)", TEXT)]
        assert sum(not set(one) & set(other) for one, other in combinations(leads, 2)) == 53

    def test_filters(self, changji: Workspace) -> None:
        assert told(changji.answer("similar-tasks", {"unit": "教育局"}), "task") == []
        assert len(changji.answer("similar-tasks", {"unit": "科技局"}).rows.rows) == 2
        assert told(changji.answer("similar-tasks", {"least": 0.99}), "task") == []
        answer = changji.answer("similar-tasks", {"top": 1})
        assert answer.remarks[-1].en == "1 pairs are shown of 2."

    def test_a_plan_of_another_region_is_no_overlap(self, two_plans: Workspace) -> None:
        """推动工业转型升级 is a task of the prefecture's plan too."""
        assert {row["other_plan"] for row in two_plans.answer("similar-tasks").dicts()} == {PLAN}


# （一） and （四） are the same work under two leads; （二） and （三） have only supporting units in common.
STONE = """石河子市科技创新行动方案（2023—2025年）

二、重点任务

（一）建设农业科技园区。依托新疆农业科技园区，推广节水灌溉技术。到2025年，科技型中小企业超过30家。

牵头单位：市科技局

（二）办好职业学校。改善校舍。

牵头单位：市教育局

配合单位：市财政局

（三）修建公路。养护桥梁。

牵头单位：市交通运输局

配合单位：市财政局

（四）发展现代种植。依托新疆农业科技园区，推广节水灌溉技术，建设冷库。到2025年，科技型中小企业达到40家。

牵头单位：市农业农村局
"""


@pytest.fixture(scope="module")
def stone(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workspace]:
    """The invented plan alone."""
    folder = tmp_path_factory.mktemp("stone")
    (folder / "plan.txt").write_text(STONE, encoding="utf-8")
    with Workspace.create(folder / "ws") as workspace:
        workspace.load(folder / "plan.txt")
        yield workspace


class TestInvented:
    def test_all_three_kinds(self, stone: Workspace) -> None:
        answer = stone.answer("overlap-kinds")
        who, tasks = ["石河子市科技局", "石河子市农业农村局"], ["建设农业科技园区", "发展现代种植"]
        found = told(answer, "kind", "who", "tasks", "why")
        assert found == [
            ("duplication", who, tasks, "same-indicator"),
            ("overlap", who, tasks, "similar-tasks"),
            ("fragmentation", who, tasks, "same-area"),
        ]
        what = [row["what"] for row in answer.dicts()]
        assert what[0] == ["科技型中小企业"]
        assert "推广节水灌溉技术" in what[1]
        assert what[2] == ["新疆农业科技园区"]
        assert_proven(stone, answer)

    def test_shared_support_is_coordination(self, stone: Workspace) -> None:
        remarks = stone.answer("overlap-kinds").remarks
        assert remarks[0].zh == "疑似重复1处、重叠1处、分散1处。"
        assert remarks[1].zh.startswith("另有1对任务牵头单位不同、只是共用配合单位：这是协同")

    def test_one_kind(self, stone: Workspace) -> None:
        assert told(stone.answer("overlap-kinds", {"kind": "重复"}), "kind") == [("duplication",)]

    def test_the_subject_under_two_leads(self, stone: Workspace) -> None:
        [row] = stone.answer("several-leads").dicts()
        assert (row["kind"], row["count"], row["link"]) == ("Platform", 2, "none")
        assert row["tasks"] == ["建设农业科技园区", "发展现代种植"]
        assert stone.answer("several-leads", {"least": 3}).rows.rows == []

    def test_findings_say_possible(self, stone: Workspace) -> None:
        found = {f.rule: f.statement.zh for f in stone.findings()}
        assert found["several-leads"].startswith("疑似分散：“")
        assert found["several-leads"].endswith(
            "由2个单位分别牵头（石河子市科技局、石河子市农业农村局），无联合机制说明"
        )
        assert found["overlap-kinds"] == (
            "疑似重复：“科技型中小企业”由石河子市科技局、石河子市农业农村局在不同任务里各设目标（指标、范围和计量单位相同）"
        )
        assert found["similar-tasks"].startswith("疑似重叠：“建设农业科技园区”（石河子市科技局）与“发展现代种植”")


Thing = Node | Edge
PORT = "建设港口云平台，联动船舶和货车，云平台用户数超10万户"


def office(name: str) -> Node:
    return node("Department", f"Department:652301/{name}局", jurisdiction="652301")


def plan_of(own: str, region: str = "652301", **properties: Any) -> list[Thing]:
    """A plan of the government of a region."""
    government = node("Department", f"Department:{region}/府办", jurisdiction=region)
    return [
        node("Plan", own, quote=own, place="第0行", **properties),
        government,
        edge("ISSUED_BY", own, government.id, f"i-{own}"),
    ]


def task_of(plan: str, own: str, text: str, unit: str, section: str, position: int = 1) -> list[Thing]:
    """A task with one sentence, led by a unit."""
    return [
        node("Task", own, section=section, position=position, quote=own, place="第1行"),
        node("Action", f"a-{own}", position=1, quote=text, place="第1行"),
        edge("HAS_TASK", plan, own, f"h-{own}"), edge("HAS_ACTION", own, f"a-{own}", f"x-{own}"),
        edge("LEADS", f"Department:652301/{unit}局", own, f"l-{own}", quote=f"牵头：{unit}局", place="第2行", written=unit),
    ]  # fmt: skip


def measured(own: str, task: str, value: float) -> list[Thing]:
    """A target for 用户数."""
    return [
        node("Target", own, value=value, unit="万户", comparator=">=", kind="numeric", quote=own, place="第3行"),
        edge("SETS_TARGET", task, own, f"s-{own}"), edge("MEASURES", own, "Indicator:用户数", f"m-{own}"),
    ]  # fmt: skip


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with closing(open_store("kglite", file=tmp_path / "graph.kgl", workspace=new_workspace())) as made:
        yield made


def asked(store: Store, things: list[Thing], question: str, *columns: str) -> list[tuple[Any, ...]]:
    store.sync(graph([*{thing.id: thing for thing in things}.values()]))
    return told(ask(store, load_catalogue()[question], {}), *columns)


class TestAnnex:
    """Text and annex of one plan say the same; two tasks of one section, or of two plans, that do so overlap."""

    def things(self, section: str, plan: str = "p", value: float = 10.0) -> list[Thing]:
        return [
            *plan_of("p"), *plan_of(plan), office("甲"), office("乙"), node("Indicator", "Indicator:用户数"),
            *task_of("p", "智慧物流", f"{PORT}。推广电子运单，培育骨干企业", "甲", "重点任务"),
            *task_of(plan, "云平台用户数", PORT, "乙", section, 2),
            *measured("g1", "智慧物流", 10.0), *measured("g2", "云平台用户数", value),
        ]  # fmt: skip

    @pytest.mark.parametrize(
        ("section", "plan", "alike", "kinds"),
        [
            ("附表", "p", [], []),
            ("重点任务", "p", [("智慧物流", "云平台用户数")], ["duplication", "overlap"]),
            ("附表", "q", [("智慧物流", "云平台用户数")], ["duplication", "overlap"]),
        ],
    )
    def test_a_breakdown_is_no_overlap(
        self, store: Store, section: str, plan: str, alike: list[tuple[str, str]], kinds: list[str]
    ) -> None:
        things = self.things(section, plan)
        assert [tuple(sorted(row)) for row in asked(store, things, "similar-tasks", "task", "other")] == [
            tuple(sorted(pair)) for pair in alike
        ]
        assert [kind for (kind,) in asked(store, things, "overlap-kinds", "kind")] == kinds

    def test_the_indicator_is_listed_and_a_finding_only_if_something_differs(self, store: Store) -> None:
        for section, plan, value, state in (
            ("附表", "p", 10.0, "annex"),
            ("附表", "p", 12.0, "places"),
            ("重点任务", "p", 10.0, "places"),
            ("附表", "q", 10.0, "places"),
        ):
            assert asked(store, self.things(section, plan, value), "same-indicator", "places", "state") == [(2, state)]

    def test_other_work_in_another_section_is_still_held_against_it(self, store: Store) -> None:
        """All of the first task's text stands in the second, but less than four fifths of it in the third."""
        roads = task_of("p", "修路", "养护桥梁", "乙", "重点任务", 3)
        port = [*plan_of("p"), office("甲"), office("乙"), *task_of("p", "智慧物流", PORT, "甲", "重点任务"), *roads]
        more = task_of("p", "数字贸易", f"{PORT}。办好交易会，引进采购商，发展跨境电商", "乙", "保障措施", 2)
        assert asked(store, [*port, *more], "similar-tasks", "task", "other") == []
        less = task_of("p", "港航", f"{PORT[:13]}。疏浚航道，扩建码头泊位", "乙", "保障措施", 2)
        assert asked(store, [*port, *less], "similar-tasks", "task", "other") == [("智慧物流", "港航")]


class TestOneRegion:
    def test_tasks_of_two_regions_are_not_held_against_each_other(self, store: Store) -> None:
        """The prefecture's bureaus lead the same work elsewhere; of one region it is a pair."""
        for region, pairs in (("652301", [("智慧物流", "港口物流")]), ("652302", [])):
            things = [
                *plan_of("p"), *plan_of("q", region), office("甲"), office("乙"),
                *task_of("p", "智慧物流", PORT, "甲", "任务"), *task_of("q", "港口物流", PORT, "乙", "任务"),
            ]  # fmt: skip
            assert asked(store, things, "similar-tasks", "task", "other") == pairs


class TestVersions:
    def test_the_later_plan_counts_whatever_its_id(self, store: Store) -> None:
        """Of two versions the one with the later years is in force, though its id sorts first."""
        things = [
            *plan_of("p-z", period_end=2023), *plan_of("p-a", period_end=2025), office("甲"), office("乙"),
            *task_of("p-z", "旧一", PORT, "甲", "任务"), *task_of("p-z", "旧二", PORT, "乙", "任务", 2),
            *task_of("p-a", "新一", PORT, "甲", "任务"), *task_of("p-a", "新二", PORT, "乙", "任务", 2),
        ]  # fmt: skip
        titled = [
            node("Plan", t.id, **{**t.properties, "name": "物流行动方案（2021—2023年）" if t.id == "p-z" else "物流行动方案（2023—2025年）"})
            if isinstance(t, Node) and t.id in ("p-z", "p-a") else t
            for t in things
        ]  # fmt: skip
        assert asked(store, titled, "similar-tasks", "task", "other") == [("新一", "新二")]


class TestOverlapInTheSample:
    def test_industries_of_the_whole_sample(self, whole: Workspace) -> None:
        """新材料 and 装备制造 stand in （四） and （七）, lines 40 and 57, and nowhere else in a task."""
        answer = whole.answer("several-leads")
        leads, tasks = ["昌吉市商务和工信局", "昌吉市科技局"], [INDUSTRY, RESEARCH]
        assert told(answer, "subject", "leads", "count", "tasks", "link", "plans") == [
            (name, leads, 2, tasks, "support", [PLAN]) for name in ("新材料", "装备制造")
        ]
        assert_proven(whole, answer)

    def test_nothing_is_duplicated_by_two_leads(self, changji: Workspace) -> None:
        """高新技术企业 is set by the plan and taken up by one task: that is same-indicator."""
        answer = changji.answer("overlap-kinds")
        assert told(answer, "kind", "what", "why")[-1] == ("fragmentation", ["新材料"], "same-area")
        assert {kind for kind, *_ in told(answer, "kind")} == {"overlap", "fragmentation"}
        assert answer.remarks[0].en == "Possible duplication: 0; overlap: 2; fragmentation: 1."
        assert_proven(changji, answer)
