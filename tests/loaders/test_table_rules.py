"""Edges by rules of a pack, by hand on small tables."""

from __future__ import annotations

from pathlib import Path

from mapping_samples import PACK, changed, codes, column, edges, load, nodes

from innograph.graph.ontology import load_ontology
from innograph.loaders.table import Expected, read_expected


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
