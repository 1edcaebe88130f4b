"""From sections to tasks: whose units are whose, what holds for all tasks, several plans in one file, safeguards."""

from __future__ import annotations

import pytest

from innograph.graph.records import EdgeAssertion, NodeAssertion
from innograph.graph.regions import region_table
from innograph.loaders.document import Span, document_of_lines
from innograph.loaders.plan import ParsedPlan, parse
from innograph.loaders.plan.emit import assertions_of
from innograph.loaders.plan.export import to_json
from innograph.loaders.plan.model import Role, Task
from innograph.loaders.plan.responsibility.additions import additions
from innograph.loaders.plan.responsibility.assignments import Context

LEADS, SUPPORTS, RESPONSIBLE = Role.LEAD, Role.SUPPORT, Role.RESPONSIBLE


def plan_of(text: str) -> ParsedPlan:
    return parse(document_of_lines("a.txt", text))


def units(task: Task) -> dict[Role, list[str]]:
    return {role: [u.canonical for u in task.units(role)] for role in Role if task.units(role)}


def tasks(plan: ParsedPlan) -> list[tuple[str, dict[Role, list[str]]]]:
    return [(t.section.title, units(t)) for t in plan.tasks]


def texts(plan: ParsedPlan) -> list[list[str]]:
    return [[plan.document.quote(s) for s in t.sentences] for t in plan.tasks]


class TestUnitsOfAHeading:
    @pytest.mark.parametrize(
        "heading",
        [
            "（一）建平台。（市科技局负责）",
            "（一）建平台（市科技局负责）",
            "（一）建平台（责任单位：市科技局）。",
            "（一）建平台（市科技局）",
            "（一）建平台〔市科技局〕。",
            "（一）建平台\n（市科技局）",
        ],
    )
    def test_behind_the_title(self, heading: str) -> None:
        plan = plan_of(f"昌吉市方案\n一、任务\n{heading}\n建设平台2个。\n（二）引人才。引人才。（市人社局）")
        assert tasks(plan) == [("建平台", {RESPONSIBLE: ["市科技局"]}), ("引人才", {RESPONSIBLE: ["市人社局"]})]
        assert texts(plan) == [["建设平台2个。"], ["引人才。"]]
        assert [t.value for t in plan.tasks[0].targets] == [2]

    @pytest.mark.parametrize("title", ["建设镇村（社区）", "发展农业（种植业、畜牧业）", "支持民营企业（市场主体）"])
    def test_what_is_part_of_the_title(self, title: str) -> None:
        plan = plan_of(f"昌吉市方案\n一、任务\n（一）{title}\n建设平台。责任单位：市科技局")
        assert tasks(plan)[0][0] == title


class TestUnitsOfAllItems:
    ITEMS = "1.建实验室。建设实验室2个。\n2.建园区。建设园区1个。"

    @pytest.mark.parametrize(
        "text",
        [
            f"（一）建平台\n责任单位：市科技局\n{ITEMS}",
            f"（一）建平台（市科技局负责）\n{ITEMS}",
            f"（一）建平台\n{ITEMS}\n责任单位：市科技局",
            f"（一）建平台\n{ITEMS}（责任单位：市科技局）",
        ],
    )
    def test_said_once_before_or_behind(self, text: str) -> None:
        plan = plan_of(f"昌吉市方案\n一、任务\n{text}")
        assert tasks(plan) == [("建平台", {RESPONSIBLE: ["市科技局"]})]
        assert [t.value for t in plan.tasks[0].targets] == [2, 1]

    def test_each_item_its_own(self) -> None:
        plan = plan_of(
            "昌吉市方案\n一、任务\n（一）建平台\n1.建实验室。做甲。（市科技局）\n2.建园区。做乙。（市工信局）"
        )
        assert tasks(plan) == [("建实验室", {RESPONSIBLE: ["市科技局"]}), ("建园区", {RESPONSIBLE: ["市工信局"]})]

    def test_one_item_without_units_is_told(self) -> None:
        plan = plan_of(
            "昌吉市方案\n一、任务\n（一）建平台\n1.甲。做甲。（市科技局）\n2.乙。做乙。\n3.丙。做丙。（市工信局）"
        )
        assert tasks(plan) == [("甲", {RESPONSIBLE: ["市科技局"]}), ("乙", {}), ("丙", {RESPONSIBLE: ["市工信局"]})]
        assert [i.quote for i in plan.issues if i.code == "plan.no-assignment"] == ["2.乙"]


class TestPassages:
    TEXT = (
        "昌吉市方案\n一、任务\n（一）建平台。统筹布局创新平台。建实验室2个。（责任单位：市科技局）建设园区1个。（市工信局负责）"
        "建基地3个。（责任单位：市农业农村局）"
    )

    def test_each_bracket_closes_its_passage(self) -> None:
        plan = plan_of(self.TEXT)
        assert tasks(plan) == [
            ("统筹布局创新平台", {RESPONSIBLE: ["市科技局"]}),
            ("建设园区1个", {RESPONSIBLE: ["市工信局"]}),
            ("建基地3个", {RESPONSIBLE: ["市农业农村局"]}),
        ]
        assert texts(plan) == [["统筹布局创新平台。", "建实验室2个。"], ["建设园区1个。"], ["建基地3个。"]]
        assert [t.section.path for t in plan.tasks] == ["1.1-1", "1.1-2", "1.1-3"]
        assert [(i.code, i.values["count"]) for i in plan.issues if i.code == "plan.several-assignments"] == [
            ("plan.several-assignments", 3)
        ]

    def test_each_passage_is_a_node(self) -> None:
        nodes = [a.id for a in assertions_of(plan_of(self.TEXT)) if isinstance(a, NodeAssertion) and a.label == "Task"]
        assert [n.rpartition("/")[2] for n in nodes] == ["1.1-1", "1.1-2", "1.1-3"]

    def test_units_may_open_what_they_are_about(self) -> None:
        plan = plan_of(
            "昌吉市方案\n一、任务\n（一）建平台。\n责任单位：市科技局\n建设实验室2个。\n责任单位：市工信局\n建设园区1个。"
        )
        assert [(units(t), x) for t, x in zip(plan.tasks, texts(plan), strict=True)] == [
            ({RESPONSIBLE: ["市科技局"]}, ["建设实验室2个。"]),
            ({RESPONSIBLE: ["市工信局"]}, ["建设园区1个。"]),
        ]

    def test_support_behind_belongs_to_the_lead_before(self) -> None:
        plan = plan_of("昌吉市方案\n一、任务\n（一）甲。做甲。\n牵头单位：市科技局\n做乙。\n配合单位：市财政局")
        assert tasks(plan) == [("甲", {LEADS: ["市科技局"], SUPPORTS: ["市财政局"]})]

    def test_a_text_without_numbers(self) -> None:
        plan = plan_of("昌吉市试点方案\n建设平台2个。（责任单位：市科技局）\n引进人才5人。（责任单位：市人社局）")
        assert tasks(plan) == [
            ("建设平台2个", {RESPONSIBLE: ["市科技局"]}),
            ("引进人才5人", {RESPONSIBLE: ["市人社局"]}),
        ]


class TestAdditions:
    @pytest.mark.parametrize(
        ("sentence", "role", "named"),
        [
            ("以下各项工作均需各乡镇配合，不再单独列出。", SUPPORTS, ["各乡镇"]),
            ("以上各项任务均由市科技局、财政局负责落实，不再逐一列出。", RESPONSIBLE, ["市科技局", "市财政局"]),
            ("各项任务均需相关市、县推进，不再单独列出。", RESPONSIBLE, ["相关市、县"]),
            ("上述任务均涉及各县（市、区）人民政府参与，以下不再一一列明。", SUPPORTS, ["各县（市、区）人民政府"]),
            ("所有措施都由市科技局等部门共同推进，不再重复。", RESPONSIBLE, ["市科技局"]),
        ],
    )
    def test_wordings(self, sentence: str, role: Role, named: list[str]) -> None:
        context = Context(region_table()["652301"])
        ((_, added),) = additions(document_of_lines("a", sentence), Span(0, len(sentence)), context)
        assert (added.role, [u.canonical for u in added.units]) == (role, named)

    @pytest.mark.parametrize(
        "sentence", ["以下各项工作均需按期推进，不再单独列出。", "各项工作均需各乡镇配合。", "以上不再列出。"]
    )
    def test_what_adds_nobody(self, sentence: str) -> None:
        assert list(additions(document_of_lines("a", sentence), Span(0, len(sentence)), Context())) == []

    TASKS = "（一）甲。做甲。（责任单位：市科技局）\n{}（二）乙。做乙。（责任单位：市人社局、各乡镇）\n（三）丙。做丙。（责任单位：市财政局）"

    def test_what_follows_holds_from_there_and_names_nobody_twice(self) -> None:
        text = self.TASKS.format("以下各项工作均需各乡镇配合，不再单独列出。\n")
        assert [found for _, found in tasks(plan_of(f"昌吉市方案\n一、任务\n{text}"))] == [
            {RESPONSIBLE: ["市科技局"]},
            {RESPONSIBLE: ["市人社局", "各乡镇"]},
            {RESPONSIBLE: ["市财政局"], SUPPORTS: ["各乡镇"]},
        ]

    def test_what_holds_for_all_holds_for_those_before_it(self) -> None:
        text = self.TASKS.format("") + "\n二、要求\n以上各项任务均需各乡镇配合，不再单独列出。"
        assert [found for _, found in tasks(plan_of(f"昌吉市方案\n一、任务\n{text}"))] == [
            {RESPONSIBLE: ["市科技局"], SUPPORTS: ["各乡镇"]},
            {RESPONSIBLE: ["市人社局", "各乡镇"]},
            {RESPONSIBLE: ["市财政局"], SUPPORTS: ["各乡镇"]},
        ]


TWO_PLANS = """昌政办发〔2024〕3号
关于印发昌吉市创新政策措施等2个文件的通知
昌吉市人民政府办公室
2024年3月5日
昌吉市创新政策措施
一、建平台。建设平台2个。（责任单位：市科技局）
二、引人才。引进人才5人。（责任单位：市人社局）
附件2
昌吉市科普行动方案（2024—2026年）
根据《昌吉州科普行动方案》，制定本方案。
一、办活动。举办活动3场。（责任单位：市科协）
二、建场馆。建设场馆1个。（责任单位：市文旅局）
三、育队伍。培训讲师20人。（责任单位：市教育局）"""


class TestSeveralPlans:
    def test_each_has_its_own_head_tasks_and_key(self) -> None:
        plan = plan_of(TWO_PLANS)
        (other,) = plan.others
        assert [p.head.title for p in (plan, other)] == ["昌吉市科普行动方案（2024—2026年）", "昌吉市创新政策措施"]
        assert [p.head.doc_number for p in (plan, other)] == ["昌政办发〔2024〕3号"] * 2
        assert [p.head.issuer for p in (plan, other)] == ["昌吉市人民政府办公室"] * 2
        assert [p.head.period for p in (plan, other)] == [(2024, 2026), None]
        assert [[x.title for x in p.head.parents] for p in (plan, other)] == [["昌吉州科普行动方案"], []]
        assert [[t.section.title for t in p.tasks] for p in (plan, other)] == [
            ["办活动", "建场馆", "育队伍"],
            ["建平台", "引人才"],
        ]
        assert (plan.key, other.key) == ("昌政办发-2024-3", "昌吉市创新政策措施")

    def test_the_graph_holds_both_and_every_id_once(self) -> None:
        said = list(assertions_of(plan_of(TWO_PLANS)))
        owned = {(a.source, a.target) for a in said if isinstance(a, EdgeAssertion) and a.type == "HAS_TASK"}
        assert owned == {
            *(("Plan:昌政办发-2024-3", f"Task:昌政办发-2024-3/{path}") for path in "123"),
            *(("Plan:昌吉市创新政策措施", f"Task:昌吉市创新政策措施/{path}") for path in "12"),
        }
        owners = {(a.source, a.target) for a in said if isinstance(a, EdgeAssertion) and a.type == "RESPONSIBLE_FOR"}
        assert ("Department:652301/科技局", "Task:昌吉市创新政策措施/1") in owners
        assert ("Department:652301/科协", "Task:昌政办发-2024-3/1") in owners
        assert len(owners) == 5

    def test_the_json_names_the_part_of_each_task(self) -> None:
        told = to_json(plan_of(TWO_PLANS))
        assert [t["part"] for t in told["tasks"]] == ["昌吉市创新政策措施"] * 2 + [
            "昌吉市科普行动方案（2024—2026年）"
        ] * 3
        assert [t["title"] for t in told["tasks"]] == ["建平台", "引人才", "办活动", "建场馆", "育队伍"]
        assert told["also_contains"] == ["昌吉市创新政策措施"]


class TestPlansThatAssignNobody:
    def test_their_sections_are_tasks(self) -> None:
        plan = plan_of(
            "昌吉市行动方案\n一、总体要求\n高举旗帜。\n二、重点任务\n（一）甲。建平台2个。\n（二）乙。引人才5人。\n三、保障措施\n（一）丙。"
        )
        assert tasks(plan) == [("甲", {}), ("乙", {})]
        assert [s.section.title for s in plan.safeguards] == ["丙"]
        assert "plan.nobody-assigned" in {i.code for i in plan.issues}
        assert "plan.no-assignment" not in {i.code for i in plan.issues}


class TestSections:
    def test_text_between_two_assignments_stays(self) -> None:
        text = "昌吉市方案\n一、任务\n（一）甲。做甲。\n牵头单位：市科技局\n建设实验室3个。\n牵头单位：市工信局"
        plan = plan_of(text)
        texts = [[plan.document.quote(s) for s in task.sentences] for task in plan.tasks]
        assert texts == [["做甲。"], ["建设实验室3个。"]]
        assert [[u.canonical for u in task.units(Role.LEAD)] for task in plan.tasks] == [["市科技局"], ["市工信局"]]
        assert [[t.value for t in task.targets] for task in plan.tasks] == [[], [3]]
        assert [i.quote for i in plan.issues if i.code == "plan.several-assignments"] == [
            "牵头单位：市科技局\n牵头单位：市工信局"
        ]

    def test_responsible_units_need_no_lead(self) -> None:
        plan = plan_of("昌吉市方案\n一、任务\n（一）甲。做。\n责任单位：市科技局\n配合单位：市财政局")
        assert "plan.lead-missing" not in {i.code for i in plan.issues}

    def test_the_signature_ends_the_text(self) -> None:
        text = (
            "昌吉市方案\n一、任务\n（一）甲。做甲。\n牵头单位：市科技局\n配合单位：\n"
            "昌吉市人民政府办公室\n2024年3月5日\n附件：分工表\n抄送：市委。"
        )
        plan = plan_of(text)
        assert [plan.document.quote(s) for s in plan.tasks[0].sentences] == ["做甲。"]
        assert [u.canonical for u in plan.tasks[0].units(Role.SUPPORT)] == []
        assert plan.head.issuer == "昌吉市人民政府办公室"

    def test_safeguards_and_general_chapters_hold_targets(self) -> None:
        plan = plan_of(
            "昌吉市方案\n一、总体要求\n到2025年，科技企业达到40家。\n二、任务\n（一）甲。做甲。\n牵头单位：市科技局\n"
            "三、保障措施\n（一）加大投入。设立资金2亿元以上。"
        )
        assert [t.value for t in plan.targets] == [40]
        assert [t.value for s in plan.safeguards for t in s.targets] == [2]
        assert [t["measure"] for t in to_json(plan)["measure_targets"]] == ["加大投入"]
        measures = {a.source for a in assertions_of(plan) if isinstance(a, EdgeAssertion) and a.type == "SETS_TARGET"}
        assert any(source.startswith("Measure:") for source in measures)
