"""Problems in the input: each has a code, a severity, a text in both languages, a place and a value.

An issue never stops good data. Loaders return all of a file's issues together; ``--strict`` turns them into a refusal.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from string import Formatter
from typing import Any

from .issue_kinds import ISSUE_KINDS, IssueKind, Severity
from .records import Locator
from .text import Text

__all__ = ["ISSUE_KINDS", "Issue", "IssueKind", "Severity"]

# What a later innograph wrote into a ledger that this one can otherwise read.
_UNKNOWN_KIND = IssueKind(
    "unknown",
    Severity.WARNING,
    Text("由更新的 innograph 记下的问题", "A problem noted by a later innograph"),
    Text("请升级 innograph 后查看", "Upgrade innograph to read it"),
)


@dataclass(frozen=True, slots=True)
class Issue:
    """One problem at one place.

    Args:
        code: a key of :data:`ISSUE_KINDS`.
        place: where in the file.
        quote: the text it is about, as it stands.
        values: the fields of the kind's text.

    Examples:
        >>> from innograph.graph.text import use_language
        >>> issue = Issue("plan.unit-unclear", Locator(line=3), values={"value": "某某"})
        >>> with use_language("en"):
        ...     issue.message
        '“某某” is not recognisably a unit; kept as written'
    """

    code: str
    place: Locator = field(default_factory=Locator)
    quote: str = ""
    values: dict[str, Any] = field(default_factory=dict[str, Any])

    @property
    def kind(self) -> IssueKind:
        """The kind this is one of."""
        return ISSUE_KINDS.get(self.code, _UNKNOWN_KIND)

    @property
    def severity(self) -> Severity:
        """How much it matters."""
        return self.kind.severity

    @property
    def message(self) -> str:
        """What is wrong, in the language in use."""
        return self._filled(self.kind.text)

    @property
    def hint(self) -> str:
        """What to do, in the language in use."""
        return self._filled(self.kind.hint)

    def _filled(self, text: Text) -> str:
        """``text`` with its fields; one that an earlier innograph did not note yet is a dash."""
        missing = {name: "—" for _, name, _, _ in Formatter().parse(text.show()) if name and name not in self.values}
        return text.format(**self.values, **missing)
