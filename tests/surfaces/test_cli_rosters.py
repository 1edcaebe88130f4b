"""Rosters from the command line: loaded, expected, dated, asked about; each answer worked out from the rows by hand."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
from cli_process import call

if TYPE_CHECKING:
    import subprocess
    from pathlib import Path

FIRMS = (
    "企业名称,所在区域,联系电话\n甲科技有限公司,昌吉市,0994-1234567\n乙牧业有限公司,阜康市,\n丙软件有限公司,北京市,\n"
)
PROJECTS = """项目名称,牵头单位,参与单位,开始日期,结束日期
甲乙合作,甲科技有限公司,新疆大学,2020-01-01,2021-12-31
丙丁合作,丙软件有限公司,新疆大学,2022-01-01,
"""
RELATIONS = "source,rel,target,target_label\n05cy4wa09,parent,03yrm5c26,x\n"


@pytest.fixture
def ws(tmp_path: Path) -> Path:
    call("init", "ws", "--home", "652301", cwd=tmp_path)
    return tmp_path


def write(folder: Path, name: str, text: str) -> str:
    (folder / name).write_text(text, encoding="utf-8")
    return name


def run(folder: Path, *words: str, ok: bool = True) -> subprocess.CompletedProcess[str]:
    done = call("-w", "ws", *words, cwd=folder)
    assert (done.returncode == 0) is ok, done.stderr
    return done


def asked(folder: Path, *words: str) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = json.loads(run(folder, "ask", *words, "--format", "json").stdout)
    return rows


def test_loading_brings_the_graph_up_to_date(ws: Path) -> None:
    run(ws, "load", write(ws, "firms.csv", FIRMS))
    assert "up to date" in run(ws, "--lang", "en", "build").stderr


def test_without_building(ws: Path) -> None:
    run(ws, "load", write(ws, "firms.csv", FIRMS), "--no-build")
    assert "up to date" not in run(ws, "--lang", "en", "build").stderr


def test_where_they_are_in_the_words_of_home(ws: Path) -> None:
    run(ws, "load", write(ws, "firms.csv", FIRMS))
    table = run(ws, "--lang", "zh", "ask", "locations").stdout
    assert [word in table for word in ("市内", "州内", "区外", "境外")] == [True, True, True, False]
    rows = asked(ws, "locations")
    assert [(row["distance"], row["region"], row["enterprises"]) for row in rows] == [
        ("local", "昌吉市", 1),
        ("prefecture", "阜康市", 1),
        ("nation", "北京市", 1),
    ]
    assert [row["region"] for row in asked(ws, "locations", "--region", "昌吉州")] == ["昌吉市", "阜康市"]


def test_what_nobody_mapped_is_named_and_stays_out_of_ledger_and_graph(ws: Path) -> None:
    said = run(ws, "load", write(ws, "firms.csv", FIRMS)).stderr
    assert "联系电话" in said
    stored = b"".join(file.read_bytes() for file in (ws / "ws").glob("*") if file.is_file())
    assert b"0994-1234567" not in stored


def test_as_of_a_day(ws: Path) -> None:
    run(ws, "load", write(ws, "projects.csv", PROJECTS), "--map", "projects")

    def projects(*words: str) -> set[str]:
        rows = asked(ws, "find", "--name", "新疆大学", *words)
        return {row["other"] for row in rows if row["edge_type"] == "PARTICIPATES_IN"}

    assert projects() == {"甲乙合作", "丙丁合作"}
    assert projects("--as-of", "2021-06-30") == {"甲乙合作"}
    assert projects("--as-of", "2021-12-31") == {"甲乙合作"}
    assert projects("--as-of", "2023-01-01") == {"丙丁合作"}
    run(ws, "load", write(ws, "firms.csv", FIRMS))
    assert projects("--as-of", "2019-01-01") == set()


def test_a_wrong_day(ws: Path) -> None:
    done = run(ws, "ask", "locations", "--as-of", "2021-13-01", ok=False)
    assert done.returncode == 2
    assert "2021-13-01" in done.stderr


@pytest.mark.parametrize(
    ("given", "ok", "says"),
    [
        ("Enterprise=3", True, ""),
        ("Enterprise=1..3", True, ""),
        ("Enterprise=4..", False, "--strict"),
        ("Enterprise=..2", False, "--strict"),
        ("Enterprise", False, "Enterprise=100..500"),
    ],
)
def test_how_many_are_expected(ws: Path, given: str, ok: bool, says: str) -> None:
    done = run(ws, "load", write(ws, "firms.csv", FIRMS), "--expect", given, "--strict", ok=ok)
    assert says in done.stdout + done.stderr


def test_edges_of_what_nobody_states_wait_for_it(ws: Path) -> None:
    said = run(ws, "load", write(ws, "relations.csv", RELATIONS), "--map", "ror-relationships").stderr
    assert "1" in said
    assert "no source states yet" in said or "还没有任何来源说到" in said


def test_an_unknown_pack_names_the_nearest(ws: Path) -> None:
    done = run(ws, "load", write(ws, "firms.csv", FIRMS), "--map", "enterprise", ok=False)
    assert "enterprises" in done.stderr


def test_a_mapping_of_phone_numbers_is_refused_unless_allowed(ws: Path) -> None:
    (ws / "ws" / "packs").mkdir()
    pack = """title: { zh: 名册, en: Roster }
match: [[企业名称, 联系电话]]
columns:
  name: { zh: 企业名称, en: Enterprise, required: true }
  phone: { zh: 联系电话, en: Telephone }
nodes:
  - { as: firm, type: Enterprise, name: name, properties: { remarks: phone } }
"""
    (ws / "ws" / "packs" / "mine.yaml").write_text(pack, encoding="utf-8")
    firms = write(ws, "firms.csv", FIRMS)
    refused = run(ws, "load", firms, "--map", "mine", ok=False)
    assert "personal_data" in refused.stderr
    settings = ws / "ws" / "innograph.toml"
    text = settings.read_text(encoding="utf-8")
    settings.write_text(text.replace('personal_data = ""', 'personal_data = "allow"'), encoding="utf-8")
    run(ws, "load", firms, "--map", "mine")


def test_another_mapping_reads_the_same_file_again(ws: Path) -> None:
    both = "企业名称,院所名称\n甲公司,乙大学\n"
    run(ws, "load", write(ws, "a.csv", both), "--map", "enterprises")
    said = run(ws, "--lang", "en", "load", write(ws, "b.csv", both), "--map", "institutes").stderr
    assert "Loaded b.csv" in said
    assert [row["thing"] for row in asked(ws, "find", "--name", "乙大学")] == ["乙大学"]


def test_another_home_reads_it_again(ws: Path) -> None:
    """朝阳区 alone: for a home in 北京 it is the one there, for a home in 长春 the one there."""
    firms = write(ws, "a.csv", "企业名称,所在区域\n甲公司,朝阳区\n")
    settings = ws / "ws" / "innograph.toml"
    text = settings.read_text(encoding="utf-8")
    for home, distance in (("110108", "province"), ("220102", "prefecture")):
        settings.write_text(text.replace("652301", home), encoding="utf-8")
        run(ws, "load", firms)
        assert [row["distance"] for row in asked(ws, "locations")] == [distance]


def test_expectations_are_judged_of_a_file_that_has_not_changed_too(ws: Path) -> None:
    firms = write(ws, "a.csv", FIRMS)
    run(ws, "load", firms)
    done = run(ws, "load", firms, "--expect", "Enterprise=5..9", ok=False)
    assert done.returncode == 1
    assert "table.count" in done.stderr
    wrong = run(ws, "load", firms, "--expect", "Enterprize=5..9", ok=False)
    assert (wrong.returncode, "Enterprise" in wrong.stderr) == (2, True)
    assert run(ws, "load", firms, "--expect", "Organisation=3").returncode == 0


def test_check_knows_the_packs_of_the_workspace(ws: Path) -> None:
    (ws / "ws" / "packs").mkdir()
    pack = """title: { zh: 孵化名单, en: Incubated }
match: [[孵化企业]]
columns: { name: { zh: 孵化企业, en: Incubated firm, required: true } }
nodes: [{ as: firm, type: Enterprise, name: name }]
"""
    (ws / "ws" / "packs" / "mine.yaml").write_text(pack, encoding="utf-8")
    assert "no known kind" not in run(ws, "--lang", "en", "check", write(ws, "a.csv", "孵化企业\n甲公司\n")).stderr


def test_a_body_counts_where_it_most_exactly_is(ws: Path) -> None:
    firms = "企业名称,统一社会信用代码,所在区域\n甲公司,91110000000000000E,昌吉州\n甲公司,91110000000000000E,昌吉市\n"
    run(ws, "load", write(ws, "a.csv", firms))
    assert [(row["region"], row["bodies"]) for row in asked(ws, "locations")] == [("昌吉市", 1)]
