"""Who is who, judged in the browser: with keys, with buttons, without script; and a question never comes back."""

from __future__ import annotations

import csv
import io
import re
from typing import TYPE_CHECKING

import pytest

from innograph import Workspace
from innograph.graph.ledger.judgements import Verdict
from innograph.graph.recognition.candidates import Candidate
from innograph.graph.text import Text
from innograph.visualize.workbench.reviewing import Found, pages_of

if TYPE_CHECKING:
    from pathlib import Path

    from browser import PageLog
    from playwright.sync_api import Page
    from workbench_server import Workbench, WorkbenchOf

# Two pairs whose names differ by a word that says nothing; two bureaus that are two.
ROSTER = """企业名称,备注
甲云科技有限公司,
甲云科技股份有限公司,
乙禾农业发展有限公司,
乙禾农业有限公司,
"""
PLAN = """示例县科技创新行动方案
一、重点任务
（一）建设创新平台。到2025年建设平台2个以上。
牵头单位：昌吉州科技局
配合单位：昌吉市科技局
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A workspace with two pairs of companies that may be one, and two bureaus."""
    roster, plan = tmp_path / "名录.csv", tmp_path / "方案.txt"
    roster.write_text(ROSTER, encoding="utf-8")
    plan.write_text(PLAN, encoding="utf-8")
    made = tmp_path / "workspace"
    with Workspace.create(made) as workspace:
        workspace.load(roster)
        workspace.load(plan)
        workspace.build()
    return made


def open_pairs(workbench: Workbench) -> int:
    """How many pairs the page says are open, when all are found."""
    for _ in range(100):
        page = workbench.get("/review").text
        if "data-job" not in page:
            found = re.search(r"(\d+)对可能是同一个", page)
            return int(found[1]) if found else 0
    raise AssertionError("it still looks for pairs")


def pair_of(page: str, number: int) -> dict[str, str]:
    """The hidden fields of a pair's form."""
    form = page.split('<form class="judge"')[number].partition("</form>")[0]
    return dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', form))


def standing(folder: Path) -> list[tuple[str, str, str]]:
    with Workspace(folder) as workspace:
        return [(one.left, one.right, one.verdict.value) for one in workspace.judgements.standing()]


class TestJourney:
    def test_side_by_side_and_not_the_same(
        self, folder: Path, workbench_of: WorkbenchOf, page: Page, page_log: PageLog
    ) -> None:
        workbench = workbench_of(folder)
        page.goto(workbench.url("/review"))
        page.get_by_label("比较两个").fill("昌吉州科技局")
        page.get_by_label("和", exact=True).fill("昌吉市科技局")
        page.get_by_role("button", name="并排看").click()
        page.locator(".pair").wait_for()  # of one pair: of several this would fail
        assert page.get_by_text("「昌吉州科技局」 方案.txt 一（一） 第4行").count() == 1
        page.get_by_role("button", name="不同").click()
        page.get_by_text("已判定：").wait_for()
        assert [verdict for *_, verdict in standing(folder)] == ["different"]
        page_log.assert_clean()

    def test_keys(self, folder: Path, workbench_of: WorkbenchOf, page: Page, page_log: PageLog) -> None:
        workbench = workbench_of(folder)
        assert open_pairs(workbench) == 2
        page.goto(workbench.url("/review"))
        first = page.locator(".pair h2").first.inner_text()
        page.keyboard.press("s")
        assert page.evaluate("document.activeElement.id") == "pair-2"
        page.keyboard.press("n")
        page.get_by_text("已判定：").wait_for()
        assert page.locator(".pair").count() == 1
        assert page.locator(".pair h2").inner_text() == first
        page.wait_for_function("document.activeElement.id === 'pair-1'")
        page.keyboard.press("u")
        page.get_by_text("还有2对待核对").wait_for()
        assert standing(folder) == []
        page_log.assert_clean()

    def test_keys_in_a_note_are_letters(self, folder: Path, workbench_of: WorkbenchOf, page: Page) -> None:
        workbench = workbench_of(folder)
        assert open_pairs(workbench) == 2
        page.goto(workbench.url("/review"))
        page.locator("textarea").first.fill("")
        page.locator("textarea").first.press_sequentially("any")
        assert page.locator("textarea").first.input_value() == "any"
        assert standing(folder) == []


class TestPages:
    def test_a_question_never_comes_back(self, folder: Path, workbench_of: WorkbenchOf) -> None:
        workbench = workbench_of(folder)
        assert open_pairs(workbench) == 2
        form = pair_of(workbench.get("/review").text, 1)
        answer = workbench.post("/review/judge", {**form, "verdict": "different", "author": "规划科", "note": "两家"})
        assert answer.status_code == 303
        assert open_pairs(workbench) == 1
        again = workbench_of(folder)
        assert open_pairs(again) == 1
        page = again.get("/review/history").text
        assert "规划科" in page
        assert "两家" in page

    def test_the_same_become_one(self, folder: Path, workbench_of: WorkbenchOf) -> None:
        workbench = workbench_of(folder)
        assert open_pairs(workbench) == 2
        with Workspace(folder) as workspace:
            before = workspace.cypher("MATCH (n:Enterprise) RETURN count(n) AS n").rows[0][0]
        workbench.post("/review/judge", {**pair_of(workbench.get("/review").text, 1), "verdict": "same", "author": "x"})
        assert open_pairs(workbench) == 1
        with Workspace(folder) as workspace:
            assert workspace.cypher("MATCH (n:Enterprise) RETURN count(n) AS n").rows[0][0] == before - 1

    def test_withdrawn_it_is_asked_again(self, folder: Path, workbench_of: WorkbenchOf) -> None:
        workbench = workbench_of(folder)
        assert open_pairs(workbench) == 2
        workbench.post(
            "/review/judge", {**pair_of(workbench.get("/review").text, 1), "verdict": "different", "author": "x"}
        )
        later = workbench_of(folder)  # where the pair is not among those that were found
        assert open_pairs(later) == 1
        number = re.findall(r'name="number" value="(\d+)"', later.get("/review/history").text)[0]
        later.post("/review/withdraw", {"number": number})
        assert open_pairs(later) == 2
        assert "已于" in later.get("/review/history").text

    def test_what_others_contradict_is_refused_with_the_reason(self, folder: Path, workbench_of: WorkbenchOf) -> None:
        workbench = workbench_of(folder)
        a, b, c = (f"Enterprise:{name}" for name in ("甲云科技有限公司", "甲云科技股份有限公司", "乙禾农业有限公司"))
        for left, right in ((a, b), (b, c)):
            workbench.post("/review/judge", {"left": left, "right": right, "verdict": "same", "author": "x"})
        answer = workbench.post("/review/judge", {"left": a, "right": c, "verdict": "different", "author": "x"})
        assert answer.status_code == 400
        assert "甲云科技股份有限公司" in answer.text
        assert len(standing(folder)) == 2

    def test_who_decides_is_remembered(self, folder: Path, workbench_of: WorkbenchOf, page: Page) -> None:
        workbench = workbench_of(folder)
        page.goto(workbench.url("/review"))
        page.get_by_label("判定人").fill("规划科")
        page.get_by_role("button", name="记住").click()
        page.goto(workbench.url("/review"))
        assert page.get_by_label("判定人").input_value() == "规划科"

    def test_only_what_has_a_text_in_its_name(self, folder: Path, workbench_of: WorkbenchOf) -> None:
        workbench = workbench_of(folder)
        assert open_pairs(workbench) == 2
        page = workbench.get("/review?find=乙禾").text
        assert "1对可能是同一个" in page
        assert "甲云科技" not in page.partition("<main")[2]
        assert "没有需要核对的" in workbench.get("/review?type=Platform").text

    def test_names_that_mean_nothing_are_told(self, folder: Path, workbench_of: WorkbenchOf) -> None:
        page = workbench_of(folder).get("/review?one=没有的局&other=昌吉市科技局")
        assert page.status_code == 200
        assert 'role="alert"' in page.text
        assert "没有的局" in page.text


class TestFiles:
    def test_out_of_one_workspace_into_another(self, folder: Path, workbench_of: WorkbenchOf, tmp_path: Path) -> None:
        workbench = workbench_of(folder)
        note = "=1+1"
        with Workspace(folder) as workspace:
            workspace.judgements.judge(
                "Enterprise:甲云科技有限公司",
                "Enterprise:甲云科技股份有限公司",
                Verdict.DIFFERENT,
                note,
                author="规划科",
            )
        told = workbench.get("/review/judgements.csv")
        assert "attachment" in told.headers["content-disposition"]
        rows = list(csv.DictReader(io.StringIO(told.text.removeprefix("\ufeff"))))
        assert [row["author"] for row in rows] == ["规划科"]
        assert not rows[0]["note"].startswith("=")
        assert len(workbench.get("/review/judgements.jsonl").text.splitlines()) == 1
        other = tmp_path / "other"
        Workspace.create(other).close()
        second = workbench_of(other)
        with second.client(origin=second.address) as client:
            answer = client.post("/review/import", files={"file": ("<b>判定</b>.csv", told.content)})
        assert answer.status_code == 200
        assert "新增 1 条" in answer.text
        assert "<b>判定" not in answer.text
        assert [verdict for *_, verdict in standing(other)] == ["different"]

    def test_what_is_no_such_file(self, folder: Path, workbench_of: WorkbenchOf) -> None:
        workbench = workbench_of(folder)
        with workbench.client(origin=workbench.address) as client:
            assert client.post("/review/import", files={"file": ("", b"")}).status_code == 400
            answer = client.post("/review/import", files={"file": ("a.csv", b"\x00\x01\x02")})
            assert answer.status_code >= 400
            assert "a.csv" in answer.text
        assert standing(folder) == []


def test_pages_of_pairs() -> None:
    pairs = [Candidate(f"Enterprise:{n:02}", "Enterprise:x", 0.9, (), ()) for n in range(25)]
    assert [one.left[-2:] for one in pages_of(pairs, 3, 10)[0]] == ["20", "21", "22", "23", "24"]
    assert pages_of(pairs, 99, 10)[1:] == (3, 3)
    assert pages_of(pairs, 0, 10)[1:] == (1, 3)


def test_found_pairs_that_are_open() -> None:
    import datetime as dt

    from innograph.graph.ledger.standing import Judgement

    at = dt.datetime(2026, 1, 1, tzinfo=dt.UTC)
    found = Found(
        (
            Candidate("Enterprise:a", "Enterprise:b", 0.9, (Text("理由", "why"),), ()),
            Candidate("Enterprise:a", "Enterprise:c", 0.8, (), ()),
            Candidate("Institute:d", "Institute:e", 0.7, (), ()),
        ),
        {"Institute:d": "Ｄ 研究院"},
    )
    same = Judgement(1, "Enterprise:b", "Enterprise:c", Verdict.SAME, "", "x", at)
    different = Judgement(2, "Enterprise:a", "Enterprise:b", Verdict.DIFFERENT, "", "x", at)
    assert len(found.open([same])) == 3
    assert [one.left for one in found.open([same, different])] == ["Institute:d"]  # a is not c either, since b is c
    assert [one.left for one in found.open([], find="d 研究")] == ["Institute:d"]
    assert found.open([], ["Platform"]) == []
    assert found.kinds() == ["Organisation"]
    assert len(found.open([], ["Organisation"])) == 3
