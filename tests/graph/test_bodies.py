"""Which written forms are one body, which never are, and what is certainly a body at all."""

from __future__ import annotations

import csv
import time
from importlib.resources import files

import pytest
from body_samples import CITY, HANGZHOU, PREFECTURE, TABLE
from hypothesis import given, settings
from hypothesis import strategies as st

from innograph.graph.bodies import NATION, carries_its_own_rank, identify
from innograph.graph.body_names import body_names
from innograph.graph.regions import Region

ANHUI, JIANGXI, ZHEJIANG = TABLE["340000"], TABLE["360000"], TABLE["330000"]


def id_of(name: str, home: Region | None = CITY) -> str:
    return identify(name, home).id


class TestOneBody:
    @pytest.mark.parametrize(
        ("forms", "expected"),
        [
            (["市发改委", "市发展改革委", "市发展和改革委员会", "昌吉市发改委", "发展改革委"], "652301/发改委"),
            (["市工信局", "市工业和信息化局", "市工业信息化局"], "652301/工信局"),
            (["市商务和工信局", "市商务和工业信息化局", "市商务工信局"], "652301/商务和工信局"),
            (["市人社局", "市人力社保局", "市人力资源社会保障局", "市人力资源和社会保障局"], "652301/人社局"),
            (["市市场监管局", "市市场监督管理局", "市市监局"], "652301/市场监督管理局"),
            (["市应急局", "市应急管理局"], "652301/应急管理局"),
            (["市卫健委", "市卫生健康委", "市卫生健康委员会"], "652301/卫健委"),
            (["市文旅局", "市文化和旅游局", "市文化旅游局"], "652301/文旅局"),
            (["市住建局", "市住房城乡建设局", "市住房和城乡建设局", "市建设局"], "652301/住建局"),
            (["市政府办", "市人民政府办公室", "市政府办公室"], "652301/人民政府办公室"),
            (["市政府", "市人民政府", "昌吉市", "昌吉市人民政府"], "652301/人民政府"),
            (["团市委", "市团委", "共青团市委员会".replace("共青团市", "市共青团")], "652301/团委"),
            (["市委编办", "市编办", "市委机构编制委员会办公室"], "652301/委编办"),
            (["市科协", "市科学技术协会"], "652301/科协"),
            (["市教科局", "市教育和科学技术局", "市教育科技局"], "652301/教科局"),
            (["市扶贫办", "市乡村振兴局", "市扶贫开发领导小组办公室"], "652301/乡村振兴局"),
        ],
    )
    def test_its_forms_have_one_id(self, forms: list[str], expected: str) -> None:
        assert {id_of(form) for form in forms} == {f"Department:{expected}"}

    def test_what_is_shown_stays_and_what_is_written_is_kept(self) -> None:
        full = identify("市发展和改革委员会", CITY)
        assert (full.name, full.short, full.mandate) == ("昌吉市发改委", "市发改委", "发改委")
        assert "市发展和改革委员会" in full.aliases
        short = identify("市发改委", CITY)
        assert (short.name, short.short, short.aliases) == ("昌吉市发改委", "市发改委", ())

    def test_institutes_in_full(self) -> None:
        assert identify("中科院").id == identify("中国科学院").id == "Institute:中国科学院"
        assert identify("中科院某某分院").name == "中国科学院某某分院"
        assert id_of("省农业科学院", ANHUI) == id_of("省农科院", ANHUI) == "Institute:安徽省农科院"


class TestTwoBodies:
    @pytest.mark.parametrize(
        ("one", "other"),
        [
            ("市发改委", "州发改委"),
            ("市发改委", "自治区发展和改革委员会"),
            ("市文化和旅游局", "市文化广电和旅游局"),
            ("市自然资源局", "市自然资源和规划局"),
            ("市数据局", "市大数据局"),
            ("市科委", "市科技局"),
            ("市卫计委", "市卫健委"),
            ("市工信局", "市经信局"),
            ("市药监局", "国家药监局"),
            ("市金融办", "市委金融办"),
            ("市委组织部", "市人社局"),
            ("市教育局", "市教科局"),
        ],
    )
    def test_they_stay_two(self, one: str, other: str) -> None:
        assert id_of(one) != id_of(other)

    def test_the_provinces_own_and_the_nations_branch(self) -> None:
        own, sent = identify("省金融监管局", ZHEJIANG), identify("浙江金融监管局", ZHEJIANG)
        assert own.id == id_of("省地方金融监管局", ZHEJIANG) == "Department:330000/地方金融监管局"
        assert (own.parent, sent.level) == (None, "nation")
        assert sent.parent is not None
        assert (sent.id, sent.parent.id) == (
            "Department:100000/金融监管总局/330000",
            "Department:100000/金融监管总局",
        )


class TestTheNation:
    @pytest.mark.parametrize(
        ("forms", "expected", "name"),
        [
            (["发展改革委", "国家发展改革委", "国家发展和改革委员会"], "发改委", "国家发展和改革委员会"),
            (["税务总局", "国家税务总局"], "税务总局", "国家税务总局"),
            (["人民银行", "中国人民银行", "人行"], "人民银行", "中国人民银行"),
            (["银保监会", "中国银行保险监督管理委员会"], "银保监会", "中国银行保险监督管理委员会"),
            (["卫生健康委"], "卫健委", "国家卫生健康委员会"),
            (["人力资源社会保障部"], "人社部", "人力资源和社会保障部"),
            (["中央宣传部", "中宣部", "中共中央宣传部"], "中央宣传部", "中共中央宣传部"),
            (["全国妇联"], "全国妇联", "中华全国妇女联合会"),
            (["林草局", "国家林业和草原局"], "林草局", "国家林业和草原局"),
        ],
    )
    def test_its_bodies(self, forms: list[str], expected: str, name: str) -> None:
        for form in forms:
            body = identify(form, NATION)
            assert (body.id, body.name, body.level, body.certain) == (
                f"Department:100000/{expected}",
                name,
                "nation",
                True,
            )

    @pytest.mark.parametrize("name", ["财政部", "海关总署", "证监会", "国家药监局", "中央统战部", "全国总工会"])
    def test_they_are_meant_wherever_they_stand(self, name: str) -> None:
        assert identify(name, CITY) == identify(name, NATION) == identify(name)

    def test_a_plain_name_is_the_nations_only_in_its_own_documents(self) -> None:
        assert id_of("能源局", NATION) == "Department:100000/能源局"
        assert id_of("能源局", ANHUI) == "Department:340000/能源局"
        assert id_of("能源局", None) == "Department:能源局"

    def test_a_body_outside_the_table_is_the_nations_all_the_same(self) -> None:
        body = identify("园林局", NATION)
        assert (body.id, body.name) == ("Department:100000/园林局", "国家园林局")
        assert identify(body.name).id == body.id

    @pytest.mark.parametrize("issuer", ["国务院", "国务院办公厅", "中共中央办公厅"])
    def test_issuers_say_whose_documents_they_are(self, issuer: str) -> None:
        assert identify(issuer).jurisdiction == NATION

    @pytest.mark.parametrize(
        ("forms", "home", "parent", "seat"),
        [
            (["人行南昌中心支行", "中国人民银行南昌中心支行"], JIANGXI, "人民银行", "360100"),
            (["人行浙江省分行"], ZHEJIANG, "人民银行", "330000"),
            (["人行", "市人行"], HANGZHOU, "人民银行", "330100"),
            (["江西银保监局", "中国银行保险监督管理委员会江西监管局"], JIANGXI, "银保监会", "360000"),
            (["市银保监分局", "杭州银保监分局", "银保监分局"], HANGZHOU, "银保监会", "330100"),
            (["安徽证监局"], ANHUI, "证监会", "340000"),
            (["南昌海关"], JIANGXI, "海关总署", "360100"),
        ],
    )
    def test_branches_it_sends_out(self, forms: list[str], home: Region, parent: str, seat: str) -> None:
        for form in forms:
            body = identify(form, home)
            assert body.parent is not None
            assert body.seat is not None
            assert (body.label, body.certain) == ("Department", True)
            assert (body.id, body.parent.mandate, body.seat.code) == (
                f"Department:100000/{parent}/{seat}",
                parent,
                seat,
            )

    def test_a_provinces_tax_bureau_under_both_names(self) -> None:
        assert id_of("国家税务总局浙江省税务局", ZHEJIANG) == id_of("省税务局", ZHEJIANG) == "Department:330000/税务局"


class TestWhoseBody:
    def test_a_name_without_level_is_the_issuers(self) -> None:
        assert id_of("科技局") == "Department:652301/科技局"
        assert id_of("科技局", PREFECTURE) == "Department:652300/科技局"
        assert identify("科技局").jurisdiction is None

    def test_a_name_that_several_places_have_is_the_issuers(self) -> None:
        (of_beijing,) = (r for r in TABLE.named("朝阳区") if r.parent == "110000")
        assert id_of("朝阳区科技局", of_beijing) == "Department:110105/科技局"
        assert identify("朝阳区科技局").jurisdiction is None

    def test_groups(self) -> None:
        typed = {"各市、县〔区〕人民政府", "各市、县（区）人民政府", "各市、县(区)政府"}
        assert {id_of(n, JIANGXI) for n in typed} == {"Collective:360000/各市、县(区)人民政府"}
        assert id_of("各省级人民政府", NATION) == "Collective:100000/各省级人民政府"
        assert id_of("省直有关部门", JIANGXI) != id_of("省直有关部门", ANHUI)

    @pytest.mark.parametrize(
        ("name", "own"),
        [
            ("财政部", True),
            ("人行", True),
            ("海关", True),
            ("赣江新区管委会", True),
            ("沙县区人民政府", True),
            ("高新区管委会", False),
            ("财政局", False),
            ("科协", False),
        ],
    )
    def test_own_rank(self, name: str, own: bool) -> None:
        assert carries_its_own_rank(name) is own


ROWS = list(
    csv.DictReader(files("innograph").joinpath("data/lookups/body_names.csv").read_text(encoding="utf-8").splitlines())
)


class TestTable:
    def test_every_row_has_a_source_and_years(self) -> None:
        assert {row["kind"] for row in ROWS} == {"mandate", "name", "national", "dispatched", "institute"}
        for row in ROWS:
            assert row["canonical"]
            assert row["short"]
            assert row["full"]
            assert row["source"]
            assert all(not year or (year.isdigit() and len(year) == 4) for year in (row["valid_from"], row["valid_to"]))
            assert row["valid_from"] <= (row["valid_to"] or "9999")

    def test_no_name_leads_to_two_bodies(self) -> None:
        leads: dict[tuple[str, str], set[str]] = {}
        for row in ROWS:
            for column in ("short", "full") if row["kind"] != "dispatched" else ("short",):
                leads.setdefault((row["kind"], row[column].replace("和", "")), set()).add(row["canonical"])
        assert {name: found for name, found in leads.items() if len(found) > 1} == {}

    @pytest.mark.parametrize(
        "row", [row for row in ROWS if row["kind"] in ("mandate", "name")], ids=lambda r: r["short"]
    )
    def test_every_form_leads_to_its_body(self, row: dict[str, str]) -> None:
        ending = "局" if row["kind"] == "mandate" else ""
        expected = f"{row['canonical']}{ending}"
        names = body_names()
        forms = (row["canonical"], row["short"], row["full"])
        assert {names.canonical(f"{form}{ending}") for form in forms} == {expected}
        assert names.canonical(expected) == expected


HOMES = st.sampled_from([None, CITY, PREFECTURE, HANGZHOU, ANHUI, ZHEJIANG, TABLE["110105"], NATION])
WORDS = [
    "市",
    "省",
    "州",
    "区",
    "县",
    "自治区",
    "国家",
    "中央",
    "人行",
    "昌吉",
    "浙江",
    "江西省",
    "朝阳区",
    "市委",
    "各",
    "有关",
    "发展",
    "和",
    "改革",
    "委员会",
    "发改",
]
WORDS += [
    "工业",
    "信息化",
    "局",
    "厅",
    "委",
    "办",
    "办公室",
    "部",
    "金融监管",
    "银保监",
    "分局",
    "海关",
    "税务总局",
    "人民政府",
    "政府",
    "团",
    "（",
    "）",
    "、",
    "中科院",
]
WORDS += ["组织部", "编办", "党校", "公司", "集团", "大学", "推进", "中心", "支行", "财政", "科协", "的", "某"]
NAMES = st.lists(st.sampled_from(WORDS), min_size=1, max_size=7).map("".join) | st.text(max_size=30)


@settings(max_examples=600, deadline=None)
@given(NAMES, HOMES)
def test_a_body_is_found_again_by_its_own_name(name: str, home: Region | None) -> None:
    body = identify(name, home)
    assert identify(body.name, home).id == body.id


@settings(max_examples=300, deadline=None)
@given(st.sampled_from(ROWS), st.sampled_from(["局", "委", "办"]))
def test_no_two_levels_share_an_id(row: dict[str, str], ending: str) -> None:
    for name in (row["short"], row["full"], f"{row['short']}{ending}"):
        at_levels = [identify(f"{word}{name}", CITY) for word in ("市", "州", "自治区")]
        known = [body for body in at_levels if body.label == "Department" and body.jurisdiction]
        assert len({body.id for body in known}) == len(known)


def test_long_and_hostile_names_take_no_time() -> None:
    start = time.process_time()  # a busy machine must not fail this
    for name in (
        "高新区" * 40 + "某园区",
        "直属" * 200 + "x",
        "研究" * 300 + "院",
        "市" * 5000,
        "发展和" * 2000 + "局",
        "（" * 3000,
    ):
        identify(name, CITY)
        carries_its_own_rank(name)
    assert time.process_time() - start < 1
