"""A person at the workbench, whose clicks are counted: every click and every Enter is one, typing is none.

`Journey(page, most)` fails at the click that is one too many. With `keys=True` nothing but the keyboard is used: what is
to be clicked must be reached with Tab. `keep(page, name)` holds the page against the picture that the tutorial has of it:
beside each picture stands what it shows, as headings and labels. Where INNOGRAPH_SCREENSHOTS names a folder, both are
written there.
"""

from __future__ import annotations

import os
import re
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from playwright.sync_api import Locator, Page

SCREENSHOTS = "INNOGRAPH_SCREENSHOTS"
_MOST_TABS = 250
_IMAGES = Path(__file__).parents[2] / "docs" / "images"
_LABELLED = "h1, h2, h3, thead th, label, legend, button, summary, figcaption, .rail a, .key > span"
_VOLATILE = ".card, .findings, .suggestions"
"""What such parts say depends on what was decided before."""
_HAS_FOCUS = "element => element === document.activeElement"


@dataclass
class Journey:
    """A way through the workbench.

    Args:
        page: on which it is gone.
        most: clicks that it may take.
        keys: without a mouse.
    """

    page: Page
    most: int
    keys: bool = False
    taken: int = 0

    def count(self, what: str) -> None:
        """Count a click, or fail."""
        self.taken += 1
        assert self.taken <= self.most, f"click {self.taken} of at most {self.most}: {what}"

    def click(self, target: Locator) -> None:
        """Click on something, or go there by Tab and press Enter."""
        self.count(str(target))
        if self.keys:
            self.reach(target)
            self.page.keyboard.press("Enter")
        else:
            target.click()

    def go(self, target: Locator) -> None:
        """Click on what leads to another page."""
        with self.page.expect_navigation():
            self.click(target)

    def search(self, words: str) -> None:
        """Type into the box at the top and press Enter."""
        self.count(f"Enter after {words}")
        if self.keys:
            self.page.keyboard.press("/")
            self.page.keyboard.type(words)
        else:
            self.page.locator("#top-search").fill(words)
        with self.page.expect_navigation():
            self.page.keyboard.press("Enter")

    def choose(self, target: Locator, value: str) -> None:
        """Choose from a list; with keys, what comes after it in the form sends it."""
        self.count(f"{value} of {target}")
        if not self.keys:
            target.select_option(value)
            return
        self.reach(target)
        for _ in range(target.locator("option").count()):
            if target.input_value() == value:
                break
            self.page.keyboard.press("ArrowDown")
        assert target.input_value() == value
        self.page.keyboard.press("Tab")
        self.page.keyboard.press("Enter")

    def press(self, key: str) -> None:
        """Press a key that does what a click would."""
        self.count(key)
        self.page.keyboard.press(key)

    def reach(self, target: Locator) -> None:
        """Press Tab until something has the focus, as someone without a mouse must."""
        target.wait_for()
        for _ in range(_MOST_TABS):
            if target.evaluate(_HAS_FOCUS):
                return
            self.page.keyboard.press("Tab")
        raise AssertionError(f"Tab does not lead to {target}")


def keep(page: Page, name: str) -> None:
    """Hold what the page shows against ``NAME.txt`` beside the tutorial's picture; write both if somebody wants them."""
    shown, folder = "\n".join(labels(page)) + "\n", os.environ.get(SCREENSHOTS)
    if folder:
        Path(folder).mkdir(parents=True, exist_ok=True)
        page.screenshot(path=Path(folder) / f"{name}.png", animations="disabled")
        (Path(folder) / f"{name}.txt").write_text(shown, encoding="utf-8")
        return
    kept = (_IMAGES / f"{name}.txt").read_text(encoding="utf-8")
    assert shown == kept, f"docs/images/{name}.png shows an older page: make it anew as CONTRIBUTING.md says"


def labels(page: Page) -> list[str]:
    """Return the headings and labels that can be seen, each once; figures stand as #."""
    found: list[str] = page.evaluate(
        """([labelled, volatile]) => [...document.querySelectorAll(labelled)]
          .filter((one) => one.checkVisibility() && !one.closest(volatile))
          .map((one) => one.innerText.replace(/\\s+/g, " ").trim())""",
        [_LABELLED, _VOLATILE],
    )
    return list(dict.fromkeys(re.sub(r"\d[\d,.:-]*", "#", one) for one in found if one))
