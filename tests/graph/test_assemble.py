"""The graph that all sources make together."""

from __future__ import annotations

import datetime as dt
import itertools
import os
import subprocess
import sys
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from innograph.graph.assemble import assemble, current_stamp
from innograph.graph.errors import OntologyError
from innograph.graph.ledger import Ledger, NewSource
from innograph.graph.ontology import load_ontology
from innograph.graph.records import EdgeAssertion, Evidence, Flaw, Graph, LeftOut, Locator, Node, NodeAssertion
from innograph.graph.search_text import search_text
from innograph.graph.text import use_language

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from innograph.graph.records import Assertion

ONTOLOGY = load_ontology()
A, B, TASK = "Department:1/科技局", "Department:1/教育局", "Task:p/1"


def node(id_: str, confidence: float = 1.0, quote: str = "原文", line: int = 1, **properties: Any) -> NodeAssertion:
    evidence = Evidence(quote, Locator(line=line), confidence)
    return NodeAssertion(id_.partition(":")[0], id_, {"name": "名", **properties}, evidence)


def edge(type_: str, source: str, target: str, confidence: float = 1.0, **properties: Any) -> EdgeAssertion:
    return EdgeAssertion(type_, source, target, Evidence("牵头", Locator(line=2), confidence), properties)


@pytest.fixture
def make(tmp_path: Path) -> Callable[..., Graph]:
    """Return a function that loads files, each a name and what it says, and assembles."""
    numbers = itertools.count()

    def load(*files: tuple[str, Sequence[Assertion]]) -> Graph:
        with Ledger.open(tmp_path / f"{next(numbers)}.sqlite", create=True) as ledger:
            for number, (name, said) in enumerate(files):
                ledger.record(NewSource(name, name, f"{number:064}", 1, "plan", "1"), said, [])
            return assemble(ledger, ONTOLOGY)

    return load


def text(graph: Graph) -> str:
    """The graph as text, with the order of everything in it and without the workspace's own id."""
    return repr((list(graph.nodes.items()), list(graph.edges.items())))


def test_one_of_each(make: Callable[..., Graph]) -> None:
    said = [
        node(TASK, name="加强创新", position=1, number=None),
        node(A, name="昌吉市科技局", short="市科技局"),
        edge("LEADS", A, TASK),
    ]
    graph = make(("plan.txt", said))
    assert graph.nodes == {
        A: Node(
            A,
            ("Organisation", "Department"),
            {
                "id": A,
                "name": "昌吉市科技局",
                "short": "市科技局",
                "search": "昌吉市科技局 | 市科技局 | changjishikejiju | cjskjj | shikejiju | skjj",
                "quote": "原文",
                "place": "第1行",
                "sources": 1,
            },
        ),
        TASK: Node(
            TASK,
            ("Task",),
            {
                "id": TASK,
                "name": "加强创新",
                "position": 1,
                "search": "加强创新 | jiaqiangchuangxin | jqcx",
                "quote": "原文",
                "place": "第1行",
                "sources": 1,
            },
        ),
    }
    (only,) = graph.edges.values()
    assert (only.type, only.source, only.target) == ("LEADS", A, TASK)
    assert only.properties == {"id": only.id, "quote": "牵头", "place": "第2行", "sources": 1}


def test_empty_ledger(make: Callable[..., Graph]) -> None:
    graph = make()
    assert graph.nodes == graph.edges == {}


def test_id_order(make: Callable[..., Graph]) -> None:
    said = [node(f"Task:{n}") for n in ("b", "A", "😀", "昌", "a", "\uffff")] + [node(A)]
    graph = make(("p", [*said, *(edge("LEADS", A, s.id) for s in said[:-1])]))
    assert list(graph.nodes) == sorted(graph.nodes)
    assert list(graph.edges) == sorted(graph.edges)
    assert len(graph.nodes) == 7


class TestMerging:
    def test_the_surest_wins(self, make: Callable[..., Graph]) -> None:
        graph = make(("a", [node(A, 0.9, level="county")]), ("b", [node(A, 0.5, level="town", mandate="科技局")]))
        properties = graph.nodes[A].properties
        assert (properties["level"], properties["mandate"], properties["sources"]) == ("county", "科技局", 2)

    def test_among_equals_the_later_load_wins(self, make: Callable[..., Graph]) -> None:
        z, a = ("z", [node(A, name="旧名")]), ("a", [node(A, name="新名")])
        assert make(z, a).nodes[A].properties["name"] == "新名"
        assert make(a, z).nodes[A].properties["name"] == "旧名"

    def test_inside_a_file_the_last_wins(self, make: Callable[..., Graph]) -> None:
        assert make(("a", [node(A, level="x"), node(A, level="y")])).nodes[A].properties["level"] == "y"

    def test_none_overrides_nothing(self, make: Callable[..., Graph]) -> None:
        graph = make(("a", [node(A, 0.1, level="county")]), ("b", [node(A, level=None, mandate=None)]))
        assert graph.nodes[A].properties["level"] == "county"
        assert "mandate" not in graph.nodes[A].properties

    def test_false_zero_and_empty_are_values(self, make: Callable[..., Graph]) -> None:
        graph = make(
            ("a", [node(A), node(TASK, 0.5, position=3), edge("LEADS", A, TASK, 0.5, joint=True)]),
            ("b", [node(A), node(TASK, position=0), edge("LEADS", A, TASK, joint=False)]),
        )
        assert graph.nodes[TASK].properties["position"] == 0
        (only,) = graph.edges.values()
        assert only.properties["joint"] is False
        assert only.properties["sources"] == 2

    def test_properties_stand_in_the_order_of_the_ontology(self, make: Callable[..., Graph]) -> None:
        graph = make(("a", [node(A, mandate="科技局")]), ("b", [node(A, jurisdiction="1", aliases=["甲"], level="x")]))
        system = ["search", "quote", "place", "sources"]
        assert list(graph.nodes[A].properties) == ["id", "name", "aliases", "level", "jurisdiction", "mandate", *system]

    def test_lists_are_united(self, make: Callable[..., Graph]) -> None:
        files = [
            ("b", [node(A, aliases=["丙", "甲"])]),
            ("a", [node(A, aliases=["甲", "乙"]), node(A, 0.5, aliases=["丁"])]),
            ("c", [node(A, aliases=None)]),
        ]
        for order in itertools.permutations(files):
            assert make(*order).nodes[A].properties["aliases"] == ["甲", "乙", "丙", "丁"]

    def test_first_evidence_does_not_depend_on_load_order(self, make: Callable[..., Graph]) -> None:
        files = [
            ("b", [node(A, quote="b", line=1)]),
            ("a", [node(A, 0.5, quote="a1", line=1), node(A, quote="a2", line=7), node(A, quote="a3", line=9)]),
        ]
        for order in itertools.permutations(files):
            properties = make(*order).nodes[A].properties
            assert (properties["quote"], properties["place"], properties["sources"]) == ("a2", "第7行", 2)

    def test_every_name_can_be_searched(self, make: Callable[..., Graph]) -> None:
        graph = make(
            ("a", [node(A, name="科学技术局")]), ("b", [node(A, name="科技局", short="KJJ", aliases=["科委"])])
        )
        parts = graph.nodes[A].properties["search"].split(" | ")
        assert parts[:4] == ["科技局", "kjj", "科委", "科学技术局"]
        assert {"kejiju", "kewei", "kexuejishuju"} < set(parts)

    def test_whole_numbers_where_fractions_are_expected(self, make: Callable[..., Graph]) -> None:
        graph = make(("a", [node("Target:1", kind="numeric", value=50, year=2023)]))
        properties = graph.nodes["Target:1"].properties
        assert (repr(properties["value"]), repr(properties["year"])) == ("50.0", "2023")

    def test_dates_stay_dates(self, make: Callable[..., Graph]) -> None:
        graph = make(("a", [node("Plan:1", issue_date=dt.date(2022, 6, 17))]))
        assert graph.nodes["Plan:1"].properties["issue_date"] == dt.date(2022, 6, 17)

    def test_parallel_edges_by_key(self, make: Callable[..., Graph]) -> None:
        said = [
            EdgeAssertion("NAMES", TASK, A, Evidence("依托"), {"relation": "依托"}, "依托"),
            EdgeAssertion("NAMES", TASK, A, Evidence("支持"), {"relation": "支持"}, "支持"),
        ]
        graph = make(("a", [node(A), node(TASK), *said]))
        assert sorted(e.properties["relation"] for e in graph.edges.values()) == ["依托", "支持"]


class TestRefusals:
    @pytest.mark.parametrize(
        ("said", "named"),
        [
            ([node("Office:1")], "Office"),
            ([node(A, colour="red")], "colour"),
            ([node(A, name=None)], "name"),
            ([node(A), node(TASK), edge("LOVES", A, TASK)], "LOVES"),
            ([node(A), node(TASK), edge("LEADS", TASK, A)], "source"),
            ([node(A), node(TASK), edge("LEADS", A, TASK, year=1)], "year"),
            ([node(A), NodeAssertion("Enterprise", A, {"name": "x"}, Evidence("x"))], "Enterprise"),
        ],
    )
    def test_what_does_not_fit_the_ontology(
        self, make: Callable[..., Graph], said: list[Assertion], named: str
    ) -> None:
        with pytest.raises(OntologyError, match=named):
            make(("a", said))

    def test_an_edge_whose_end_nobody_states_is_left_out_and_told(self, make: Callable[..., Graph]) -> None:
        said = edge("LEADS", A, TASK)
        graph = make(("a", [node(A), said]))
        assert (list(graph.nodes), graph.edges) == ([A], {})
        assert graph.left_out == (LeftOut(Flaw.NO_END, said.id, TASK),)

    def test_one_id_for_two_edges(self, make: Callable[..., Graph], monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(EdgeAssertion, "id", "LEADS:0000000000")
        with pytest.raises(OntologyError, match="LEADS:0000000000"):
            make(("a", [node(A), node(B), node(TASK), edge("LEADS", A, TASK), edge("LEADS", B, TASK)]))


class TestSameness:
    names = st.sampled_from(["科技局", "教育局", "农业农村局"])
    aliases = st.lists(st.sampled_from(["甲", "乙", "丙"]), max_size=3)

    @settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
    @given(
        files=st.lists(
            st.lists(st.tuples(names, aliases, st.sampled_from([0.5, 1.0])), max_size=4), min_size=1, max_size=4
        ),
        data=st.data(),
    )
    def test_load_order_makes_no_difference(
        self, make: Callable[..., Graph], files: list[list[tuple[str, list[str], float]]], data: st.DataObject
    ) -> None:
        """Where nothing contradicts: the name follows from the id, lists are united, confidence differs."""
        said = [
            (
                f"{number}.txt",
                [node(f"Department:{name}", confidence, f"{number}", name=name, aliases=list(dict.fromkeys(also)))
                 for name, also, confidence in rows],
            )
            for number, rows in enumerate(files)
        ]  # fmt: skip
        assert text(make(*said)) == text(make(*data.draw(st.permutations(said))))

    def test_language_and_hash_seed_make_no_difference(self, tmp_path: Path) -> None:
        file = tmp_path / "l.sqlite"
        with Ledger.open(file, create=True) as ledger:
            said = [node(A, aliases=["甲"]), node(TASK), node(B), edge("LEADS", A, TASK), edge("LEADS", B, TASK)]
            ledger.record(NewSource("a", "a", "0" * 64, 1, "plan", "1"), said, [])
            with use_language("en"):
                english = assemble(ledger, ONTOLOGY)
            assert repr(english) == repr(assemble(ledger, ONTOLOGY))
            assert english.nodes[A].properties["place"] == "第1行"
        code = """
import sys
from pathlib import Path
from innograph.graph.assemble import assemble
from innograph.graph.ledger import Ledger
from innograph.graph.ontology import load_ontology
with Ledger.open(Path(sys.argv[1])) as ledger:
    sys.stdout.buffer.write(repr(assemble(ledger, load_ontology())).encode())
"""
        for seed in ("1", "2"):
            command = [sys.executable, "-c", code, str(file)]
            done = subprocess.run(command, env={**os.environ, "PYTHONHASHSEED": seed}, capture_output=True, check=True)
            assert done.stdout.decode() == repr(english)

    def test_unloading_leaves_the_graph_as_if_never_loaded(self, tmp_path: Path) -> None:
        shared, own = (
            [node(A), node(TASK), edge("LEADS", A, TASK)],
            [node(A), node(B), node(TASK), edge("LEADS", B, TASK)],
        )
        with Ledger.open(tmp_path / "l.sqlite", create=True) as ledger:
            ledger.record(NewSource("a", "a", "0" * 64, 1, "plan", "1"), shared, [])
            before = text(assemble(ledger, ONTOLOGY))
            ledger.record(NewSource("b", "b", "1" * 64, 1, "plan", "1"), own, [])
            assert text(assemble(ledger, ONTOLOGY)) != before
            ledger.forget(2)
            assert text(assemble(ledger, ONTOLOGY)) == before


def test_stamp(tmp_path: Path) -> None:
    with Ledger.open(tmp_path / "l.sqlite", create=True) as ledger:
        empty = current_stamp(ledger, ONTOLOGY)
        assert empty.startswith(f"{ledger.workspace}-0-")
        assert ONTOLOGY.fingerprint in empty
        assert assemble(ledger, ONTOLOGY).stamp == empty
        source = NewSource("a", "a", "0" * 64, 1, "plan", "1")
        ledger.record(source, [node(A)], [])
        loaded = current_stamp(ledger, ONTOLOGY)
        ledger.record(source, [node(A)], [])
        assert current_stamp(ledger, ONTOLOGY) == loaded == assemble(ledger, ONTOLOGY).stamp != empty
        ledger.forget(1)
        assert current_stamp(ledger, ONTOLOGY) not in (empty, loaded)


def test_stamp_after_an_old_backup_is_put_back(tmp_path: Path) -> None:
    """The generation then comes a second time, with other content."""
    file = tmp_path / "l.sqlite"
    Ledger.open(file, create=True).close()
    backup = file.read_bytes()
    stamps: list[str] = []
    for content in "01":
        file.write_bytes(backup)
        with Ledger.open(file) as ledger:
            ledger.record(NewSource("a", "a", content * 64, 1, "plan", "1"), [], [])
            stamps.append(current_stamp(ledger, ONTOLOGY))
    assert stamps[0] != stamps[1]


class TestSearchText:
    @pytest.mark.parametrize(
        ("name", "expected"),
        [
            ("科技局", "科技局 | kejiju | kjj"),
            ("重庆银行", "重庆银行 | chongqingyinhang | cqyh"),
            ("ＡＢＢ集团（新疆）", "abb集团(新疆) | abbjituanxinjiang | abbjtxj"),
            ("绿色２０２７", "绿色2027 | lvse2027 | ls2027"),
            ("“科博会”", "“科博会” | kebohui | kbh"),
            ("Tsinghua University", "tsinghua university"),
            ("2027", "2027"),
        ],
    )
    def test_names(self, name: str, expected: str) -> None:
        assert search_text([name]) == expected

    def test_long_names_are_not_spelt(self) -> None:
        assert search_text(["昌" * 40]).count(" | ") == 2
        assert search_text(["昌" * 41]) == "昌" * 41

    def test_no_part_twice(self) -> None:
        assert search_text(["KJJ", "科技局", "kjj", "", "柯技局"]) == "kjj | 科技局 | 柯技局 | kejiju"

    def test_words_are_read_as_the_library_reads_whole_names(self) -> None:
        from pypinyin import lazy_pinyin

        for name in (
            "长春市长途汽车行业协会",
            "乐山音乐学院",
            "新疆昌吉国家农业科技园区管理委员会",
            "厦门大厦重工有限公司",
        ):
            assert "".join(lazy_pinyin(name)) in search_text([name]).split(" | ")

    def test_pinyin_is_not_imported_before_it_is_needed(self) -> None:
        code = "import sys, innograph.graph.assemble; print('pypinyin' in sys.modules)"
        done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
        assert done.stdout == "False\n"
