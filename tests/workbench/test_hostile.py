"""Texts that would like to run, in every field that can come in: they are shown as texts, and nothing runs or leaves."""

from __future__ import annotations

import csv
import io
import shutil
import time
import zipfile
from typing import TYPE_CHECKING
from urllib.parse import quote, urlencode

import docx
import openpyxl
import pytest
from workbench_server import running

from innograph import Workspace
from innograph.graph.ledger.judgements import Verdict
from innograph.graph.ledger.triage import State
from innograph.graph.settings import Settings

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from browser import PageLog
    from playwright.sync_api import Page
    from workbench_server import Workbench

SCRIPT = "<script>window.ran=1</script>"
IMAGE = '"><img src=x onerror=window.ran=1>'
ADDRESS = "javascript:window.ran=1"
TEMPLATE = "{{7*7}}"
FORMULA = "=cmd|'/c calc'!A1"
TURNED = "\u202egnp.exe"
ALL = f"{IMAGE}'{SCRIPT}{TEMPLATE}{ADDRESS}"

PLAN = f"""示例县{SCRIPT}科技创新行动方案
一、重点{IMAGE}任务
（一）建设{IMAGE}平台。到2025年建设{TEMPLATE}平台2个以上。
牵头单位：县{SCRIPT}局、县科技局
配合单位：县{IMAGE}局、{FORMULA}局
（二）开办{SCRIPT}讲座。{ADDRESS}
牵头单位：县文旅局、县{TURNED}局
"""
ENTERPRISES = [
    ["企业名称", "所在区域", "所属产业", "梯度", f"备注{SCRIPT}"],
    [f"{SCRIPT}科技有限公司", f"{IMAGE}市", f"{IMAGE}产业", IMAGE, SCRIPT],
    [f"{IMAGE}材料有限公司", SCRIPT, f"{IMAGE}产业", SCRIPT, FORMULA],
    [f"{FORMULA}有限公司", "昌吉市", f"{SCRIPT}产业", TEMPLATE, TURNED],
    [f"{TEMPLATE}有限公司", ADDRESS, FORMULA, ADDRESS, ADDRESS],
    [f"{ADDRESS}有限公司", "昌吉市", f"{SCRIPT}产业", "", ""],
]
INSTITUTES = [
    ["院所名称", "所在区域", "研究领域", "别名"],
    [f"{IMAGE}大学", f"{IMAGE}市", f"{IMAGE}产业", SCRIPT],
    [f"{SCRIPT}研究所", "昌吉市", f"{SCRIPT}产业", IMAGE],
]
OWN_QUESTION = f"""---
topic: search
title: {{ zh: '{SCRIPT}长名', en: '{SCRIPT}Long names' }}
question: {{ zh: '{IMAGE.replace('"', "")}名称有几个字？', en: 'Long {SCRIPT}' }}
definition: {{ zh: '{SCRIPT}', en: '{SCRIPT}' }}
columns:
  name: {{ zh: '名称{SCRIPT}', en: 'Name{SCRIPT}' }}
  evidence: {{ zh: 依据, en: Evidence }}
---
MATCH (o:Organisation)
RETURN o.name AS name, [o.id] AS evidence ORDER BY name, evidence
"""
OWN_PACK = f"""title: {{ zh: '{SCRIPT}名单', en: '{SCRIPT}list' }}
match: [[孵化企业]]
columns: {{ name: {{ zh: 孵化企业, en: Incubated firm, required: true }} }}
nodes: [{{ as: firm, type: Enterprise, name: name }}]
"""
SHEET = "<svg onload=window.ran=1>"
PROJECTS = [
    ["项目名称", "项目编号", "牵头单位", "参与单位", "金额（万元）", "开始日期", "结束日期"],
    [f"{SCRIPT}研制", IMAGE, f"{SCRIPT}科技有限公司", f"{IMAGE}大学", "120", "2021-03-01", "2022-12-31"],
    [f"{IMAGE}中试", SCRIPT, f"{FORMULA}有限公司", f"{SCRIPT}研究所", "-1+1", "2021-06-01", IMAGE],
]
MARKUP = """() => {
  const own = "script:not([src]):not([type='application/json'])";
  const wrong = "[onerror], [onload], [onmouseover], [onclick], img[src='x'], iframe, object, a[href^='javascript:' i]";
  return [...document.querySelectorAll(`${own}, ${wrong}`)].map((one) => one.outerHTML.slice(0, 200));
}"""


def table(path: Path, rows: list[list[str]]) -> Path:
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows(rows)
    return path


def workbook(path: Path) -> Path:
    """A roster whose sheets, too, are named so."""
    book = openpyxl.Workbook()
    book.worksheets[0].title = SHEET
    for row in (["企业名称", "所在区域"], [f"表中{SCRIPT}有限公司", IMAGE]):
        book.worksheets[0].append(row)
    book.create_sheet(f"{SHEET}隐").sheet_state = "hidden"
    book.save(path)
    return path


def word(path: Path) -> Path:
    """A plan in Word with the texts in its head, its foot, its table and what it says of itself."""
    made = docx.Document()
    made.core_properties.author = made.core_properties.title = IMAGE
    made.sections[0].header.paragraphs[0].text = SCRIPT
    made.sections[0].footer.paragraphs[0].text = IMAGE
    for line in (f"示例乡{SCRIPT}科普行动方案", "一、重点任务", f"（一）建设{IMAGE}基地。到2025年建设3个以上。"):
        made.add_paragraph(line)
    made.add_paragraph(f"牵头单位：乡{SCRIPT}办")
    made.save(str(path))
    return path


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workbench]:
    """A workbench on files whose every name, header and cell would like to run."""
    home = tmp_path_factory.mktemp("hostile")
    plan = home / "方案<img src=x onerror=window.ran=1>.txt"
    plan.write_text(PLAN, encoding="utf-8")
    files = [
        plan,
        table(home / "企业<svg onload=window.ran=1>.csv", ENTERPRISES),
        table(home / "院所'\".csv", INSTITUTES),
        table(home / "项目.csv", PROJECTS),
        workbook(home / "表.xlsx"),
    ]
    with Workspace.create(home / "workspace", Settings(title=ALL)) as workspace:
        aliases = f"alias,name,valid_from,valid_to,source\n{SCRIPT}所,{SCRIPT}研究所,,,{SCRIPT}\n"
        (home / "workspace" / "aliases.csv").write_text(aliases, encoding="utf-8")
        for folder, name, text in (("questions", "long.cypher", OWN_QUESTION), ("packs", "mine.yaml", OWN_PACK)):
            (home / "workspace" / folder).mkdir(exist_ok=True)
            (home / "workspace" / folder / name).write_text(text, encoding="utf-8")
        for file in files:
            workspace.load(file)
        workspace.load(word(home / "科普.docx"), edition=IMAGE)
        workspace.build()
        for finding in workspace.findings()[:4]:
            workspace.triage.decide(finding.id, State.DISMISSED, ALL, author=ALL)
        names = [f"Enterprise:{name}" for name in (ENTERPRISES[1][0], ENTERPRISES[2][0])]
        workspace.judgements.judge(*names, Verdict.DIFFERENT, ALL, author=ALL)
    with running(home / "workspace") as started:
        yield started


@pytest.fixture
def watched(page: Page, page_log: PageLog) -> Iterator[Page]:
    """A page on which nothing of the texts may run: no flag, no dialog, no request elsewhere, no markup, no word of the policy."""
    dialogs: list[str] = []
    page.on("dialog", lambda dialog: (dialogs.append(dialog.message), dialog.dismiss()))
    yield page
    assert dialogs == []
    assert page_log.blocked == []
    assert page_log.page_errors == []
    # That an address is not there is said on the console too; that the policy stopped something must not be.
    assert [one for one in page_log.console_errors if "Failed to load resource" not in one] == []


def visit(page: Page, workbench: Workbench, path: str) -> None:
    answer = page.goto(workbench.url(path))
    assert answer is not None
    assert answer.status < 500, path
    for part in page.locator("[data-part]").all():
        part.locator("p").first.wait_for()
    assert page.evaluate("window.ran") is None, path
    assert page.evaluate(MARKUP) == [], path


def things(workbench: Workbench) -> list[str]:
    """The ids of all that bears one of the texts in its name."""
    with Workspace(workbench.folder) as workspace:
        found = workspace.cypher("MATCH (n) RETURN n.id AS id, n.name AS name ORDER BY id").rows
    return [str(own) for own, name in found if any(text in str(name) for text in (SCRIPT, IMAGE, TEMPLATE, FORMULA))]


class TestFromFiles:
    PAGES = (
        "/",
        "/q/matrix",
        "/q/load",
        "/q/targets",
        "/q/joint-leads",
        "/q/partnerless",
        "/q/partner-coverage",
        "/q/industry-institute",
        "/q/region-matrix",
        "/findings",
        "/cooperation",
        "/explore?kind=cooperation",
        "/sources",
        "/review",
        "/review/history",
        "/report",
    )

    def test_pages_that_show_them(self, hostile: Workbench, watched: Page) -> None:
        for path in self.PAGES:
            visit(watched, hostile, path)
        watched.goto(hostile.url("/findings?state=dismissed"))
        assert watched.locator(".decision").first.inner_text().count(TEMPLATE) == 2  # the note, and who decided

    def test_pages_of_things_sources_and_proofs(self, hostile: Workbench, watched: Page) -> None:
        own = things(hostile)
        assert {one.partition(":")[0] for one in own} >= {"Task", "Target", "Enterprise", "Institute", "Project"}
        for thing in own:
            visit(watched, hostile, f"/thing/{quote(thing, safe='/:')}?evidence={quote(thing, safe='')}")
        with Workspace(hostile.folder) as workspace:
            names = dict(workspace.cypher("MATCH (n:Enterprise) RETURN n.id, n.name").rows)
            sources = workspace.status().sources
        firm = next(one for one, name in names.items() if SCRIPT in name)
        visit(watched, hostile, f"/thing/{quote(firm, safe='/:')}")
        assert watched.locator("h1").inner_text() == names[firm]
        for source in sources:
            visit(watched, hostile, f"/sources/{source.sha256}")
        visit(watched, hostile, f"/explore?centre={quote(firm, safe='')}&depth=2")
        visit(watched, hostile, f"/q/suggest-partners?body={quote(firm, safe='')}")

    def test_questions_and_kinds_of_tables_of_the_workspace(self, hostile: Workbench, watched: Page) -> None:
        visit(watched, hostile, "/ask")
        assert f"{SCRIPT}长名" in watched.locator("main").inner_text()
        visit(watched, hostile, "/q/long")
        assert f"名称{SCRIPT}" in watched.locator("table.rows thead").inner_text()
        visit(watched, hostile, "/uploads")
        with hostile.client(origin=hostile.address) as client:
            sent = client.post("/uploads", files={"file": ("无名.csv", f"甲,{SCRIPT}\n1,{IMAGE}\n".encode())})
        visit(watched, hostile, sent.headers["location"])
        assert watched.get_by_text(f"{SCRIPT}名单").count()

    def test_sheets_editions_and_what_word_says_of_itself(self, hostile: Workbench, watched: Page) -> None:
        with Workspace(hostile.folder) as workspace:
            sources = {one.name: one.sha256 for one in workspace.status().sources}
            plans = dict(workspace.cypher("MATCH (p:Plan) RETURN p.name, p.id").rows)
            (firm,) = (
                row[0] for row in workspace.cypher("MATCH (e:Enterprise) WHERE e.name CONTAINS '表中' RETURN e.id").rows
            )
        visit(watched, hostile, f"/sources/{sources['表.xlsx']}")
        assert SHEET in watched.locator("main").inner_text()
        visit(watched, hostile, f"/evidence/{quote(str(firm), safe='/:')}")
        assert SHEET in watched.locator("main").inner_text()
        visit(watched, hostile, f"/sources/{sources['科普.docx']}")
        plan = next(own for name, own in plans.items() if "科普" in str(name))
        assert IMAGE in str(plan) or IMAGE in hostile.get(f"/thing/{quote(str(plan), safe='')}.json").text.replace(
            '\\"', '"'
        )
        visit(watched, hostile, f"/thing/{quote(str(plan), safe='/:')}")

    def test_who_decides_is_a_cookie_and_no_markup(self, hostile: Workbench, watched: Page) -> None:
        watched.context.add_cookies([{"name": "innograph_author", "value": quote(ALL), "url": hostile.address}])
        for path in ("/findings", "/review"):
            visit(watched, hostile, path)
            assert watched.locator("#author").input_value() == ALL[:60]

    def test_names_that_are_offered_while_one_types(self, hostile: Workbench, watched: Page) -> None:
        visit(watched, hostile, "/q/unit")
        watched.locator("#p-unit").press_sequentially("县")
        watched.locator(".suggestions button").first.wait_for()
        assert watched.evaluate("window.ran") is None

    def test_no_export_begins_with_a_formula(self, hostile: Workbench) -> None:
        for question in ("partnerless", "matrix", "partner-coverage"):
            rows = list(csv.reader(io.StringIO(hostile.get(f"/q/{question}.csv").text.removeprefix("\ufeff"))))
            assert len(rows) > 1
            for cell in (cell for row in rows for cell in row):
                assert not cell.lstrip().startswith(("=", "+", "@")), cell
                assert not cell.startswith("-"), cell
        assert FORMULA in hostile.get("/q/partnerless.csv").text

    def test_the_report_as_a_page(self, hostile: Workbench, watched: Page, tmp_path: Path) -> None:
        visit(watched, hostile, "/report")
        watched.locator("#report-title").fill(ALL)
        with watched.expect_download() as downloaded:
            watched.locator("button[value=html]").click()
        file = tmp_path / "report.html"
        shutil.copyfile(downloaded.value.path(), file)
        watched.goto(file.as_uri())
        assert TEMPLATE in watched.locator("body").inner_text()
        assert watched.evaluate("window.ran") is None
        assert not [one for one in watched.evaluate(MARKUP) if "window.ran" in one]


class TestFromAddresses:
    FIELDS = (
        ("/", "lang", "evidence", "as_of"),
        ("/search", "q"),
        ("/ask", "q"),
        ("/go", "name", "kinds"),
        ("/q/unit", "unit", "role", "asked"),
        ("/q/load", "find", "sort", "page"),
        ("/q/load", "as_of"),
        ("/q/due", "year"),
        ("/q/matrix", "units", "tasks", "least"),
        ("/q/targets", "plan"),
        ("/findings", "state", "severity", "rule", "page", "problem", "note", "decided"),
        ("/findings", "id"),
        ("/cooperation", "by"),
        ("/explore", "centre", "to", "types", "depth"),
        ("/explore", "kind", "hidden", "expanded", "selected"),
        ("/review", "one", "other", "find", "type", "last"),
        ("/report", "plan", "state", "finding", "as_of"),
        ("/sources", "unloaded"),
    )
    IN_PATHS = ("/q/", "/thing/", "/evidence/", "/sources/", "/jobs/", "/uploads/", "/report/files/", "/", "/parts/")

    def test_of_pages(self, workbench: Workbench, watched: Page) -> None:
        for path, *fields in self.FIELDS:
            visit(watched, workbench, f"{path}?{urlencode(dict.fromkeys(fields, ALL))}")
        for path in self.IN_PATHS:
            visit(watched, workbench, path + quote(ALL, safe=""))

    def test_what_was_searched_for_is_shown_as_it_was_typed(self, workbench: Workbench, watched: Page) -> None:
        watched.goto(workbench.url("/ask"))
        watched.locator("#top-search").fill(ALL)
        with watched.expect_navigation():
            watched.keyboard.press("Enter")
        assert ALL in watched.locator("h1").inner_text()
        assert watched.evaluate("window.ran") is None

    @pytest.mark.parametrize(
        "elsewhere",
        [
            "javascript:window.ran=1",
            "//evil.example/",
            "https://evil.example/",
            "/\\evil.example",
            "\\\\evil.example",
            "/findings\r\nSet-Cookie: innograph_author=x",
            " //evil.example",
            "data:text/html,x",
        ],
    )
    def test_no_form_leads_elsewhere(self, workbench: Workbench, elsewhere: str) -> None:
        for path in ("/findings/author", "/review/author"):
            answer = workbench.post(path, {"author": "规划科", "next": elsewhere})
            assert answer.status_code == 303
            assert answer.headers["location"].startswith(("/findings", "/review"))
            assert "evil" not in answer.headers["location"]
            assert len(answer.headers.get_list("set-cookie")) == 1


class TestFromFilesThatAreSent:
    """Files that would be read if nothing were done about them: all but the one thing is in order."""

    def test_an_entity_is_never_resolved(self, workbench: Workbench, tmp_path: Path) -> None:
        secret = tmp_path / "secret.txt"
        secret.write_text("秘密七三一", encoding="utf-8")
        sent = document(f'<!DOCTYPE w [<!ENTITY secret SYSTEM "{secret.as_uri()}">]>', "&secret;平台")
        for content in (sent, document("", "创新平台")):
            page = looked_at(workbench, "方案.docx", content)
            assert "秘密七三一" not in page
        assert "创新平台" in page  # without the entity it is read

    def test_a_file_that_swells_is_refused_before_it_is_unpacked(self, workbench: Workbench) -> None:
        filling = f"<!--{' ' * 1000}-->" * 150_000
        swelling = document("", "创新平台", filling)
        assert len(swelling) * 200 < len(filling)
        page = looked_at(workbench, "方案.docx", swelling)
        assert 'role="alert"' in page
        assert "创新平台" not in page


def document(doctype: str, subject: str, filling: str = "") -> bytes:
    """A Word document with a plan of one task, and something in its XML that Word would not write."""
    made = docx.Document()
    for line in (
        "示例县科技创新行动方案",
        "一、重点任务",
        "（一）建设SUBJECT。到2025年建成2个以上。",
        "牵头单位：县科技局",
    ):
        made.add_paragraph(line)
    plain, out = io.BytesIO(), io.BytesIO()
    made.save(plain)
    with zipfile.ZipFile(plain) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            content = old.read(name)
            if name == "word/document.xml":
                head, found, rest = content.decode().partition("<w:document")
                assert found
                assert "SUBJECT" in rest
                content = (head + doctype + found + rest.replace("SUBJECT", subject) + filling).encode()
            new.writestr(name, content)
    return out.getvalue()


def looked_at(workbench: Workbench, name: str, content: bytes) -> str:
    """The page that a file leads to, when it has been looked at."""
    with workbench.client(origin=workbench.address) as client:
        answer = client.post("/uploads", files={"file": (name, content)}, follow_redirects=True)
        for _ in range(200):
            if "data-running" not in answer.text:
                return answer.text
            time.sleep(0.1)
            answer = client.get(answer.url)
    raise AssertionError("it is still looked at")
