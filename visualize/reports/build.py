"""Makes a report of a workspace: what the plan assigns, findings, gaps, suggestions, and the quotes behind them."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import TYPE_CHECKING

from innograph.graph.errors import UsageError
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
_TITLE_OF_SEVERAL = Text(
    "《{plan}》等{n}份文件责任分工与问题分析报告", "Responsibilities and open questions in “{plan}” and {more} more"
)
_TITLE_OF_NONE = Text("{region}创新工作合作与问题分析报告", "{region}: cooperation and open questions")
_SOMEWHERE = Text("本地区", "The region")
_NAMES_IT = "MATCH (p:Plan {id: $id}) OPTIONAL MATCH (q:Plan)-[:BASED_ON]->(p) RETURN q.name AS name ORDER BY name"
_HOLDS = "MATCH (p:Plan {id: $id})-[r]->() RETURN count(r) AS n"


class NamedOnly(UsageError):
    """A report is asked for of a plan that another plan names, and that is not loaded itself."""

    code = "plan-named-only"
    text = Text(
        "“{name}”没有载入，只是被{by}点到名称，因此没有内容可写。请先载入它：innograph load 文件，再写报告",
        "“{name}” is not loaded; {by} only names it, so there is nothing to report. Load it first: innograph load FILE",
    )


def build_report(
    workspace: Workspace,
    chosen: Chosen | None = None,
    *,
    findings: Sequence[Finding] | None = None,
    day: dt.date | None = None,
    paged: bool = True,
) -> Report:
    """Return the report, in the language in use.

    Args:
        workspace: what it is about.
        chosen: the plan, findings and day; everything as it is now if not given.
        findings: all findings as of that day with what was decided about them, where they are known already.
        day: the report's date; today if not given.
        paged: whether its body must stay on two pages; if not, the body is told in full.

    Raises:
        NamedOnly: the plan is only named by another, and not loaded.
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
    title = chosen.title or _title(workspace, plans)
    day = day or dt.datetime.now().astimezone().date()
    empty = Report(one_line(title, _LONGEST), day, language(), (), as_of=chosen.as_of)
    body, annexes = draft.parts(empty.title_lines, day, paged=paged)
    return replace(empty, body=body, annexes=annexes)


def resolved(workspace: Workspace, chosen: Chosen) -> tuple[str | None, str]:
    """Return the id and the name of the chosen plan.

    Raises:
        NamedOnly: it is only named by another, and not loaded.
        NothingFound: there is no such plan.
        Ambiguous: the name fits several.
    """
    if not chosen.plan:
        return None, ""
    answer = workspace.answer("targets", {"plan": chosen.plan})
    own_id = str(answer.parameters["plan"])
    name = answer.understood["plan"].removesuffix(f"（{own_id}）")
    store = workspace.store()
    if not store.query(_HOLDS, {"id": own_id}).dicts()[0]["n"]:
        by = [row["name"] for row in store.query(_NAMES_IT, {"id": own_id}).dicts() if row["name"]]
        if by:
            raise NamedOnly(name=name, by="、".join(f"《{one}》" for one in by))
    return own_id, name


def _title(workspace: Workspace, plans: Sequence[str]) -> str:
    """Return a title made of the plans, or of the home region where there is none; a folder's name is not for a director."""
    if len(plans) > 1:
        return _TITLE_OF_SEVERAL.format(plan=plans[0], n=len(plans), more=len(plans) - 1)
    if plans:
        return _TITLE.format(plan=plans[0])
    home = workspace.settings.home
    return _TITLE_OF_NONE.format(region=home.name if home else _SOMEWHERE.show())
