"""Load, concentration and ties between units, and what if one is gone: rows by hand, on every engine."""

from __future__ import annotations

import pytest
from responsibility_sample import (
    GAPS,
    LEADS,
    PARENT,
    PLAN,
    SUPPORTS,
    A,
    B,
    C,
    D,
    Opened,
    assert_proven,
    found,
    full,
    leads,
    name,
    role,
    rows,
    small,
    supports,
)

from innograph import Workspace
from innograph.graph.errors import BadParameter
from innograph.queries import ask, load_catalogue

# How many figures, coverages and trends each task sets, counted in the plan: 38 in all.
TARGETS = dict(enumerate([4, 5, 4, 2, 1, 2, 3, 5, 4, 2, 1, 2, 3], start=1))


class TestLoad:
    """Six units lead: alone, together with another, and support; the targets are those of the tasks led."""

    LEADING = (
        # led alone, led jointly, supported, load, targets
        ("科技局", 6, 1, 5, 6 + 0.5 + 2.5, 4 + 5 + 2 + 3 + 5 + 1 + 2),
        ("商务和工信局", 2, 1, 4, 2 + 0.5 + 2.0, 5 + 2 + 1),
        ("农业农村局", 1, 1, 3, 1 + 0.5 + 1.5, 4 + 2),
        ("卫健委", 0, 1, 2, 0.5 + 1.0, 2),
        ("教育局", 1, 0, 1, 1 + 0.5, 3),
        ("委组织部", 1, 0, 0, 1.0, 4),
    )

    def test_all_units(self, changji: Workspace) -> None:
        leading = {full(unit): (led, joint, 0, *rest) for unit, led, joint, *rest in self.LEADING}
        helping = {unit for task in SUPPORTS for unit in supports(task)} - set(leading)
        times = {unit: sum(unit in supports(task) for task in SUPPORTS) for unit in helping}
        expected = {**leading, **{unit: (0, 0, 0, n, n / 2, 0) for unit, n in times.items()}}
        columns = ("unit", "led", "joint", "responsible", "supported", "load", "targets")
        told = rows(changji, "load", *columns)
        assert {unit: tuple(rest) for unit, *rest in told} == expected
        assert [(-row[5], row[0]) for row in told] == sorted((-row[5], row[0]) for row in told)
        assert_proven(changji, "load")

    def test_other_weights(self, changji: Workspace) -> None:
        told = rows(changji, "load", "unit", "load", lead=2, support=0, top=3)
        assert told == [("昌吉市科技局", 13.0), ("昌吉市商务和工信局", 5.0), ("昌吉市农业农村局", 3.0)]

    def test_what_is_cut_is_told(self, changji: Workspace) -> None:
        answer = changji.answer("load", {"top": 3})
        assert len(answer.dicts()) == 3
        assert [remark.zh for remark in answer.remarks] == ["共19行，列出前3行"]
        assert changji.answer("load").remarks == ()

    def test_who_is_responsible_where_nobody_leads_shares_the_task(self, opened: Opened) -> None:
        """t2 is A's and C's by halves, t3 and t4 are A's; D supports once, A and B once."""
        told = found(opened(GAPS), "load", "unit", "led", "joint", "responsible", "supported", "load")
        assert told == [
            (A, 1, 0, 2, 1, 0.5 + 1 + 1 + 0.5), (D, 0, 0, 0, 1, 0.5), (C, 0, 0, 1, 0, 0.5), (B, 0, 0, 0, 1, 0.5),
        ]  # fmt: skip

    def test_who_is_responsible_beside_a_lead_helps(self, opened: Opened) -> None:
        things = small(role("LEADS", A, "t1"), role("RESPONSIBLE_FOR", B, "t1"), role("SUPPORTS", A, "t1"))
        told = found(opened(things), "load", "unit", "led", "responsible", "supported", "load")
        assert told == [(A, 1, 0, 0, 1.0), (B, 0, 1, 0, 0.5)]  # A's weaker role in the same task adds nothing


class TestConcentration:
    COLUMNS = ("kind", "index", "units", "equal", "largest", "share", "tasks", "assignments", "plan")

    def test_the_seed(self, changji: Workspace) -> None:
        """Leads: 6.5² + 2.5² + 1.5² + 1 + 1 + 0.5² = 53 of 13². Taking part: 347 of 61²."""
        lead, part = rows(changji, "concentration", *self.COLUMNS)
        assert lead == ("answer", pytest.approx(53 / 169), 6, 1 / 6, ["昌吉市科技局"], 6.5 / 13, 13, 15, PLAN)
        assert part == ("involvement", pytest.approx(347 / 3721), 19, 1 / 19, ["昌吉市科技局"], 12 / 61, 13, 61, PLAN)
        assert (round(lead[1], 3), round(part[1], 3)) == (0.314, 0.093)
        assert_proven(changji, "concentration")

    def test_the_hand_made_numbers_add_up(self) -> None:
        tasks = [{*leads(task), *supports(task)} for task in LEADS]
        times = [sum(unit in some for some in tasks) for unit in set().union(*tasks)]
        assert (sum(times), sum(n * n for n in times)) == (61, 347)

    def test_each_plan_by_itself(self, two_plans: Workspace) -> None:
        """州: 推动工业转型升级 by halves 工信局 and 科技局, 办好科技活动 by halves 科技局 and 各县市: ¼, ½, ¼."""
        told = rows(two_plans, "concentration", "plan", "kind", "index", "units", "largest")
        assert told[:2] == [
            (PARENT, "answer", 0.375, 3, ["昌吉州科技局"]),
            (PARENT, "involvement", 0.375, 3, ["昌吉州科技局"]),
        ]
        assert [plan for plan, *_ in told] == [PARENT, PARENT, PLAN, PLAN]
        assert len(rows(two_plans, "concentration", plan=PARENT)) == 2

    def test_tasks_that_nobody_answers_for_are_told(self, opened: Opened) -> None:
        """A has t2 by half, t3 and t4; C has t2 by half. t1 has supporters only, t5 nobody."""
        store = opened(GAPS)
        answer = ask(store, load_catalogue()["concentration"], {})
        assert [(r["kind"], r["index"], r["tasks"]) for r in answer.dicts()] == [
            ("answer", pytest.approx((2.5**2 + 0.5**2) / 9), 3),
            ("involvement", pytest.approx((16 + 1 + 1 + 1) / 49), 4),
        ]
        assert [r.en[:23] for r in answer.remarks] == ["2 tasks have nobody who"]


class TestDensity:
    def test_the_seed(self, changji: Workspace) -> None:
        """61 of 13 · 19; 74 of 171 pairs meet, 97 never do; a task of d units adds d/2 in all, so 61/2 over 74 pairs."""
        columns = ("tasks", "units", "assignments", "density", "met", "pairs", "met_density", "never", "weight", "plan")
        assert rows(changji, "density", *columns) == [
            (13, 19, 61, pytest.approx(61 / 247), 74, 171, pytest.approx(74 / 171), 97, pytest.approx(30.5 / 74), PLAN)
        ]
        assert (round(61 / 247, 3), round(74 / 171, 3)) == (0.247, 0.433)
        assert_proven(changji, "density")

    def test_the_74_pairs_counted_in_the_tables(self) -> None:
        tasks = [{*leads(task), *supports(task)} for task in LEADS]
        assert len({frozenset((a, b)) for some in tasks for a in some for b in some if a != b}) == 74

    def test_tasks_without_units_count_and_one_unit_has_no_pairs(self, opened: Opened) -> None:
        store = opened(small(role("LEADS", A, "t1"), role("LEADS", A, "t2")))
        told = found(store, "density", "tasks", "units", "density", "met", "pairs", "met_density", "never", "weight")
        assert told == [(5, 1, 0.4, 0, 0, None, 0, None)]

    def test_a_plan_without_units_is_told(self, opened: Opened) -> None:
        answer = ask(opened(small()), load_catalogue()["density"], {})
        assert (answer.dicts(), answer.remarks[0].zh) == ([], "1份文件的任务都没有写单位")


class TestLeadSupport:
    """An arc for each lead and each supporter of a task."""

    def arcs(self) -> dict[tuple[str, str], list[int]]:
        arcs: dict[tuple[str, str], list[int]] = {}
        for task in LEADS:
            for lead in leads(task):
                for support in supports(task):
                    arcs.setdefault((lead, support), []).append(task)
        return arcs

    def test_all(self, changji: Workspace) -> None:
        arcs = self.arcs()
        told = rows(changji, "lead-support", "lead", "support", "tasks", "names", "back", "mutual")
        assert len(told) == len(arcs) == 35
        for lead, support, tasks, names, back, mutual in told:
            assert (tasks, names) == (len(arcs[lead, support]), [name(task) for task in arcs[lead, support]])
            assert back == len(arcs.get((support, lead), []))
            assert mutual == ("yes" if back else "no")
        assert [(-row[2], row[0], row[1]) for row in told] == sorted((-row[2], row[0], row[1]) for row in told)
        assert_proven(changji, "lead-support")

    def test_four_pairs_are_mutual(self, changji: Workspace) -> None:
        """科技局 leads 1 7 8 11 with 商务和工信局, which leads 4 5 with it; 8 12 and 3 10; 12 and 13; 6 and 10."""
        told = rows(changji, "lead-support", "lead", "support", "tasks", "back", unit="科技局")
        mutual = {(support, tasks, back) for lead, support, tasks, back in told if back and lead == "昌吉市科技局"}
        assert mutual == {
            ("昌吉市商务和工信局", 4, 2), ("昌吉市农业农村局", 2, 2), ("昌吉市教育局", 1, 1), ("昌吉市卫健委", 1, 1),
        }  # fmt: skip
        remarks = [remark.en for remark in changji.answer("lead-support").remarks]
        assert remarks == ["35 directions from lead to support; 4 pairs of units lead and support each other"]

    def test_of_a_unit(self, changji: Workspace) -> None:
        assert rows(changji, "lead-support", "lead", "support", "names", unit="教育局") == [
            ("昌吉市教育局", "昌吉市科技局", [name(13)]),
            ("昌吉市科技局", "昌吉市教育局", [name(12)]),
        ]

    def test_units_responsible_alike_support_nobody(self, two_plans: Workspace) -> None:
        assert rows(two_plans, "lead-support", plan=PARENT) == []


class TestWhatIf:
    COLUMNS = ("measure", "before", "after", "affected")

    def test_the_science_bureau_is_removed(self, changji: Workspace) -> None:
        """It alone leads 1 6 7 8 11 12. What is left: 3² + 1.5² + 1 + 1 + 0.5² = 13.5 of 7².

        （九） with its two units hangs on nothing else, before and after.
        """
        told = rows(changji, "what-if", *self.COLUMNS, unit="科技局")
        assert told == [
            ("unanswered", 0, 6, [name(task) for task in (1, 6, 7, 8, 11, 12)]),
            ("nobody", 0, 0, []),
            ("concentration", pytest.approx(53 / 169), pytest.approx(13.5 / 49), []),
            ("components", 2, 2, []),
        ]
        assert_proven(changji, "what-if", unit="科技局")

    def test_merged_into_one_that_shares_its_tasks(self, changji: Workspace) -> None:
        """商务和工信局 then leads 1 2 4 5 6 7 8 11 12 and supports 3 10 13: 9² + 1.5² + 1 + 1 + 0.5² = 85.5."""
        told = rows(changji, "what-if", *self.COLUMNS, unit="科技局", change="merge", into="商务和工信局")
        assert told == [
            ("unanswered", 0, 0, []),
            ("nobody", 0, 0, []),
            ("concentration", pytest.approx(53 / 169), pytest.approx(85.5 / 169), []),
            ("components", 2, 2, []),
            ("load", 4.5, 9 + 1.5, ["昌吉市商务和工信局"]),
        ]

    def test_one_task_moves(self, changji: Workspace) -> None:
        """发改委 supported 7 tasks; now it leads （十一） of them. 5.5² + 2.5² + 1.5² + 1 + 1 + 1 + 0.5² = 42."""
        given = {"unit": "科技局", "change": "移交", "into": "发改委", "task": "跨区域协同创新"}
        told = rows(changji, "what-if", *self.COLUMNS, **given)
        assert [row[2] for row in told] == [0, 0, pytest.approx(42 / 169), 2, 3.0 + 1.0]

    def test_a_unit_that_hands_all_over_stays_without_tasks(self, changji: Workspace) -> None:
        """（九） is then tied to the rest by 发改委: one part; 委组织部 by itself is another, unless it is gone."""
        for change, parts in (("move", 2), ("merge", 1)):
            told = rows(changji, "what-if", *self.COLUMNS, unit="委组织部", change=change, into="发改委")
            assert told[3] == ("components", 2, parts, [])
            assert told[4] == ("load", 3.5, 4.5, ["昌吉市发改委"])

    def test_nobody_is_left(self, opened: Opened) -> None:
        """Without A, t3 and t4 have nobody who answers for them, as t1 and t5 had none; t4 and t5 have nobody at all."""
        told = found(opened(GAPS), "what-if", *self.COLUMNS, "evidence", unit=A)
        assert [row[:4] for row in told] == [
            ("unanswered", 2, 4, ["t3", "t4"]),
            ("nobody", 1, 2, ["t4"]),
            ("concentration", pytest.approx((2.5**2 + 0.5**2) / 9), 1.0, []),
            ("components", 2, 5, []),  # A with t1 to t4 and t5; then B t1, C t2, D t3, t4, t5
        ]
        assert told[1][4] == [f"LEADS:{A}>t4"]

    def test_only_the_plans_of_the_unit_count(self, two_plans: Workspace) -> None:
        answer = two_plans.answer("what-if", {"unit": "州科技局"})
        assert [remark.zh for remark in answer.remarks] == [f"范围：《{PARENT}》的2项任务"]
        assert [(r["before"], r["after"]) for r in answer.dicts()][:2] == [(0, 0), (0, 0)]

    def test_a_unit_without_tasks(self, changji: Workspace) -> None:
        answer = changji.answer("what-if", {"unit": "市人民政府办公室"})
        assert (answer.dicts(), answer.remarks[0].zh) == ([], "该单位没有任务，没有变化")

    def test_it_may_receive_them(self, changji: Workspace) -> None:
        given = {"unit": "教育局", "change": "move", "into": "市人民政府办公室"}
        told = rows(changji, "what-if", *self.COLUMNS, **given)
        assert told[-1] == ("load", 0.0, 1.5, ["昌吉市人民政府办公室"])

    @pytest.mark.parametrize(
        ("parameter", "given"),
        [
            ("into", {"change": "merge"}),
            ("into", {"change": "move"}),
            ("into", {"change": "remove", "into": "发改委"}),
            ("into", {"change": "merge", "into": "市科技局"}),
            ("task", {"change": "merge", "into": "发改委", "task": "跨区域协同创新"}),
            ("task", {"change": "move", "into": "发改委", "task": "加快创新人才聚集"}),
        ],
    )
    def test_what_does_not_fit_is_refused(self, changji: Workspace, parameter: str, given: dict[str, str]) -> None:
        with pytest.raises(BadParameter) as caught:
            changji.answer("what-if", {"unit": "科技局", **given})
        assert caught.value.values["parameter"] == parameter
