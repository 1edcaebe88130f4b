"""Which judgements can be made at all, and what is said of those that cannot."""

from __future__ import annotations

import datetime as dt
import re
from typing import TYPE_CHECKING

from ..errors import NothingFound, UsageError
from ..ontology import load_ontology
from ..text import Text
from .standing import Judgement, Verdict

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from .standing import Standing

_LONGEST = {"note": 10_000, "author": 200, "id": 2_000}
_CLOCKS_DIFFER = dt.timedelta(days=1)
_NODE_ID = re.compile(r"([A-Z][A-Za-z]*):\S")
_WORDS = {Verdict.SAME: Text("同一", "the same"), Verdict.DIFFERENT: Text("不同", "different")}
_SIGNS = {Verdict.SAME: "=", Verdict.DIFFERENT: "≠"}


class BadJudgement(UsageError):
    """Two things that cannot be judged, or a judgement without an author."""

    code = "bad-judgement"
    text = Text("不能这样判定：{problem}", "This cannot be judged: {problem}")


class Contradiction(UsageError):
    """A judgement that others contradict."""

    code = "contradiction"
    text = Text(
        "不能把 {left} 与 {right} 判为{verdict}，已有的判定与此矛盾：{chain}。若其中有误，先撤回：{command}",
        "{left} and {right} cannot be judged {verdict}; judgements that stand contradict it: {chain}."
        " If one of them is wrong, withdraw it first: {command}",
    )


class NoJudgement(NothingFound):
    """No judgement of that number, pair or author stands."""

    code = "no-judgement"
    text = Text(
        "没有{name}的有效判定。全部判定见 innograph review history",
        "No judgement {name} stands. innograph review history lists all",
    )


def now() -> dt.datetime:
    """Return the moment, in UTC."""
    return dt.datetime.now(dt.UTC)


def check_judgement(judgement: Judgement) -> None:
    """Raise :class:`BadJudgement` if a judgement's pair, author, date or length will not do.

    Examples:
        >>> one = Judgement(0, "Enterprise:a", "Region:a", Verdict.SAME, "", "reviewer", now())
        >>> try:
        ...     check_judgement(one)
        ... except BadJudgement as error:
        ...     print(error.values["problem"].en)
        Enterprise:a and Region:a are of different types and cannot be one thing
    """
    roots = [_root(node) for node in judgement.pair]
    if judgement.left == judgement.right:
        raise _bad(f"两边是同一个编号 {judgement.left}", f"both sides are the same id, {judgement.left}")
    if judgement.verdict is Verdict.SAME and roots[0] != roots[1]:
        raise _bad(
            f"{judgement.left} 与 {judgement.right} 类型不同，不会是同一个",
            f"{judgement.left} and {judgement.right} are of different types and cannot be one thing",
        )
    if not judgement.author:
        raise _bad("没有写明作者，请用 --author", "it has no author; give one with --author")
    for name, text in (("note", judgement.note), ("author", judgement.author), *(("id", n) for n in judgement.pair)):
        if len(text) > _LONGEST[name]:
            limit = _LONGEST[name]
            raise _bad(f"{name} 超过 {limit} 字，请缩短", f"{name} is longer than {limit} characters; shorten it")
    if judgement.decided_at > now() + _CLOCKS_DIFFER:
        day = judgement.decided_at.date()
        raise _bad(f"日期 {day} 在将来，请改正", f"the date {day} lies in the future; correct it")


def _root(node: str) -> str:
    """Return the most general label of the node's type."""
    match = _NODE_ID.match(node)
    known = load_ontology().nodes
    if not match or match[1] not in known:
        raise _bad(
            f"“{node[:80]}”不是节点编号，编号形如 Enterprise:某公司",
            f"“{node[:80]}” is no node's id; ids look like Enterprise:某公司",
        )
    return known[match[1]].root


def _bad(zh: str, en: str) -> BadJudgement:
    return BadJudgement(problem=Text(zh, en))


def refuse_contradiction(standing: Standing, judgement: Judgement, called: Callable[[str], str]) -> None:
    """Raise :class:`Contradiction` if what stands about other pairs speaks against ``judgement``.

    Args:
        standing: without a judgement about the same pair.
        judgement: to be made.
        called: says what a node is called, by its id.
    """
    chain = standing.against(*judgement.pair, judgement.verdict)
    if chain:
        raise Contradiction(
            left=called(judgement.left),
            right=called(judgement.right),
            verdict=_WORDS[judgement.verdict],
            chain=_told(chain, called),
            command=f"innograph review withdraw {chain[0].id}",
        )


def _told(chain: Sequence[Judgement], called: Callable[[str], str]) -> Text:
    """Return a chain of judgements in words, each with its number, author and day."""
    parts = [
        f"#{j.id} {called(j.left)} {_SIGNS[j.verdict]} {called(j.right)} ({j.author}, {j.decided_at.date()})"
        for j in chain
    ]
    return Text("；".join(parts), "; ".join(parts))
