"""What the Neo4j driver raises, as errors of ours."""

from __future__ import annotations

import logging
from contextlib import contextmanager
from typing import TYPE_CHECKING

from neo4j import exceptions

from ..errors import ConnectionLost, EngineError, LoginRefused, QueryTooLong, WriteRefused
from ..text import Text

if TYPE_CHECKING:
    from collections.abc import Generator

_LOST = (exceptions.ServiceUnavailable, exceptions.SessionExpired, OSError)

# Without a handler of its own, Python would print the driver's warnings to the user's terminal.
logging.getLogger("neo4j").addHandler(logging.NullHandler())


@contextmanager
def driver_errors(uri: str, user: str, seconds: float = 0.0) -> Generator[None, None, None]:
    """Turn the driver's errors into ours.

    Args:
        uri: the server's address.
        user: who is logged in.
        seconds: the time limit of the query.

    Raises:
        ConnectionLost: the server does not answer any more.
        LoginRefused: wrong user or password.
        WriteRefused: a query would write.
        QueryTooLong: a query took longer than ``seconds``.
        EngineError: anything else that the server or the driver refuses.

    Examples:
        >>> with driver_errors("neo4j://host", "neo4j"):
        ...     raise exceptions.ServiceUnavailable
        Traceback (most recent call last):
        ...
        innograph.graph.errors.ConnectionLost: ...
    """
    try:
        yield
    except _LOST as error:
        raise ConnectionLost(store=uri) from error
    except exceptions.AuthError as error:
        raise LoginRefused(store=uri, user=user) from error
    except (exceptions.Neo4jError, exceptions.DriverError, ValueError, TypeError) as error:
        code = str(getattr(error, "code", ""))
        if code == "Neo.ClientError.Statement.AccessMode":
            raise WriteRefused from error
        if ".TransactionTimedOut" in code:
            raise QueryTooLong(seconds=f"{seconds:g}") from error
        said = str(getattr(error, "message", None) or error)
        raise EngineError(problem=Text(said, said)) from error
