"""The command line as people use it: a process of its own, its output, its exit code."""

from __future__ import annotations

import csv
import io
import json
import os
import shutil
import statistics
import subprocess
import sys
import time
from pathlib import Path

import innograph
import pytest
from cli_process import call

PLAN = innograph.sample("changji") / "plan.txt"


@pytest.fixture(scope="module")
def loaded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("cli") / "ws"
    assert call("init", folder, cwd=folder.parent).returncode == 0
    assert call("-w", folder, "load", PLAN, cwd=folder.parent).returncode == 0
    return folder


def test_help_is_quick_and_names_every_command(tmp_path: Path) -> None:
    call("--help", cwd=tmp_path)
    times: list[float] = []
    for _ in range(5):
        start = time.perf_counter()
        done = call("--help", cwd=tmp_path)
        times.append(time.perf_counter() - start)
    for command in [
        "init",
        "load",
        "build",
        "unload",
        "status",
        "parse",
        "questions",
        "ask",
        "draw",
        "schema",
        "evidence",
        "findings",
        "demo",
    ]:
        assert f"\n  {command} " in done.stdout
    assert min(times) < 0.2, statistics.median(times)


def test_help_imports_nothing_heavy(tmp_path: Path) -> None:
    code = (
        "import sys; from click.testing import CliRunner; from innograph.cli import cli;"
        "CliRunner().invoke(cli, ['--help']);"
        "print(sorted({m.split('.')[0] for m in sys.modules} & "
        "{'pandas', 'numpy', 'networkx', 'kglite', 'neo4j', 'yaml', 'rich', 'jinja2', 'docx', 'pypinyin', 'rapidfuzz'}))"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=tmp_path, capture_output=True, text=True)
    assert done.stdout.strip() == "[]"


def test_demo_from_an_empty_folder(tmp_path: Path) -> None:
    done = call("demo", cwd=tmp_path, lang="zh")
    assert done.returncode == 0
    assert "13 项任务、19 个责任单位、61 项分工（牵头 15、配合 46）、42 个目标" in done.stdout
    assert "「牵头单位：市农业农村局、卫健委」" in done.stdout
    assert "●" in done.stdout
    assert "innograph -w innograph-demo ask" in done.stdout
    assert (tmp_path / "innograph-demo" / "picture.html").stat().st_size > 100_000
    assert [f.name for f in tmp_path.iterdir()] == ["innograph-demo"]
    again = call("demo", cwd=tmp_path, lang="zh")
    assert (again.returncode, again.stdout) == (0, done.stdout)


def test_json_is_an_array_of_rows_with_ascii_keys_and_nothing_else(loaded: Path) -> None:
    done = call("-w", loaded, "ask", "responsible", "--task", "跨区域协同创新", "--format", "json", cwd=loaded)
    rows = json.loads(done.stdout)
    assert [(r["unit"], r["role"]) for r in rows] == [
        ("昌吉市科技局", "lead"),
        ("昌吉市发改委", "support"),
        ("昌吉市商务和工信局", "support"),
    ]
    assert all(key.isascii() for row in rows for key in row)
    assert "加强跨区域协同创新" in done.stderr  # what the parameter was taken to mean


def test_csv_is_read_back_by_a_csv_reader(loaded: Path) -> None:
    done = call("-w", loaded, "ask", "matrix", "--format", "csv", cwd=loaded)
    rows = list(csv.DictReader(io.StringIO(done.stdout)))
    assert len(rows) == 61
    assert sum(row["role"] in ("lead", "joint-lead") for row in rows) == 15


def test_parameters_both_ways_mean_the_same(loaded: Path) -> None:
    one = call("-w", loaded, "ask", "unit", "--param", "unit=kejiju", "--format", "json", cwd=loaded)
    two = call("-w", loaded, "ask", "unit", "--unit", "科技局", "--format", "json", cwd=loaded)
    three = call("-w", loaded, "ask", "unit", "--unit=市科技局", "--format", "json", cwd=loaded)
    assert json.loads(one.stdout) == json.loads(two.stdout) == json.loads(three.stdout)
    assert len(json.loads(one.stdout)) == 12  # 科技局 has a role in every task but （九）


@pytest.mark.parametrize("where", ["option", "environment", "folder", "folder below"])
def test_the_workspace_is_found(loaded: Path, where: str) -> None:
    below = loaded / "sources"
    done = {
        "option": lambda: call("-w", loaded, "status", "--format", "json", cwd=loaded.parent),
        "environment": lambda: call("status", "--format", "json", cwd=loaded.parent, INNOGRAPH_WORKSPACE=str(loaded)),
        "folder": lambda: call("status", "--format", "json", cwd=loaded),
        "folder below": lambda: call("status", "--format", "json", cwd=below),
    }[where]()
    assert [row["name"] for row in json.loads(done.stdout)] == ["plan.txt"]


def test_load_twice_changes_nothing_and_unload_takes_all_back(tmp_path: Path) -> None:
    call("init", "ws", cwd=tmp_path)
    ws = tmp_path / "ws"
    call("-w", ws, "load", PLAN, cwd=tmp_path)
    before = call("-w", ws, "status", "--format", "json", cwd=tmp_path).stdout
    again = call("-w", ws, "load", PLAN, cwd=tmp_path)
    assert again.returncode == 0
    assert "has not changed" in again.stderr
    assert call("-w", ws, "status", "--format", "json", cwd=tmp_path).stdout == before
    assert call("-w", ws, "unload", "plan.txt", cwd=tmp_path).returncode == 0
    assert json.loads(call("-w", ws, "status", "--format", "json", cwd=tmp_path).stdout) == []
    assert json.loads(call("-w", ws, "ask", "matrix", "--format", "json", cwd=tmp_path).stdout) == []
    assert list((ws / "sources").iterdir()) == []


def test_engine_file_may_be_deleted_at_any_time(loaded: Path, tmp_path: Path) -> None:
    ws = tmp_path / "ws"
    shutil.copytree(loaded, ws)
    before = call("-w", ws, "ask", "targets", "--format", "json", cwd=tmp_path).stdout
    (ws / "graph.kgl").unlink()
    assert call("-w", ws, "ask", "targets", "--format", "json", cwd=tmp_path).stdout == before
    (ws / "graph.kgl").write_bytes(b"no graph at all")
    assert call("-w", ws, "ask", "targets", "--format", "json", cwd=tmp_path).stdout == before


def test_evidence_of_a_node_and_of_an_edge(loaded: Path) -> None:
    rows = json.loads(
        call("-w", loaded, "ask", "responsible", "--task", "十一", "--format", "json", cwd=loaded).stdout or "[]"
    ) or json.loads(call("-w", loaded, "ask", "responsible", "--task", "跨区域", "--format", "json", cwd=loaded).stdout)
    edge = rows[0]["evidence"][0]
    found = json.loads(call("-w", loaded, "evidence", edge, "--format", "json", cwd=loaded).stdout)
    assert [(r["source"], r["quote"]) for r in found] == [("plan.txt", "牵头单位：市科技局")]
    node = call("-w", loaded, "evidence", "Department:652301/科技局", "--format", "json", cwd=loaded)
    assert len(json.loads(node.stdout)) == 12


@pytest.mark.parametrize(
    ("words", "code", "says"),
    [
        (["ask", "nosuch"], 2, "There is no question"),
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
        ("story.txt", "从前有一座山。山里有座庙。".encode(), "does not look like an action plan"),
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


def test_second_init_changes_nothing(loaded: Path) -> None:
    before = (loaded / "innograph.toml").read_bytes()
    done = call("init", loaded, cwd=loaded.parent)
    assert (done.returncode, "workspace already" in done.stderr) == (2, True)
    assert (loaded / "innograph.toml").read_bytes() == before


def test_output_is_utf8_on_a_console_that_is_not(loaded: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "innograph", "-w", str(loaded), "ask", "collectives", "--format", "csv"],
        env={**os.environ, "PYTHONIOENCODING": "gbk", "INNOGRAPH_LANG": "zh"},
        capture_output=True,
    )
    assert "各乡镇" in done.stdout.decode("utf-8")


def test_language_of_messages(loaded: Path) -> None:
    zh = call("-w", loaded, "--lang", "zh", "ask", "nosuch", cwd=loaded, lang="en")
    en = call("-w", loaded, "--lang", "en", "ask", "nosuch", cwd=loaded, lang="zh")
    assert "没有" in zh.stderr
    assert "There is no question" in en.stderr


def test_parse_prints_one_json_object_and_loads_nothing(tmp_path: Path) -> None:
    done = call("parse", PLAN, "--format", "json", cwd=tmp_path)
    plan = json.loads(done.stdout)
    assert (plan["doc_number"], len(plan["tasks"]), len(plan["measures"])) == ("昌市政办发〔2022〕15号", 13, 4)
    assert list(tmp_path.iterdir()) == []


def test_schema_generate_check(tmp_path: Path) -> None:
    assert call("schema", "generate", tmp_path, "--check", cwd=tmp_path).returncode == 1
    assert call("schema", "generate", tmp_path, cwd=tmp_path).returncode == 0
    assert call("schema", "generate", tmp_path, "--check", cwd=tmp_path).returncode == 0
    page = tmp_path / "ontology.zh.md"
    page.write_text(page.read_text(encoding="utf-8") + "\n", encoding="utf-8")
    assert call("schema", "generate", tmp_path, "--check", cwd=tmp_path).returncode == 1
