"""What there is of a kind: rows worked out from the sample's CSVs and the plan, on both engines."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable

import cooperation_sample as sample
import pytest
from plan_by_hand import ASSIGNED, PLAN
from store_helpers import edge, node

from innograph import Workspace
from innograph.graph.records import Edge, Node
from innograph.graph.stores import Store
from innograph.queries.dated import undated

Opened = Callable[[Iterable[Node | Edge]], Store]
FIRMS, INSTITUTES = sample.firms(), sample.institutes()


def listed(workspace: Workspace, **given: str) -> tuple[list[str], list[str]]:
    """Return the names of an answer, and its remarks."""
    answer = workspace.answer("things", given)
    return answer.column("thing"), [remark.en for remark in answer.remarks]


def test_all_of_a_kind(whole: Workspace) -> None:
    names, remarks = listed(whole, kind="enterprise")
    assert names == sorted(body.name for body in FIRMS)
    assert remarks == ["30 in all (Enterprise)."]
    assert listed(whole, kind="task")[0] == [task.name for task in ASSIGNED]  # in the plan's order
    assert set(whole.answer("things", {"kind": "task"}).column("plan")) == {PLAN}


def test_what_is_in_a_region(whole: Workspace) -> None:
    names, remarks = listed(whole, kind="企业", region="阜康市")
    assert names == sorted(body.name for body in FIRMS if body.region == "652302")
    unknown = sum(not body.region for body in FIRMS)
    assert remarks == [f"{len(names)} in all (Enterprise).", f"Left out: {unknown} without a stated region."]
    within = {"652300", "652301", "652302", "652323"}  # the prefecture and its counties
    assert listed(whole, kind="企业", region="昌吉州")[0] == sorted(b.name for b in FIRMS if b.region in within)


def test_what_is_of_an_industry_or_a_tier(whole: Workspace) -> None:
    names, _ = listed(whole, kind="institute", industry="生物医药")
    assert names
    assert names == sorted(body.name for body in INSTITUTES if "生物医药" in body.industries)
    tier = sample.LADDER[1]
    assert listed(whole, tier=tier)[0] == sorted(body.name for body in FIRMS if body.tier == tier)


def test_what_has_partners_of_a_kind(whole: Workspace) -> None:
    pairs = sample.firm_institute_pairs()
    assert listed(whole, kind="enterprise", partner="institute")[0] == sorted({firm for firm, _ in pairs})
    assert listed(whole, kind="institute", partner="enterprise")[0] == sorted({other for _, other in pairs})


def test_what_cannot_be_in_a_region_is_left_out_and_counted(whole: Workspace) -> None:
    assert listed(whole, kind="task", region="昌吉市") == (
        [],
        ["0 in all (Task).", "Left out: 13 without a stated region."],
    )


def test_facts_without_dates_are_counted(opened: Opened) -> None:
    """Of seven edges one has a first day, one a last day, one a year, one a dated report, one an issued plan: two have none."""
    firm, tier, region, project = "Enterprise:E", "Tier:T", "Region:R", "Project:P"
    said, unsaid, plan, target = "Progress:D", "Progress:U", "Plan:A", "Target:X"
    store = opened(
        [
            *(node(own_id.partition(":")[0], own_id) for own_id in (firm, tier, region, project, unsaid, target)),
            node("Progress", said, date=dt.date(2021, 6, 30)),
            node("Plan", plan, issue_date=dt.date(2021, 1, 1)),
            edge("REPORTS_ON", said, target, "e5"),
            edge("REPORTS_ON", unsaid, target, "e6"),
            edge("SETS_TARGET", plan, target, "e7"),
            edge("QUALIFIES_AS", firm, tier, "e1", year=2021),
            edge("PARTICIPATES_IN", firm, project, "e2", valid_from=dt.date(2021, 1, 1)),
            edge("LOCATED_IN", firm, region, "e3"),
            edge("LOCATED_IN", project, region, "e4", valid_to=dt.date(2022, 1, 1)),
        ]
    )
    assert [remark.en for remark in undated(store)] == [
        "Facts that carry no dates count as always valid: 2 in the graph of that day."
    ]


@pytest.mark.parametrize("as_of", [None, "2024-12-31"])
def test_only_an_answer_about_a_day_says_so(as_of: str | None, whole_on: Callable[[str], Workspace]) -> None:
    remarks = whole_on("kglite").answer("load", as_of=as_of).remarks
    assert sum("没有日期" in remark.zh for remark in remarks) == (as_of is not None)
