"""``innograph review`` as people use it: keys on a real terminal, lines from a script, and commands that name both."""

from __future__ import annotations

import csv
import getpass
import io
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

import innograph
from innograph.cli import cli
from innograph.graph.ledger import Ledger, NewSource
from innograph.graph.ledger.judgements import Verdict
from innograph.graph.recognition.candidates import Candidate
from innograph.graph.records import EdgeAssertion, Evidence, Locator, NodeAssertion
from innograph.graph.text import Text

A, B, C = "Enterprise:甲科技有限公司", "Enterprise:甲科技公司", "Enterprise:乙实业有限公司"
D, E = "Institute:丙研究院", "Institute:丙研究所"
PLACE = "Region:652301"
# What could be asked is given here, so that these tests are about the asking alone.
ASKED = [
    Candidate(A, B, 0.91, (Text("名称相近", "the names are alike"),), ()),
    Candidate(B, C, 0.8, (), (Text("名称不同", "the names differ"),)),
    Candidate(A, C, 0.75, (), ()),
    Candidate(D, E, 0.7, (), ()),
]
# The same in a process of its own.
PROGRAM = f"""
from innograph.cli import main
from innograph.graph.recognition.candidates import Candidate
from innograph.graph.text import Text
from innograph.workspace import Workspace
Workspace.candidates = lambda self, least, _: {ASKED!r}
main()
"""


@pytest.fixture(autouse=True)
def asked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(
        innograph.Workspace,
        "candidates",
        lambda _, least, __: [one for one in ASKED if one.score >= least],
        raising=False,
    )


def company(node: str, row: int, **properties: object) -> NodeAssertion:
    label, _, name = node.partition(":")
    quote = f"{name} | 第{row}行"
    return NodeAssertion(label, node, {"name": name, **properties}, Evidence(quote, Locator(row=row)))


@pytest.fixture
def ws(tmp_path: Path) -> Path:
    folder = tmp_path / "ws"
    innograph.Workspace.create(folder).close()
    there = Evidence("昌吉市", Locator(row=2))
    said = [
        company(A, 2, credit_code="911100000000000006", aliases=["甲公司"]),
        company(B, 3),
        company(C, 4),
        company(D, 5),
        company(E, 6),
        NodeAssertion("Region", PLACE, {"name": "昌吉市"}, there),
        EdgeAssertion("LOCATED_IN", A, PLACE, there),
        *(NodeAssertion("Enterprise", A, {}, Evidence(f"第{n}处\x1b[31m", Locator(row=n))) for n in range(10, 14)),
    ]
    with Ledger.open(folder / "ledger.sqlite") as ledger:
        ledger.record(NewSource("roster.csv", "roster.csv", "a" * 64, 1, "table", "1"), said, [])
    return folder


def call(ws: Path, *words: str, typed: str = "", lang: str = "en") -> Result:
    """Run ``innograph review`` in this process: the only tests that need their own are about signals and terminals."""
    result = CliRunner().invoke(cli, ["-w", str(ws), "review", *words], input=typed, env={"INNOGRAPH_LANG": lang})
    if result.exception and not isinstance(result.exception, SystemExit):
        raise result.exception
    return result


def judged(ws: Path) -> dict[tuple[str, str], Verdict]:
    with Ledger.open(ws / "ledger.sqlite") as ledger:
        return {j.pair: j.verdict for j in ledger.judgements.standing()}


def pair(one: str, other: str) -> tuple[str, str]:
    return (one, other) if one < other else (other, one)


class TestLines:
    def test_decided_one_by_one(self, ws: Path) -> None:
        done = call(ws, "--author", "reviewer", typed="y\nn\ny\n")
        assert done.exit_code == 0, done.stderr
        assert judged(ws) == {
            pair(A, B): Verdict.SAME,
            pair(B, C): Verdict.DIFFERENT,
            pair(D, E): Verdict.SAME,  # the third pair follows from the first two and is not asked
        }
        assert [f"\n{n}/4\n" in f"\n{done.stdout}" for n in (1, 2, 3, 4)] == [True, True, False, True]
        assert "2 the same, 1 different, 0 skipped, 1 follow from judgements, 0 not seen" in done.stderr
        assert "The graph is up to date: 4 nodes, 1 edges" in done.stderr  # A with B, C, D with E, the region

    def test_both_sides_are_shown(self, ws: Path) -> None:
        done = call(ws, typed="q\n", lang="zh")
        for shown in (
            "甲科技有限公司",
            "甲科技公司",
            "企业",
            "昌吉市",
            "统一社会信用代码",
            "911100000000000006",
            "甲公司",
        ):
            assert shown in done.stdout
        for shown in ("「甲科技有限公司 | 第2行」", "roster.csv", "第3行", "0.91", "+ 名称相近"):
            assert shown in done.stdout
        # Five lines speak of the one side: three are shown.
        assert done.stdout.count("「") == 4
        assert "还有2处" in done.stdout
        assert "\x1b" not in done.stdout
        assert (judged(ws), "图谱已更新" in done.stderr) == ({}, False)

    def test_undo_goes_back(self, ws: Path) -> None:
        done = call(ws, typed="u\ny\nu\nn\nq\n")
        assert "Nothing was decided yet" in done.stderr
        assert judged(ws) == {pair(A, B): Verdict.DIFFERENT}
        assert done.stdout.count("\n1/4\n") == 2
        assert "0 the same, 1 different, 0 skipped, 0 follow from judgements, 3 not seen" in done.stderr

    def test_skipped_pairs_are_asked_again(self, ws: Path) -> None:
        assert "3 skipped" in call(ws, "--limit", "3", typed="s\ns\ns\n").stderr
        assert judged(ws) == {}
        assert "\n1/4\n" in call(ws, typed="q\n").stdout

    def test_the_end_of_the_input_ends_it(self, ws: Path) -> None:
        done = call(ws, typed="Y\n\n是\n")
        assert done.exit_code == 0
        assert judged(ws) == {pair(A, B): Verdict.SAME, pair(B, C): Verdict.SAME}
        assert "The graph is up to date" in done.stderr

    def test_unknown_keys_and_the_question_mark_help(self, ws: Path) -> None:
        done = call(ws, typed="what\n？\nyn\nq\n")
        assert done.stderr.count("innograph review withdraw takes one back") == 3
        assert judged(ws) == {}

    def test_a_failure_is_told_and_the_pair_stays_open(self, ws: Path) -> None:
        held = Ledger.open(ws / "ledger.sqlite")
        with held, held.writing():
            done = call(ws, typed="y\nq\n")
        assert (done.exit_code, "Another innograph is writing" in done.stderr) == (0, True)
        assert "4 not seen" in done.stderr

    def test_author(self, ws: Path) -> None:
        call(ws, typed="y\nq\n")
        call(ws, "--author", "colleague", "different", B, C)
        call(ws, "same", D, E, "--author", "third", "--note", "档案一致")
        with Ledger.open(ws / "ledger.sqlite") as ledger:
            history = ledger.judgements.history()
        assert [(j.author, j.note) for j in history] == [
            (getpass.getuser(), ""),
            ("colleague", ""),
            ("third", "档案一致"),
        ]

    def test_only_one_type_and_only_likely_ones(self, ws: Path) -> None:
        ids = [
            [row["left"] for row in json.loads(call(ws, "--format", "json", *words).stdout)]
            for words in ([], ["--type", "Institute"], ["--type", "Organisation"], ["--min-score", "0.8"])
        ]
        assert ids == [[A, B, A, D], [D], [A, B, A, D], [A, B]]
        wrong = call(ws, "--type", "Enterprize")
        assert (wrong.exit_code, "Enterprise" in wrong.stderr) == (2, True)

    def test_nothing_to_ask(self, ws: Path) -> None:
        done = call(ws, "--min-score", "1")
        assert (done.exit_code, "Nothing needs a decision" in done.stderr) == (0, True)


class TestList:
    def test_table(self, ws: Path) -> None:
        done = call(ws, "--list", typed="y\n")
        assert "甲科技公司" in done.stdout
        assert "the names differ" in done.stdout
        assert "4 rows" in done.stdout
        assert judged(ws) == {}

    def test_csv(self, ws: Path) -> None:
        rows = list(csv.DictReader(io.StringIO(call(ws, "--list", "--format", "csv").stdout.removeprefix("\ufeff"))))
        assert (rows[0]["left"], rows[0]["right_name"], rows[0]["reasons"]) == (A, "甲科技公司", "the names are alike")


class TestCommands:
    def test_things_are_named_in_any_way(self, ws: Path) -> None:
        done = call(ws, "different", "yishiye", B)
        assert done.exit_code == 0, done.stderr
        assert judged(ws) == {pair(B, C): Verdict.DIFFERENT}
        assert f"乙实业有限公司（{C}）" in done.stderr

    @pytest.mark.parametrize(
        ("words", "says"),
        [
            (["same", "没有这家企业", A], "no thing called"),
            (["same", "甲科技", C], "may be 2 different things"),
            (["same", A, "甲科技有限公司"], "one thing in the graph already"),
            (["same", A, PLACE], "different types"),
            (["withdraw", A, C], "No judgement on"),
            (["withdraw", "nine"], "no judgement's number"),
            (["withdraw", "99999"], "numbered 99999"),
            (["undo", "--author", "nobody"], "by nobody"),
            (["history", A], "name two things"),
            (["export", "x.xlsx"], ".jsonl"),
        ],
    )
    def test_wrong_calls(self, ws: Path, words: list[str], says: str) -> None:
        done = call(ws, *words)
        assert (done.exit_code, says in done.stderr) == (2, True), done.stderr
        assert judged(ws) == {}

    def test_contradiction(self, ws: Path) -> None:
        assert [call(ws, "same", *two).exit_code for two in ((A, B), (B, C))] == [0, 0]
        done = call(ws, "different", A, C)
        assert (done.exit_code, done.stderr.count(" = ")) == (2, 2), done.stderr
        assert "innograph review withdraw " in done.stderr

    def test_withdrawing_what_has_become_one(self, ws: Path) -> None:
        """The graph knows both by one id then, so names are looked for among the judgements."""
        call(ws, "same", A, B)
        call(ws, "same", D, E)
        assert call(ws, "withdraw", "甲科技公司", "甲科技有限公司").exit_code == 0
        assert judged(ws) == {pair(D, E): Verdict.SAME}
        assert call(ws, "withdraw", "2").exit_code == 0
        assert judged(ws) == {}

    def test_undo(self, ws: Path) -> None:
        call(ws, "different", A, B)
        call(ws, "same", A, B)
        done = call(ws, "undo")
        assert ("Undone: #2" in done.stderr, "stands again: #1" in done.stderr) == (True, True)
        assert judged(ws) == {pair(A, B): Verdict.DIFFERENT}

    def test_history(self, ws: Path) -> None:
        call(ws, "different", A, B, "--author", "reviewer")
        call(ws, "same", A, B, "--author", "reviewer")
        call(ws, "same", D, E, "--author", "reviewer")
        rows = json.loads(call(ws, "history", "--format", "json").stdout)
        assert [(r["verdict"], r["author"], r["withdrawn_at"] is None) for r in rows] == [
            ("different", "reviewer", False),
            ("same", "reviewer", True),
            ("same", "reviewer", True),
        ]
        assert {rows[0]["left_name"], rows[0]["right_name"]} == {"甲科技有限公司", "甲科技公司"}
        assert len(json.loads(call(ws, "history", A, B, "--format", "json").stdout)) == 2
        table = call(ws, "history", lang="zh").stdout
        assert ("同一" in table, "共3行" in table) == (True, True)

    @pytest.mark.parametrize("name", ["judgements.csv", "judgements.JSONL"])
    def test_export_and_import(self, ws: Path, tmp_path: Path, name: str) -> None:
        call(ws, "same", A, B, "--note", "=cmd", "--author", "reviewer")
        assert call(ws, "export", str(tmp_path / name)).exit_code == 0
        other = tmp_path / "other"
        innograph.Workspace.create(other).close()
        done = call(other, "import", str(tmp_path / name))
        assert (done.exit_code, "1 new, 0 known already" in done.stderr) == (0, True), done.stderr
        assert "No source states 2 of its ids" in done.stderr
        with Ledger.open(other / "ledger.sqlite") as there, Ledger.open(ws / "ledger.sqlite") as here:
            assert there.judgements.history() == here.judgements.history()
        assert "0 new, 1 known already" in call(other, "import", str(tmp_path / name)).stderr

    def test_import_tells_conflicts_and_bad_rows(self, ws: Path, tmp_path: Path) -> None:
        call(ws, "same", A, B)
        file = tmp_path / "x.csv"
        rows = [f"different,{A},{B},old,2020-01-01", f"perhaps,{D},{E},old,2020-01-01", f"same,{D},{E},old,2020-01-01"]
        file.write_text("\n".join(["verdict,left,right,author,decided_at", *rows]), encoding="utf-8")
        done = call(ws, "import", str(file))
        assert done.exit_code == 1
        assert f"{file}: 2 new, 0 known already, 0 withdrawn by the file, 1 in conflict, 1 bad rows" in done.stderr
        assert f"{file}:2: contradicts #1" in done.stderr
        assert "the one that was here" in done.stderr
        assert f"{file}:3: verdict is same or different, not “perhaps”" in done.stderr
        assert judged(ws) == {pair(A, B): Verdict.SAME, pair(D, E): Verdict.SAME}

    def test_no_such_file(self, ws: Path) -> None:
        done = call(ws, "import", "nowhere.csv")
        assert (done.exit_code, "nowhere.csv" in done.stderr) == (1, True)


@pytest.mark.skipif(sys.platform == "win32", reason="needs a terminal of Unix")
class TestProcess:
    def test_a_script_decides(self, ws: Path) -> None:
        """As ``printf 'y\\nn\\nq\\n' | innograph review``."""
        done = subprocess.run(
            [sys.executable, "-c", PROGRAM, "-w", str(ws), "review"],
            input="y\nn\nq\n",
            env={**os.environ, "INNOGRAPH_LANG": "zh"},
            capture_output=True,
            text=True,
            encoding="utf-8",
        )
        assert (done.returncode, "判为同一 1 对，不同 1 对" in done.stderr) == (0, True), done.stderr
        assert judged(ws) == {pair(A, B): Verdict.SAME, pair(B, C): Verdict.DIFFERENT}

    def test_what_is_decided_is_not_asked_again(self, ws: Path) -> None:
        """With the candidates that innograph itself finds, from the first question to the graph."""

        def real(*words: str, typed: str = "") -> str:
            return subprocess.run(
                [sys.executable, "-m", "innograph", "-w", str(ws), "--lang", "en", *words],
                input=typed,
                capture_output=True,
                text=True,
                encoding="utf-8",
                check=True,
            ).stdout

        ids = [(row["left"], row["right"]) for row in json.loads(real("review", "--format", "json"))]
        assert pair(A, B) in ids
        real("review", "--limit", "1", "--type", "Enterprise", typed="y\n")
        assert judged(ws) == {pair(A, B): Verdict.SAME}
        assert json.loads(real("review", "--format", "json", "--type", "Enterprise")) == []
        with innograph.Workspace(ws) as workspace:
            one, other = (workspace.ask("find", name=name) for name in ("甲科技公司", "甲科技有限公司"))
            companies = [node for node in workspace.graph().nodes.values() if node.label == "Enterprise"]
        assert one.equals(other)  # both names mean one thing now
        assert len(companies) == 2

    def test_single_keys(self, ws: Path) -> None:
        import pexpect

        child = pexpect.spawn(
            sys.executable,
            ["-c", PROGRAM, "-w", str(ws), "review", "--author", "reviewer"],
            env={**os.environ, "INNOGRAPH_LANG": "en", "TERM": "dumb"},
            encoding="utf-8",
            dimensions=(50, 100),
            timeout=60,
        )

        def press(key: str, shown: str) -> None:
            child.expect_exact(shown)
            child.expect_exact("? help: ")
            assert child.waitnoecho(30)  # only then does a key count as one that answers
            child.send(key)

        press("y", "1/4")
        press("n", "2/4")
        press("u", "4/4")
        press("y", "2/4")  # goes back to where the last decision was
        press("?", "4/4")
        press("\x1b[A", "innograph review withdraw takes one back")  # an arrow decides nothing
        press("q", "innograph review withdraw takes one back")
        child.expect_exact("2 the same, 0 different, 0 skipped, 1 follow from judgements, 1 not seen")
        child.expect_exact("The graph is up to date")
        child.expect(pexpect.EOF)
        child.close()
        assert child.exitstatus == 0
        assert judged(ws) == {pair(A, B): Verdict.SAME, pair(B, C): Verdict.SAME}

    @pytest.mark.parametrize("key", ["\x03", "\x04"])
    def test_an_interruption_keeps_what_was_decided(self, ws: Path, key: str) -> None:
        import pexpect

        child = pexpect.spawn(
            sys.executable,
            ["-c", PROGRAM, "-w", str(ws), "review"],
            env={**os.environ, "INNOGRAPH_LANG": "zh", "TERM": "dumb"},
            encoding="utf-8",
            timeout=60,
        )
        for pressed, shown in (("y", "1/4"), (key, "2/4")):
            child.expect_exact(shown)
            child.expect_exact("? 说明：")
            assert child.waitnoecho(30)
            child.send(pressed)
        child.expect_exact("判为同一 1 对")
        child.expect_exact("图谱已更新")
        child.expect(pexpect.EOF)
        child.close()
        assert (child.exitstatus, judged(ws)) == (0, {pair(A, B): Verdict.SAME})
