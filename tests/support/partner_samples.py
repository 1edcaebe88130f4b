"""Questions about partners, asked."""

from __future__ import annotations

from typing import Any

from innograph.queries import Answer, load_catalogue

QUESTIONS = {question.id: question for question in load_catalogue()}


def dicts(answer: Answer) -> list[dict[str, Any]]:
    assert all(row["evidence"] and row["quote"] and row["place"] for row in answer.dicts())
    return answer.dicts()


def told(answer: Answer) -> str:
    return " ".join(remark.en for remark in answer.remarks)


# --- suggestion-check

E1, E2, E3, E4, E5 = (f"Enterprise:e{number}" for number in range(1, 6))
I1, I2, I3 = (f"Institute:i{number}" for number in range(1, 4))
