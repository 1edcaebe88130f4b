"""What ``innograph check`` prints: every doubtful reading of a file, with its place, the quote and what to do."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from innograph.graph.issues import Severity
from innograph.graph.text import Text
from innograph.loaders.table.summary import by_code

from .overview import listing
from .tables import number

if TYPE_CHECKING:
    from collections.abc import Sequence

    from innograph.graph.issues import Issue

_HEADS = {
    "file": Text("文件", "File"),
    "severity": Text("程度", "Severity"),
    "place": Text("位置", "Place"),
    "message": Text("疑问", "Doubt"),
    "quote": Text("原文", "Quoted line"),
    "hint": Text("怎么办", "What to do"),
    "code": Text("代码", "Code"),
}
SEVERITIES = {
    Severity.ERROR: Text("错误", "error"),
    Severity.WARNING: Text("存疑", "doubt"),
    Severity.INFO: Text("提示", "note"),
}
"""How much an issue matters, in a word."""
_LONGEST_QUOTE = 60
_MOST_TOLD = 10
_MOST_WITHOUT_SUMMARY = 20
_SUMMARY_HEADS = {
    "severity": _HEADS["severity"],
    "count": Text("处数", "Count"),
    "place": Text("第一处", "First"),
    "message": Text("疑问（第一处）", "Doubt (the first)"),
    "code": _HEADS["code"],
}


@dataclass(frozen=True, slots=True)
class Checked:
    """One file and all its issues."""

    file: str
    issues: Sequence[Issue]

    @property
    def doubtful(self) -> int:
        """How many issues are more than a note."""
        return sum(issue.severity is not Severity.INFO for issue in self.issues)


def checked_text(checked: Sequence[Checked], form: str) -> str:
    """Return the issues of all files, one row each.

    For people, quotes are cut short, the files summed up, and many issues of a file counted by code before the list.

    Args:
        checked: the files.
        form: ``table``, ``json`` or ``csv``.
    """
    people = form == "table"
    rows = [_row(one.file, issue, people=people) for one in checked for issue in one.issues]
    if not people:
        return listing(_HEADS, rows, form)
    summary = "\n".join(_summary(one) for one in checked)
    if not rows:
        return summary
    codes = [_codes(one) for one in checked if len(one.issues) > _MOST_WITHOUT_SUMMARY]
    return "\n".join([*codes, listing(_HEADS, rows, form), summary])


def _codes(one: Checked) -> str:
    """How many issues of each code a file has, and the first of them."""
    rows = [
        {
            "severity": SEVERITIES[first.severity].show(),
            "count": number(count),
            "place": first.place.show(),
            "message": first.message,
            "code": code,
        }
        for code, count, first in by_code(one.issues)
    ]
    return f"{one.file}\n{listing(_SUMMARY_HEADS, rows, 'table')}\n"


def told_at_loading(file: str, issues: Sequence[Issue]) -> list[str]:
    """Return what ``load`` says of a file's issues: the gravest ten, one a line, and how to see all of them.

    Args:
        file: as the user named it.
        issues: of that file.
    """
    order = list(SEVERITIES)
    gravest = sorted(issues, key=lambda issue: order.index(issue.severity))[:_MOST_TOLD]
    lines = [_line(issue) for issue in gravest]
    if len(issues) > _MOST_TOLD:
        more = Text("共{n}处，逐条见 innograph check {file}", "{n} in all; innograph check {file} shows them")
        lines.append(more.format(n=len(issues), file=file))
    return lines


def _line(issue: Issue) -> str:
    place = issue.place.show()
    return " ".join(f"[{issue.code}] {f'{place}  ' if place else ''}{issue.message}　{issue.hint}".split("\n"))


def _row(file: str, issue: Issue, *, people: bool) -> dict[str, Any]:
    quote = " ".join(issue.quote.split())
    short = f"{quote[:_LONGEST_QUOTE]}…" if len(quote) > _LONGEST_QUOTE else quote
    return {
        "file": file,
        "severity": SEVERITIES[issue.severity].show() if people else issue.severity.value,
        "place": issue.place.show(),
        "message": issue.message,
        "quote": short if people else issue.quote,
        "hint": issue.hint,
        "code": issue.code,
    }


def _summary(one: Checked) -> str:
    notes = len(one.issues) - one.doubtful
    if not one.issues:
        return Text(f"{one.file}：没有疑问", f"{one.file}: nothing is doubtful").show()
    return Text(
        f"{one.file}：{one.doubtful}处疑问，{notes}条提示", f"{one.file}: {one.doubtful} doubts, {notes} notes"
    ).show()
