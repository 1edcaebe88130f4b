"""Proposed mappings: what each column is taken for, and that the YAML loads as it is."""

from __future__ import annotations

import zipfile
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import Workbook

from innograph.graph.errors import InputError, OntologyError
from innograph.graph.records import EdgeAssertion, NodeAssertion
from innograph.graph.text import use_language
from innograph.loaders.base import Loaded
from innograph.loaders.table import load_table
from innograph.loaders.table.proposals import Proposal, propose

#: Worked out with the standard's weights.
USCC = "91350100M000100Y43"


def table(folder: Path, text: str, name: str = "表.csv") -> Path:
    file = folder / name
    file.write_text(text, encoding="utf-8")
    return file


def one(folder: Path, text: str, **options: Any) -> Proposal:
    (found,) = propose(table(folder, text), **options)
    return found


def keys(proposal: Proposal) -> dict[str, str]:
    return {proposal.header[match.index]: match.key for match in proposal.matched.found}


def reasons(proposal: Proposal) -> dict[str, str]:
    return {proposal.header[index]: why.zh for index, why in proposal.matched.left.items()}


def load(folder: Path, proposal: Proposal, file: Path | None = None) -> Loaded:
    """Load the file by the proposal as it was written."""
    mapping = folder / "proposed.yaml"
    mapping.write_text(proposal.text, encoding="utf-8")
    loaded = load_table(file or folder / "表.csv", pack=str(mapping))
    loaded.assertions = list(loaded.assertions)
    return loaded


def nodes(loaded: Loaded, label: str) -> dict[str, dict[str, Any]]:
    return {a.id: dict(a.properties) for a in loaded.assertions if isinstance(a, NodeAssertion) and a.label == label}


class TestColumns:
    def test_a_roster_with_words_of_its_own(self, tmp_path: Path) -> None:
        found = one(
            tmp_path,
            f"公司,机构代码,公司地址,员工,口号\n甲有限公司,{USCC},昌吉市建国路1号,12,番茄\n乙有限公司,,阜康市,5,棉\n",
        )
        assert found.base == "enterprises"
        assert keys(found) == {"公司": "name", "机构代码": "credit_code", "公司地址": "region", "员工": "employees"}
        assert reasons(found) == {"口号": "没有相应的属性"}
        loaded = load(tmp_path, found)
        assert nodes(loaded, "Enterprise") == {
            f"Organisation:uscc={USCC}": {"name": "甲有限公司", "credit_code": USCC, "employees": 12},
            "Enterprise:652302/乙有限公司": {"name": "乙有限公司", "employees": 5},
        }
        located = {
            (a.source, a.target) for a in loaded.assertions if isinstance(a, EdgeAssertion) and a.type == "LOCATED_IN"
        }
        assert located == {
            (f"Organisation:uscc={USCC}", "Region:652301"),
            ("Enterprise:652302/乙有限公司", "Region:652302"),
        }

    def test_an_english_header(self, tmp_path: Path) -> None:
        found = one(tmp_path, f"Company name,Credit code,Address,R&D spending\nAlpha Ltd,{USCC},昌吉市,3\n")
        assert keys(found) == {"Company name": "name", "Credit code": "credit_code", "Address": "region"}
        # R&D spending is kept in 10,000 yuan, which this header does not say.
        assert "没有写单位" in reasons(found)["R&D spending"]
        assert list(nodes(load(tmp_path, found), "Enterprise")) == [f"Organisation:uscc={USCC}"]

    def test_a_known_header_is_read_by_its_pack(self, tmp_path: Path) -> None:
        found = one(tmp_path, "企业名称,所在区域\n甲公司,昌吉市\n")
        assert (found.base, found.known) == ("enterprises", True)
        assert {match.sureness for match in found.matched.found} == {1.0}

    def test_numbers_and_marks_before_a_header_do_not_count(self, tmp_path: Path) -> None:
        found = one(tmp_path, "1.企业名称,*从业人数\n甲公司,3\n")
        assert keys(found) == {"1.企业名称": "name", "*从业人数": "employees"}
        assert {match.sureness for match in found.matched.found} == {0.9}

    @pytest.mark.parametrize("unit", ["亿元", "元", "美元", "百万元"])
    def test_another_unit_is_never_taken_for_ours(self, tmp_path: Path, unit: str) -> None:
        found = one(tmp_path, f"企业名称,营业收入（{unit}）\n甲公司,1.2\n")
        assert keys(found) == {"企业名称": "name"}
        assert f"表头的单位是“{unit}”" in reasons(found)[f"营业收入（{unit}）"]

    def test_our_unit_is(self, tmp_path: Path) -> None:
        found = one(tmp_path, "企业名称,年营业收入(万元)\n甲公司,1.2\n")
        assert nodes(load(tmp_path, found), "Enterprise")["Enterprise:甲公司"]["revenue"] == 1.2

    def test_a_header_like_ours_with_other_values_is_left_out(self, tmp_path: Path) -> None:
        found = one(tmp_path, "企业名称,员工人\n甲公司,很多\n乙公司,少\n")
        assert reasons(found) == {"员工人": "表头像“从业人数”，但多数值不像"}

    def test_bad_keys_are_no_credit_codes(self, tmp_path: Path) -> None:
        found = one(tmp_path, "企业名称,甲码\n甲公司,91350100M000100Y44\n")
        assert keys(found) == {"企业名称": "name"}

    def test_cells_that_name_several_things_are_split(self, tmp_path: Path) -> None:
        file = table(tmp_path, "活动名称,地点,别称\n某博览会,昌吉市,甲会、乙会\n")
        (found,) = propose(file, of_type="Event")
        assert keys(found)["活动名称"] == "name"
        assert found.base == ""
        assert nodes(load(tmp_path, found), "Event") == {"Event:某博览会": {"name": "某博览会"}}

    def test_a_column_of_regions_is_known_by_its_values(self, tmp_path: Path) -> None:
        found = one(tmp_path, "企业名称,在哪\n甲公司,昌吉市\n乙公司,阜康市\n")
        assert keys(found) == {"企业名称": "name", "在哪": "region"}

    def test_a_column_without_header_and_a_repeated_one(self, tmp_path: Path) -> None:
        found = one(tmp_path, "企业名称,,企业名称\n甲公司,1,乙\n")
        assert [why.zh for why in found.matched.left.values()] == ["没有列名", "与第1列同名"]
        assert list(nodes(load(tmp_path, found), "Enterprise")) == ["Enterprise:甲公司"]


class TestPersonal:
    @pytest.mark.parametrize("header", ["联系人", "法定代表人", "联系电话", "E-mail"])
    def test_personal_columns_are_never_mapped_and_that_is_said(self, tmp_path: Path, header: str) -> None:
        found = one(tmp_path, f"企业名称,{header}\n甲公司,某某\n")
        assert keys(found) == {"企业名称": "name"}
        assert reasons(found) == {header: "个人信息不进入图谱"}
        assert "个人信息不进入图谱" in found.text

    def test_nor_are_columns_of_telephone_numbers(self, tmp_path: Path) -> None:
        found = one(tmp_path, "企业名称,从业人数\n甲公司,13800000000\n")
        assert reasons(found) == {"从业人数": "个人信息不进入图谱"}
        assert "13800000000" not in found.text


class TestChoice:
    def test_like_a_pack(self, tmp_path: Path) -> None:
        found = one(tmp_path, "名称,地址\n某园区,昌吉市\n", like="platforms")
        assert found.base == "platforms"
        assert list(nodes(load(tmp_path, found), "Platform")) == ["Platform:652301/某园区"]

    def test_like_a_file(self, tmp_path: Path) -> None:
        first = one(tmp_path, "公司,所在区域\n甲有限公司,昌吉市\n")
        own = tmp_path / "own.yaml"
        own.write_text(first.text, encoding="utf-8")
        found = one(tmp_path, "公司,所在区域\n乙有限公司,昌吉市\n", like=str(own))
        assert found.base == "own"
        assert keys(found) == {"公司": "name", "所在区域": "region"}

    def test_like_a_pack_there_is_not(self, tmp_path: Path) -> None:
        with pytest.raises(OntologyError, match="没有这个映射"):
            one(tmp_path, "名称\n甲\n", like="nothing")

    def test_the_form_of_names_tells_enterprises_from_institutes(self, tmp_path: Path) -> None:
        assert one(tmp_path, "名称,地址\n甲有限公司,昌吉市\n乙有限公司,昌吉市\n").base == "enterprises"
        assert one(tmp_path, "名称,地址\n甲大学,昌吉市\n乙大学,昌吉市\n").base == "institutes"

    def test_nothing_tells_what_the_rows_are(self, tmp_path: Path) -> None:
        with pytest.raises(InputError, match="--type"):
            one(tmp_path, "a,b\n1,2\n")

    def test_a_type_is_that_of_all_rows(self, tmp_path: Path) -> None:
        """A pack that would make an institute of the second row is none for a list of enterprises, unless it is named."""
        text = "PIC编号,机构名称,机构类型,城市\n999977172,甲,PRC,昌吉\n999977173,乙,HES,昌吉\n"
        found = one(tmp_path, text, of_type="Enterprise")
        labels = {a.label for row in found.rows for a in row.assertions if isinstance(a, NodeAssertion)}
        assert (found.base, labels - {"Region"}) == ("enterprises", {"Enterprise"})
        named = one(tmp_path, text, of_type="Enterprise", like="horizon-organisations")
        labels = {a.label for row in named.rows for a in row.assertions if isinstance(a, NodeAssertion)}
        assert (named.base, labels - {"Region"}) == ("horizon-organisations", {"Enterprise", "Institute"})

    def test_a_type_helps(self, tmp_path: Path) -> None:
        found = one(tmp_path, "a,b\n甲,2\n乙,3\n", of_type="Event")
        assert keys(found) == {"a": "name"}
        assert found.matched.found[0].sureness < 0.5
        assert "请核对" in found.text

    def test_two_parties_are_a_cooperation(self, tmp_path: Path) -> None:
        found = one(tmp_path, "甲方单位,乙方单位,合作内容\n中科院新疆生地所,昌吉州,科普合作\n")
        loaded = load(tmp_path, found)
        (edge,) = [a for a in loaded.assertions if isinstance(a, EdgeAssertion) and a.type == "COOPERATES_WITH"]
        assert (edge.source, edge.target) == ("Institute:中科院新疆生地所", "Region:652300")
        # 合作 at the end is dropped as the pack drops it.
        assert edge.properties == {"subject": "科普"}


class TestSheets:
    def test_one_proposal_a_sheet(self, tmp_path: Path) -> None:
        book = Workbook()
        first = book.worksheets[0]
        first.title = "企业"
        for row in (["某市名单", None], ["企业名称", "地址"], ["甲公司", "昌吉市"]):
            first.append(row)
        second = book.create_sheet("园区")
        for row in (["平台名称", "级别"], ["某园", "州级"]):
            second.append(row)
        file = tmp_path / "a.xlsx"
        book.save(file)
        found = propose(file)
        assert [(p.sheet, p.base) for p in found] == [("企业", "enterprises"), ("园区", "platforms")]
        assert [p.sheet for p in propose(file, sheet="园区")] == ["园区"]
        assert found[0].rows[0].number == 3
        told: list[InputError] = []
        book.create_sheet("杂记").append(["a", "b"])
        book.save(file)
        assert len(propose(file, tell=told.append)) == 2
        assert "a、b" in str(told[0])
        with pytest.raises(InputError, match="企业、园区"):
            propose(file, sheet="没有")

    def test_members_of_an_archive(self, tmp_path: Path) -> None:
        file = tmp_path / "a.zip"
        with zipfile.ZipFile(file, "w") as archive:
            archive.writestr("a.csv", "企业名称\n" + "甲公司\n" * 1000)
            archive.writestr("b.csv", "平台名称,级别\n某园,州级\n")
        assert [(p.name, p.base) for p in propose(file)] == [
            ("a.zip/a.csv", "enterprises"),
            ("a.zip/b.csv", "platforms"),
        ]


class TestRows:
    def test_the_first_rows_as_they_load(self, tmp_path: Path) -> None:
        text = "企业名称,所在区域,从业人数\n甲公司,昌吉市,x\n甲公司,昌吉市,3\n乙公司,,4\n"
        found = one(tmp_path, text, rows=2)
        assert [row.number for row in found.rows] == [2, 3]
        first, second = found.rows
        assert [(i.code, i.place.row, i.place.column) for i in first.issues] == [("table.bad-value", 2, 3)]
        assert [(i.code, i.place.row) for i in second.issues] == []
        # Each row shows all it says, though the row above said the same.
        names = {a.id for a in second.assertions if isinstance(a, NodeAssertion)}
        assert {"Enterprise:652301/甲公司", "Region:652301"} <= names
        assert len(one(tmp_path, text).rows) == 3
        assert one(tmp_path, text, rows=0).rows == ()


class TestYaml:
    def test_what_it_holds(self, tmp_path: Path) -> None:
        with use_language("zh"):
            found = one(tmp_path, "公司名称,联系人\n甲公司,某\n")
        lines = found.text.splitlines()
        assert lines[1] == "# 2列中认得1列"
        assert "  # 第2列 联系人：个人信息不进入图谱" in lines
        assert any(line.endswith("# 第1列，把握大：表头就是它的叫法") for line in lines)
        data = yaml.safe_load(found.text)
        assert data["match"] == [["公司名称"]]
        assert data["columns"] == {"name": {"zh": "公司名称", "en": "Enterprise", "required": True}}

    def test_the_remarks_are_in_the_language_in_use(self, tmp_path: Path) -> None:
        with use_language("en"):
            found = one(tmp_path, "公司名称,联系人\n甲公司,某\n")
        assert "  # column 2 联系人：personal data does not enter the graph" in found.text.splitlines()

    @pytest.mark.parametrize(
        "header",
        ['企业名称,"a\nb: #c"', "企业名称,{x}", "企业名称,'", "企业名称,从业人数 # x", "企业名称,null", "企业名称,!!x"],
    )
    def test_hostile_headers_do_no_harm(self, tmp_path: Path, header: str) -> None:
        found = one(tmp_path, f"{header}\n甲公司,1\n")
        assert "name" in keys(found).values()
        assert list(nodes(load(tmp_path, found), "Enterprise")) == ["Enterprise:甲公司"]

    def test_control_characters_in_keys_of_json(self, tmp_path: Path) -> None:
        file = table(tmp_path, '[{"企业名称": "甲公司", "a\\u0007\\n#b": "1"}]', "a.json")
        (found,) = propose(file)
        assert list(nodes(load(tmp_path, found, file), "Enterprise")) == ["Enterprise:甲公司"]

    def test_a_row_of_another_width_is_shown_as_unread(self, tmp_path: Path) -> None:
        (row,) = one(tmp_path, "企业名称,地址\n甲公司,昌吉市,x\n").rows
        assert row.assertions == ()
        assert [issue.code for issue in row.issues] == ["table.row-too-short"]

    def test_a_usual_header_that_another_column_has_is_not_read_twice(self, tmp_path: Path) -> None:
        # Both headers mean the name: one of them is taken, and the other must not be read in its stead.
        found = one(tmp_path, "Company,企业名称\n甲公司,x\n乙公司,y\n")
        data = yaml.safe_load(found.text)
        words = [word for spec in data["columns"].values() for word in {spec["zh"], spec["en"]}]
        assert len(words) == len(set(words))

    @settings(
        max_examples=40,
        deadline=None,
        suppress_health_check=[HealthCheck.function_scoped_fixture],
    )
    @given(
        st.lists(
            st.one_of(
                st.sampled_from(
                    ["地址", "从业人数", "级别", "认定年份", "合作单位", "备注", "Status", "营业收入", "编号"]
                ),
                st.text(
                    st.characters(categories=["L", "N", "P", "S"], exclude_characters='",，;|'), min_size=1, max_size=8
                ),
            ),
            max_size=6,
        )
    )
    def test_whatever_the_header_the_proposal_loads_the_names(self, tmp_path: Path, more: list[str]) -> None:
        header = ",".join(["企业名称", *more])
        row = ",".join(["甲公司", *("1" for _ in more)])
        found = one(tmp_path, f"{header}\n{row}\n", like="enterprises")
        assert [properties["name"] for properties in nodes(load(tmp_path, found), "Enterprise").values()] == ["甲公司"]
