"""Several versions of one plan side by side: each is a plan of its own, with a key and a title that say which it is."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from innograph.graph.identity import plain

if TYPE_CHECKING:
    from .model import ParsedPlan


def as_edition(plan: ParsedPlan, edition: str) -> ParsedPlan:
    r"""Return a plan, and those that stand in the same file, as one version among several.

    Args:
        plan: as read.
        edition: what the version is called, such as 征求意见稿; nothing where there is but one.

    Examples:
        >>> from innograph.loaders.loading import parse_plan
        >>> plan = parse_plan("a.txt", "科技三年行动方案\n一、建平台。\n牵头单位：市科技局".encode())
        >>> draft = as_edition(plan, "征求意见稿")
        >>> draft.key, draft.head.title, as_edition(plan, "") is plan
        ('科技三年行动方案@征求意见稿', '科技三年行动方案（征求意见稿）', True)
    """
    word = edition.strip()
    if not word:
        return plan
    head = replace(plan.head, title=f"{plan.head.title}（{word}）")
    others = tuple(as_edition(other, word) for other in plan.others)
    return replace(plan, key=f"{plan.key}@{plain(word)}", head=head, others=others)
