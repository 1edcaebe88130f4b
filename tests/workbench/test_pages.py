"""Pages of questions, search and proof in a running workbench: with script in Chromium, and without."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from workbench_server import Workbench


def test_all_main_pages_answer(workbench: Workbench) -> None:
    for path in ("/", "/ask", "/q/load", "/q/targets"):
        assert workbench.get(path).status_code == 200, path
