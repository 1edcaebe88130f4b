"""What a test does when the machine lacks a tool: skip for a developer, fail where CI promised to have it."""

from __future__ import annotations

import os
from typing import NoReturn

import pytest


def in_ci() -> bool:
    """True where the environment says that this is CI (`CI=true`, as every CI service sets it)."""
    return os.environ.get("CI", "").strip().lower() in {"true", "1"}


def missing(reason: str) -> NoReturn:
    """Skip with a line that says what to install; in CI fail, since a skip there would hide a broken setup."""
    if in_ci():
        pytest.fail(f"{reason} (a skip is a failure in CI)", pytrace=False)
    pytest.skip(reason)
