"""Which share of the enterprises of an industry, region or tier has an institute partner."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from innograph.graph.text import Text

from ..answering import Found
from ..network import network_of
from ..network.network import KINDS
from .enterprises import EXAMPLES, Enterprises, by_name, lines, partners_by_kind
from .pairing import cut, share

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

    from innograph.graph.stores import Store

    from ..network import Network
    from .enterprises import Group

_INSTITUTE = KINDS.index("Institute")


def answer(store: Store, parameters: Mapping[str, Any]) -> Found:
    """Return a row for each group of enterprises, those with most enterprises without a partner first."""
    network = network_of(store)
    firms = Enterprises(store, network)
    asked, unknown = firms.asked(parameters)
    served = firms.all & (partners_by_kind(network)[:, _INSTITUTE] > 0)
    groups = firms.groups(parameters["by"], parameters["level"], asked)
    known = [group for group in groups if group.own_id]
    known.sort(key=lambda one: (-_without(one, served), -len(one.members), one.name, one.own_id))
    some, remarks = cut(known, parameters["top"])
    rows = [*some, *(group for group in groups if not group.own_id)]
    examples = [_examples(network, group, served) for group in rows]
    own = [[group.own_id] if group.own_id else [] for group in rows]
    ids = [[*one, *(network.bodies.ids[body] for body in some)] for one, some in zip(own, examples, strict=True)]
    proof = lines(store, ids)
    told = [
        _row(network, group, served, some, proven) for group, some, proven in zip(rows, examples, proof, strict=True)
    ]
    return Found(told, [*_remarks(groups, asked, served), *unknown, *remarks])


def _without(group: Group, served: NDArray[np.bool_]) -> int:
    return int((~served[group.members]).sum())


def _examples(network: Network, group: Group, served: NDArray[np.bool_]) -> list[int]:
    """Return the first enterprises without a partner; where the group has neither these nor an id, its first ones."""
    alone = by_name(network, group.members[~served[group.members]].tolist())
    return (alone or ([] if group.own_id else by_name(network, group.members.tolist())))[:EXAMPLES]


def _row(
    network: Network, group: Group, served: NDArray[np.bool_], examples: Sequence[int], proof: tuple[Any, ...]
) -> tuple[Any, ...]:
    number, without = len(group.members), _without(group, served)
    gap = "none" if not without else "half" if 2 * without >= number else "some"
    if without and not served.any():
        gap = "unknown"
    alone = [network.bodies.names[body] for body in examples if not served[body]]
    return (group.by, group.name, number, number - without, without, (number - without) / number, gap, alone, *proof)


def _remarks(groups: Sequence[Group], asked: NDArray[np.bool_], served: NDArray[np.bool_]) -> list[Text]:
    number, partnered = int(asked.sum()), int((asked & served).sum())
    found = [
        Text(
            f"共{number}家企业：{partnered}家（{share(partnered, number)}）有高校院所伙伴，{number - partnered}家没有。",
            f"{number} enterprises: {partnered} ({share(partnered, number)}) have an institute partner, "
            f"{number - partnered} have none.",
        )
    ]
    several = sum(len(group.members) for group in groups) - number
    if several:
        times = np.unique(np.concatenate([group.members for group in groups]), return_counts=True)[1]
        more = int((times > 1).sum())
        found.append(
            Text(
                f"{more}家企业属于几组，在每组中都计入；各行之和比企业总数多{several}。",
                f"Enterprises of several groups count in each ({more} of them): the rows add up to {several} more than "
                "there are enterprises.",
            )
        )
    return found
