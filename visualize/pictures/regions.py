"""How much regions cooperate: the flows between them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from innograph.graph.text import Text
from innograph.queries.network import LEVELS, network_of

from .flows import Flows, flows_of
from .gathered import home_at

if TYPE_CHECKING:
    from innograph.queries.network import Network
    from innograph.workspace import Workspace

    from .wanted import Wanted

_TITLE = Text("区域之间的合作（按{level}）", "Cooperation between regions ({level})")
_OF = Text("{name}与各区域的合作（按{level}）", "{name} and whom it cooperates with ({level})")
_READ = Text(
    "带的宽度是合作伙伴的对数；合作不分方向，左右两边只为排列",
    "A band is as wide as the number of pairs of partners; cooperation has no direction: sides mean nothing",
)
_MOST_ROWS = 1500
"""Of the cells with the most projects; more take seconds, and would be thinner than a hair."""
_COUNTRIES = 3


def regions(workspace: Workspace, wanted: Wanted) -> Flows:
    """Return the flows between all regions, or those of one.

    Args:
        workspace: what is drawn from.
        wanted: of which region, and at which level.

    Raises:
        NothingFound: there is no such region.
        Ambiguous: several have that name.
    """
    network = network_of(workspace.store(wanted.day or None))
    level = wanted.level or _telling(network)
    given: dict[str, Any] = {"level": level, "top": _MOST_ROWS}
    if wanted.thing:
        given["region"] = wanted.thing
    answer = workspace.answer("region-matrix", given, as_of=wanted.day or None)
    question = answer.question
    words = next(p for p in question.parameters if p.name == "level").options[level].show()
    understood = answer.understood.get("region", "").partition("（")[0]
    title = _OF.format(name=understood, level=words) if understood else _TITLE.format(level=words)
    told = [remark.show() for remark in answer.remarks]
    rows = answer.dicts()
    cut = told[-1:] if len(rows) == _MOST_ROWS else []
    note = Text("。", ". ").show().join([_READ.show(), "".join([*told[:1], *cut])])
    return flows_of(rows, title, note, understood or home_at(workspace, level))


def _telling(network: Network) -> str:
    """Return the level at which bodies are told apart best: countries, if they are of several."""
    seats = network.seats_at(LEVELS[0])
    return LEVELS[0] if len(np.unique(seats[seats >= 0])) >= _COUNTRIES else "prefecture"
