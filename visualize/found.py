"""Findings as people and programs read them, and one of them by the beginning of its id."""

from __future__ import annotations

from typing import TYPE_CHECKING

from innograph.graph.errors import Ambiguous, NothingFound
from innograph.graph.ledger.triage import STATE_WORDS, State
from innograph.graph.text import Text
from innograph.queries.question import SEVERITY_WORDS

from .overview import listing
from .tables import NOTHING_LOADED, is_empty

if TYPE_CHECKING:
    from collections.abc import Sequence

    from innograph.queries import Finding
    from innograph.workspace import Workspace

_FINDING = Text("发现", "finding")
_NEAREST = 5


class _NoFinding(NothingFound):
    """No finding has that id."""

    text = Text(
        "没有编号以“{name}”开头的发现。编号见 innograph findings，如 {near}",
        "No finding's id begins with “{name}”. innograph findings has the ids, such as {near}",
    )


def findings_text(findings: Sequence[Finding], form: str, workspace: Workspace | None = None) -> str:
    """Return findings: as sentences with their quoted line for people, as rows for programs.

    Args:
        findings: what was found.
        form: ``table``, ``json`` or ``csv``.
        workspace: where; if nothing is loaded there, people are told so.
    """
    if form != "table":
        names = ("id", "rule", "severity", "state", "note", "statement", "quote", "place", "evidence")
        heads: dict[str, Text] = {name: Text(name, name) for name in names}
        rows = [
            {
                "id": f.id,
                "rule": f.rule,
                "severity": f.severity.value,
                "state": f.state.value,
                "note": f.decision.note if f.decision else "",
                "statement": f.statement.show(),
                "quote": list(f.quotes),
                "place": f.place,
                "evidence": list(f.evidence),
            }
            for f in findings
        ]
        return listing(heads, rows, form)
    if not findings:
        if workspace and is_empty(workspace):
            return NOTHING_LOADED.show()
        return Text("没有符合条件的发现", "There are no such findings").show()
    return "\n".join(finding_lines(f) for f in findings)


def finding_lines(finding: Finding) -> str:
    """Return one finding: id, severity and decision, sentence, the line that proves it, and an id for ``evidence``."""
    marks = [SEVERITY_WORDS[finding.severity].show()]
    if finding.decision and finding.state is not State.OPEN:
        marks.append(
            STATE_WORDS[finding.state].show() + (f"：{finding.decision.note}" if finding.decision.note else "")
        )
    quotes = " ／ ".join(dict.fromkeys(finding.quotes))
    head = f"{finding.id} [{'，'.join(marks)}] {finding.statement.show()}"
    return f"{head}\n    「{quotes}」 {finding.place}  {finding.evidence[0]}"


def finding_like(found: Sequence[Finding], prefix: str) -> Finding:
    """Return the finding whose id begins with ``prefix``.

    Raises:
        NothingFound: there is none.
        Ambiguous: there are several.
    """
    fitting = [one for one in found if one.id.startswith(prefix)]
    if not fitting or not prefix:
        raise _NoFinding(name=prefix, near="、".join(one.id for one in found[:_NEAREST]) or "—", kind=_FINDING)
    if len(fitting) > 1:
        near = "、".join(one.id for one in fitting[:_NEAREST])
        raise Ambiguous(name=prefix, kind=_FINDING, count=len(fitting), near=near)
    return fitting[0]
