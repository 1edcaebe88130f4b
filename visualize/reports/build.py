"""Makes a report of a workspace: what the plan assigns, findings, gaps, suggestions, and the quotes behind them."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import TYPE_CHECKING

from innograph.graph.text import Text, language

from .draft import Draft
from .facts import Facts
from .model import Report
from .picked import Chosen, of_plan, pick
from .proof import Proofs
from .safe import one_line

if TYPE_CHECKING:
    from collections.abc import Sequence

    from innograph.queries import Finding
    from innograph.workspace import Workspace

__all__ = ["Chosen", "build_report", "resolved"]

_LONGEST = 300
_TITLE = Text("《{plan}》责任分工与问题分析报告", "Responsibilities and open questions in “{plan}”")
_TITLE_OF_ALL = Text("{workspace}创新工作责任分工与问题分析报告", "{workspace}: responsibilities and open questions")


def build_report(
    workspace: Workspace,
    chosen: Chosen | None = None,
    *,
    findings: Sequence[Finding] | None = None,
    day: dt.date | None = None,
) -> Report:
    """Return the report, in the language in use.

    Args:
        workspace: what it is about.
        chosen: the plan, findings and day; everything as it is now if not given.
        findings: all findings as of that day with what was decided about them, where they are known already.
        day: the report's date; today if not given.

    Raises:
        NothingFound: the plan, or a finding, is not there.
        Ambiguous: its name fits several.

    Examples:
        >>> import tempfile, innograph
        >>> from pathlib import Path
        >>> with innograph.Workspace.create(Path(tempfile.mkdtemp()) / "changji") as workspace:
        ...     _ = workspace.load(innograph.sample("changji") / "plan.txt")
        ...     report = build_report(workspace, Chosen(severities=("high",)))
        >>> [section.heading for section in report.body]
        ['任务分工', '需要关注的问题', '缺口', '建议']
    """
    chosen = chosen or Chosen()
    plan, name = resolved(workspace, chosen)
    found = list(workspace.findings(as_of=chosen.as_of) if findings is None else findings)
    if plan:
        found = of_plan(workspace, found, plan, name, chosen.as_of)
    picked = pick(found, chosen)
    sources = workspace.status().sources
    facts = Facts.of(workspace, sources, plan, chosen.as_of)
    plans = facts.matrix.plans
    draft = Draft(facts, picked, chosen, Proofs(workspace, sources), sources)
    title = chosen.title or (
        _TITLE.format(plan=plans[0]) if len(plans) == 1 else _TITLE_OF_ALL.format(workspace=workspace.settings.title)
    )
    day = day or dt.datetime.now().astimezone().date()
    empty = Report(one_line(title, _LONGEST), day, language(), (), as_of=chosen.as_of)
    body, annexes = draft.parts(empty.title_lines, day)
    return replace(empty, body=body, annexes=annexes)


def resolved(workspace: Workspace, chosen: Chosen) -> tuple[str | None, str]:
    """Return the id and the name of the chosen plan.

    Raises:
        NothingFound: there is no such plan.
        Ambiguous: the name fits several.
    """
    if not chosen.plan:
        return None, ""
    answer = workspace.answer("targets", {"plan": chosen.plan})
    own_id = str(answer.parameters["plan"])
    return own_id, answer.understood["plan"].removesuffix(f"（{own_id}）")
