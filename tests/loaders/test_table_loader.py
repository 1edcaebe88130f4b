"""The table loader: what each roster says, and what is reported where it says it badly."""

from __future__ import annotations

import contextlib
import csv
import io
from collections import Counter
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pandas as pd
import pytest
from hypothesis import event, given, settings
from hypothesis import strategies as st

from innograph.graph.bodies import identify
from innograph.graph.checking import check_assertions
from innograph.graph.errors import InputError
from innograph.graph.identity import edge_id
from innograph.graph.issues import Severity
from innograph.graph.ontology import load_ontology
from innograph.graph.records import EdgeAssertion, Locator, NodeAssertion
from innograph.graph.text import use_language
from innograph.loaders.base import Loaded
from innograph.loaders.plan import parse
from innograph.loaders.plan.emit import assertions_of
from innograph.loaders.reading import read_document
from innograph.loaders.table import load_packs, load_table, match_pack

SAMPLE = Path(__file__).parents[2] / "data/sample/changji"
ROSTERS = SAMPLE / "rosters"


def load(text: str | bytes, name: str = "a.csv", **options: Any) -> Loaded:
    """Load a file with that content; the stream is taken, so that it may be looked at several times."""
    with TemporaryDirectory() as folder:
        file = Path(folder, name)
        file.write_bytes(text if isinstance(text, bytes) else text.encode())
        loaded = load_table(file, **options)
        loaded.assertions = list(check_assertions(loaded.assertions, load_ontology(), whole=True))
    assert all(issue.message and issue.hint for issue in loaded.issues)
    return loaded


def nodes(loaded: Loaded) -> set[str]:
    return {a.id for a in loaded.assertions if isinstance(a, NodeAssertion)}


def edges(loaded: Loaded) -> set[tuple[str, str, str]]:
    return {(a.type, a.source, a.target) for a in loaded.assertions if isinstance(a, EdgeAssertion)}


def properties(loaded: Loaded, id_: str) -> dict[str, object]:
    return next(dict(a.properties) for a in loaded.assertions if isinstance(a, NodeAssertion) and a.id == id_)


def issues(loaded: Loaded) -> list[tuple[str, int | None, int | None]]:
    return [(i.code, i.place.row, i.place.column) for i in loaded.issues]


def bundled(name: str) -> tuple[Loaded, pd.DataFrame]:
    frame = pd.read_csv(ROSTERS / f"{name}.csv", dtype=str, keep_default_na=False)
    loaded = load((ROSTERS / f"{name}.csv").read_bytes(), f"{name}.csv")
    assert (loaded.loader, loaded.issues) == ("table", [])
    assert all(a.evidence.confidence == 1.0 for a in loaded.assertions)
    lines = {number + 2: " | ".join(row) for number, row in enumerate(frame.itertuples(index=False, name=None))}
    for a in loaded.assertions:
        place = a.evidence.place
        assert place.row is not None
        assert place == Locator(row=place.row, column=place.column)
        assert a.evidence.quote == lines[place.row]
    # The last row of the ladder says nothing that the rows before it have not said.
    assert {a.evidence.place.row for a in loaded.assertions} >= set(lines) - ({5} if name == "tiers" else set())
    return loaded, frame


class TestBundledRosters:
    def test_enterprises(self) -> None:
        loaded, frame = bundled("enterprises")
        assert loaded.title == "企业名单"
        assert nodes(loaded) == {f"Enterprise:{name}" for name in frame["企业名称"]}
        assert loaded.counts() == {"Enterprise": 4}
        assert edges(loaded) == set()

    def test_institutes(self) -> None:
        loaded, frame = bundled("institutes")
        hospital = "Institute:652301/新疆医科大学一附院昌吉分院"
        said = {f"Institute:{name}" for name in frame["名称"] if "昌吉分院" not in name} | {hospital}
        assert {own_id for own_id in nodes(loaded) if own_id.startswith("Institute")} == said
        assert loaded.counts() == {"Institute": 4, "Region": 4}
        assert {one for one in edges(loaded) if one[0] != "WITHIN"} == {("LOCATED_IN", hospital, "Region:652301")}

    def test_platforms(self) -> None:
        loaded, frame = bundled("platforms")
        assert nodes(loaded) == {f"Platform:{name}" for name in frame["名称"]}
        assert loaded.counts() == {"Platform": 6}
        assert edges(loaded) == set()

    def test_tiers(self) -> None:
        loaded, frame = bundled("tiers")
        names = {a.properties["name"] for a in loaded.assertions if isinstance(a, NodeAssertion)}
        assert names == set(frame["梯度"])
        assert loaded.counts() == {"Tier": 4}
        said = [(a.source, a.target) for a in loaded.assertions if isinstance(a, EdgeAssertion)]
        first, second, third, fourth = (
            "Tier:初创企业(团队)",
            "Tier:科技型中小企业",
            "Tier:高新技术企业(专精特新企业)",
            "Tier:科技型领军企业(专精特新小巨人企业)",
        )
        assert said == [(first, second), (second, third), (third, fourth)]
        assert len(said) == int((frame["下一级"] != "").sum())

    def test_cooperation(self) -> None:
        loaded, _ = bundled("cooperation")
        party, prefecture, province = "Institute:中科院新疆生地所", "Region:652300", "Region:650000"
        nation = "Region:100000"
        assert nodes(loaded) == {party, prefecture, province, nation}
        assert edges(loaded) == {
            ("COOPERATES_WITH", party, prefecture),
            ("WITHIN", prefecture, province),
            ("WITHIN", province, nation),
        }
        edge = next(a for a in loaded.assertions if a.id.startswith("COOPERATES_WITH"))
        assert edge.properties == {"kind": "院地", "subject": "科普"}
        assert properties(loaded, prefecture) == {
            "name": "昌吉回族自治州",
            "short": "昌吉州",
            "code": "652300",
            "level": "prefecture",
            "country": "CN",
        }

    def test_titles_in_english(self) -> None:
        with use_language("en"):
            assert bundled("platforms")[0].title == "Platforms"

    @pytest.mark.parametrize("name", ["enterprises", "platforms", "cooperation"])
    def test_a_roster_and_the_plan_meet(self, name: str) -> None:
        """What the plan says too has the same id there, and the same edge the same key; a region makes the id longer."""
        document = read_document("plan.txt", (SAMPLE / "plan.txt").read_bytes())
        of_plan = {a.id for a in assertions_of(parse(document))}
        assert {a.id for a in bundled(name)[0].assertions} <= of_plan

    def test_the_ladder_and_the_plan_meet(self) -> None:
        text = "昌吉市方案\n一、任务\n（一）提质。按照“初创企业（团队）—科技型中小企业—高新技术企业”梯度培育。\n牵头单位：市科技局"
        of_plan = {a.id for a in assertions_of(parse(read_document("plan.txt", text.encode())))}
        loaded = load("梯度,下一级\n初创企业（团队）,科技型中小企业\n科技型中小企业,高新技术企业\n")
        assert {a.id for a in loaded.assertions} <= of_plan


class TestReading:
    TEXT = "企业名称,依据\n特变电工,任务六\n笑厨,任务六\n"

    def test_quoted_newline(self) -> None:
        loaded = load('企业名称,依据\n"特变\n电工","一,\n二"\n笑厨,三\n')
        assert nodes(loaded) == {"Enterprise:特变电工", "Enterprise:笑厨"}
        assert properties(loaded, "Enterprise:特变电工")["name"] == "特变电工"
        first, second = list(loaded.assertions)
        assert (first.evidence.quote, first.evidence.place.row) == ("特变\n电工 | 一,\n二", 2)
        assert second.evidence.place.row == 3

    def test_empty_rows_are_counted_and_skipped(self) -> None:
        loaded = load("\n,,\n企业名称,依据\n\n,\n特变电工,x\n   ,\n")
        assert [a.evidence.place.row for a in loaded.assertions] == [6]
        assert loaded.issues == []

    def test_repeated_header_is_skipped(self) -> None:
        loaded = load("企业名称,依据\n特变电工,x\n企业名称,依据\n笑厨,y\n")
        assert nodes(loaded) == {"Enterprise:特变电工", "Enterprise:笑厨"}
        assert all(issue.severity is Severity.INFO for issue in loaded.issues)

    def test_empty_columns_at_the_end(self) -> None:
        loaded = load("企业名称,依据,,\n特变电工,x,,\n笑厨,y,\n")
        assert nodes(loaded) == {"Enterprise:特变电工", "Enterprise:笑厨"}
        assert [a.evidence.quote for a in loaded.assertions] == ["特变电工 | x", "笑厨 | y"]
        assert loaded.issues == []


class TestHeader:
    def test_unknown(self) -> None:
        with pytest.raises(InputError) as caught:
            load("姓名,{电话}\n甲,1\n")
        for language in ("zh", "en"):
            with use_language(language):
                message = str(caught.value)
            assert "姓名、{电话}" in message
            for pack in load_packs().values():
                assert pack.title.show(language) in message
                assert all(word in message for alternative in pack.match for word in alternative)
        assert match_pack(["姓名", "电话"]) is None

    def test_of_several_kinds(self) -> None:
        with pytest.raises(InputError, match="几种") as caught:
            load("企业名称,院所名称\n甲,乙大学\n")
        assert "平台载体名单" not in str(caught.value)
        assert match_pack(["企业名称", "院所名称"]) is None

    def test_name_alone_identifies_nothing(self) -> None:
        assert match_pack(["名称", "级别"]) is match_pack(["名称", "角色"]) is match_pack(["名称"]) is None

    def test_unmapped_column(self) -> None:
        loaded = load("企业名称,吉祥物,依据,角色,依据任务\n特变电工,1,x,y,z\n")
        assert issues(loaded) == [("table.unmapped-column", 1, 2)]
        assert loaded.issues[0].values == {"column": "吉祥物"}
        assert loaded.issues[0].severity is Severity.INFO

    def test_two_columns_of_one_meaning(self) -> None:
        loaded = load("公司名称,企业名称,企业名称\n甲公司,乙公司,丙公司\n")
        assert nodes(loaded) == {"Enterprise:乙公司"}
        assert issues(loaded) == [("table.repeated-column", 1, 1), ("table.repeated-column", 1, 3)]
        with use_language("zh"):
            said = [issue.message for issue in loaded.issues]
        assert all("只载入了第2列" in one for one in said)
        assert [one[:3] for one in said] == ["第1列", "第3列"]

    def test_header_without_rows(self) -> None:
        loaded = load("企业名称,依据\n")
        assert (loaded.assertions, issues(loaded)) == ([], [("table.no-rows", 1, None)])

    def test_typing_differences(self) -> None:
        assert nodes(load(" 企业　名称 ,備註\n甲,x\n")) == {"Enterprise:甲"}
        assert nodes(load("PARTY A,party b\n甲大学,乙公司\n")) == {"Institute:甲大学", "Enterprise:乙公司"}


class TestRows:
    def test_missing_name(self) -> None:
        loaded = load("企业名称,所在区域\n,昌吉市\n无,昌吉市\n——,昌吉市\n“”,昌吉市\n特变电工,昌吉市\n")
        assert issues(loaded) == [("table.missing-value", row, 1) for row in (2, 3, 4, 5)]
        assert {a.evidence.place.row for a in loaded.assertions} == {6}
        assert loaded.issues[0].quote == " | 昌吉市"

    def test_short_and_long_rows(self) -> None:
        loaded = load("企业名称,角色,依据\n甲公司\n乙公司,x\n丙公司,x,y\n丁公司,x,y,z\n")
        assert nodes(loaded) == {"Enterprise:甲公司", "Enterprise:乙公司", "Enterprise:丙公司"}
        assert [a.evidence.quote for a in loaded.assertions] == ["甲公司 |  | ", "乙公司 | x | ", "丙公司 | x | y"]
        assert issues(loaded) == [("table.row-too-short", 5, None), ("table.row-padded", 1, None)]
        assert [i.values for i in loaded.issues] == [{"found": 4, "wanted": 3}, {"count": 2}]
        with use_language("en"):
            assert loaded.issues[0].message.startswith("The row has 4 cells, the header 3")

    def test_rows_without_a_required_end(self) -> None:
        loaded = load("依据,企业名称,所在区域\n甲公司\n乙,乙公司\n")
        assert nodes(loaded) == {"Enterprise:乙公司"}
        assert issues(loaded) == [("table.row-too-short", 2, None), ("table.row-padded", 1, None)]

    def test_a_bad_line_of_json(self) -> None:
        lines = ['{"企业名称": "甲公司"}', '{"企业名称": "乙公司"', "", '{"企业名称": "丙公司"}', "[1]"]
        loaded = load("\n".join(lines), "a.jsonl")
        assert nodes(loaded) == {"Enterprise:甲公司", "Enterprise:丙公司"}
        assert [(i.code, i.place.line, i.severity) for i in loaded.issues] == [
            ("table.record-unreadable", 2, Severity.ERROR),
            ("table.record-unreadable", 5, Severity.ERROR),
        ]
        with pytest.raises(InputError):
            load('{"企业名称"\n{', "a.jsonl")

    def test_ambiguous_region_of_an_enterprise(self) -> None:
        """Only what stands in the bad cell is left out."""
        loaded = load("企业名称,所在区域\n甲公司,朝阳区\n乙公司,北京市朝阳区\n")
        assert issues(loaded) == [("table.bad-value", 2, 2)]
        assert loaded.issues[0].values["value"] == "朝阳区"
        assert "吉林省长春市朝阳区" in loaded.issues[0].message
        assert edges(loaded) == {
            ("LOCATED_IN", "Enterprise:110105/乙公司", "Region:110105"),
            ("WITHIN", "Region:110105", "Region:110000"),
            ("WITHIN", "Region:110000", "Region:100000"),
            ("WITHIN", "Region:110000", "Region:100000"),
        }
        assert "Enterprise:甲公司" in nodes(loaded)

    def test_ambiguous_region_as_a_party(self) -> None:
        """A cooperation without its second party is none."""
        loaded = load("甲方,乙方\n甲大学,朝阳区\n甲大学,昌吉市\n")
        assert issues(loaded) == [("table.bad-value", 2, 2)]
        assert {a.evidence.place.row for a in loaded.assertions} == {3}

    def test_unknown_region(self) -> None:
        assert issues(load("平台名称,所在区域\n某园,某某县\n")) == [("table.bad-value", 2, 2)]

    @pytest.mark.parametrize("written", ["昌吉市", "652301", "新疆昌吉州昌吉市", "新疆维吾尔自治区昌吉市", "昌吉 市"])
    def test_ways_to_write_a_region(self, written: str) -> None:
        loaded = load(f"院所名称,所在区域\n昌吉学院,{written}\n")
        assert ("LOCATED_IN", "Institute:652301/昌吉学院", "Region:652301") in edges(loaded)

    def test_lists_values_and_years(self) -> None:
        loaded = load(
            "企业名称,别名,所属产业,梯度,认定年份,统一社会信用代码\n"
            "甲公司,阿甲、老甲；阿甲,新材料；生物育种（玉米、棉花）,高企、科小,２０２２年,91350100M000100Y43\n"
        )
        assert loaded.issues == []
        assert properties(loaded, "Organisation:uscc=91350100M000100Y43") == {
            "name": "甲公司",
            "aliases": ["阿甲", "老甲"],
            "credit_code": "91350100M000100Y43",
        }
        assert {t for e, _, t in edges(loaded) if e == "FOCUSES_ON"} == {
            "Industry:新材料",
            "Industry:生物育种(玉米、棉花)",
        }
        tiers = [a for a in loaded.assertions if isinstance(a, EdgeAssertion) and a.type == "QUALIFIES_AS"]
        assert {a.target for a in tiers} == {"Tier:高新技术企业", "Tier:科技型中小企业"}
        assert all(a.properties == {"year": 2022} for a in tiers)
        assert {a.evidence.place.column for a in tiers} == {4}

    def test_bad_year_loses_the_year_only(self) -> None:
        loaded = load("企业名称,梯度,认定年份\n甲公司,高企,去年\n")
        assert issues(loaded) == [("table.bad-value", 2, 3)]
        assert ("QUALIFIES_AS", "Enterprise:甲公司", "Tier:高新技术企业") in edges(loaded)

    def test_parties(self) -> None:
        loaded = load("甲方,乙方,类型\n新疆大学,某某股份有限公司,校企合作\n某某学会,新疆大学,战略\n")
        assert edges(loaded) == {
            ("COOPERATES_WITH", "Institute:新疆大学", "Enterprise:某某股份有限公司"),
            ("COOPERATES_WITH", "ServiceBody:某某学会", "Institute:新疆大学"),
        }
        assert [a.properties for a in loaded.assertions if isinstance(a, EdgeAssertion)] == [
            {"kind": "校企"},
            {"kind": "战略"},
        ]

    def test_party_of_no_known_form(self) -> None:
        assert issues(load("甲方,乙方\n特变电工,新疆大学\n")) == [("table.bad-value", 2, 1)]

    def test_nothing_cooperates_with_itself(self) -> None:
        loaded = load("甲方,乙方\n昌吉州,昌吉回族自治州\n")
        assert (loaded.assertions, issues(loaded)) == ([], [("table.bad-value", 2, 2)])

    def test_two_subjects_are_two_edges(self) -> None:
        loaded = load("甲方,乙方,内容\n新疆大学,昌吉州,科普合作\n新疆大学,昌吉州,合作\n新疆大学,昌吉州,\n")
        found = {a.id for a in loaded.assertions if a.id.startswith("COOPERATES_WITH")}
        ends = ("COOPERATES_WITH", "Institute:新疆大学", "Region:652300")
        assert found == {edge_id(*ends, "科普"), edge_id(*ends, "合作"), edge_id(*ends)}

    def test_a_company_of_a_plan_is_the_same(self) -> None:
        name = "新疆某某（集团）有限责任公司"
        assert nodes(load(f"企业名称\n{name}\n")) == {identify(name).id}


def table(header: tuple[str, ...], rows: list[list[str]]) -> bytes:
    out = io.StringIO()
    csv.writer(out).writerows([header, *rows])
    return out.getvalue().encode("utf-8", errors="replace")


HEADERS = [tuple(column.label.zh for column in pack.columns.values()) for pack in load_packs().values()]
# More than a trace of control characters makes a file no text, so the cells have none.
CELLS = st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=8) | st.sampled_from(
    [
        "昌吉市",
        "朝阳区",
        "新疆大学",
        "某某公司",
        "2022",
        "nan",
        "9" * 5000,
        "“”",
        "/",
        "a/",
        "\u200b",
        "甲、乙；丙",
        "高企",
        "a\nb",
        "合作",
    ]
)


@settings(max_examples=300, deadline=None)
@given(st.binary(max_size=200))
def test_arbitrary_bytes(data: bytes) -> None:
    for start in (b"", "企业名称,所在区域\n".encode(), "甲方,乙方,内容\n".encode("gb18030")):
        with contextlib.suppress(InputError):
            load(start + data)


@settings(max_examples=200, deadline=None)
@given(
    st.sampled_from(HEADERS).flatmap(
        lambda h: st.tuples(st.just(h), st.lists(st.lists(CELLS, min_size=len(h), max_size=len(h)), max_size=4))
    )
)
def test_arbitrary_cells(drawn: tuple[tuple[str, ...], list[list[str]]]) -> None:
    """Whatever the cells hold, what is loaded fits the ontology, and a row that says nothing is empty or reported."""
    header, rows = drawn
    try:
        loaded = load(table(header, rows))
    except InputError as error:
        event(str(error))
        return
    said = Counter(a.evidence.place.row for a in loaded.assertions)
    reported = {i.place.row for i in loaded.issues}
    empty_or_header = [all(not cell.strip() for cell in row) or tuple(row) == header for row in rows]
    if any(issue.code == "table.rows-unfilled" for issue in loaded.issues):
        return
    # A later row may say only what an earlier one said, and that is not said again.
    first = next((number for number, skipped in enumerate(empty_or_header, start=2) if not skipped), None)
    assert first is None or said[first] or first in reported
