"""The report's page in Chromium: what axe-core says of it, and whether it fits a phone."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import cooperation_sample
import pytest
from axe_playwright_python.sync_playwright import Axe

import innograph
from innograph.graph.text import use_language
from innograph.visualize.reports.build import build_report
from innograph.visualize.reports.page import report_html

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from playwright.sync_api import Page

DAY = dt.date(2026, 11, 23)
# A second plan: there are two matrices then, and two tables of each kind.
OTHER = """石城市科技创新行动方案（2023—2025年）

二、重点任务

（一）办好科技活动。举办科技活动周。

牵头单位：石城市科技局

（二）建设创新平台。推广好的经验。
"""


@pytest.fixture(scope="module")
def workspace(tmp_path_factory: pytest.TempPathFactory) -> Iterator[innograph.Workspace]:
    folder = tmp_path_factory.mktemp("report")
    (folder / "other.txt").write_text(OTHER, encoding="utf-8")
    with innograph.Workspace.create(folder / "ws") as made:
        for file in (*cooperation_sample.FILES, folder / "other.txt"):
            made.load(file)
        yield made


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("width", [1366, 390])
def test_axe_finds_nothing_and_it_fits_the_window(
    workspace: innograph.Workspace, page: Page, tmp_path: Path, language: str, width: int
) -> None:
    with use_language("zh" if language == "zh" else "en"):
        html = report_html(build_report(workspace, None, day=DAY, paged=False))
    (tmp_path / "report.html").write_text(html, encoding="utf-8")
    page.set_viewport_size({"width": width, "height": 844})
    page.goto((tmp_path / "report.html").as_uri())
    assert page.locator("table.matrix").count() == 2
    found = Axe().run(page, options={"resultTypes": ["violations"]})
    assert found.violations_count == 0, found.generate_report()
    assert page.evaluate("document.documentElement.scrollWidth") <= width
