"""Pictures as pages, used by hand: finding in tables, coming to an edge without a mouse, and what axe-core says of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from axe_playwright_python.sync_playwright import Axe
from responsibility_sample import LEADS, NAMES, SUPPORTS

from innograph.graph.text import use_language
from innograph.visualize.pictures import Wanted, picture_of

if TYPE_CHECKING:
    from pathlib import Path

    from browser import PageLog
    from playwright.sync_api import Page

    import innograph

KINDS = {
    "responsibility": Wanted(),
    "neighbourhood": Wanted(thing="科技局"),
    "cooperation": Wanted("cooperation"),
    "regions": Wanted("regions"),
    "matrix": Wanted("matrix"),
}


def opened(page: Page, workspace: innograph.Workspace, kind: str, folder: Path, language: str = "zh") -> None:
    with use_language("zh" if language == "zh" else "en"):
        html = picture_of(workspace, KINDS[kind]).html()
    (folder / "图.html").write_text(html, encoding="utf-8")
    page.goto((folder / "图.html").as_uri())
    if page.locator("#network").count():
        page.wait_for_selector("#network[data-ready=yes]")


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("language", ["zh", "en"])
def test_axe_finds_nothing(whole: innograph.Workspace, page: Page, tmp_path: Path, kind: str, language: str) -> None:
    opened(page, whole, kind, tmp_path, language)
    found = Axe().run(page, options={"resultTypes": ["violations"]})
    assert found.violations_count == 0, found.generate_report()


def rows(page: Page, table: str) -> list[str]:
    """The names of the rows that can be seen."""
    return page.locator(f"#{table} tbody tr[data-names]:visible th").all_inner_texts()


def columns(page: Page, table: str) -> list[str]:
    return [name.strip() for name in page.locator(f"#{table} thead th[data-names]:visible").all_inner_texts()]


def test_a_matrix_is_searched_by_task_and_by_unit(
    whole: innograph.Workspace, page: Page, page_log: PageLog, tmp_path: Path
) -> None:
    opened(page, whole, "matrix", tmp_path)
    search = page.locator("[data-sift=matrix-table]")
    every = columns(page, "matrix-table")
    assert len(rows(page, "matrix-table")) == len(NAMES)

    search.fill("专家智库")
    assert [name for name in NAMES if any(name in row for row in rows(page, "matrix-table"))] == ["组建各类专家智库"]
    assert columns(page, "matrix-table") == every

    search.fill("jiaoyuju")  # 教育局 leads （十三） and supports （十二）
    assert {n for n in LEADS if "教育局" in LEADS[n][1].split()} == {13}
    assert {n for n in SUPPORTS if "教育局" in SUPPORTS[n][1].split()} == {12}
    shown = rows(page, "matrix-table")
    assert [number for number, name in enumerate(NAMES, 1) if any(name in row for row in shown)] == [12, 13]
    assert columns(page, "matrix-table") == ["昌吉市教育局"]

    search.fill("没有这个")
    assert rows(page, "matrix-table") == []
    assert page.locator(".tools [role=status]").inner_text() == "没有找到"
    search.fill("")
    assert len(rows(page, "matrix-table")) == len(NAMES)
    assert columns(page, "matrix-table") == every
    page_log.assert_clean()


def test_flows_are_searched_by_region(
    whole: innograph.Workspace, page: Page, page_log: PageLog, tmp_path: Path
) -> None:
    opened(page, whole, "regions", tmp_path)
    page.locator("[data-sift=crossing-table]").fill("xianshi")
    assert rows(page, "crossing-table") == ["西安市"]
    clear = page.locator(".flows .band:not(.faded)").evaluate_all(
        "bands => bands.map((band) => band.getAttribute('aria-label'))"
    )
    assert clear
    assert all("西安市" in said for said in clear)
    assert page.locator(".flows .band.faded").count() > 0
    page_log.assert_clean()


def test_an_edge_is_reached_with_keys_alone(
    whole: innograph.Workspace, page: Page, page_log: PageLog, tmp_path: Path
) -> None:
    opened(page, whole, "neighbourhood", tmp_path)
    page.locator("#search").focus()
    page.keyboard.type("加强跨区域协同创新")
    page.keyboard.press("Enter")
    page.locator("#ties button").first.wait_for()
    wanted = page.locator("#ties button", has_text="牵头")
    assert wanted.count() == 1  # of what is drawn around 科技局, it alone leads this task
    for _ in range(60):
        if wanted.evaluate("one => one === document.activeElement"):
            break
        page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert page.locator("#quote").inner_text() == "牵头单位：市科技局"
    page.keyboard.press("Escape")
    assert page.locator("#drawer").is_hidden()
    page_log.assert_clean()
