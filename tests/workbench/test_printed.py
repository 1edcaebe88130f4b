"""Matrices on paper: nothing is cut off, however many units and tasks there are."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from pypdfium2 import PdfDocument
from workspace_samples import workspace_beside

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Page
    from workbench_server import Workbench, WorkbenchOf

SCHOOLS = [f"第{tens}{ones}中学" for tens in "一二三四" for ones in "一二三四五六七八九十"]
TASK = "\n{number}.办好活动第{number}号。\n\n牵头单位：市{lead}\n配合单位：市{support}\n"


def printed(page: Page, address: str) -> list[str]:
    """Return the letters of each sheet of paper within its margins, without spaces and line ends."""
    page.goto(address)
    with PdfDocument(page.pdf(prefer_css_page_size=True)) as pdf:
        sheets = [(sheet.get_size(), sheet.get_textpage()) for sheet in pdf]
        return [
            re.sub(r"\s", "", text.get_text_bounded(left=30, right=width - 30, bottom=0, top=height))
            for (width, height), text in sheets
        ]


@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_unit_and_task_of_the_sample_is_on_one_sheet(page: Page, workbench: Workbench, language: str) -> None:
    answer = workbench.get("/q/matrix.json").json()
    first = printed(page, workbench.url(f"/q/matrix?lang={language}"))[0]
    assert len({row["unit"] for row in answer["rows"]}) == 19
    for row in answer["rows"]:
        assert row["unit"] in first
        assert row["task"] in first


def test_a_matrix_wider_than_a_sheet_is_printed_in_blocks(
    page: Page, workbench_of: WorkbenchOf, tmp_path: Path
) -> None:
    tasks = (TASK.format(number=at + 1, lead=SCHOOLS[at % 40], support=SCHOOLS[(at + 7) % 40]) for at in range(90))
    plan = "石城市教育行动方案（2023—2025年）\n\n二、重点任务\n" + "".join(tasks)
    folder = workspace_beside(tmp_path, {"plan.txt": plan}, "plan.txt")
    sheets = printed(page, workbench_of(folder).url("/q/matrix"))
    end = next(at for at, sheet in enumerate(sheets) if "逐条列出" in sheet)
    drawn = "".join(sheets[: end + 1])
    assert all(school in drawn for school in SCHOOLS)
    for number in range(46, 91):  # the list on the last of these sheets begins with the first ones
        assert len(re.findall(rf"办好活动第{number}号", drawn)) == 2, "a block of 36 units, and one of four"
    assert page.locator("table.matrix").count() == 1, "on the screen it is one table again"
    assert page.locator("table.matrix thead th").count() == 41
