"""How many enterprises have an institute partner, group by group: the figure, what it is of, a bar, and what to do next."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from ..links import to_name, to_question
from ..web import day_in

if TYPE_CHECKING:
    from collections.abc import Mapping

    from starlette.requests import Request

    from innograph.queries import Answer

    from ..desk import Reader

KINDS = {"industry": "Industry", "region": "Region", "tier": "Tier"}
"""How enterprises may be grouped, and the type of such a group."""
BAR = 120
"""How long the bar of a whole is."""
_MOST = 30


@dataclass(frozen=True, slots=True)
class Share:
    """A group of enterprises.

    Args:
        name: of the group.
        href: its page; empty where it is none, such as “industry unknown”.
        enterprises: how many it has.
        partnered: how many of them have an institute partner.
        partnerless: how many have none.
        share: of those that have one.
        bar: how long its bar is.
        without: where those without are listed.
        advice: where institutes are suggested for them; empty where none can be.
        evidence: a node or edge that proves it.
    """

    name: str
    href: str
    enterprises: int
    partnered: int
    partnerless: int
    share: float
    bar: float
    without: str
    advice: str
    evidence: str


def coverage(reader: Reader, answer: Answer, request: Request) -> Mapping[str, Any]:
    """Return the groups of an answer of the question ``partner-coverage``."""
    del reader, request
    return {"shares": shares_of(answer), "all": ""}


def coverage_by_industry(reader: Reader, answer: Answer, request: Request) -> Mapping[str, Any]:
    """Return for the question ``partnerless`` what part of which industry its enterprises are, in the same region."""
    given = {"by": "industry", "region": answer.parameters.get("region")}
    found = reader.workspace.answer("partner-coverage", given, as_of=day_in(request))
    chosen = answer.understood.get("industry", "").rpartition("（")[0]
    shares = [one for one in shares_of(found) if one.partnerless and chosen in ("", one.name)]
    return {"shares": shares, "all": to_question("partner-coverage", {"by": "industry"})}


def shares_of(answer: Answer) -> list[Share]:
    """Return the groups of an answer of the question ``partner-coverage``, those with most enterprises without first."""
    region = answer.parameters.get("region")
    words = answer.question.column("by").words
    found = [_share(row, words[row["by"]].show(), region) for row in answer.dicts()]
    return sorted(found, key=lambda one: (not one.href, -one.partnerless, -one.enterprises, one.name))[:_MOST]


def _share(row: Mapping[str, Any], unknown: str, region: Any) -> Share:
    kind = KINDS.get(row["by"])
    name = str(row["group"]) if kind else unknown
    place = {} if row["by"] == "region" else {"region": region}
    return Share(
        name,
        to_name(name, [kind]) if kind else "",
        row["enterprises"],
        row["partnered"],
        row["partnerless"],
        row["share"] or 0.0,
        round((row["share"] or 0.0) * BAR, 1),
        to_question("partnerless", {row["by"]: name, **place}) if kind else "",
        to_question("industry-partners", {"industry": name, **place}) if kind == "Industry" else "",
        (row["evidence"] or [""])[0],
    )
