"""The packs that ship, each on a small table of invented rows."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest

from innograph.graph.checking import check_assertions
from innograph.graph.ontology import load_ontology
from innograph.graph.records import EdgeAssertion, NodeAssertion
from innograph.loaders.base import Loaded
from innograph.loaders.plan import parse
from innograph.loaders.plan.emit import assertions_of
from innograph.loaders.reading import read_document
from innograph.loaders.table import load_table

ONE, OTHER = "05cy4wa09", "02ex6cf31"


def load(table: str, *, whole: bool = True, **options: Any) -> Loaded:
    with TemporaryDirectory() as folder:
        file = Path(folder, "a.csv")
        file.write_text(table, encoding="utf-8")
        loaded = load_table(file, **options)
        loaded.assertions = list(check_assertions(loaded.assertions, load_ontology(), whole=whole))
    return loaded


def nodes(loaded: Loaded, *labels: str) -> dict[str, dict[str, Any]]:
    return {a.id: dict(a.properties) for a in loaded.assertions if isinstance(a, NodeAssertion) and a.label in labels}


def edges(loaded: Loaded, *types: str) -> list[tuple[str, str, dict[str, Any]]]:
    return [
        (a.source, a.target, dict(a.properties))
        for a in loaded.assertions
        if isinstance(a, EdgeAssertion) and a.type in types
    ]


@pytest.mark.parametrize(
    "header",
    [
        "rcn,pic,role,type,country,contribution,start_date,end_date,max_contribution,total_cost",
        "项目登记号,参与方代码,角色,机构类别,国别,资助额,开始日期,结束日期,项目资助总额,项目总成本",
    ],
)
def test_horizon(header: str) -> None:
    loaded = load(
        f"{header}\n"
        "100001,900000001,coordinator,HES,NA,100.10,2015-01-01,2016-12-31,300.30,NA\n"
        "100001,900000002,participant,PRC,EL,NA,2015-01-01,2016-12-31,300.30,NA\n"
    )
    assert loaded.issues == []
    assert nodes(loaded, "Project") == {
        "Project:h2020=100001": {
            "number": "100001",
            "start_date": dt.date(2015, 1, 1),
            "end_date": dt.date(2016, 12, 31),
            "amount": 300.3,
            "currency": "EUR",
        }
    }
    assert nodes(loaded, "Institute", "Enterprise") == {
        "Organisation:pic=900000001": {"pic": "900000001", "kind": "HES"},
        "Organisation:pic=900000002": {"pic": "900000002", "kind": "PRC"},
    }
    time = {"valid_from": dt.date(2015, 1, 1), "valid_to": dt.date(2016, 12, 31)}
    assert edges(loaded, "PARTICIPATES_IN") == [
        (
            "Organisation:pic=900000001",
            "Project:h2020=100001",
            {"role": "coordinator", "amount": 100.1, "currency": "EUR", **time},
        ),
        ("Organisation:pic=900000002", "Project:h2020=100001", {"role": "participant", **time}),
    ]
    assert [(s, t) for s, t, _ in edges(loaded, "LOCATED_IN")] == [
        ("Organisation:pic=900000001", "Region:NA"),
        ("Organisation:pic=900000002", "Region:GR"),
    ]


def test_horizon_names_and_programmes() -> None:
    named = load(
        "pic,type,country,n_participations,name,short_name,city,name_source\n900000002,PRC,PT,1,Firm A,FA,Porto,x\n"
    )
    assert nodes(named, "Enterprise") == {
        "Organisation:pic=900000002": {
            "name": "Firm A",
            "pic": "900000002",
            "kind": "PRC",
            "aliases": ["FA"],
            "locality": "Porto",
        }
    }
    parts = load("rcn,programme_part\n100001,SC4\n100001,ERC\n")
    assert [dict(a.properties) for a in parts.assertions] == [
        {"number": "100001", "programmes": ["SC4"]},
        {"number": "100001", "programmes": ["ERC"]},
    ]


def test_ror() -> None:
    loaded = load(
        "ror,name,types,country,region,city,status,established,schema\n"
        f"{ONE},Institute A,funder|education,FR,Brittany,Rennes,active,1900.0,v2\n"
        f"{OTHER},Ministry B,government|funder,TH,,,withdrawn,,v2\n"
        f"{ONE[:-1]}1,Firm C,company,US,,,active,,v2\n"
    )
    assert nodes(loaded, "Institute") == {
        f"Organisation:ror={ONE}": {
            "name": "Institute A",
            "ror": ONE,
            "locality": "Rennes",
            "founded": 1900,
            "status": "active",
        }
    }
    assert nodes(loaded, "Department") == {
        f"Organisation:ror={OTHER}": {"name": "Ministry B", "ror": OTHER, "status": "withdrawn"}
    }
    assert nodes(loaded, "Enterprise") == {"Enterprise:FirmC": {"name": "Firm C", "status": "active"}}
    assert [(i.code, i.place.row) for i in loaded.issues] == [("table.bad-key", 4)]


def test_ror_relationships() -> None:
    a, b = f"Organisation:ror={ONE}", f"Organisation:ror={OTHER}"
    loaded = load(
        "source,rel,target,target_label\n"
        f"{ONE},parent,{OTHER},B\n{OTHER},child,{ONE},A\n{ONE},child,{OTHER},B\n"
        f"{ONE},related,{OTHER},B\n{OTHER},related,{ONE},A\n"
        f"{ONE},successor,{OTHER},B\n{ONE},predecessor,{OTHER},B\n{OTHER},predecessor,{ONE},A\n{ONE},cousin,{OTHER},B\n",
        whole=False,
    )
    assert nodes(loaded, *load_ontology().concrete) == {}
    assert [e[:2] for e in edges(loaded, "PART_OF")] == [(a, b), (b, a)]
    assert [e[:2] for e in edges(loaded, "RELATED_TO")] == [(b, a)]
    assert [e[:2] for e in edges(loaded, "SUCCEEDS")] == [(b, a), (a, b)]
    assert [(i.code, i.place.row) for i in loaded.issues] == [("table.bad-value", 10)]


def test_ror_aliases() -> None:
    loaded = load(
        f"ror,value,lang,kind,name\n{ONE},某某大学,zh,label,University A\n{OTHER},某某实验室,zh,label,Laboratory B\n"
    )
    assert nodes(loaded, "Institute") == {
        f"Organisation:ror={ONE}": {"ror": ONE, "aliases": ["某某大学"]},
        f"Organisation:ror={OTHER}": {"ror": OTHER, "aliases": ["某某实验室"]},
    }


@pytest.mark.parametrize(
    "header",
    ["id,name,code,department,address,level,remarks", "序号,学校名称,学校标识码,主管部门,所在地,办学层次,备注"],
)
def test_moe(header: str) -> None:
    loaded = load(
        f'{header}\n1,甲大学,4100000001,"上海市\n某科学院",上海市,本科,\n2,乙学院,4100000002,某省,昌吉市,专科,民办\n'
    )
    assert loaded.issues == []
    assert nodes(loaded, "Institute") == {
        "Organisation:moe=4100000001": {
            "name": "甲大学",
            "moe_code": "4100000001",
            "level": "本科",
            "authorities": ["上海市", "某科学院"],
            "kind": "高等院校",
        },
        "Organisation:moe=4100000002": {
            "name": "乙学院",
            "moe_code": "4100000002",
            "level": "专科",
            "authorities": ["某省"],
            "kind": "高等院校",
            "remarks": "民办",
        },
    }
    assert [t for _, t, _ in edges(loaded, "LOCATED_IN")] == ["Region:310000", "Region:652301"]


def test_talents() -> None:
    loaded = load("计划名称,依托单位,级别,年度,名额\n某某英才计划,某某大学、某某股份有限公司,自治区级,2023,30人\n")
    assert loaded.issues == []
    assert nodes(loaded, "TalentProgram") == {
        "TalentProgram:某某英才计划": {"name": "某某英才计划", "level": "自治区级", "year": 2023, "places": 30}
    }
    assert [e[:2] for e in edges(loaded, "HOSTS")] == [
        ("Institute:某某大学", "TalentProgram:某某英才计划"),
        ("Enterprise:某某股份有限公司", "TalentProgram:某某英才计划"),
    ]


def test_projects() -> None:
    loaded = load(
        "项目名称,项目编号,牵头单位,参与单位,金额（万元）,开始日期,结束日期\n"
        "某某技术研究,2023A01,某某大学,某某有限公司、某某研究院,1.2亿,2023.3,2025\n"
    )
    assert loaded.issues == []
    assert nodes(loaded, "Project") == {
        "Project:number=2023A01": {
            "name": "某某技术研究",
            "number": "2023A01",
            "start_date": dt.date(2023, 3, 1),
            "end_date": dt.date(2025, 12, 31),
            "amount": 12000.0,
            "currency": "万元",
        }
    }
    time = {"valid_from": dt.date(2023, 3, 1), "valid_to": dt.date(2025, 12, 31)}
    project = "Project:number=2023A01"
    assert edges(loaded, "PARTICIPATES_IN") == [
        ("Institute:某某大学", project, {"role": "牵头", **time}),
        ("Enterprise:某某有限公司", project, {"role": "参与", **time}),
        ("Institute:某某研究院", project, {"role": "参与", **time}),
    ]


def test_progress() -> None:
    loaded = load(
        "指标,截至日期,完成值,单位,状态,目标编号\n"
        "高新技术企业数量,2023-06-30,48,家,推进中,Target:p/2.1#a\n"
        "高新技术企业数量,2023年6月,49,家,推进中,\n"
        "高新技术企业数量,,50,家,推进中,\n",
        whole=False,
    )
    assert [(i.code, i.place.row, i.place.column) for i in loaded.issues] == [("table.missing-value", 4, 2)]
    said = {"date": dt.date(2023, 6, 30), "unit": "家", "state": "推进中", "name": "高新技术企业 2023-06-30"}
    first, second = "Progress:高新技术企业/2023-06-30/Target:p/2.1#a", "Progress:高新技术企业/2023-06-30"
    assert nodes(loaded, "Progress") == {first: {**said, "value": 48.0}, second: {**said, "value": 49.0}}
    assert [e[:2] for e in edges(loaded, "REPORTS_ON")] == [
        (first, "Indicator:高新技术企业"),
        (first, "Target:p/2.1#a"),
        (second, "Indicator:高新技术企业"),
    ]


def test_an_indicator_is_that_of_plans() -> None:
    plan = "昌吉市方案\n一、任务\n（一）提质。高新技术企业数量达到50家。\n牵头单位：市科技局"
    of_plan = {
        a.id for a in assertions_of(parse(read_document("plan.txt", plan.encode()))) if a.id.startswith("Indicator")
    }
    loaded = load("指标,日期,完成值\n高新技术企业数量,2023-06-30,48\n")
    assert set(nodes(loaded, "Indicator")) == of_plan


def test_platforms_and_enterprises_know_more() -> None:
    platforms = load(
        "平台名称,级别,类型,认定年份,依托单位,所在区域\n某某众创空间,自治区级,众创空间,2022,某某有限公司,昌吉市\n"
    )
    assert nodes(platforms, "Platform") == {
        "Platform:652301/某某众创空间": {"name": "某某众创空间", "level": "自治区级", "kind": "众创空间", "year": 2022}
    }
    assert [e[:2] for e in edges(platforms, "OPERATES")] == [
        ("Enterprise:某某有限公司", "Platform:652301/某某众创空间")
    ]
    enterprises = load("企业名称,地址,从业人数,营业收入（万元）\n甲公司,昌吉市建国路1号,120人,3500\n")
    assert nodes(enterprises, "Enterprise") == {
        "Enterprise:652301/甲公司": {"name": "甲公司", "employees": 120, "revenue": 3500.0}
    }


def test_a_tier_won_twice_is_two_facts() -> None:
    loaded = load(
        "企业名称,梯度,资质有效期自,资质有效期至\n甲公司,高新技术企业,2019-12-02,2022-12-01\n甲公司,高新技术企业,2023-10-16,2026-10-15\n"
    )
    held = [a for a in loaded.assertions if isinstance(a, EdgeAssertion) and a.type == "QUALIFIES_AS"]
    assert len({a.id for a in held}) == 2
    assert [(a.properties["valid_from"].year, a.properties["valid_to"].year, a.evidence.place.row) for a in held] == [
        (2019, 2022, 2),
        (2023, 2026, 3),
    ]


def test_projects_of_one_name_and_two_numbers_are_two() -> None:
    loaded = load(
        "项目名称,项目编号,牵头单位,金额（万元）\n改造,2020-01,甲有限公司,10\n改造,2022-09,丙有限公司,20\n升级,,丁有限公司,5\n"
    )
    found = nodes(loaded, "Project")
    assert {own_id: properties["amount"] for own_id, properties in found.items()} == {
        "Project:number=2020-01": 10,
        "Project:number=2022-09": 20,
        "Project:升级": 5,
    }


def test_what_the_form_of_an_alias_says_is_less_sure() -> None:
    loaded = load(f"ror,value,lang,kind,name\n{ONE},甲研究所,zh,label,x\n")
    assert {a.evidence.confidence for a in loaded.assertions} == {0.5}
