"""The mapping packs: the bundled ones hold together, and a broken one names its file and key."""

from __future__ import annotations

import copy
import re
from itertools import combinations
from pathlib import Path
from typing import Any

import pytest
import yaml

from innograph.graph.checking import check_assertions
from innograph.graph.errors import OntologyError
from innograph.graph.issues import Issue
from innograph.graph.ontology import load_ontology
from innograph.graph.records import Assertion, EdgeAssertion, NodeAssertion
from innograph.graph.text import use_language
from innograph.loaders.table import Pack, load_packs, load_table, match_pack
from innograph.loaders.table.model import header_word
from innograph.loaders.table.packs import choose_packs

GOOD: dict[str, Any] = {
    "title": {"zh": "项目", "en": "Projects"},
    "match": [["项目名称"]],
    "columns": {
        "name": {"zh": "项目名称", "en": "Project", "required": True},
        "start": {"zh": "开始日期", "en": "Start"},
        "bodies": {"zh": "参与企业", "en": "Enterprises", "split": True},
        "aliases": {"zh": "别名", "en": "Other names", "split": True},
        "amount": {"zh": "金额", "en": "Amount"},
        "confirmed": {"zh": "是否确认", "en": "Confirmed"},
        "note": {"zh": "备注", "en": "Note", "quote_only": True},
    },
    "nodes": [
        {"as": "project", "type": "Project", "name": "name", "properties": {"start_date": "start"}},
        {"as": "body", "type": "Enterprise", "name": "bodies", "properties": {"aliases": "aliases"}},
    ],
    "edges": [
        {
            "type": "PARTICIPATES_IN",
            "source": "body",
            "target": "project",
            "properties": {"role": {"constant": "partner"}, "amount": "amount"},
            "key": "amount",
            "when": "confirmed",
        }
    ],
}


def write(folder: Path, data: object, name: str = "projects.yaml") -> Path:
    (folder / name).write_text(yaml.safe_dump(data, allow_unicode=True), encoding="utf-8")
    return folder


def apply(folder: Path, text: str, **options: Any) -> tuple[list[Assertion], list[Issue]]:
    """What a table says by the pack in ``folder``."""
    file = folder / "a.csv"
    file.write_text(text, encoding="utf-8")
    loaded = load_table(file, pack=str(folder / "projects.yaml"), **options)
    said = list(check_assertions(loaded.assertions, load_ontology(), whole=True))
    return said, list(loaded.issues)


def changed(path: str, value: object) -> dict[str, Any]:
    """The good pack with the value at ``path`` replaced, or removed where it is ``None``."""
    data = copy.deepcopy(GOOD)
    *parents, last = [int(part) if part.isdigit() else part for part in path.split(".")]
    place: Any = data
    for part in parents:
        place = place[part]
    if value is None:
        del place[last]
    else:
        place[last] = value
    return data


class TestBundled:
    def test_all_are_read(self) -> None:
        files = {f.stem for f in (Path(__file__).parents[2] / "data/packs").glob("*.yaml")}
        assert set(load_packs()) == files
        assert files == {
            *("enterprises", "institutes", "platforms", "talents", "cooperation", "projects", "tiers", "progress"),
            *("horizon", "horizon-organisations", "horizon-programmes"),
            *("ror", "ror-relationships", "ror-aliases", "moe"),
        }

    @pytest.mark.parametrize("pack", load_packs().values(), ids=lambda pack: pack.id)
    def test_its_own_headers_match_it_alone(self, pack: Pack) -> None:
        required = [column for column in pack.columns.values() if column.required]
        for alternative in pack.match:
            known = {header_word(word) for word in alternative}
            assert match_pack([*alternative, *(c.label.zh for c in required if not known & set(c.words))]) is pack
        for language in ("zh", "en"):
            assert match_pack([column.label.show(language) for column in pack.columns.values()]) is pack

    def test_no_header_identifies_two(self) -> None:
        for one, other in combinations(load_packs().values(), 2):
            for alternative in one.match:
                assert not other.fits(alternative)


class TestOwnPacks:
    def test_everything_a_pack_may_say(self, tmp_path: Path) -> None:
        write(tmp_path, GOOD)
        header = "项目名称,开始日期,参与企业,别名,金额,是否确认,备注\n"
        rows = "甲项目,2022-06-17,特变电工、笑厨,,1.5,是,x\n乙项目,,特变电工,,,,\n丙项目,某天,,,,是,\n"
        said, issues = apply(tmp_path, header + rows)
        projects = {a.id: a.properties for a in said if isinstance(a, NodeAssertion) and a.label == "Project"}
        assert str(projects["Project:甲项目"].pop("start_date")) == "2022-06-17"
        assert projects == {f"Project:{name}": {"name": name} for name in ("甲项目", "乙项目", "丙项目")}
        edges = [a for a in said if isinstance(a, EdgeAssertion)]
        assert [(a.source, a.target) for a in edges] == [
            ("Enterprise:特变电工", "Project:甲项目"),
            ("Enterprise:笑厨", "Project:甲项目"),
        ]
        assert all(a.properties == {"role": "partner", "amount": 1.5} and a.key == "1.5" for a in edges)
        assert [(i.code, i.place.row, i.place.column) for i in issues] == [("table.bad-value", 4, 2)]

    def test_a_constant_list(self, tmp_path: Path) -> None:
        data = changed("nodes.1.properties.aliases", {"constant": ["某"]})
        data["columns"]["aliases"]["quote_only"] = True
        write(tmp_path, data)
        said, _ = apply(tmp_path, "项目名称,参与企业\n甲,乙\n")
        assert said[1].properties == {"name": "乙", "aliases": ["某"]}


BROKEN = [
    ("titel", {"zh": "x", "en": "x"}, "titel", "did you mean title"),
    ("title.en", None, "title.en", "text"),
    ("match", [], "match", "not empty"),
    ("match.0", ["项目名"], "match.0", "did you mean 项目名称"),
    ("columns", ["name"], "columns", "mapping"),
    ("columns.name.require", True, "columns.name.require", "did you mean required"),
    ("columns.name.required", "yes", "columns.name.required", "true or false"),
    ("columns.name.synonyms", ["备注"], "columns.note", "is a header of name too"),
    ("columns.note.quote_only", False, "columns.note", "not used"),
    ("columns.name.quote_only", True, "columns.name", "although it is quote_only"),
    ("columns.name.values", ["x"], "columns.name.values", "mapping"),
    ("columns.name.drop_ending", 3, "columns.name.drop_ending", "text"),
    ("nodes", None, "nodes", "list"),
    ("nodes.0.type", "Projct", "nodes.0.type", "did you mean Project"),
    ("nodes.0.type", "Organisation", "nodes.0.type", "there is no Organisation"),
    ("nodes.0.type", "Target", "nodes.0.properties.start_date", "there is no start_date"),
    ("nodes.0.type", ["Project", "Institut"], "nodes.0.type", "did you mean Institute"),
    ("nodes.0.as", "body", "nodes", "same as"),
    ("nodes.0.name", "nam", "nodes.0.name", "did you mean name"),
    ("nodes.0.name", None, "nodes.0.name", "missing; a node needs"),
    ("nodes.1.key", {"scheme": "uscc", "column": "note"}, "nodes.1.key", "several names"),
    ("nodes.0.key", {"scheme": "A b", "column": "start"}, "nodes.0.key.scheme", "small letters"),
    ("nodes.0.key", {"scheme": "a", "columns": ["start", "amount"]}, "nodes.0.key.scheme", "one column"),
    ("nodes.0.key", {"scheme": "a", "column": "bodies"}, "nodes.0.key", "split"),
    ("nodes.0.key", {"schema": "a"}, "nodes.0.key.schema", "did you mean scheme"),
    ("nodes.0.within", "body", "nodes.0.within", "Region"),
    ("nodes.0.id", "nam", "nodes.0.id", "did you mean name"),
    ("nodes.0.reference", True, "nodes.0.properties", "a reference has none"),
    ("nodes.0.type", {"column": "note", "values": {"a": "Projec"}}, "nodes.0.type.values.a", "did you mean Project"),
    ("nodes.0.type", {"column": "note", "values": {}}, "nodes.0.type.values", "not be empty"),
    ("nodes.0.properties.start_date", ["start", "begi"], "nodes.0.properties.start_date.1", "there is no begi"),
    ("nodes.0.properties.valid_form", "start", "nodes.0.properties.valid_form", "did you mean valid_from"),
    ("skip", [{"column": "note", "is": "x"}], "skip.0.is", "list"),
    ("skip", [{"colum": "note"}], "skip.0.colum", "did you mean column"),
    ("expect", {"Projects": {"min": 1}}, "expect.Projects", "did you mean Project"),
    ("expect", {"Project": {"min": 2, "max": 1}}, "expect.Project.max", "less than min"),
    ("expect", {"Project": {"min": -1}}, "expect.Project.min", "whole number"),
    ("columns.name.kind", "county", "columns.name.kind", "did you mean country"),
    ("columns.name.others", "report", "columns.name.others", "no values"),
    ("columns.name.missing", "NA", "columns.name.missing", "list"),
    ("columns.name.split", 3, "columns.name.split", "text"),
    ("edges.0.undirected", True, "edges.0.source", "may not have Project"),
    ("edges.0.when", {"column": "confirmed", "is": [True]}, "edges.0.when.is.0", "in quotes"),
    ("nodes.0.properties.start_dat", "start", "nodes.0.properties.start_dat", "did you mean start_date"),
    ("nodes.0.properties.start_date", "begin", "nodes.0.properties.start_date", "there is no begin"),
    ("nodes.0.properties.start_date", {"constant": "x"}, "nodes.0.properties.start_date", "of type date"),
    ("nodes.0.properties.start_date", {"const": "x"}, "nodes.0.properties.start_date.const", "did you mean constant"),
    ("nodes.0.properties.start_date", "aliases", "nodes.0.properties.start_date", "split"),
    ("nodes.0.properties.name", "start", "nodes.0.properties.name", "not for a pack"),
    ("edges.0.type", "PARTICIPATE_IN", "edges.0.type", "did you mean PARTICIPATES_IN"),
    ("edges.0.source", "bodie", "edges.0.source", "did you mean body"),
    ("edges.0.source", "project", "edges.0.source", "may not have Project"),
    ("edges.0.target", "body", "edges.0.target", "may not have Enterprise"),
    ("edges.0.properties.rol", "note", "edges.0.properties.rol", "did you mean role"),
    ("edges.0.key", "amont", "edges.0.key", "did you mean amount"),
    ("edges.0.key", "bodies", "edges.0.key", "split"),
    ("edges.0.when", "confirm", "edges.0.when", "did you mean confirmed"),
    ("edges.0.where", "note", "edges.0.where", "did you mean when"),
]


@pytest.mark.parametrize(("path", "value", "key", "words"), BROKEN, ids=[f"{b[0]}={b[1]}" for b in BROKEN])
def test_broken_packs_name_file_and_key(tmp_path: Path, path: str, value: object, key: str, words: str) -> None:
    with pytest.raises(OntologyError) as caught:
        load_packs(write(tmp_path, changed(path, value)))
    with use_language("en"):
        message = str(caught.value)
    assert re.match(rf"projects\.yaml(:\d+)?: {re.escape(key)}: ", message)
    assert words in message
    with use_language("zh"):
        assert re.match(rf"projects\.yaml(:\d+)?: {re.escape(key)}：", str(caught.value))


def test_a_required_property_needs_a_constant(tmp_path: Path) -> None:
    data = changed("nodes.0", {"as": "project", "type": "Target", "name": "name"})
    with pytest.raises(OntologyError, match=r"projects\.yaml:\d+: nodes\.0\.properties.*kind"):
        load_packs(write(tmp_path, data))


def test_a_region_has_the_properties_of_the_table(tmp_path: Path) -> None:
    data = changed("nodes.0", {"as": "project", "type": "Region", "name": "name", "properties": {"code": "start"}})
    with pytest.raises(OntologyError, match=r"nodes\.0\.properties\.code"):
        load_packs(write(tmp_path, data))


@pytest.mark.parametrize("content", ["a: [", "", "- a", "1: 2", "\ufffe\x00"])
def test_no_mapping(tmp_path: Path, content: str) -> None:
    (tmp_path / "bad.yaml").write_text(content, encoding="utf-8")
    with pytest.raises(OntologyError, match=r"^bad\.yaml(?::\d+)?(?:：|: yaml)"):
        load_packs(tmp_path)


def test_other_encodings(tmp_path: Path) -> None:
    (tmp_path / "bad.yaml").write_bytes("title: 名单".encode("gb18030"))
    with pytest.raises(OntologyError, match=r"^bad\.yaml(?::\d+)?(?:：|: yaml)"):
        load_packs(tmp_path)


class TestMessages:
    """What a user's own pack is told."""

    PACK = "title: {zh: 名册, en: R}\nmatch: [[名]]\ncolumns:\n  name: {zh: 名, required: true}\n"
    NODE = "nodes:\n  - {as: t, type: Enterprise, name: name}\n"

    def said(self, folder: Path, content: str | bytes) -> str:
        file = folder / "own.yaml"
        file.write_bytes(content if isinstance(content, bytes) else content.encode())
        with use_language("en"), pytest.raises(OntologyError) as caught:
            choose_packs(str(file))
        with use_language("en"):
            return str(caught.value)

    def test_a_column_with_one_name(self, tmp_path: Path) -> None:
        (tmp_path / "own.yaml").write_text(self.PACK + self.NODE, encoding="utf-8")
        (pack,) = choose_packs(str(tmp_path / "own.yaml"))
        assert (pack.columns["name"].label.zh, pack.columns["name"].label.en) == ("名", "名")

    def test_used_and_unused(self, tmp_path: Path) -> None:
        assert "is not used; write quote_only" in self.said(tmp_path, self.PACK + "  a: {zh: 甲}\n" + self.NODE)
        used = self.PACK.replace("required: true", "quote_only: true") + self.NODE
        assert "is used although it is quote_only" in self.said(tmp_path, used)

    def test_no_yaml(self, tmp_path: Path) -> None:
        said = self.said(tmp_path, self.PACK + 'nodes: ["a\n')
        assert said.startswith("own.yaml:")
        assert "not valid YAML" in said
        assert "\n" not in said
        for content in (b"PK\x03\x04\xff\xfe\x00", b"a: \x00\x01"):
            assert "is no text in UTF-8" in self.said(tmp_path, content)

    def test_ends(self, tmp_path: Path) -> None:
        edge = "  - {as: r, type: Region, name: name}\nedges: [{type: OPERATES, source: r, target: t}]\n"
        assert "OPERATES may not have Region here, only: " in self.said(tmp_path, self.PACK + self.NODE + edge)

    def test_nearly_a_name(self) -> None:
        with use_language("en"), pytest.raises(OntologyError, match="did you mean enterprises"):
            choose_packs("enterprise")

    @pytest.mark.parametrize(
        "header",
        [
            ["公司名称", "主攻方向", "荣誉称号", "人员规模", "成立时间"],
            ["Company name", "Sector", "Staff"],
            ["Firm name"],
        ],
    )
    def test_more_headers(self, header: list[str]) -> None:
        (pack,) = choose_packs("enterprises")
        assert len(pack.places(header)) == len(header)
