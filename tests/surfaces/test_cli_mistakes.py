"""What the command line says of a user's mistakes, and that nothing is lost by one."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
from cli_process import call

import innograph
from innograph.graph.errors import OntologyError
from innograph.graph.records import Evidence, NodeAssertion
from innograph.loaders import loading
from innograph.loaders.base import Loaded

PLAN = innograph.sample("changji") / "plan.txt"


@pytest.mark.parametrize(
    ("words", "code", "says"),
    [
        (["ask", "nosuch"], 2, "“nosuch” is not understood"),
        (["ask", "responsible"], 2, "must be given"),
        (["ask", "responsible", "--task", "烹饪比赛组织"], 2, "has no Task"),
        (["ask", "responsible", "--tsk", "x"], 2, "no such parameter"),
        (["ask", "responsible", "-p", "x"], 2, "NAME=VALUE"),
        (["evidence", "LEADS:000"], 2, "LEADS:000"),
        (["unload", "nosuch.txt"], 2, "nosuch.txt"),
        (["draw", "无此单位的名字"], 2, "无此单位的名字"),
        (["load", "no-such-file.txt"], 1, "no such file"),
        (["--store", "mysql://x", "build"], 2, "Unknown store"),
        (["schema", "show", "Nosuch"], 1, "no such type"),
    ],
)
def test_mistakes_are_one_clear_line(loaded: Path, words: list[str], code: int, says: str) -> None:
    done = call("-w", loaded, *words, cwd=loaded)
    assert done.returncode == code, done.stderr
    assert says in done.stderr
    assert "Traceback" not in done.stderr
    assert done.stdout == ""


def test_no_workspace_says_what_to_do(tmp_path: Path) -> None:
    for lang, says in (("en", "is no workspace"), ("zh", "不是工作区")):
        done = call("status", cwd=tmp_path, lang=lang)
        assert (done.returncode, says in done.stderr) == (2, True)


@pytest.mark.parametrize(
    ("name", "content", "says"),
    [
        ("empty.txt", b"", "empty"),
        ("blank.txt", b" \n\t\n", "empty"),
        ("story.txt", "从前有一座山。山里有座庙。".encode(), "nothing in it says who is responsible"),
        ("picture.txt", b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 20, "picture"),
        ("binary.txt", bytes(range(256)) * 50, "no text file"),
        ("old.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 512, "old Office file"),
        ("plan.pdf", b"%PDF-1.7\n%\xe2\xe3", "PDF"),
        ("cut.docx", b"PK\x03\x04" + b"\0" * 100, "damaged"),
        ("other.csv", "颜色,大小\n红,大\n".encode(), "other.csv"),
    ],
)
def test_bad_files_are_refused_and_the_good_ones_stay(tmp_path: Path, name: str, content: bytes, says: str) -> None:
    call("init", "ws", cwd=tmp_path)
    (tmp_path / name).write_bytes(content)
    done = call("-w", "ws", "load", name, PLAN, cwd=tmp_path)
    assert done.returncode == 1
    assert says in done.stderr
    assert name in done.stderr
    assert "Traceback" not in done.stderr
    rows = json.loads(call("-w", "ws", "status", "--format", "json", cwd=tmp_path).stdout)
    assert [row["name"] for row in rows] == ["plan.txt"]


def test_strict_refuses_a_doubtful_file_and_loads_nothing(tmp_path: Path) -> None:
    call("init", "ws", cwd=tmp_path)
    text = PLAN.read_text(encoding="utf-8").replace("牵头单位：市教育局\n\n配合单位：市科技局", "", 1)
    (tmp_path / "doubtful.txt").write_text(text, encoding="utf-8")
    done = call("-w", "ws", "load", "--strict", "doubtful.txt", cwd=tmp_path)
    assert (done.returncode, "not loaded because of --strict" in done.stderr) == (1, True)
    assert json.loads(call("-w", "ws", "status", "--format", "json", cwd=tmp_path).stdout) == []
    plain = call("-w", "ws", "load", "doubtful.txt", cwd=tmp_path)
    assert plain.returncode == 0
    assert "plan.no-assignment" in plain.stderr
    told = call("-w", "ws", "status", cwd=tmp_path).stdout
    assert ("Doubts: 1; innograph check FILE" in told, "[plan.no-assignment]" in told) == (True, False)


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (["parse"], "缺少参数 FILE。"),
        (["chek"], "没有 chek 这个命令，最接近的是 check。"),
        (["things"], "things 是一个问题，不是命令：innograph ask things。"),
        (["status", "--frmat", "json"], "没有 --frmat 这个选项，最接近的是 --format。"),
        (["status", "--format", "xml"], "--format 的值有误：只能是 table、json、csv。"),
        (["draw", "--depth", "9"], "--depth 的值有误：应是 1 到 4 的整数。"),
        (["parse", "a", "b"], "多出了 b。"),
        (["init", "ws", "--home", "1"], "--home 的值有误：没有区划代码 1。"),
    ],
)
def test_a_wrong_call_is_told_in_chinese_alone(tmp_path: Path, words: list[str], says: str) -> None:
    done = call(*words, cwd=tmp_path, lang="zh")
    assert (done.returncode, done.stderr.startswith(f"innograph: 用法有误：{says}")) == (2, True), done.stderr


def test_an_id_like_no_other_is_told_without_a_nearest(loaded: Path) -> None:
    done = call("-w", loaded, "evidence", "qqq", cwd=loaded.parent)
    assert (done.returncode, done.stderr) == (2, "innograph: The graph has no id or edge called “qqq”\n")


def test_second_init_changes_nothing(loaded: Path) -> None:
    before = (loaded / "innograph.toml").read_bytes()
    done = call("init", loaded, cwd=loaded.parent)
    assert (done.returncode, "workspace already" in done.stderr) == (2, True)
    assert (loaded / "innograph.toml").read_bytes() == before


def test_a_password_in_a_store_address_is_never_written_down(tmp_path: Path) -> None:
    done = call("--store", "neo4j://neo4j:sesame@127.0.0.1:7687", "init", "ws", cwd=tmp_path)
    assert (done.returncode, "sesame" in done.stderr + done.stdout) == (2, False)
    assert not (tmp_path / "ws" / "innograph.toml").exists()
    assert call("--store", "bogus", "init", "ws", cwd=tmp_path).returncode == 2


def test_mistakes_in_the_call_are_one_line_in_the_users_language(tmp_path: Path) -> None:
    for words in (["frob"], ["load"], ["--lang", "fr", "status"], ["draw", "--depth", "9"]):
        done = call(*words, cwd=tmp_path, lang="zh")
        assert (done.returncode, done.stderr.count("\n"), done.stderr.startswith("innograph: 用法有误：")) == (
            2,
            1,
            True,
        )


def test_output_that_cannot_be_written_is_one_line(loaded: Path) -> None:
    if not Path("/dev/full").exists():
        pytest.skip("this system has no /dev/full")
    words = [sys.executable, "-m", "innograph", "-w", str(loaded), "--lang", "en", "ask", "matrix"]
    with Path("/dev/full").open("w") as full:
        done = subprocess.run(words, stdout=full, stderr=subprocess.PIPE, text=True, encoding="utf-8")
    assert (done.returncode, "The disk is full" in done.stderr, "Traceback" in done.stderr) == (1, True, False), (
        done.stderr
    )


def test_a_record_that_breaks_the_ontology_is_not_loaded(loaded: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    bad = NodeAssertion("Task", "Task:x/1", {"name": "x", "colour": "red"}, Evidence("x"))
    monkeypatch.setattr(loading, "load_file", lambda *_, **__: Loaded("plan", "1", "x", (bad,), ()))
    (loaded.parent / "new.txt").write_text("neu", encoding="utf-8")
    with innograph.Workspace(loaded) as workspace:
        with pytest.raises(OntologyError, match="colour"):
            workspace.load(loaded.parent / "new.txt")
        assert [source.name for source in workspace.status().sources] == ["plan.txt"]
