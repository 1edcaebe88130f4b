"""Until when what is worked on is wanted: work whose asker has been told that it took too long stops at its next step."""

from __future__ import annotations

import math
import time
from contextlib import contextmanager
from contextvars import ContextVar
from typing import TYPE_CHECKING

from .errors import InnographError
from .text import Text

if TYPE_CHECKING:
    from collections.abc import Generator

_until: ContextVar[float] = ContextVar("innograph_deadline", default=math.inf)


class TookTooLong(InnographError):
    """Nobody waits for it any more."""

    code = "too-long"
    text = Text("没有在规定时间内完成，已停止。请缩小范围再试", "Not done in time, and stopped. Ask for less")


@contextmanager
def deadline(seconds: float) -> Generator[None]:
    """Inside the ``with`` block, and in what is begun there in its context, work is wanted for so many seconds.

    Args:
        seconds: from now; ``math.inf``: however long it takes, whatever was said outside.

    Examples:
        >>> with deadline(0.0), deadline(math.inf):
        ...     check_deadline()
        >>> with deadline(-1.0):
        ...     check_deadline()
        Traceback (most recent call last):
        innograph.graph.deadline.TookTooLong: 没有在规定时间内完成，已停止。请缩小范围再试
    """
    token = _until.set(time.monotonic() + seconds)
    try:
        yield
    finally:
        _until.reset(token)


def check_deadline() -> None:
    """Go on if the work is still wanted; to be called between steps that take long.

    Raises:
        TookTooLong: it is not.
    """
    if time.monotonic() > _until.get():
        raise TookTooLong
