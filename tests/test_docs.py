"""The documentation: it builds in both languages, holds together, asks no other host for anything, and says what is true."""

from __future__ import annotations

import difflib
import os
import re
import shlex
import subprocess
import sys
from html.parser import HTMLParser
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit

import click
import pytest

from innograph.cli import cli
from innograph.queries import load_catalogue
from innograph.visualize.generated import generated_files, stale

if TYPE_CHECKING:
    from browser import PageLog
    from playwright.sync_api import Page
    from workbench_server import Workbench

ROOT = Path(__file__).parents[1]
DOCS = ROOT / "docs"
ZH = ".zh-CN.md"
MOST_BYTES = 150_000
OWN_OPTIONS = {"-w", "--store", "--lang"}
RESOURCES = {"script": "src", "img": "src", "iframe": "src", "source": "src", "link": "href", "object": "data"}
FOREIGN = re.compile(r"""(?:url\(\s*["']?|@import\s+["'])(?:https?:)?//""")


def pages() -> list[Path]:
    return sorted(page for page in DOCS.rglob("*.md"))


def in_english(page: Path) -> Path:
    return page.with_name(page.name.replace(ZH, ".md"))


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site, built as README says; a warning is an error there."""
    made = tmp_path_factory.mktemp("site")
    built = subprocess.run(
        [sys.executable, "-m", "mkdocs", "build", "--strict", "--site-dir", made],
        cwd=ROOT,
        capture_output=True,
        text=True,
        env={**os.environ, "NO_MKDOCS_2_WARNING": "1"},
        timeout=300,
    )
    assert built.returncode == 0, built.stderr
    return made


class Linked(HTMLParser):
    """What a page links to and loads, and the parts of it that others can link to."""

    def __init__(self, page: Path) -> None:
        super().__init__()
        self.links: list[str] = []
        self.loaded: list[str] = []
        self.ids: set[str] = set()
        self.feed(page.read_text(encoding="utf-8"))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        said = dict(attrs)
        self.ids.add(said.get("id") or "")
        if tag == "a" and said.get("href"):
            self.links.append(said["href"] or "")
        if RESOURCES.get(tag) in said:
            self.loaded.append(said[RESOURCES[tag]] or "")


def test_every_page_is_in_both_languages() -> None:
    chinese = {page for page in pages() if page.name.endswith(ZH)}
    assert {in_english(page) for page in chinese} == set(pages()) - chinese


def test_both_languages_have_the_same_steps_and_commands() -> None:
    for page in pages():
        if page.name.endswith(ZH) and page.parent.name != "reference" and "plan" not in page.name:
            both = [one.read_text(encoding="utf-8") for one in (page, in_english(page))]
            assert len({len(re.findall(r"^#+ ", text, re.MULTILINE)) for text in both}) == 1, page.name
            assert len({len(re.findall(r"^\$ ", text, re.MULTILINE)) for text in both}) == 1, page.name


def test_all_pages_are_on_the_site(site: Path) -> None:
    for page in pages():
        place = in_english(page).relative_to(DOCS).with_suffix(".html")
        made = site / ("zh-CN" if page.name.endswith(ZH) else "") / place
        assert made.is_file(), made
        other = Linked(made).links
        assert any("zh-CN/" in link or link.startswith("../") for link in other), "the other language is linked"


def test_links_lead_somewhere(site: Path) -> None:
    known = {page.resolve(): Linked(page) for page in site.rglob("*.html")}
    broken = []
    for page, linked in known.items():
        if page.name == "404.html":  # its links are from the root, for it is shown at any address
            continue
        for link in linked.links + linked.loaded:
            parts = urlsplit(link)
            if parts.scheme:
                continue
            target = (page.parent / unquote(parts.path)).resolve() if parts.path else page
            lost = parts.fragment and target in known and unquote(parts.fragment) not in known[target].ids
            if lost or not target.is_file():
                broken.append((page.name, link))
    assert not broken


def test_nothing_is_loaded_from_elsewhere(site: Path) -> None:
    foreign = [
        (page.name, what)
        for page in site.rglob("*.html")
        for what in Linked(page).loaded
        if urlsplit(what).netloc and "canonical" not in what
    ]
    assert not foreign
    styles = [file.name for file in site.rglob("*.css") if FOREIGN.search(file.read_text(encoding="utf-8"))]
    assert not styles


@pytest.mark.parametrize(
    ("place", "words", "found"),
    [("index.html", "reverse proxy", "colleagues.html"), ("zh-CN/index.html", "反向代理", "colleagues.html")],
)
def test_search_works_from_the_disk(
    site: Path, page: Page, page_log: PageLog, place: str, words: str, found: str
) -> None:
    page.goto((site / place).as_uri())
    page.locator("input[name=query]").first.click()
    page.locator("input[name=query]").first.press_sequentially(words)
    page.keyboard.press("End")  # Chinese comes from an input method: the search waits for a key
    page.locator(f".md-search-result__link[href*='{found}']").first.wait_for(timeout=20_000)
    assert not page_log.blocked
    assert not page_log.page_errors


@pytest.mark.parametrize("page_of", ["tutorial.md", "tutorial.zh-CN.md"])
def test_pictures_of_the_tutorial(page_of: str) -> None:
    key = "zh" if page_of.endswith(ZH) else "en"
    named = re.findall(r"!\[[^\]]+\]\(images/([a-z]+)-(zh|en)\.png\)", (DOCS / page_of).read_text(encoding="utf-8"))
    assert len(named) >= 12
    for name, language in named:
        assert language == key
        assert (DOCS / "images" / f"{name}-{key}.png").stat().st_size <= MOST_BYTES
    kept = {file.name for ending in ("png", "txt") for file in (DOCS / "images").glob(f"*-{key}.{ending}")}
    assert kept == {f"{name}-{key}.{ending}" for name, _ in named for ending in ("png", "txt")}, (
        "each is shown, no other"
    )


def commands() -> list[tuple[str, str]]:
    """Every innograph command of a `console` block, with the page it is on."""
    found = []
    for page in [*pages(), ROOT / "README.md", ROOT / "README.zh-CN.md"]:
        for block in re.findall(r"^```(?:console|sh)\n(.*?)^```", page.read_text(encoding="utf-8"), re.DOTALL | re.M):
            for line in block.splitlines():
                call = line.removeprefix("$ ").split("   #")[0].strip()
                if call.startswith("innograph ") and page.parent.name != "reference":
                    found.append((page.name, call))
    return found


def test_commands_that_are_shown_exist() -> None:
    shown = commands()
    assert len(shown) > 60
    questions = {question.id: question for question in load_catalogue()}
    for page, call in shown:
        words = shlex.split(call)[1:]
        words = [word for word in words if word not in (">", "<")]
        command: click.Command = cli
        while isinstance(command, click.Group) and words:
            word = words.pop(0)
            if word in OWN_OPTIONS:
                words.pop(0)
                continue
            assert word in command.commands, (page, call)
            command = command.commands[word]
            if not words or words[0] not in getattr(command, "commands", {}):
                break
        options = {name for option in command.params for name in (*option.opts, *option.secondary_opts)} | OWN_OPTIONS
        if command.name == "ask" and words and words[0] in questions:
            options |= {f"--{name.replace('_', '-')}" for name in (one.name for one in questions[words[0]].parameters)}
        if command.name == "ask" and words and words[0] == "short-deadline":  # the question of that page's own
            options |= {"--year"}
        wrong = [word for word in words if re.match(r"--?[a-z]", word) and word.split("=")[0] not in options]
        assert not wrong, (page, call)


def test_the_page_of_commands_is_up_to_date() -> None:
    made = generated_files(cli)
    differing = {name: made[name].splitlines() for name in stale(DOCS, cli)}
    now = {name: (DOCS / name).read_text(encoding="utf-8").splitlines() for name in differing}
    changes = [
        line for name in differing for line in difflib.unified_diff(now[name], differing[name], name, "made", n=0)
    ]
    assert changes == [], "run: innograph schema generate\n" + "\n".join(changes)


@pytest.mark.parametrize("name", ["api.md", "api.zh-CN.md"])
def test_calls_of_the_api_are_answered(workbench: Workbench, name: str) -> None:
    calls = re.findall(r"^curl (.+)$", (DOCS / "howto" / name).read_text(encoding="utf-8"), re.MULTILINE)
    assert len(calls) == 8
    with workbench.client() as client:
        for call in calls:
            words = shlex.split(call)
            address = next(word for word in words if word.startswith("http://127.0.0.1:8765/"))
            given = [
                words[at + 1].partition("=") for at, word in enumerate(words) if word in ("-d", "--data-urlencode")
            ]
            answer = client.get(urlsplit(address).path, params={key: value for key, _, value in given})
            assert answer.status_code == 200, (call, answer.text)
            assert len(answer.content) > 100


def test_the_question_that_the_howto_shows(tmp_path: Path) -> None:
    from innograph import Workspace, sample

    for name in ("questions.md", "questions.zh-CN.md"):
        text = (DOCS / "howto" / name).read_text(encoding="utf-8")
        block = re.search(r"^```cypher\n(.*?)^```", text, re.DOTALL | re.MULTILINE)
        assert block
        with Workspace.create(tmp_path / name) as workspace:
            (workspace.folder / "questions").mkdir()
            (workspace.folder / "questions" / "short-deadline.cypher").write_text(block[1], encoding="utf-8")
            workspace.load(sample("changji") / "plan.txt")
            ends = [
                data.get("year") for node, data in workspace.networkx().nodes(data=True) if node.startswith("Target:")
            ]
            assert len(workspace.ask("short-deadline", year=2023)) == ends.count(2023) > 30
            assert len(workspace.ask("short-deadline", year=2022)) == 0
