"""Names of bodies in plans: whose they are, and which written forms are one."""

from __future__ import annotations

import pytest
from plan_stage_samples import CHANGJI

from innograph.graph.bodies import identify, kind_of, level_word
from innograph.graph.regions import region_table


class TestBodies:
    def test_two_levels_are_two_bodies(self) -> None:
        city, prefecture = identify("市科技局", CHANGJI), identify("州科技局", CHANGJI)
        assert (city.id, city.name, city.level) == ("Department:652301/科技局", "昌吉市科技局", "county")
        assert (prefecture.id, prefecture.name, prefecture.level) == (
            "Department:652300/科技局",
            "昌吉州科技局",
            "prefecture",
        )
        assert identify("昌吉市科技局").id == city.id != identify("昌吉州科技局").id

    @pytest.mark.parametrize(
        ("name", "home", "expected"),
        [
            ("省科技厅", "340000", "Department:340000/科技厅"),
            ("省科技厅", "340100", "Department:340000/科技厅"),
            ("市科技局", "340104", "Department:340100/科技局"),
            ("区科技局", "340104", "Department:340104/科技局"),
            ("自治区科技厅", "652301", "Department:650000/科技厅"),
            ("合肥市蜀山区科技局", "340000", "Department:340104/科技局"),
            ("市科委", "110000", "Department:110000/科委"),
            ("团市委", "652301", "Department:652301/团委"),
            ("市发改委（粮食局）", "652301", "Department:652301/发改委"),
            ("玛纳斯县", "652300", "Department:652324/人民政府"),
            ("玛纳斯县人民政府", "652300", "Department:652324/人民政府"),
        ],
    )
    def test_whose_body_it_is(self, name: str, home: str, expected: str) -> None:
        assert identify(name, region_table()[home]).id == expected

    def test_a_branch_is_part_of_its_parent(self) -> None:
        branch = identify("州生态环境局昌吉市分局", CHANGJI)
        assert branch.name == "昌吉州生态环境局昌吉市分局"
        assert branch.parent == identify("州生态环境局", CHANGJI)
        assert branch.seat == CHANGJI

    def test_a_level_without_a_region_names_none(self) -> None:
        assert identify("市科技局").jurisdiction is None
        assert identify("省科技厅", region_table()["110000"]).jurisdiction is None

    def test_collectives_of_two_regions_differ(self) -> None:
        assert identify("各乡镇", CHANGJI).id != identify("各乡镇", region_table()["340104"]).id
        assert identify("市人才工作领导小组各成员单位", CHANGJI).name == "昌吉市人才工作领导小组各成员单位"

    @pytest.mark.parametrize(
        ("name", "level"),
        [
            ("市场监督管理局", ""),
            ("市市场监督管理局", "市"),
            ("市民政局", "市"),
            ("市政协", "市"),
            ("市政务服务局", "市"),
            ("市政公用局", ""),
            ("市容环卫局", ""),
            ("市民服务中心", ""),
            ("市民营经济局", "市"),
            ("市委办", "市委"),
            ("市委员会", "市"),
            ("区块链办公室", ""),
            ("自治区科技厅", "自治区"),
        ],
    )
    def test_level_words(self, name: str, level: str) -> None:
        assert level_word(name) == level

    @pytest.mark.parametrize(
        ("name", "label"),
        [
            ("市科技局", "Department"),
            ("市红十字会", "Department"),
            ("农业银行昌吉分行", "Enterprise"),
            ("昌吉学院", "Institute"),
            ("市工商业联合会", "Department"),
            ("市新能源商会", "ServiceBody"),
            ("各乡镇", "Collective"),
            ("有关部门", "Collective"),
        ],
    )
    def test_kinds(self, name: str, label: str) -> None:
        assert kind_of(name) == (label, True)

    def test_a_whole_sentence_is_no_body(self) -> None:
        assert not kind_of("推" * 60 + "局")[1]
