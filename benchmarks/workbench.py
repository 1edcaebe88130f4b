"""How soon the workbench shows something: the first contentful paint of each kind of page in Chromium.

    python benchmarks/workbench.py [--workspace FOLDER] [--limit MS]

Without ``--workspace`` the samples are loaded into a folder of its own, and the limit is 300 ms; a large workspace such as
Horizon 2020 has 1,000 ms. Every figure stands beside that of a static page served by the same server in the same run, so
that a slow machine is told from a slow page. A workspace is copied before it is opened.
"""

from __future__ import annotations

import argparse
import re
import shutil
import sys
import tempfile
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING
from urllib.parse import quote

sys.path.insert(0, str(Path(__file__).parents[1] / "tests" / "support"))

import cooperation_sample
from browser import ARGS, find_chromium
from playwright.sync_api import sync_playwright
from workbench_server import running

from innograph import Workspace
from innograph.graph.settings import Settings

if TYPE_CHECKING:
    from collections.abc import Sequence

    from playwright.sync_api import Browser

STATIC = "/static/icon.svg"
"""The baseline: nothing is worked out for it, and it has something to paint."""
PAGES = (
    "/",
    "/ask",
    "/q/matrix",
    "/q/load",
    "/q/targets",
    "/q/partnerless",
    "/q/industry-institute",
    "/q/region-matrix",
    "/findings",
    "/cooperation",
    "/explore",
    "/sources",
    "/review",
    "/report",
)
_THINGS = ("Department", "Task", "Enterprise", "Institute", "Project", "Organisation")
_PAINTED = """() => new Promise((done) => {
  const first = () => performance.getEntriesByName("first-contentful-paint")[0];
  const look = () => first() ? done(first().startTime) : setTimeout(look, 5);
  look();
})"""


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the table; 1 if a page is slower than the limit."""
    parser = argparse.ArgumentParser(description="First contentful paint of the workbench's pages")
    parser.add_argument("--workspace", type=Path)
    parser.add_argument("--limit", type=float, help="in milliseconds: 300, or 1000 with --workspace")
    parser.add_argument("--times", type=int, default=5)
    given = parser.parse_args(arguments)
    limit = given.limit or (1000.0 if given.workspace else 300.0)
    with tempfile.TemporaryDirectory() as home:
        folder = Path(home) / "workspace"
        if given.workspace:
            shutil.copytree(given.workspace, folder)
        else:
            _load_samples(folder)
        pages = [*PAGES, *_pages_of_things(folder)]
        with running(folder) as workbench, sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=find_chromium(), args=list(ARGS))
            painted = {path: _paint(browser, workbench.url(path), given.times) for path in (STATIC, *pages)}
            browser.close()
    return _print(painted, limit)


def _load_samples(folder: Path) -> None:
    with Workspace.create(folder, Settings(title="昌吉", home_region=cooperation_sample.HOME)) as workspace:
        shutil.copy(cooperation_sample.ALIASES, folder / "aliases.csv")
        for file in cooperation_sample.FILES:
            workspace.load(file)
        workspace.build()


def _pages_of_things(folder: Path) -> list[str]:
    """Return the page of one thing of each type that there is, of the one with most relations, and what is around it."""
    found: list[str] = []
    with Workspace(folder) as workspace:
        workspace.refresh()
        for kind in _THINGS:
            if kind not in workspace.ontology.nodes:
                continue
            most = f"MATCH (n:{kind})-[r]-() RETURN n.id AS id, count(r) AS n ORDER BY n DESC, id LIMIT 1"
            found += [f"/thing/{quote(str(row[0]), safe='/:')}" for row in workspace.cypher(most).rows]
    return [*found, *(f"/explore?centre={one.removeprefix('/thing/')}" for one in found[-1:])]


def _paint(browser: Browser, address: str, times: int) -> tuple[float, float]:
    """Return the first visit's milliseconds, and the median of later ones; each in a browser without a cache."""
    taken: list[float] = []
    for _ in range(times + 1):
        context = browser.new_context(viewport={"width": 1366, "height": 768})
        page = context.new_page()
        page.goto(address, wait_until="commit")
        taken.append(float(page.evaluate(_PAINTED)))
        context.close()
    return taken[0], median(taken[1:])


def _print(painted: dict[str, tuple[float, float]], limit: float) -> int:
    base = painted.pop(STATIC)[1]
    print(f"| page | first visit, ms | then, ms (median) | × static file ({base:.0f} ms) | limit {limit:.0f} ms |")
    print("|---|--:|--:|--:|---|")
    slow = 0
    for path, (first, later) in painted.items():
        fine = max(first, later) <= limit
        slow += not fine
        shown = re.sub(r"/thing/([A-Za-z]+):.*", r"/thing/\1", path).split("centre=")[0]
        print(f"| {shown} | {first:.0f} | {later:.0f} | {later / base:.1f} | {'yes' if fine else 'NO'} |")
    return 1 if slow else 0


if __name__ == "__main__":
    raise SystemExit(main())
