"""The server itself: how soon an answer is on its way."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from workbench_server import Workbench

_DELAYED = 0.04
"""Seconds for which Linux puts off confirming what it received; other systems wait longer."""


def test_an_answer_on_a_kept_connection_does_not_wait_to_be_confirmed(workbench: Workbench) -> None:
    with workbench.client() as client:
        client.get("/")
        taken: list[float] = []
        for _ in range(10):
            start = time.perf_counter()
            client.get("/static/icon.svg").raise_for_status()
            taken.append(time.perf_counter() - start)
    assert min(taken[2:]) < _DELAYED / 2  # held back, each of them would take the whole of it
