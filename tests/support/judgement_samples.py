"""Things to be judged, who judges them, and judgements compared."""

from __future__ import annotations

from typing import TYPE_CHECKING

from innograph.graph.ledger.judgements import Judgement, Verdict

if TYPE_CHECKING:
    pass


A, B, C, D = (f"Enterprise:{letter}公司" for letter in "甲乙丙丁")
SAME, DIFFERENT = Verdict.SAME, Verdict.DIFFERENT
ME, YOU = "reviewer", "colleague"


def consistent(judgements: list[Judgement]) -> bool:
    colour = {node: node for j in judgements for node in j.pair}
    for j in judgements:
        if j.verdict is SAME:
            old, new = colour[j.right], colour[j.left]
            colour = {node: new if c == old else c for node, c in colour.items()}
    return all(colour[j.left] != colour[j.right] for j in judgements if j.verdict is DIFFERENT)
