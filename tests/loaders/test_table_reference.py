"""The page about rosters: every pack, every column and every key of a mapping stands in it, and its examples are read."""

from __future__ import annotations

import csv
import re
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from innograph.graph.errors import OntologyError
from innograph.graph.issues import ISSUE_KINDS
from innograph.graph.ontology import load_ontology
from innograph.graph.ontology.markdown import code
from innograph.graph.records import EdgeAssertion, NodeAssertion
from innograph.graph.text import Text
from innograph.loaders import loading
from innograph.loaders.table import checks, load_packs, load_table, rules
from innograph.loaders.table.reference import keys, page, specimens
from innograph.loaders.table.reference.page import rosters_page

if TYPE_CHECKING:
    from innograph.graph.text import Language

LANGUAGES: tuple[Language, ...] = ("zh", "en")


_page = cache(rosters_page)


@pytest.fixture(scope="module", params=LANGUAGES)
def text(request: pytest.FixtureRequest) -> str:
    return _page(request.param)


def _sections(text: str) -> dict[str, str]:
    """Return the section of each heading that ends in a name in code."""
    parts = re.split(r"^##+ ", text, flags=re.MULTILINE)
    return {found[1]: part for part in parts if (found := re.match(r".*`([\w-]+)`\n", part))}


def test_every_pack_has_a_section_with_all_its_columns(text: str) -> None:
    sections = _sections(text)
    for pack in load_packs().values():
        rows = [line for line in sections[pack.id].splitlines() if line.startswith("| `")]
        assert len(rows) == len(pack.columns), pack.id
        for column, row in zip(pack.columns.values(), rows, strict=True):
            for word in (*column.label, *column.synonyms):
                assert code(word) in row, (pack.id, column.key, word)


def test_every_pack_says_what_it_makes(text: str) -> None:
    sections = _sections(text)
    for pack in load_packs().values():
        made = sections[pack.id].splitlines()
        assert sum(line.startswith("- ") for line in made) == len(pack.nodes) + len(pack.edges)
        for words in pack.match:
            assert any(" ".join(map(code, words)) in line for line in made)


@pytest.mark.parametrize(
    ("pack", "line"),
    [
        (
            "enterprises",
            "- `Enterprise` 企业：按编码 `uscc`（`统一社会信用代码`）识别，没有时按名称（`企业名称`）识别，所在区域计入编号",
        ),
        ("ror-relationships", "- `(Organisation)-[:PART_OF]->(Organisation)`，仅当 `关系` 为 `child`"),
        ("ror-relationships", "- `(Organisation)-[:RELATED_TO]-(Organisation)`，仅当 `关系` 为 `related`，不分方向"),
        ("progress", "- `Target` 目标、`Task` 任务：按图谱中的编号（`目标编号`）识别，由别的文件说明，这里只指向它"),
        ("progress", "- `Progress` 进展：按 `指标`、`日期`、`目标编号` 识别"),
    ],
)
def test_lines_worked_out_by_hand(pack: str, line: str) -> None:
    assert line in _sections(_page("zh"))[pack].splitlines()


@pytest.mark.parametrize(
    ("pack", "column", "becomes"),
    [
        ("enterprises", "认定年份", "`QUALIFIES_AS.year`"),
        ("enterprises", "统一社会信用代码", "`Enterprise.credit_code`"),
        ("horizon", "开始日期", "`Project.start_date`；`PARTICIPATES_IN.valid_from`"),
        ("horizon", "项目登记号", "`Project` 的编码 `h2020`；`Project.number`"),
        ("projects", "币种", "`Project.currency`"),
        ("platforms", "依据", "只进引文"),
    ],
)
def test_what_columns_become_by_hand(pack: str, column: str, becomes: str) -> None:
    row = next(line for line in _sections(_page("zh"))[pack].splitlines() if line.startswith(f"| `{column}`"))
    assert f"| {becomes} |" in row


def test_every_key_of_a_mapping_is_explained(text: str) -> None:
    told = [tuple(one.key for one in section.keys) for section in keys.SECTIONS]
    top, column, node, _, _, given, edge = map(set, told)
    assert top == set(checks._PACK_KEYS)
    assert column == set(checks._COLUMN_KEYS)
    assert node == set(rules._NODE_KEYS)
    assert given == set(rules._GIVEN_KEYS)
    assert edge == set(rules._EDGE_KEYS)
    for section in keys.SECTIONS:
        for one in section.keys:
            assert re.search(rf"(?:^|[{{ ]){one.key}:", one.example), (one.key, one.example)
            assert code(one.example.splitlines()[0]) in text


def test_a_key_that_the_reader_does_not_know_is_refused_when_the_page_is_made(monkeypatch: pytest.MonkeyPatch) -> None:
    section = keys.SECTIONS[2]
    wrong = keys.KeyExample("within", Text("甲", "a"), "{ as: firm, type: Enterprise, name: name, inside: region }")
    monkeypatch.setattr(page, "SECTIONS", (keys.Section(section.title, (wrong,), section.place),))
    with pytest.raises(OntologyError, match="inside"):
        rosters_page("en")


def test_the_whole_example_as_it_stands_in_the_page_loads(text: str, tmp_path: Path) -> None:
    mapping = re.search(r"```yaml\n(.*?)```", text, re.DOTALL)
    assert mapping
    rows = [
        [cell.strip() for cell in line.strip("| ").split("|")]
        for line in text[mapping.end() :].split("\n\n")[2].splitlines()
    ]
    pack, file = tmp_path / "own.yaml", tmp_path / "rows.csv"
    pack.write_text(mapping[1], encoding="utf-8")
    with file.open("w", encoding="utf-8", newline="") as out:
        csv.writer(out).writerows([rows[0], *rows[2:]])
    loaded = load_table(file, pack=str(pack))
    said = list(loaded.assertions)
    nodes = {one.id for one in said if isinstance(one, NodeAssertion) and one.label != "Region"}
    assert nodes == {
        "Enterprise:652301/示例一号有限公司",
        "Enterprise:示例二号有限公司",
        "Platform:示例孵化器",
    }
    edges = {(one.source, one.target) for one in said if isinstance(one, EdgeAssertion) and one.type == "LOCATED_IN"}
    assert edges == {("Enterprise:652301/示例一号有限公司", "Region:652301"), ("Platform:示例孵化器", "Region:652301")}
    assert [issue.code for issue in loaded.issues] == ["table.bad-value", "table.rows-skipped"]
    for node in nodes:
        assert f"- {code(node)}" in text


def test_every_issue_of_tables_is_listed(text: str) -> None:
    listed = set(re.findall(r"^\| `([a-z]+\.[a-z-]+)` \|", text, re.MULTILINE))
    assert listed >= {name for name in ISSUE_KINDS if name.startswith("table.")}
    assert not any(name.startswith(("plan.", "target.", "word.", "pdf.", "office.")) for name in listed)


def test_the_formats_are_those_that_loading_takes_for_tables() -> None:
    assert {suffix for one in specimens.TABLE_FORMATS for suffix in one.suffixes} == loading._TABLES


def test_a_pair_that_is_joined_otherwise_than_said_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    first = specimens.PAIRS[0]
    monkeypatch.setattr(specimens, "PAIRS", (specimens.Pair(first.left, first.right, one=False, why=first.why),))
    with pytest.raises(ValueError, match="示例农机"):
        rosters_page("zh")


def test_words_of_personal_data_and_of_nothing_are_checked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(specimens, "HEADERS_TAKEN", ("联系电话",))
    with pytest.raises(ValueError, match="联系电话"):
        rosters_page("zh")
    monkeypatch.undo()
    monkeypatch.setattr(specimens, "NOTHING", ("某某",))
    with pytest.raises(ValueError, match="某某"):
        rosters_page("zh")


def test_cells_regions_and_registers(text: str) -> None:
    for line in (
        "| `1.2亿元` | 12000.0 |",
        "| `NA` | NA 纳米比亚 |",
        "| `20220617` | 2022-06-17 |",
        "| `DE21` | `DE21` |",
    ):
        assert line in text
    ambiguous = next(line for line in text.splitlines() if line.startswith("| `朝阳区` |"))
    assert "110105" in ambiguous
    assert "220104" in ambiguous
    for scheme in load_ontology().identifiers.values():
        assert code(scheme) in text


def test_a_pack_that_skips_and_expects_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from innograph.loaders.table.reference import kinds

    file = tmp_path / "own.yaml"
    file.write_text(f"{specimens.WHOLE_MAPPING}expect: {{ Enterprise: {{ min: 2 }} }}\n", encoding="utf-8")
    pack = load_packs(tmp_path)["own"]
    with page.use_language("en"):
        told = list(kinds.pack_section(pack))
    assert told[-2:] == ["Rows that are left out, if `State` is `已注销`.", "It names 2 to … of Enterprise."]


def test_no_text_is_left_half_filled(text: str) -> None:
    outside = re.sub(r"```.*?```|`[^`\n]*`", "", text, flags=re.DOTALL)
    assert "{" not in outside
