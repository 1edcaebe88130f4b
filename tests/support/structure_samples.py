"""Questions about the structure of the network, asked."""

from __future__ import annotations

from typing import Any

from innograph import Workspace
from innograph.graph.stores import Store
from innograph.queries import load_catalogue
from innograph.queries.answering import Answer, ask

QUESTIONS = {question.id: question for question in load_catalogue()}
Rows = list[dict[str, Any]]


def rows(workspace: Workspace, question: str, **given: Any) -> Rows:
    return workspace.answer(question, given).dicts()


def asked(store: Store, question: str, **given: Any) -> Answer:
    return ask(store, QUESTIONS[question], given)
