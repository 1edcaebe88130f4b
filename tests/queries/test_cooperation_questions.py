"""Gaps in cooperation: rows counted in the cooperation sample's CSVs or by hand, on every engine; and small graphs."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import cooperation_sample as sample
import pytest
from answers import dicts, remarks
from store_helpers import edge, graph, new_workspace, node

from innograph import Workspace
from innograph.graph.records import Edge, Node
from innograph.graph.stores import Store, open_store
from innograph.queries import ask, load_catalogue
from innograph.queries.findings import find_all
from innograph.queries.understanding import understand

CATALOGUE = load_catalogue()
QUESTIONS = {question.id: question for question in CATALOGUE}
OWN = (
    "partnerless",
    "partner-coverage",
    "institutes-alone",
    "industry-institute",
    "platform-gaps",
    "programme-gaps",
    "ladder",
    "reach",
    "reach-share",
)
FIRMS = sample.firms()
NAMES = {
    "652301": "昌吉市", "652302": "阜康市", "652323": "呼图壁县", "650100": "乌鲁木齐市", "650104": "新市区",
    "659001": "石河子市", "610100": "西安市", "110000": "北京市", "KZ": "哈萨克斯坦", "": None,
}  # fmt: skip
WITH_INSTITUTE = {firm for firm, _ in sample.firm_institute_pairs()}
LADDER = list(sample.LADDER)


def in_prefecture(code: str) -> bool:
    return code.startswith("6523")


@pytest.mark.parametrize("question", OWN)
def test_every_line_of_the_proof_is_in_the_ledger(question: str, whole: Workspace) -> None:
    for row in dicts(whole, question):
        quotes = row["quote"] if isinstance(row["quote"], list) else [row["quote"]]
        told = {record.quote for own_id in row["evidence"] for record in whole.evidence(own_id)}
        assert set(quotes) <= told


class TestPartnerless:
    def test_twelve_of_thirty(self, whole: Workspace) -> None:
        """By hand: 康泽, 同辉 twice, 青格, 苜蓿, 西域, 灞上, 沙枣, and the four that only the plan names."""
        rows = dicts(whole, "partnerless")
        expected = [
            (firm.name, NAMES[firm.region], sorted(firm.industries), [firm.tier] if firm.tier else [])
            for firm in FIRMS
            if firm.name not in WITH_INSTITUTE
        ]
        found = [(row["enterprise"], row["region"], row["industries"], row["tiers"]) for row in rows]
        assert sorted(found, key=str) == sorted(expected, key=str)
        assert len(rows) == 12
        assert "12 of 30 enterprises (40.0%)" in remarks(whole, "partnerless")

    def test_those_with_other_partners_come_first(self, whole: Workspace) -> None:
        partners, kinds = sample.partners(), {name: body.kind for name, body in sample.bodies().items()}
        rows = dicts(whole, "partnerless")
        for row in rows:
            known = [kinds[name] for name in partners.get(row["enterprise"], ())]
            assert (row["enterprises"], row["others"]) == (known.count("Enterprise"), 0)
        assert [row["enterprises"] for row in rows] == [1] * 4 + [0] * 8  # 青格–苜蓿, 西域–渭水, 灞上–云杉

    @pytest.mark.parametrize(
        ("given", "expected", "share"),
        [
            ({"region": "昌吉州"}, {"康泽", "同辉", "青格", "苜蓿", "沙枣"}, "5 of 17 enterprises (29.4%)"),
            ({"region": "乌鲁木齐市"}, {"西域"}, "1 of 4 enterprises (25.0%)"),
            ({"industry": "生物医药"}, {"康泽", "沙枣"}, "2 of 4 enterprises (50.0%)"),
            ({"industry": "装备制造"}, set[str](), "0 of 7 enterprises (0.0%)"),
            ({"tier": "初创企业（团队）"}, {"康泽", "苜蓿", "沙枣"}, "3 of 4 enterprises (75.0%)"),
            ({"tier": "初创企业（团队）", "region": "阜康市"}, {"沙枣"}, "1 of 1 enterprises (100.0%)"),
        ],
    )
    def test_filters(self, given: dict[str, str], expected: set[str], share: str, whole: Workspace) -> None:
        assert {row["enterprise"][2:4] for row in dicts(whole, "partnerless", **given)} == expected
        assert share in remarks(whole, "partnerless", **given)

    def test_what_cannot_be_told_is_said(self, whole: Workspace) -> None:
        """The plan's four and 无忧 have no region; the plan's four and 西域 no industry; eight no tier."""
        told = remarks(whole, "partnerless", region="昌吉州", industry="生物医药", tier="初创企业（团队）")
        assert "unknown region, 5" in told
        assert "unknown industry, 5" in told
        assert "without a tier, 8" in told

    def test_a_long_list_is_cut_and_says_so(self, whole: Workspace) -> None:
        assert dicts(whole, "partnerless", top=3) == dicts(whole, "partnerless")[:3]
        assert "3 of 12 rows" in remarks(whole, "partnerless", top=3)


def coverage(groups: list[list[str | None]]) -> dict[str | None, tuple[int, int]]:
    """Of each group, how many firms there are and how many of them have an institute partner."""
    both: Counter[str | None] = Counter(one for of in groups for one in of)
    served: Counter[str | None] = Counter(
        one for firm, of in zip(FIRMS, groups, strict=True) if firm.name in WITH_INSTITUTE for one in of
    )
    return {name: (number, served[name]) for name, number in both.items()}


class TestCoverage:
    @pytest.mark.parametrize(
        ("by", "groups"),
        [
            ("industry", [list(firm.industries) or [None] for firm in FIRMS]),
            ("region", [[NAMES[firm.region]] for firm in FIRMS]),
            ("tier", [[firm.tier or None] for firm in FIRMS]),
        ],
    )
    def test_counts(self, by: str, groups: list[list[str | None]], whole: Workspace) -> None:
        rows = dicts(whole, "partner-coverage", by=by)
        assert {row["group"]: (row["enterprises"], row["partnered"]) for row in rows} == coverage(groups)
        for row in rows:
            assert row["partnered"] + row["partnerless"] == row["enterprises"]
            assert row["share"] == pytest.approx(row["partnered"] / row["enterprises"])
            assert row["by"] == (by if row["group"] else f"no-{by}")
        assert rows[-1]["group"] is None
        named = [row["partnerless"] for row in rows[:-1]]
        assert named == sorted(named, reverse=True)

    def test_by_hand(self, whole: Workspace) -> None:
        """沃野 is in two industries: the rows add up to 31."""
        rows = dicts(whole, "partner-coverage")
        assert [(r["group"], r["enterprises"], r["partnerless"], r["gap"], r["examples"]) for r in rows] == [
            ("现代农业", 6, 2, "some", ["示例苜蓿草业有限公司", "示例青格乳业有限公司"]),
            ("数字信息", 5, 2, "some", [sample.TWIN, "示例灞上智能有限公司"]),
            ("生物医药", 4, 2, "half", ["示例康泽生物有限公司", "示例沙枣医药有限公司"]),
            ("新材料", 4, 1, "some", [sample.TWIN]),
            ("装备制造", 7, 0, "none", []),
            (None, 5, 5, "half", ["厚德康养", "朗青畜牧", "特变电工"]),
        ]
        told = remarks(whole, "partner-coverage")
        assert "30 enterprises: 18 (60.0%) have an institute partner, 12 have none" in told
        assert "(1 of them): the rows add up to 1 more" in told

    def test_regions_at_a_higher_level(self, whole: Workspace) -> None:
        """The prefecture has the 17 of its three counties; 新市区 is part of 乌鲁木齐市."""
        answer = whole.answer("partner-coverage", {"by": "region", "level": "prefecture"})
        found = {row["group"]: (row["enterprises"], row["partnered"]) for row in answer.dicts()}
        assert found == {
            "昌吉回族自治州": (17, 12),
            "乌鲁木齐市": (4, 3),
            "石河子市": (2, 1),
            "西安市": (2, 1),
            None: (5, 1),
        }

    def test_those_of_a_region(self, whole: Workspace) -> None:
        rows = dicts(whole, "partner-coverage", region="昌吉州", by="tier")
        expected = coverage([[firm.tier or None] if in_prefecture(firm.region) else [] for firm in FIRMS])
        assert {row["group"]: (row["enterprises"], row["partnered"]) for row in rows} == expected

    def test_those_without_a_group_are_never_cut(self, whole: Workspace) -> None:
        rows = dicts(whole, "partner-coverage", top=1)
        assert [row["group"] for row in rows] == ["现代农业", None]


class TestInstitutesAlone:
    def test_six_of_sixteen(self, whole: Workspace) -> None:
        served = {institute for _, institute in sample.firm_institute_pairs()}
        rows = dicts(whole, "institutes-alone")
        assert {row["institute"] for row in rows} == {one.name for one in sample.institutes()} - served
        assert "6 of 16 institutes (37.5%)" in remarks(whole, "institutes-alone")
        found = {row["institute"]: (row["region"], row["fields"], row["projects"], row["institutes"]) for row in rows}
        assert found["示例西安生物研究院"] == ("西安市", ["生物医药"], 1, 1)
        assert found["示例呼图壁节能研究所"] == ("呼图壁县", ["节能环保"], 0, 0)
        assert found["中科院新疆生地所"] == (None, [], 1, 0)  # alone in the project that the plan names

        alone = [row["institute"] for row in rows if row["state"] == "others"]
        assert alone == ["示例西安生物研究院"]  # the others work with nobody
        assert {row["state"] for row in rows} == {"others", "nobody"}

    def test_filters(self, whole: Workspace) -> None:
        found = [row["institute"] for row in dicts(whole, "institutes-alone", region="昌吉州")]
        assert found == ["新疆医科大学一附院昌吉分院", "示例呼图壁节能研究所"]
        assert "2 of 4 institutes" in remarks(whole, "institutes-alone", region="昌吉州")
        found = [row["institute"] for row in dicts(whole, "institutes-alone", industry="生物医药")]
        assert found == ["示例西安生物研究院"]


class TestStatedGaps:
    def test_platforms(self, whole: Workspace) -> None:
        kinds = {name: body.kind for name, body in sample.bodies().items()}
        expected: dict[str, tuple[str, int]] = {}
        for one in sample.platforms():
            members = sum(kinds[name] == "Enterprise" for name in one.members)
            gap = ("both" if not members else "operator") if not one.runners else "members" if not members else ""
            if gap:
                expected[one.name] = (gap, members)
        assert len(expected) == 10  # 阜康, 呼图壁, 新材料, 生物医药, and the plan's six
        rows = dicts(whole, "platform-gaps")
        assert {row["platform"]: (row["gap"], row["members"]) for row in rows} == expected
        told = remarks(whole, "platform-gaps")
        assert "Platforms: 14; without a stated operator: 8; without stated member enterprises: 9" in told
        assert "10 (71.4%)" in told

    def test_platforms_by_gap_and_place(self, whole: Workspace) -> None:
        found = {
            row["platform"]: row["operators"] for row in dicts(whole, "platform-gaps", gap="members", region="昌吉州")
        }
        assert found == {"示例呼图壁科技孵化器": [], "示例生物医药公共服务平台": ["示例昌吉生物医药协会"]}
        found = {row["platform"] for row in dicts(whole, "platform-gaps", gap="operator", region="昌吉州")}
        assert found == {"示例呼图壁科技孵化器", "示例阜康铝基中试基地"}
        assert "Platforms: 7;" in remarks(whole, "platform-gaps", region="昌吉州")
        assert [r["platform"] for r in dicts(whole, "platform-gaps", industry="新材料", gap="members")] == [
            "示例新材料重点实验室"
        ]

    def test_programmes(self, whole: Workspace) -> None:
        rows = dicts(whole, "programme-gaps")
        assert {row["programme"]: (row["gap"], row["hosts"], row["industries"]) for row in rows} == {
            "示例博士进企计划": ("host", [], ["新材料"]),
            "示例柔性引才计划": ("industry", ["示例新疆医药大学"], []),
            "人才飞地模式": ("both", [], []),
            "科技特派员制度": ("both", [], []),
        }
        assert "Talent programmes: 7; without a stated host: 3" in remarks(whole, "programme-gaps")
        assert len(dicts(whole, "programme-gaps", gap="industry")) == 3


class TestCooperation:
    def test_every_body_has_the_partners_of_the_csvs(self, whole: Workspace) -> None:
        for name, partners in sample.partners().items():
            rows = [row for row in dicts(whole, "cooperation", body=name) if row["kind"] != "Region"]
            assert {row["partner"] for row in rows} == partners, name
            by = sample.pairs("project")
            for row in rows:
                pair = tuple(sorted((name, row["partner"])))
                assert row["projects"] == len(by.get((pair[0], pair[1]), []))

    def test_by_hand(self, whole: Workspace) -> None:
        """机电大学 is with 天岭 and 渭水 in S2019-03 and S2021-01, and with two others in the second."""
        rows = dicts(whole, "cooperation", body="示例西安机电大学")
        columns = ("partner", "projects", "latest", "since", "until", "direct", "region")
        assert [tuple(row[c] for c in columns) for row in rows] == [
            (
                "示例天岭装备有限公司", 2, ["智能产线成套装备", "五轴加工中心国产化"], 2019, 2021,
                ["校企：研究生培养", "校企：联合实验室"], ["昌吉市"],
            ),
            ("示例渭水数控有限公司", 2, ["智能产线成套装备", "五轴加工中心国产化"], 2019, 2021, [], ["西安市"]),
            ("示例北泉机械有限公司", 1, ["智能产线成套装备"], 2021, 2021, [], ["昌吉市"]),
            ("示例远山装备有限公司", 1, ["智能产线成套装备"], 2021, 2021, [], ["阜康市"]),
        ]  # fmt: skip
        told = remarks(whole, "cooperation", body="示例西安机电大学")
        assert "Partners: 4 (enterprises 4, institutes 0, others 0)" in told
        assert "Projects: 2, of these with nobody else: 0" in told

    def test_kinds_of_partners_and_regions(self, whole: Workspace) -> None:
        def of(kind: str) -> list[str]:
            return [row["partner"] for row in dicts(whole, "cooperation", body="示例北京材料研究院", kind=kind)]

        assert of("institute") == ["示例新疆材料研究所"]
        assert of("region") == ["昌吉回族自治州"]
        assert of("other") == []
        assert len(of("enterprise")) == 3
        assert len(of("all")) == 5

    def test_alone_in_a_project(self, whole: Workspace) -> None:
        """沃野 alone has S2020-04."""
        assert "of these with nobody else: 1" in remarks(whole, "cooperation", body="示例沃野农机有限公司")

    def test_nobody_at_all(self, whole: Workspace) -> None:
        assert dicts(whole, "cooperation", body="示例康泽生物有限公司") == []
        assert "Partners: 0" in remarks(whole, "cooperation", body="示例康泽生物有限公司")


def test_findings(whole: Workspace) -> None:
    """One of an industry, six of institutes, ten of platforms, four of programmes, and the step nobody stands on."""
    found = find_all(whole.store(), CATALOGUE)
    counts = Counter(finding.rule for finding in found if finding.rule in OWN)
    assert counts == {
        "partner-coverage": 1,
        "institutes-alone": 6,
        "platform-gaps": 10,
        "programme-gaps": 4,
        "ladder": 1,
    }
    told = {finding.rule: finding.statement for finding in found}
    assert told["partner-coverage"].zh == (
        "“生物医药”的4家企业中，2家没有高校院所伙伴，如示例康泽生物有限公司、示例沙枣医药有限公司"
    )
    assert told["ladder"].en == f"Nobody stands on step 4 of the ladder, “{LADDER[3]}”"
    assert all(finding.quotes and finding.place for finding in found if finding.rule in OWN)


@pytest.mark.parametrize(
    ("asked", "question", "given"),
    [
        ("哪些企业没有高校院所伙伴？", "partnerless", {}),
        ("昌吉州有哪些企业没有院所合作", "partnerless", {"region": "昌吉州"}),
        ("Which 生物医药 firms have no university partner?", "partnerless", {"industry": "生物医药"}),
        ("各产业有多少企业有高校院所伙伴", "partner-coverage", {"by": "产业"}),
        ("哪些高校没有企业合作", "institutes-alone", {}),
        ("生物医药产业该和哪些高校对接", "industry-institute", {"industry": "生物医药"}),
        ("哪些平台没有成员企业", "platform-gaps", {"gap": "成员企业"}),
        ("talent programmes without a host", "programme-gaps", {}),
        ("到2021年底梯度各级各有多少企业", "ladder", {"year": "2021"}),
        ("企业离国家级院所有多远", "reach", {"grade": "国家级"}),
        ("企业到自治区级院所有几步", "reach", {"grade": "自治区级"}),
        ("reach to a national institute by region", "reach-share", {"by": "region"}),
        ("示例西安机电大学和谁合作", "cooperation", {"body": "示例西安机电大学"}),
        (
            "Which institutes are partners of 示例博岭铝业?",
            "cooperation",
            {"body": "示例博岭铝业", "kind": "institutes"},
        ),
    ],
)
def test_plain_questions(asked: str, question: str, given: dict[str, str], whole: Workspace) -> None:
    understood = understand(whole.store(), CATALOGUE, asked)
    assert (understood.question.id, dict(understood.given)) == (question, given)


# --- small graphs


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with closing(open_store("kglite", file=tmp_path / "g.kgl", workspace=new_workspace())) as store:
        yield store


def told(store: Store, question: str, **given: Any) -> list[dict[str, Any]]:
    return ask(store, QUESTIONS[question], given).dicts()


def proven(*things: Node | Edge) -> list[Node | Edge]:
    for thing in things:
        thing.properties.update(quote=f"about {thing.id}", place="1")
    return list(things)


@pytest.mark.parametrize("question", OWN)
def test_of_an_empty_graph(question: str, store: Store) -> None:
    store.sync(graph([]))
    assert told(store, question) == []


def test_who_cooperates_by_several_edges_is_one_partner(store: Store) -> None:
    """Two roles in one project, cooperation stated both ways, and with itself."""
    bodies = [node("Enterprise", "Enterprise:a", name="a"), node("Institute", "Institute:b", name="b")]
    project = node("Project", "Project:p", name="p")
    ties = [
        edge("PARTICIPATES_IN", "Enterprise:a", "Project:p", "e1", role="lead"),
        edge("PARTICIPATES_IN", "Enterprise:a", "Project:p", "e2", role="partner"),
        edge("PARTICIPATES_IN", "Institute:b", "Project:p", "e3"),
        edge("COOPERATES_WITH", "Enterprise:a", "Institute:b", "c1", subject="x"),
        edge("COOPERATES_WITH", "Institute:b", "Enterprise:a", "c2", subject="x"),
        edge("COOPERATES_WITH", "Enterprise:a", "Enterprise:a", "c3"),
    ]
    store.sync(graph(proven(*bodies, project, *ties)))
    rows = told(store, "cooperation", body="Enterprise:a")
    assert [(r["partner"], r["projects"], r["since"], r["direct"], r["evidence"]) for r in rows] == [
        ("b", 1, None, ["x"], ["e1", "e3", "c1", "c2"])
    ]
    assert [row["evidence"] for row in told(store, "cooperation", body="Institute:b")] == [["e3", "e1", "c1", "c2"]]
    assert told(store, "partnerless") == []
    assert told(store, "institutes-alone") == []


def test_what_no_source_speaks_of_at_all_is_no_finding(on_engine: Any) -> None:
    """The plan alone names institutes, platforms and programmes, but no partner, operator, member or host."""
    plan = on_engine("kglite", False)
    assert {row["state"] for row in dicts(plan, "institutes-alone")} == {"unknown"}
    assert {row["gap"] for row in dicts(plan, "partner-coverage")} <= {"unknown"}
    assert {row["known"] for row in (*dicts(plan, "platform-gaps"), *dicts(plan, "programme-gaps"))} == {"no"}
    assert not [finding for finding in plan.findings() if finding.rule in OWN]
