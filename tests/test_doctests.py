"""Every example in a docstring, and the Python example of both READMEs, runs and gives what it says."""

from __future__ import annotations

import doctest
import importlib
import pkgutil
from pathlib import Path

import pytest

import innograph
from innograph.graph.text import use_language

ROOT = Path(__file__).parent.parent
OPTIONS = doctest.NORMALIZE_WHITESPACE | doctest.IGNORE_EXCEPTION_DETAIL | doctest.ELLIPSIS
MODULES = sorted(
    m.name for m in pkgutil.walk_packages(innograph.__path__, "innograph.") if not m.name.endswith("__main__")
)


def test_every_folder_is_walked() -> None:
    assert {m.split(".")[1] for m in MODULES} >= {"graph", "loaders", "queries", "visualize", "cli", "workspace"}


@pytest.mark.parametrize("name", ["innograph", *MODULES])
def test_docstring_examples(name: str) -> None:
    module = importlib.import_module(name)
    with use_language("zh"):
        result = doctest.testmod(module, optionflags=OPTIONS)
    assert result.failed == 0


@pytest.mark.parametrize("name", ["README.md", "README.zh-CN.md"])
def test_readme_example(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    with use_language("zh"):
        result = doctest.testfile(str(ROOT / name), module_relative=False, optionflags=OPTIONS, encoding="utf-8")
    assert result.attempted >= 5
    assert result.failed == 0
