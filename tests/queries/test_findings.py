"""Findings: the same ids after a rebuild, a reload and on every engine; each with words of the plan as proof."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest

import innograph
from innograph import Workspace
from innograph.graph.text import use_language
from innograph.queries import load_catalogue
from innograph.queries.question import Severity

PLAN = innograph.sample("changji") / "plan.txt"
TEXT = PLAN.read_text(encoding="utf-8")
ORDER = [Severity.HIGH, Severity.MEDIUM, Severity.LOW]

# Counted in the plan: two 牵头 lines with two names; one 各成员单位 and 各乡镇、街道; 高新技术企业 in two places; one trend and
# four safeguards without a figure; eight bodies named in sentences.
COUNTED = {
    "unassigned": 0, "joint-leads": 2, "collectives": 3, "same-indicator": 1, "unquantified": 5, "named-unassigned": 8,
}  # fmt: skip


def ids(workspace: Workspace) -> list[str]:
    return [finding.id for finding in workspace.findings()]


def test_as_many_as_counted(changji: Workspace) -> None:
    found = changji.findings()
    assert Counter(f.rule for f in found) == Counter(COUNTED)
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
    """With one lead less, exactly one finding goes."""
    changed = tmp_path / "plan.txt"
    changed.write_text(TEXT.replace("牵头单位：市农业农村局、卫健委", "牵头单位：市农业农村局"), encoding="utf-8")
    with Workspace.create(tmp_path / "changed") as workspace:
        workspace.load(changed)
        gone = {f.id: f for f in changji.findings() if f.id not in ids(workspace)}
        assert set(ids(workspace)) < set(ids(changji))
        assert [(f.rule, "组建各类专家智库" in f.statement.zh) for f in gone.values()] == [("joint-leads", True)]


def test_the_place_names_the_plan_where_there_are_several(changji: Workspace, two_plans: Workspace) -> None:
    assert not any("《" in f.place for f in changji.findings())
    found = two_plans.findings()
    assert all(f.place.startswith("《昌吉") for f in found)
    same = [f for f in found if f.statement.zh == "保障措施“加强组织领导”没有可考核的数值"]
    assert len({f.id for f in same}) == len({f.place for f in same}) == 2


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_language_in_use_changes_nothing(changji: Workspace, language: str) -> None:
    before = changji.findings()
    with use_language("en" if language == "en" else "zh"):
        assert changji.findings() == before


def test_every_rule_of_the_catalogue_is_counted_here() -> None:
    assert {q.id for q in load_catalogue() if q.finding} == set(COUNTED)
