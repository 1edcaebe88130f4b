"""Shapes that once took quadratic time: the many parts, sections, brackets and statements of a hostile file."""

from __future__ import annotations

import contextlib
import time

import pytest

from innograph.graph.errors import NotAPlan
from innograph.loaders.document import document_of_lines
from innograph.loaders.plan import parse

HEAD = "昌吉市方案\n一、任务\n（一）甲。做甲。\n牵头单位：市科技局\n"


def seconds(text: str) -> float:
    """The processor's time for one parse: other work on the machine does not count."""
    started = time.process_time()
    with contextlib.suppress(NotAPlan):
        parse(document_of_lines("a.txt", text))
    return time.process_time() - started


@pytest.mark.parametrize(
    ("piece", "times"),
    [
        ("甲市行动方案\n一、建平台（市科技局负责）\n", 200),
        ("（", 2000),
        ("（市科技局牵头\n", 1000),
        ("（责任单位：市科技局）\n做丙。\n", 600),
        ("二、任务（一）建平台。做甲。牵头单位：市科技局 ", 300),
    ],
)
def test_four_times_the_text_takes_no_more_than_nine_times_as_long(piece: str, times: int) -> None:
    seconds(HEAD + piece)
    once = min(seconds(HEAD + piece * times) for _ in range(2))
    more = min(seconds(HEAD + piece * times * 4) for _ in range(2))
    assert more < 9 * max(once, 0.05)  # linear is 4, quadratic 16
