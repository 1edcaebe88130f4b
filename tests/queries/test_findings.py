"""Findings: the same ids after a rebuild, a reload and on every engine; each with words of the plan as proof."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from store_helpers import edge, graph, new_workspace, node

import innograph
from innograph import Workspace
from innograph.graph.ledger.triage import State
from innograph.graph.stores import open_store
from innograph.graph.text import use_language
from innograph.queries import load_catalogue
from innograph.queries.findings import find_all
from innograph.queries.question import Severity

PLAN = innograph.sample("changji") / "plan.txt"
TEXT = PLAN.read_text(encoding="utf-8")
ORDER = [Severity.HIGH, Severity.MEDIUM, Severity.LOW]

# Counted in the plan: two 牵头 lines with two names; one 各成员单位 and 各乡镇、街道; 高新技术企业 in two places; one trend
# without a figure; eight bodies named in sentences. Four goals of the whole plan, and five and two targets of
# the two tasks with joint leads, have no owner of their own. 发改委, 人社局 and 市场监督管理局 support three tasks or more and lead
# none. Of what is spoken of: 融资 in （二）, 旅游 in （六）, 科普 in （六）, （十二） and （十三） without the bodies for it. 新材料 is led twice;
# （四）/（七） and （五）/（六） are alike. Nothing is known of cooperation, operators, tiers and progress.
COUNTED = {
    "unassigned": 0, "open-lists": 0, "joint-leads": 2, "collectives": 3, "same-indicator": 1, "unquantified": 1, "named-unassigned": 8,
    "targets-unowned": 11, "supports-only": 3, "expected-absent": 5, "several-leads": 1, "similar-tasks": 2, "no-lead": 0,
    "lead-alone": 0, "overlap-kinds": 0, "target-conflicts": 0, "target-progress": 0, "broker-dependence": 0,
    "institutes-alone": 0, "ladder": 0, "partner-coverage": 0, "platform-gaps": 0, "programme-gaps": 0,
}  # fmt: skip


def ids(workspace: Workspace) -> list[str]:
    return [finding.id for finding in workspace.findings()]


def test_as_many_as_counted(changji: Workspace) -> None:
    found = changji.findings()
    assert Counter(f.rule for f in found) == {rule: count for rule, count in COUNTED.items() if count}
    assert len({f.id for f in found}) == len(found)


def test_the_most_serious_first(changji: Workspace) -> None:
    found = changji.findings()
    ranks = [ORDER.index(f.severity) for f in found]
    assert ranks == sorted(ranks)
    assert set(ranks) == {0, 1, 2}
    assert {f.severity for f in found if f.rule == "joint-leads"} == {Severity.HIGH}


def test_every_quote_is_in_the_plan(changji: Workspace) -> None:
    for finding in changji.findings():
        assert finding.quotes, finding.statement
        assert all(quote and quote in TEXT for quote in finding.quotes), finding.quotes
        assert finding.place
        assert all(changji.evidence(own_id) for own_id in finding.evidence)
        assert finding.evidence


def test_statements_are_whole_sentences_in_both_languages(changji: Workspace) -> None:
    for finding in changji.findings():
        for words in finding.statement:
            assert not any(mark in words for mark in ("{", "}", "None", "[", "]")), words
        assert not any(code in finding.statement.zh for code in ("support", "lead", "enterprise", "measure"))
    told = {f.rule: f.statement for f in reversed(changji.findings())}
    assert told["joint-leads"] == (
        "“推动高新技术企业提质增量”由2个单位共同牵头：昌吉市商务和工信局、昌吉市科技局。请确认谁负总责",
        "“推动高新技术企业提质增量” has 2 joint leads: 昌吉市商务和工信局, 昌吉市科技局. Make clear which of them has the final say",
    )
    assert told["collectives"] == (
        "“加快创新人才聚集”由“市人才工作领导小组各成员单位”配合，没有列出具体单位",
        "“市人才工作领导小组各成员单位” (support) in “加快创新人才聚集” is a group whose members are not listed",
    )
    assert told["named-unassigned"] == (
        "高校院所“中国科学院”在“完善区域创新体系建设”中被点名，但在这项任务中没有分工",
        "The institute “中国科学院” is named in “完善区域创新体系建设” but given no role in it",
    )


def test_same_ids_on_every_engine(changji: Workspace, on_engine: Callable[[str, bool], Workspace]) -> None:
    assert ids(changji) == ids(on_engine("kglite", False))


def test_same_ids_after_a_rebuild(changji: Workspace) -> None:
    before = changji.findings()
    assert changji.build(force=True).rebuilt
    assert changji.findings() == before


def test_same_ids_after_a_reload_and_in_another_workspace(changji: Workspace, tmp_path: Path) -> None:
    before = ids(changji)
    with Workspace.create(tmp_path / "other") as other:
        other.load(PLAN)
        assert ids(other) == before
        other.unload("plan.txt")
        assert ids(other) == []
        other.load(PLAN)
        assert ids(other) == before


def test_what_a_reader_changes_leaves_the_other_findings_alone(changji: Workspace, tmp_path: Path) -> None:
    """With one lead less, the joint lead goes, and the two targets of the task have an owner."""
    changed = tmp_path / "plan.txt"
    changed.write_text(TEXT.replace("牵头单位：市农业农村局、卫健委", "牵头单位：市农业农村局"), encoding="utf-8")
    with Workspace.create(tmp_path / "changed") as workspace:
        workspace.load(changed)
        gone = {f.id: f for f in changji.findings() if f.id not in ids(workspace)}
        assert set(ids(workspace)) < set(ids(changji))
        assert Counter(f.rule for f in gone.values()) == {"joint-leads": 1, "targets-unowned": 2}
        assert all("组建各类专家智库" in f.statement.zh for f in gone.values())


def test_the_place_names_the_plan_where_there_are_several(changji: Workspace, two_plans: Workspace) -> None:
    assert not any("《" in f.place for f in changji.findings())
    found = two_plans.findings()
    assert all(f.place.startswith("《昌吉") for f in found)
    assert {
        "《昌吉市科技创新支持产业高质量发展三年行动方案（2021—2023）》",
        "《昌吉州科技创新支持产业高质量发展三年行动方案（2021—2023年）》",
    } <= {f.place[: f.place.index("》") + 1] for f in found}


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_language_in_use_changes_nothing(changji: Workspace, language: str) -> None:
    before = changji.findings()
    with use_language("en" if language == "en" else "zh"):
        assert changji.findings() == before


def test_every_rule_of_the_catalogue_is_counted_here() -> None:
    assert {q.id for q in load_catalogue() if q.finding} == set(COUNTED)


def test_what_is_decided_stays_with_the_finding(tmp_path: Path) -> None:
    """Over a rebuild, and while its plan is unloaded and loaded again."""
    with Workspace.create(tmp_path / "ws") as workspace:
        workspace.load(PLAN)
        first, second, *_ = workspace.findings()
        workspace.triage.decide(first.id, State.DISMISSED, "已有联席会议", author="planner")
        workspace.triage.decide(second.id, State.CONFIRMED, author="planner")
        workspace.build(force=True)
        workspace.unload("plan.txt")
        workspace.load(PLAN)
        found = {f.id: f for f in workspace.findings()}
        assert (found[first.id].state, found[second.id].state) == (State.DISMISSED, State.CONFIRMED)
        assert {f.state for f in found.values() if f.id not in (first.id, second.id)} == {State.OPEN}
        decision = found[first.id].decision
        assert decision
        assert (decision.note, decision.author) == ("已有联席会议", "planner")


def test_a_list_cut_for_reading_hides_no_finding(tmp_path: Path) -> None:
    """The question shows 50 institutes at most; 51 work with no enterprise, and one more does."""
    alone = [node("Institute", f"Institute:{number:02}") for number in range(51)]
    partners = [node("Institute", "Institute:x"), node("Enterprise", "Enterprise:x")]
    tie = edge("COOPERATES_WITH", "Institute:x", "Enterprise:x", "COOPERATES_WITH:1")
    with closing(open_store("kglite", file=tmp_path / "g.kgl", workspace=new_workspace())) as store:
        store.sync(graph([*alone, *partners, tie]))
        found = find_all(store, load_catalogue())
    assert [f.evidence for f in found if f.rule == "institutes-alone"] == [(one.id,) for one in alone]
