"""Every kind of page under axe-core, on a phone and on paper."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal
from urllib.parse import quote

import pytest
from axe_playwright_python.sync_playwright import Axe

from innograph import Workspace

if TYPE_CHECKING:
    from browser import PageLog
    from playwright.sync_api import Page, ViewportSize
    from workbench_server import Workbench

UNIT = "/thing/" + quote("Department:652301/科技局", safe="/:")
PAGES = (
    "/",
    "/ask",
    "/search?q=示例",
    "/q/matrix",
    "/q/load",
    "/q/targets",
    "/q/due?year=2023",
    "/q/region-matrix",
    "/q/industry-institute",
    "/q/partnerless",
    "/q/suggest-partners",
    "/q/suggest-partners?body=示例天岭装备有限公司",
    "/q/joint-leads?evidence={evidence}",
    UNIT,
    "/thing/Enterprise:示例天岭装备有限公司",
    "/findings",
    "/cooperation",
    "/explore",
    "/explore?centre=示例天岭装备有限公司",
    "/sources",
    "{plan}",
    "{plan}/unload",
    "{roster}",
    "/uploads",
    "{upload}",
    "/review",
    "/review?one=示例北泉机械有限公司&other=示例棉海机械有限公司",
    "/review/history",
    "/report",
    "/evidence/{evidence}",
    "/nowhere",
)
"""One of each kind; ``{plan}`` and such are filled in from the workbench."""

DENSE = ("/q/matrix", "/q/suggest-partners?body=", "/q/targets", "/findings", "/thing/")
"""Beginnings of the pages with most on them: these are seen in the other pairs too."""
OFFICE, PHONE = {"width": 1366, "height": 768}, {"width": 390, "height": 844}
VIEWS = (("zh", "light", OFFICE), ("en", "dark", PHONE))
"""What depends on language, theme or size is seen in each; what depends on two of them at once does not occur."""
ROSTER = "企业名称,统一社会信用代码\n甲云科技有限公司,91350100M000100Y44\n"


@pytest.fixture(scope="module")
def addresses(workbench: Workbench) -> list[str]:
    with Workspace(workbench.folder) as workspace:
        sources = {one.name: f"/sources/{one.sha256}" for one in workspace.status().sources}
    evidence = workbench.get("/q/joint-leads.json").json()["rows"][0]["evidence"][0]
    with workbench.client(origin=workbench.address) as client:
        sent = client.post("/uploads", files={"file": ("名录.csv", ROSTER.encode())})
    known = {
        "plan": sources["plan.txt"],
        "roster": sources["projects.csv"],
        "evidence": quote(evidence, safe="/:"),
        "upload": sent.headers["location"],
    }
    return [workbench.url(path.format(**known)) for path in PAGES]


def with_language(address: str, language: str) -> str:
    return f"{address}{'&' if '?' in address else '?'}lang={language}"


def wrong_on(
    page: Page, addresses: list[str], language: str, theme: Literal["light", "dark"], size: ViewportSize
) -> list[str]:
    """Return what is wrong with pages in a language, theme and window."""
    axe, wrong = Axe(), list[str]()
    page.emulate_media(color_scheme=theme)
    page.set_viewport_size(size)
    for address in addresses:
        page.goto(with_language(address, language))
        found = axe.run(page, options={"resultTypes": ["violations"]}).response["violations"]
        wrong += [f"{address}: {one['id']}: {node['html'][:200]}" for one in found for node in one["nodes"]]
        over = page.evaluate("document.documentElement.scrollWidth - innerWidth")
        if over > 0:
            wrong.append(f"{address}: {over} px too wide")
    return wrong


@pytest.mark.parametrize(("language", "theme", "size"), VIEWS, ids=["zh-light-office", "en-dark-phone"])
def test_axe_finds_nothing_and_no_page_scrolls_sideways(
    page: Page,
    addresses: list[str],
    page_log: PageLog,
    language: str,
    theme: Literal["light", "dark"],
    size: ViewportSize,
) -> None:
    assert wrong_on(page, addresses, language, theme, size) == []
    (missing,) = page_log.console_errors  # of the one page that is not there
    assert "/nowhere" in missing
    assert not page_log.blocked
    assert not page_log.page_errors


@pytest.mark.parametrize(
    ("language", "theme", "size"),
    [("zh", "dark", PHONE), ("en", "light", OFFICE)],
    ids=["zh-dark-phone", "en-light-office"],
)
def test_nor_on_dense_pages_in_the_other_pairs(
    page: Page,
    workbench: Workbench,
    page_log: PageLog,
    language: str,
    theme: Literal["light", "dark"],
    size: ViewportSize,
) -> None:
    addresses = [workbench.url(path) for path in PAGES if path.startswith(DENSE)]
    assert len(addresses) >= len(DENSE)
    assert wrong_on(page, addresses, language, theme, size) == []
    page_log.assert_clean()


def test_axe_would_find_something(page: Page, workbench: Workbench) -> None:
    page.goto(workbench.url("/ask"))
    page.evaluate("document.querySelector('label[for=plain]').remove()")
    found = Axe().run(page, options={"resultTypes": ["violations"]}).response["violations"]
    assert [one["id"] for one in found] == ["label"]


def test_on_paper_there_is_only_the_answer(page: Page, addresses: list[str]) -> None:
    (address,) = (one for one in addresses if "/q/joint-leads" in one)
    page.goto(address)
    assert page.locator(".rail").is_visible()
    assert page.locator("#drawer").is_visible()
    page.emulate_media(media="print")
    for hidden in (".rail", "#drawer", ".top", ".chips button", ".take", ".skip"):
        assert not any(one.is_visible() for one in page.locator(hidden).all()), hidden
    assert page.locator("h1").is_visible()
    assert page.locator("table.rows tbody tr").first.is_visible()
    assert page.locator("table.rows thead").evaluate("head => getComputedStyle(head).display") == "table-header-group"
    assert page.locator(".scroll").evaluate("part => part.scrollWidth <= part.clientWidth")


def test_tab_begins_with_a_way_past_the_frame(page: Page, workbench: Workbench) -> None:
    page.goto(workbench.url("/q/load"))
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.getAttribute('href')") == "#main"
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("document.querySelector('main').contains(document.activeElement)")
