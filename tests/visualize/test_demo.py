"""The demonstration: what it says at its end, for somebody who has never seen innograph."""

from __future__ import annotations

from pathlib import Path

import pytest

from innograph.graph.text import use_language
from innograph.visualize.demo import run_demo


@pytest.mark.parametrize(("lang", "head"), [("zh", "接着可以试："), ("en", "Now try:")])
def test_the_workbench_is_the_first_thing_to_try(tmp_path: Path, lang: str, head: str) -> None:
    folder = tmp_path / "demo"
    with use_language("zh" if lang == "zh" else "en"):
        told = run_demo(folder, None, lambda _done, _steps: None, "innograph").splitlines()
    assert told[told.index(head) + 1] == f"  innograph -w {folder} serve"
    assert (folder / "picture.html").is_file()
