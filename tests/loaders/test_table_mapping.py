"""What a pack may say, by hand: each feature on a small table whose outcome is worked out here."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st
from mapping_samples import PACK, changed, codes, column, edges, load, nodes

from innograph.graph.errors import InputError, OntologyError
from innograph.graph.records import NodeAssertion
from innograph.graph.text import use_language
from innograph.loaders.table import load_table
from innograph.loaders.table.remembered import Seen
from innograph.loaders.table.shapes import read_yaml

#: Worked out with the standard's weights: 31 - (sum mod 31), and the organisation code's own check character.
USCC = "91350100M000100Y43"


class TestTypes:
    def test_a_column_says_the_type(self, tmp_path: Path) -> None:
        loaded = load(tmp_path, PACK, "名,类\n甲,企\n乙,研\n")
        assert nodes(loaded) == {
            "Enterprise:甲": ("Enterprise", {"name": "甲"}),
            "Institute:乙": ("Institute", {"name": "乙"}),
        }

    def test_a_word_not_in_the_map_is_reported(self, tmp_path: Path) -> None:
        loaded = load(tmp_path, PACK, "名,类\n甲,商\n乙,\n丙,研\n")
        assert list(nodes(loaded)) == ["Institute:丙"]
        assert codes(loaded) == [("table.bad-value", 2, 2), ("table.bad-value", 3, 2)]
        with use_language("zh"):
            assert "应为 企、研 之一" in loaded.issues[0].message

    def test_of_several_words_the_first_of_the_map_counts(self, tmp_path: Path) -> None:
        pack = changed(columns={**PACK["columns"], "type": column("类", split="|")})
        assert list(nodes(load(tmp_path, pack, "名,类\n甲,研|企\n"))) == ["Enterprise:甲"]

    def test_otherwise(self, tmp_path: Path) -> None:
        node = {
            "as": "t",
            "type": {"column": "name", "types": ["Institute", "Enterprise"], "otherwise": "ServiceBody"},
            "name": "name",
        }
        pack = changed(columns={"name": column("名"), "type": column("类", quote_only=True)}, nodes=[node])
        assert list(nodes(load(tmp_path, pack, "名,类\n甲大学,\n乙公司,\n丙,\n"))) == [
            "Institute:甲大学",
            "Enterprise:乙公司",
            "ServiceBody:丙",
        ]


class TestKeys:
    PACK = changed(
        columns={"name": column("名"), "type": column("类", quote_only=True), "code": column("码")},
        nodes=[{"as": "t", "type": "Enterprise", "name": "name", "key": {"scheme": "uscc", "column": "code"}}],
    )

    def test_a_key_goes_before_the_name(self, tmp_path: Path) -> None:
        loaded = load(tmp_path, self.PACK, f"名,类,码\n甲,,{USCC.lower()}\n乙,,\n,,{USCC}\n")
        assert nodes(loaded) == {
            f"Organisation:uscc={USCC}": ("Enterprise", {"credit_code": USCC}),
            "Enterprise:乙": ("Enterprise", {"name": "乙"}),
        }
        assert [a.properties for a in loaded.assertions] == [
            {"name": "甲", "credit_code": USCC},
            {"name": "乙"},
            {"credit_code": USCC},
        ]

    def test_a_bad_key_is_reported_and_the_name_taken(self, tmp_path: Path) -> None:
        loaded = load(tmp_path, self.PACK, f"名,类,码\n甲,,{USCC[:-1]}4\n")
        assert nodes(loaded) == {"Enterprise:甲": ("Enterprise", {"name": "甲"})}
        assert codes(loaded) == [("table.bad-key", 2, 3)]

    def test_a_key_of_several_columns(self, tmp_path: Path) -> None:
        pack = changed(nodes=[{"as": "t", "type": "Project", "name": "name", "key": {"columns": ["type", "name"]}}])
        assert list(nodes(load(tmp_path, pack, "名,类\n甲,2023\n甲,2024\n"))) == ["Project:2023/甲", "Project:2024/甲"]

    def test_within_a_region(self, tmp_path: Path) -> None:
        pack = changed(
            columns={"name": column("名"), "type": column("类", kind="region")},
            nodes=[
                {"as": "t", "type": "Enterprise", "name": "name", "within": "place"},
                {"as": "place", "type": "Region", "name": "type"},
            ],
        )
        found = nodes(load(tmp_path, pack, "名,类\n甲,昌吉市\n甲,\n"))
        assert {"Enterprise:652301/甲", "Enterprise:甲"} <= set(found)

    def test_references_are_not_stated(self, tmp_path: Path) -> None:
        pack = changed(
            columns={"name": column("名"), "type": column("类")},
            nodes=[
                {"as": "a", "type": "Organisation", "reference": True, "key": {"scheme": "ror", "column": "name"}},
                {"as": "b", "type": "Organisation", "reference": True, "key": {"scheme": "ror", "column": "type"}},
            ],
            edges=[{"type": "RELATED_TO", "source": "a", "target": "b", "undirected": True}],
        )
        one, other = "02ex6cf31", "05cy4wa09"
        loaded = load(tmp_path, pack, f"名,类\n{other},{one}\n{one},https://ror.org/{other}\n")
        assert edges(loaded) == [("RELATED_TO", f"Organisation:ror={one}", f"Organisation:ror={other}", {}, "")]

    def test_ids_typed_out(self, tmp_path: Path) -> None:
        pack = changed(
            nodes=[
                {"as": "p", "type": "Progress", "name": "name"},
                {"as": "t", "type": ["Task", "Target"], "id": "type", "reference": True},
            ],
            edges=[{"type": "REPORTS_ON", "source": "p", "target": "t"}],
        )
        loaded = load(tmp_path, pack, "名,类\n甲,Task:某市-2022-1/2.1\n乙,Plan:x\n丙,Task:\n")
        assert [e[:3] for e in edges(loaded)] == [("REPORTS_ON", "Progress:甲", "Task:某市-2022-1/2.1")]
        assert codes(loaded) == [("table.bad-value", 3, 2), ("table.bad-value", 4, 2)]


class TestColumns:
    def one(self, tmp_path: Path, cell: str, prop: str, **more: Any) -> tuple[Any, list[str]]:
        """The value of an enterprise's or project's property from one cell, and the issues."""
        label = "Project" if prop in ("amount", "valid_from", "valid_to", "end_date") else "Enterprise"
        pack = changed(
            columns={"name": column("名"), "type": column("类", **more)},
            nodes=[{"as": "t", "type": label, "name": "name", "properties": {prop: "type"}}],
        )
        loaded = load(tmp_path, pack, f'名,类\n甲,"{cell}"\n')
        return nodes(loaded)[f"{label}:甲"][1].get(prop), [i.code for i in loaded.issues]

    @pytest.mark.parametrize(
        ("cell", "value"),
        [
            ("1,234.5", 1234.5),
            ("１２３４．５", 1234.5),
            ("1e3", 1000.0),
            ("NA", None),
            ("—", None),
            ("无", None),
        ],
    )
    def test_numbers(self, tmp_path: Path, cell: str, value: float | None) -> None:
        assert self.one(tmp_path, cell, "amount") == (value, [])

    @pytest.mark.parametrize("cell", ["1.2万", "65%", "nan", "inf", "1_000", "约3", "1,23", "1e999"])
    def test_no_numbers(self, tmp_path: Path, cell: str) -> None:
        assert self.one(tmp_path, cell, "amount") == (None, ["table.bad-value"])

    @pytest.mark.parametrize(
        ("cell", "unit", "value"),
        [
            ("1.2万", "元", 12000.0),
            ("1.2亿元", "万元", 12000.0),
            ("3500", "万元", 3500.0),
            ("5000元", "万元", 0.5),
            ("65%", "%", 65.0),
            ("48家", "家", 48.0),
        ],
    )
    def test_units_that_the_pack_names(self, tmp_path: Path, cell: str, unit: str, value: float) -> None:
        assert self.one(tmp_path, cell, "amount", unit=unit) == (value, [])

    def test_another_unit(self, tmp_path: Path) -> None:
        assert self.one(tmp_path, "3美元", "amount", unit="元") == (None, ["table.bad-value"])

    @pytest.mark.parametrize(("cell", "value"), [("2019.0", 2019), ("２０１９年", 2019), ("1,958", 1958)])
    def test_integers(self, tmp_path: Path, cell: str, value: int) -> None:
        assert self.one(tmp_path, cell, "founded") == (value, [])

    @pytest.mark.parametrize("cell", ["2019.5", "9" * 30])
    def test_no_integers(self, tmp_path: Path, cell: str) -> None:
        assert self.one(tmp_path, cell, "employees") == (None, ["table.bad-value"])

    @pytest.mark.parametrize(
        ("cell", "first", "last"),
        [
            ("2022-06-17", (2022, 6, 17), (2022, 6, 17)),
            ("2022/6/17", (2022, 6, 17), (2022, 6, 17)),
            ("2022.6.7", (2022, 6, 7), (2022, 6, 7)),
            ("2022.6", (2022, 6, 1), (2022, 6, 30)),
            ("2022年6月17日", (2022, 6, 17), (2022, 6, 17)),
            ("2024年2月", (2024, 2, 1), (2024, 2, 29)),
            ("20220617", (2022, 6, 17), (2022, 6, 17)),
            ("2022-06-17 00:00:00", (2022, 6, 17), (2022, 6, 17)),
            ("2022-06-17T08:30:00", (2022, 6, 17), (2022, 6, 17)),
            ("2022", (2022, 1, 1), (2022, 12, 31)),
            ("２０２２年", (2022, 1, 1), (2022, 12, 31)),
        ],
    )
    def test_dates(self, tmp_path: Path, cell: str, first: tuple[int, int, int], last: tuple[int, int, int]) -> None:
        assert self.one(tmp_path, cell, "valid_from") == (dt.date(*first), [])
        assert self.one(tmp_path, cell, "valid_to") == (dt.date(*last), [])

    @pytest.mark.parametrize(
        "cell", ["0000-00-00", "0000", "2022-00-10", "2022-06-00", "2022-02-30", "2022-13", "2022/6-1", "6月"]
    )
    def test_no_dates(self, tmp_path: Path, cell: str) -> None:
        assert self.one(tmp_path, cell, "valid_from") == (None, ["table.bad-value"])

    def test_words_for_words(self, tmp_path: Path) -> None:
        assert self.one(tmp_path, "A", "status", values={"A": "存续"}) == ("存续", [])
        assert self.one(tmp_path, "B", "status", values={"A": "存续"}) == ("B", [])
        assert self.one(tmp_path, "B", "status", values={"A": "存续"}, others="report") == (None, ["table.bad-value"])

    def test_words_for_nothing(self, tmp_path: Path) -> None:
        assert self.one(tmp_path, "不详", "status", missing=["不详"]) == (None, [])
        assert self.one(tmp_path, "不详", "status") == ("不详", [])

    def test_splitting(self, tmp_path: Path) -> None:
        assert self.one(tmp_path, "a、b；c（d，e）", "aliases", split=True) == (["a", "b", "c（d，e）"], [])
        assert self.one(tmp_path, "a、b|c", "aliases", split="|") == (["a、b", "c"], [])
        assert self.one(tmp_path, "上海市\n中国科学院", "aliases", split=True) == (["上海市", "中国科学院"], [])
        assert self.one(tmp_path, "a、b", "aliases") == (["a、b"], [])

    def test_countries(self, tmp_path: Path) -> None:
        pack = changed(
            columns={"name": column("名"), "type": column("类", kind="country")},
            nodes=[{"as": "t", "type": "Enterprise", "name": "name"}, {"as": "c", "type": "Region", "name": "type"}],
            edges=[{"type": "LOCATED_IN", "source": "t", "target": "c"}],
        )
        loaded = load(tmp_path, pack, "名,类\n甲,NA\n乙,德国\n丙,UK\n丁,某国\n戊,NA\n")
        assert [(s, t) for _, s, t, _, _ in edges(loaded)] == [
            ("Enterprise:甲", "Region:NA"),
            ("Enterprise:乙", "Region:DE"),
            ("Enterprise:丙", "Region:GB"),
            ("Enterprise:戊", "Region:NA"),
        ]
        assert codes(loaded) == [("table.bad-value", 5, 2)]
        stated = [a.id for a in loaded.assertions if isinstance(a, NodeAssertion)]
        assert stated.count("Region:NA") == 1


class TestChoosing:
    def test_a_sheet_that_does_not_fit(self, tmp_path: Path) -> None:
        with pytest.raises(InputError, match="名册"):
            load(tmp_path, PACK, "别的,列\n甲,乙\n")

    def test_several_sheets(self, tmp_path: Path) -> None:
        import pandas as pd

        file = tmp_path / "多表.xlsx"
        with pd.ExcelWriter(file) as book:
            pd.DataFrame({"说明": ["填表"], "备注": ["x"]}).to_excel(book, sheet_name="封面", index=False)
            pd.DataFrame({"企业名称": ["甲公司"]}).to_excel(book, sheet_name="企业", index=False)
            pd.DataFrame({"院所名称": ["乙大学"]}).to_excel(book, sheet_name="院所", index=False)
        loaded = load_table(file)
        assert {a.id: a.evidence.place.sheet for a in loaded.assertions if isinstance(a, NodeAssertion)} == {
            "Enterprise:甲公司": "企业",
            "Institute:乙大学": "院所",
        }
        assert [(i.code, i.place.sheet) for i in loaded.issues if i.code == "table.sheet-unread"] == [
            ("table.sheet-unread", "封面")
        ]
        with use_language("en"):
            named = load_table(file, pack="institutes")
            assert (named.title, len(list(named.assertions))) == ("Institutes", 1)

    def test_a_pack_of_the_workspace(self, tmp_path: Path) -> None:
        folder = tmp_path / "packs"
        folder.mkdir()
        (folder / "own.yaml").write_text(yaml.safe_dump(PACK, allow_unicode=True), encoding="utf-8")
        file = tmp_path / "a.csv"
        file.write_text("名,类\n甲,企\n", encoding="utf-8")
        by_name, by_header = load_table(file, pack="own", packs=folder), load_table(file, packs=folder)
        assert [a.id for a in by_name.assertions] == [a.id for a in by_header.assertions] == ["Enterprise:甲"]

    def test_an_unknown_pack(self, tmp_path: Path) -> None:
        with pytest.raises(OntologyError, match=r"horizont.*horizon"):
            load_table(tmp_path / "a.csv", pack="horizont")

    def test_another_mapping_is_another_version(self, tmp_path: Path) -> None:
        table = "名,类\n甲,企\n"
        first = load(tmp_path, PACK, table).version
        assert first == load(tmp_path, PACK, table).version
        assert first != load(tmp_path, changed(title={"zh": "另", "en": "other"}), table).version


class TestYaml:
    def test_a_key_written_twice(self) -> None:
        with pytest.raises(OntologyError, match=r"a\.yaml:3: b"):
            read_yaml("a.yaml", b"b: 1\nc: 2\nb: 3\n")

    def test_words_that_yaml_takes_for_something_else(self, tmp_path: Path) -> None:
        file = tmp_path / "x.yaml"
        file.write_text("title: {zh: 甲, en: NO}\n", encoding="utf-8")
        with pytest.raises(OntologyError, match=r"x\.yaml"):
            load_table(tmp_path / "a.csv", pack=str(file))

    def test_the_line_of_the_mistake(self, tmp_path: Path) -> None:
        text = yaml.safe_dump(PACK, allow_unicode=True, sort_keys=False).replace("Institute", "Institut")
        (tmp_path / "x.yaml").write_text(text, encoding="utf-8")
        line = next(i for i, row in enumerate(text.splitlines(), start=1) if "Institut" in row)
        with pytest.raises(OntologyError, match=rf"^x\.yaml:{line}: nodes\.0\.type\.values\.研.*Institute"):
            load_table(tmp_path / "a.csv", pack=str(tmp_path / "x.yaml"))


@given(st.lists(st.integers(0, 9)))
def test_memory_is_bounded_and_knows_the_last(keys: list[int]) -> None:
    seen = Seen(3)
    for at, key in enumerate(keys):
        fresh = seen.is_new(key)
        assert fresh or key in keys[:at]
        if key in list(dict.fromkeys(reversed(keys[:at])))[:3]:
            assert not fresh
        assert len(seen) <= 6


def test_lines_of_a_form_that_nobody_filled_in_are_left_out_and_counted(tmp_path: Path) -> None:
    file = tmp_path / "progress.csv"
    file.write_text(
        "指标,日期,完成值,状态\n高新技术企业,2023-06-30,48,\n科技型中小企业,,,\n专利,,,\n论文,,3,\n", encoding="utf-8"
    )
    loaded = load_table(file)
    names = {a.properties["name"] for a in loaded.assertions if isinstance(a, NodeAssertion) and a.label == "Indicator"}
    assert names == {"高新技术企业"}
    told = [(issue.code, issue.place.row, issue.values.get("count")) for issue in loaded.issues]
    assert told == [("table.missing-value", 5, None), ("table.rows-unfilled", 1, 2)]
