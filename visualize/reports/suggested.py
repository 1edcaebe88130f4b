"""The suggestions of a report: what findings call for, and institutes for industries whose enterprises have none."""

from __future__ import annotations

from typing import TYPE_CHECKING

from innograph.graph.text import Text, language

from .advice import ADVICE, ANY_RULE
from .facts import joined
from .model import Cite, Line
from .safe import one_line

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from typing import Any

    from innograph.queries import Answer, Catalogue, Finding

    from .facts import Facts
    from .proof import Proofs

_MOST_INDUSTRIES, _MOST_INSTITUTES = 2, 2
_LONGEST_NAME = 60
_RULE = "partner-coverage"
_BASIS = Text("{advice}（见{annex}第{points}条）。", "{advice} ({annex}, No. {points}).")
_PARTNERS = Text(
    "“{industry}”的企业中有{n}家没有高校院所伙伴（如{examples}），可先与以下院所接触：",
    "{n} enterprises in “{industry}” have no institute partner (such as {examples}). Institutes to approach first: ",
)
_FOR = Text("{institute}（{reasons}）", "{institute} ({reasons})")
_FIELD = Text("研究领域含该产业", "works in the field")
_PATHS = Text("经由{through}等与其中{n}家相通", "tied to {n} of them by way of {through}")
_NEAR = Text("与其中{n}家同在一个省区", "in the same province as {n} of them")


def advice_lines(catalogue: Catalogue, rules: Sequence[str], annex: str) -> Iterator[Line]:
    """Yield what each rule calls for, with the numbers of the findings it answers.

    Args:
        catalogue: has the rules.
        rules: of the findings, in the order in which these are numbered.
        annex: where they are numbered.
    """
    told: dict[str, list[int]] = {}
    for position, rule in enumerate(rules, start=1):
        told.setdefault(rule, []).append(position)
    for rule, numbers in told.items():
        title = catalogue[rule].title.show()
        advice = ADVICE[rule].show() if rule in ADVICE else ANY_RULE.format(title=one_line(title, _LONGEST_NAME))
        shown = Cite(tuple(numbers)).show(language())[1:-1]
        yield (_BASIS.format(advice=advice, points=shown, annex=annex),)


def partners_of(facts: Facts, listed: Sequence[Finding]) -> Iterator[tuple[str, Answer]]:
    """Yield the industries that the findings say lack institutes as partners, and the institutes to approach.

    Args:
        facts: of the report.
        listed: its findings.
    """
    wanted = {frozenset(one.evidence) for one in listed if one.rule == _RULE}
    if not wanted:
        return
    rows = facts.workspace.answer(_RULE, {"top": 2**31 - 1}, as_of=facts.as_of).dicts()
    industries = [row for row in rows if row["by"] == "industry" and frozenset(row["evidence"]) in wanted]
    for row in industries[:_MOST_INDUSTRIES]:
        own_id = next(one for one in row["evidence"] if one.startswith("Industry:"))
        given = {"industry": own_id, "top": _MOST_INSTITUTES}
        answer = facts.workspace.answer("industry-partners", given, as_of=facts.as_of)
        if answer.rows.rows:
            yield str(row["group"]), answer


def partner_line(industry: str, answer: Answer, proofs: Proofs) -> Line:
    """Return institutes to approach for an industry, with reasons and proof."""
    rows = answer.dicts()
    examples = joined([one_line(name, _LONGEST_NAME) for name in rows[0]["examples"][:2]])
    line: list[str | Cite] = [_PARTNERS.format(industry=industry, n=rows[0]["enterprises"], examples=examples)]
    zh = language() == "zh"
    for position, row in enumerate(rows):
        separator = "" if not position else "；" if zh else "; "
        named = _FOR.format(institute=one_line(row["institute"], _LONGEST_NAME), reasons=joined(_reasons(row)))
        line += [separator + named + ("" if zh else " "), proofs.cite(row["evidence"], row["quote"])]
    return (*line, "。" if zh else ".")


def _reasons(row: dict[str, Any]) -> list[str]:
    """Return why an institute is suggested, in words."""
    told: list[str] = []
    if row["reached"]:
        told.append(_PATHS.format(through=joined(row["through"][:1]), n=row["reached"]))
    if row["field"]:
        told.append(_FIELD.show())
    if row["nearby"]:
        told.append(_NEAR.format(n=row["nearby"]))
    return told
