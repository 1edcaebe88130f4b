"""How the tests are dealt out to the workers of `pytest -n`. A pytest plugin: `pytest_plugins = ["workers"]`."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from xdist.scheduler import LoadScopeScheduling

if TYPE_CHECKING:
    from xdist.remote import Producer


def scope_of(test: str) -> str:
    """What goes to one worker as a whole: the tests of a server, wherever they stand, so that it starts once; a file.

    It goes by the test's id. One that names no server and uses one all the same costs a second start and no more.
    """
    named = test.replace("_", "-")
    return next((server for server in ("neo4j-current", "neo4j") if server in named), test.partition("::")[0])


class _Scheduling(LoadScopeScheduling):
    def _split_scope(self, nodeid: str) -> str:
        return scope_of(nodeid)


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Producer) -> LoadScopeScheduling:
    """Deal out the tests by :func:`scope_of`."""
    return _Scheduling(config, log)
