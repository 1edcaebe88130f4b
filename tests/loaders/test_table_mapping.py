"""What a pack may say, by hand: each feature on a small table whose outcome is worked out here."""

from __future__ import annotations

import contextlib
import datetime as dt
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from innograph.graph.checking import check_assertions
from innograph.graph.errors import InputError, OntologyError
from innograph.graph.ontology import ValueType, load_ontology
from innograph.graph.records import EdgeAssertion, NodeAssertion
from innograph.graph.text import Text, use_language
from innograph.loaders.base import Loaded
from innograph.loaders.table import Expected, load_table, read_expected
from innograph.loaders.table.cells import clean, items
from innograph.loaders.table.model import Column
from innograph.loaders.table.remembered import Seen
from innograph.loaders.table.shapes import read_yaml
from innograph.loaders.table.values import BadCell, date_of, value_of

#: Worked out with the standard's weights: 31 - (sum mod 31), and the organisation code's own check character.
USCC = "91350100M000100Y43"


def column(word: str, **more: Any) -> dict[str, Any]:
    return {"zh": word, "en": f"{word} (en)", **more}


PACK: dict[str, Any] = {
    "title": {"zh": "名册", "en": "Roster"},
    "match": [["名", "类"]],
    "columns": {"name": column("名", required=True), "type": column("类")},
    "nodes": [
        {"as": "thing", "type": {"column": "type", "values": {"企": "Enterprise", "研": "Institute"}}, "name": "name"}
    ],
}


def load(folder: Path, pack: dict[str, Any], table: str, **options: Any) -> Loaded:
    """Load ``table`` by ``pack``, as the workspace would; the stream is taken."""
    file, mapping = folder / "表.csv", folder / "roster.yaml"
    file.write_text(table, encoding="utf-8")
    mapping.write_text(yaml.safe_dump(pack, allow_unicode=True, sort_keys=False), encoding="utf-8")
    loaded = load_table(file, pack=str(mapping), **options)
    whole = not any(node.get("reference") for node in pack["nodes"])
    loaded.assertions = list(check_assertions(loaded.assertions, load_ontology(), whole=whole))
    return loaded


def nodes(loaded: Loaded) -> dict[str, tuple[str, dict[str, Any]]]:
    return {a.id: (a.label, dict(a.properties)) for a in loaded.assertions if isinstance(a, NodeAssertion)}


def edges(loaded: Loaded) -> list[tuple[str, str, str, dict[str, Any], str]]:
    return [
        (a.type, a.source, a.target, dict(a.properties), a.key)
        for a in loaded.assertions
        if isinstance(a, EdgeAssertion)
    ]


def codes(loaded: Loaded) -> list[tuple[str, int | None, int | None]]:
    return [(i.code, i.place.row, i.place.column) for i in loaded.issues]


def changed(**more: Any) -> dict[str, Any]:
    return {**PACK, **more}


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
            ("-3", -3.0),
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


class TestRules:
    def test_constants_and_alternatives(self, tmp_path: Path) -> None:
        pack = changed(
            columns={"name": column("名"), "type": column("类"), "other": column("他")},
            nodes=[
                {
                    "as": "t",
                    "type": "Project",
                    "name": "name",
                    "properties": {
                        "amount": ["type", "other"],
                        "currency": [
                            {"constant": "万元", "when": "type"},
                            {"constant": "CNY", "when": {"column": "other", "is": ["5"]}},
                        ],
                        "state": {"constant": "在研"},
                    },
                }
            ],
        )
        found = nodes(load(tmp_path, pack, "名,类,他\n甲,1,2\n乙,,5\n丙,,6\n"))
        assert [properties for _, properties in found.values()] == [
            {"name": "甲", "amount": 1.0, "currency": "万元", "state": "在研"},
            {"name": "乙", "amount": 5.0, "currency": "CNY", "state": "在研"},
            {"name": "丙", "amount": 6.0, "state": "在研"},
        ]

    def test_skipped_rows_are_counted(self, tmp_path: Path) -> None:
        pack = changed(skip=[{"column": "type", "is": ["撤销", "注销"]}])
        loaded = load(tmp_path, pack, "名,类\n甲,撤销\n乙,企\n,注销\n")
        assert list(nodes(loaded)) == ["Enterprise:乙"]
        assert [(i.code, i.values) for i in loaded.issues] == [("table.rows-skipped", {"count": 2})]

    def test_conditions_and_keys_of_edges(self, tmp_path: Path) -> None:
        pack = changed(
            columns={"name": column("名"), "type": column("类"), "role": column("角")},
            nodes=[
                {"as": "p", "type": "Project", "name": "name"},
                {"as": "e", "type": "Enterprise", "name": "type"},
            ],
            edges=[
                {
                    "type": "PARTICIPATES_IN",
                    "source": "e",
                    "target": "p",
                    "properties": {"role": "role"},
                    "key": "role",
                    "when": {"column": "role", "is": ["牵头", "参与"]},
                }
            ],
        )
        loaded = load(tmp_path, pack, "名,类,角\n甲,乙,牵头\n甲,乙,参与\n甲,乙,旁听\n甲,乙,牵头\n甲,丙,\n")
        assert [(s, r, k) for _, s, _, r, k in edges(loaded)] == [
            ("Enterprise:乙", {"role": "牵头"}, "牵头"),
            ("Enterprise:乙", {"role": "参与"}, "参与"),
        ]

    def test_what_was_said_is_not_said_again(self, tmp_path: Path) -> None:
        loaded = load(tmp_path, PACK, "名,类\n甲,企\n 甲 ,企\n乙,企\n甲,企\n")
        assert [(a.id, a.evidence.place.row) for a in loaded.assertions] == [("Enterprise:甲", 2), ("Enterprise:乙", 4)]

    def test_what_a_broken_row_says_is_said_by_the_next(self, tmp_path: Path) -> None:
        pack = changed(
            columns={"name": column("名"), "type": column("类", required=True, kind="country")},
            nodes=[{"as": "t", "type": "Enterprise", "name": "name"}, {"as": "c", "type": "Region", "name": "type"}],
        )
        loaded = load(tmp_path, pack, "名,类\n甲,某国\n甲,DE\n")
        assert [(a.id, a.evidence.place.row) for a in loaded.assertions] == [("Region:DE", 3), ("Enterprise:甲", 3)]

    def test_the_quote_is_of_mapped_cells(self, tmp_path: Path) -> None:
        loaded = load(tmp_path, PACK, "名,秘密,类\n甲,某某,企\n")
        assert [a.evidence.quote for a in loaded.assertions] == ["甲 | 企"]
        assert codes(loaded) == [("table.unmapped-column", 1, 2)]

    def test_departments_are_those_of_plans(self, tmp_path: Path) -> None:
        from innograph.graph.regions import region_table

        pack = changed(
            columns={"name": column("名"), "type": column("类", quote_only=True)},
            nodes=[{"as": "t", "type": ["Institute", "Department"], "name": "name"}],
        )
        loaded = load(tmp_path, pack, "名,类\n市科技局,\n昌吉州科技局,\n", home=region_table()["652301"])
        found = {own for own, (label, _) in nodes(loaded).items() if label == "Department"}
        assert found == {"Department:652301/科技局", "Department:652300/科技局"}

    def test_expected_counts(self, tmp_path: Path) -> None:
        table = "名,类\n甲,企\n乙,企\n甲,企\n丙,研\n"
        pack = changed(expect={"Enterprise": {"min": 2, "max": 2}, "Institute": {"min": 2}, "Organisation": {"max": 2}})
        loaded = load(tmp_path, pack, table)
        found = [(i.values["type"].en, i.values["found"]) for i in loaded.issues if i.code == "table.count"]
        assert found == [("Institute", 1), ("Organisation", 3)]
        loaded = load(tmp_path, PACK, table, expect=read_expected({"Enterprise": {"min": 3}}, load_ontology()))
        assert codes(loaded) == [("table.count", None, None)]
        assert load(tmp_path, PACK, table, expect={"Enterprise": Expected(2, 2)}).issues == []


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


@given(
    st.dates(min_value=dt.date(1000, 1, 1)),
    st.sampled_from(["{0}-{1}-{2}", "{0}/{1}/{2}", "{0}.{1}.{2}", "{0}年{1}月{2}日"]),
)
def test_every_day_is_read(day: dt.date, form: str) -> None:
    assert date_of(form.format(day.year, day.month, day.day)) == day
    assert date_of(f"{day:%Y%m%d}") == day


@given(st.decimals(-(10**12), 10**12, places=2))
def test_every_amount_is_read(amount: Any) -> None:
    assert value_of(f"{amount:,}", ValueType.FLOAT) == float(amount)
    assert value_of(f"{amount}", ValueType.FLOAT) == float(amount)


@given(st.text(), st.sampled_from(list(ValueType)[:5]))
def test_any_text_is_a_value_or_a_bad_cell(text: str, value_type: ValueType) -> None:
    with contextlib.suppress(BadCell):
        assert value_type.accepts(value_of(text, value_type, unit="万元"))


@given(st.text(alphabet="甲乙a （）()、；\n\r\t\u200b", max_size=30))
def test_cleaning_and_splitting_lose_no_letter(cell: str) -> None:
    letters = [c for c in cell if c in "甲乙a"]
    assert [c for c in clean(cell) if c in "甲乙a"] == letters
    assert clean(clean(cell)) == clean(cell)
    assert set("".join(items(cell, Column("a", Text("甲", "a"), split=True)))) >= set(letters)


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


@pytest.mark.parametrize("year", ["2015", "2015年", "2015年度", "２０１５", "2015-03-01", "2015年3月", "2015/3/1"])
def test_years(tmp_path: Path, year: str) -> None:
    (tmp_path / "a.csv").write_text(f"企业名称,成立年份\n甲公司,{year}\n", encoding="utf-8")
    loaded = load_table(tmp_path / "a.csv")
    assert [dict(a.properties) for a in loaded.assertions] == [{"name": "甲公司", "founded": 2015}]
    assert loaded.issues == []


@pytest.mark.parametrize("year", ["0000", "0", "999", "2101", "20150", "-2015", "0000-01-01", "2015.5.5.5", "去年"])
def test_years_that_are_none(tmp_path: Path, year: str) -> None:
    (tmp_path / "a.csv").write_text(f"企业名称,成立年份\n甲公司,{year}\n", encoding="utf-8")
    loaded = load_table(tmp_path / "a.csv")
    assert [dict(a.properties) for a in loaded.assertions] == [{"name": "甲公司"}]
    assert [(i.code, i.place.row, i.place.column) for i in loaded.issues] == [("table.bad-value", 2, 2)]


@pytest.mark.parametrize(
    ("cell", "unit", "value", "kept"),
    [
        ("1.5%", "", 1.5, "%"),
        ("1.5%", "%", 1.5, "%"),
        ("１．５％", "百分比", 1.5, "百分比"),
        ("60家", "家", 60.0, "家"),
        ("60家", "", 60.0, "家"),
        ("12.3亿元", "亿元", 12.3, "亿元"),
        ("12.3亿元", "", 12.3, "亿元"),
        ("12.3亿元", "万元", 123000.0, "万元"),
        ("12.3", "亿元", 12.3, "亿元"),
        ("1,200", "", 1200.0, None),
    ],
)
def test_values_with_their_unit(tmp_path: Path, cell: str, unit: str, value: float, kept: str | None) -> None:
    (tmp_path / "a.csv").write_text(f'指标,日期,完成值,单位\n某数,2023,"{cell}",{unit}\n', encoding="utf-8")
    loaded = load_table(tmp_path / "a.csv")
    found = next(a.properties for a in loaded.assertions if isinstance(a, NodeAssertion) and a.label == "Progress")
    assert (found["value"], found.get("unit")) == (value, kept)
    assert loaded.issues == []


@pytest.mark.parametrize(("cell", "unit"), [("60家", "个"), ("约60", ""), ("60家左右（含）", "家"), ("3美元", "万元")])
def test_values_in_another_unit(tmp_path: Path, cell: str, unit: str) -> None:
    (tmp_path / "a.csv").write_text(f"指标,日期,完成值,单位\n某数,2023,{cell},{unit}\n", encoding="utf-8")
    loaded = load_table(tmp_path / "a.csv")
    found = next(a.properties for a in loaded.assertions if isinstance(a, NodeAssertion) and a.label == "Progress")
    assert (found.get("value"), found.get("unit")) == (None, unit or None)
    assert codes(loaded) == [("table.bad-value", 2, 3)]
