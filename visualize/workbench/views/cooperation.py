"""Cooperation at a glance: who has no institute partner, how much of each group, what to do, and all that can be asked."""

from __future__ import annotations

from typing import TYPE_CHECKING

from starlette.routing import Route

from innograph.graph.text import Text
from innograph.queries.vocabulary import TOPICS

from ..asked import heading
from ..figures import Figure
from ..figures.shares import KINDS, shares_of
from ..links import to_question
from ..pages import counts_by_type, page
from ..web import reading

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.responses import Response

    from ..desk import Reader

_TITLE = Text("合作", "Cooperation")
_TOPICS = ("cooperation", "regions", "structure", "partners")
BY_WORDS = {
    "industry": Text("按产业", "by industry"),
    "region": Text("按区域", "by region"),
    "tier": Text("按梯度", "by tier"),
}
PLAIN = {
    "holes": Text(
        "约束度：伙伴少、伙伴之间又彼此往来，就容易受牵制，数值高；有效规模：互不往来的伙伴有几家",
        "Constraint is high where partners are few and know each other; effective size counts partners who do not",
    ),
    "centrality": Text(
        "中心性：伙伴多、处在别人之间的必经之路上，或离所有单位都近",
        "Centrality: many partners, on the way between others, or near to all",
    ),
    "gateways": Text("门户：别人要经过它才能联系到另一方", "A gateway: others reach each other through it"),
    "communities": Text(
        "社群：彼此合作多、与外面合作少的一群单位",
        "A community: bodies that work with each other more than with others",
    ),
    "bridges": Text(
        "断点：少了它，有些单位就与其余的断开", "A cut point: without it some bodies are cut off from the rest"
    ),
    "synergy": Text(
        "协同：区域、产业与另一类特征互相关联，而不是各不相干",
        "Synergy: region, industry and a third feature go together instead of being independent",
    ),
    "link-indicators": Text(
        "与全国通用指标同一口径的几个比例", "A few ratios, defined as in the literature, to compare regions by"
    ),
    "broker-dependence": Text(
        "系于一家：两地的合作都经过同一家机构", "All cooperation of two places goes through one body"
    ),
    "reach": Text("几步：直接合作为一步，经过一家为两步", "Steps: partners are one step away, theirs two"),
    "ladder": Text("梯度：企业从初创到领军逐级培育的台阶", "The ladder: the tiers by which enterprises are grown"),
    "suggestion-check": Text(
        "用过去的数据推荐，看后来有多少成真", "Suggestions made from past data, against what came true"
    ),
}
"""What a term means, in one line, for questions whose titles have terms of network analysis."""


def cooperation(reader: Reader, request: Request) -> Response:
    """Show what part of which enterprises has an institute partner, and what else can be asked."""
    by = request.query_params.get("by", "industry")
    by = by if by in KINDS else "industry"
    enterprises = reader.once("counts", counts_by_type).get("Enterprise", 0)
    answer = reader.workspace.answer("partner-coverage", {"by": by}) if enterprises else None
    catalogue = reader.workspace.catalogue()
    listed = [
        (
            TOPICS[topic],
            [(one, heading(one, {}, None), PLAIN.get(one.id)) for one in catalogue if one.topic == topic],
        )
        for topic in _TOPICS
    ]
    return page(
        reader,
        request,
        "cooperation.html",
        title=_TITLE.show(),
        room="cooperation",
        enterprises=enterprises,
        said=reader.workspace.answer("partnerless", {"top": 1}).remarks[:1] if enterprises else [],
        by=by,
        ways=[(value, label.show()) for value, label in BY_WORDS.items()],
        figure=Figure(
            "figure_shares.html", {"shares": shares_of(answer), "all": to_question("partner-coverage", {"by": by})}
        )
        if answer and answer.rows.rows
        else None,
        listed=[(label, questions) for label, questions in listed if questions],
    )


ROUTES = (Route("/cooperation", reading(cooperation)),)
