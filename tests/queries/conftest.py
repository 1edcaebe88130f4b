"""The sample plan, loaded once on each engine; beside it a plan of the prefecture, invented for these tests; and the whole:
the plan with its rosters and the cooperation sample."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing
from pathlib import Path

import cooperation_sample
import networkx as nx
import pytest
from locks import alone_in
from neo4j_fixtures import Neo4j
from store_helpers import borrow_workspace, graph, new_workspace, remove_workspace

from innograph import Workspace
from innograph.graph.records import Edge, Node
from innograph.graph.settings import Settings
from innograph.graph.stores import Store, open_store

ENGINES = {"kglite": "on_kglite", "neo4j": "on_neo4j", "neo4j-current": "on_neo4j_current"}

# Of the state above: the same task name, indicator and safeguard as the city's plan, and units without lead or support.
PREFECTURE_PLAN = """昌州政办发〔2021〕103号
关于印发《昌吉州科技创新支持产业高质量发展三年行动方案（2021—2023年）》的通知
各县市人民政府：

昌吉州人民政府办公室

2021年12月1日

昌吉州科技创新支持产业高质量发展三年行动方案（2021—2023年）

一、发展目标

到2023年，高新技术企业数量超过200家。

二、重点任务

（一）推动工业转型升级。改造传统产业。到2023年，高新技术企业超过120家。

责任单位：州工信局、科技局

（二）办好科技活动。支持各县市举办科技活动周。

责任单位：州科技局、各县市人民政府

三、保障措施

（一）加强组织领导。各单位拿出实施方案。
"""

OnEngine = Callable[[str, bool], Workspace]
WholeOn = Callable[[str], Workspace]


class Snapshots:
    """Folders of loaded workspaces, which all workers of a test run copy: each is loaded once, by whoever needs it first.

    All copies of one bear one id. That is no harm: the tests of a server are one worker's (``support/workers.py``).

    Args:
        folder: where to make them, the same for all workers.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def copy(self, name: str, to: Path) -> None:
        """Make ``to`` a workspace of the city's plan (``one``), of both plans (``both``) or of the ``whole``."""
        with alone_in(self.folder):
            if not (self.folder / name).is_dir():
                self._make(name)
        shutil.copytree(self.folder / name, to)

    def _make(self, name: str) -> None:
        settings = Settings(title=name, home_region=cooperation_sample.HOME if name == "whole" else "")
        unfinished = self.folder / f"{name}-unfinished"
        shutil.rmtree(unfinished, ignore_errors=True)  # of one that failed: each test that needs it says why
        with Workspace.create(unfinished, settings) as workspace:
            if name == "whole":
                shutil.copy(cooperation_sample.ALIASES, unfinished / "aliases.csv")
            for file in self._files(name):
                workspace.load(file)
            workspace.build()
        unfinished.rename(self.folder / name)

    def _files(self, name: str) -> tuple[Path, ...]:
        if name == "whole":
            return cooperation_sample.FILES
        prefecture = self.folder / "prefecture.txt"
        prefecture.write_text(PREFECTURE_PLAN, encoding="utf-8")
        return (cooperation_sample.PLAN, prefecture) if name == "both" else (cooperation_sample.PLAN,)


class Workspaces:
    """The workspaces of one engine, made when they are first asked for.

    Args:
        snapshots: what they are made of.
        folder: where to make them.
        server: the Neo4j that holds their graphs, or None for kglite.
    """

    def __init__(self, snapshots: Snapshots, folder: Path, server: Neo4j | None = None) -> None:
        self.snapshots = snapshots
        self.folder = folder
        self.server = server
        self.made: dict[str, Workspace] = {}

    def give(self, both: bool) -> Workspace:
        """Return the workspace of the city's plan, or of both plans."""
        return self._made("both" if both else "one")

    def give_whole(self) -> Workspace:
        """Return the workspace of the plan, its rosters and the cooperation sample."""
        return self._made("whole")

    def _made(self, name: str) -> Workspace:
        if name not in self.made:
            self.snapshots.copy(name, self.folder / name)
            with pytest.MonkeyPatch.context() as patch:
                if self.server:
                    patch.setenv("NEO4J_USER", self.server.user)
                    patch.setenv("NEO4J_PASSWORD", self.server.password)
                workspace = Workspace(self.folder / name, self.server.uri if self.server else "kglite")
                self.made[name] = workspace
                workspace.build()
        return self.made[name]

    def close(self) -> None:
        """Leave nothing behind on the server."""
        for workspace in self.made.values():
            own_id = workspace.status().id
            workspace.close()
            if self.server:
                remove_workspace(self.server, own_id)


@pytest.fixture(scope="session")
def snapshots(tmp_path_factory: pytest.TempPathFactory) -> Snapshots:
    """What the workspaces of all engines, and of all workers, are copies of."""
    own = tmp_path_factory.getbasetemp()
    run = own.parent if "PYTEST_XDIST_WORKER" in os.environ else own
    return Snapshots(run / "snapshots")


@pytest.fixture(scope="session")
def on_kglite(snapshots: Snapshots, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workspaces]:
    """The workspaces on the embedded engine."""
    with closing(Workspaces(snapshots, tmp_path_factory.mktemp("questions"))) as workspaces:
        yield workspaces


@pytest.fixture(scope="session")
def on_neo4j(
    snapshots: Snapshots, neo4j_server: Neo4j, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Workspaces]:
    """The workspaces on Neo4j's LTS."""
    with closing(Workspaces(snapshots, tmp_path_factory.mktemp("questions"), neo4j_server)) as workspaces:
        yield workspaces


@pytest.fixture(scope="session")
def on_neo4j_current(
    snapshots: Snapshots, neo4j_current: Neo4j, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Workspaces]:
    """The workspaces on Neo4j's current release."""
    with closing(Workspaces(snapshots, tmp_path_factory.mktemp("questions"), neo4j_current)) as workspaces:
        yield workspaces


@pytest.fixture(scope="session")
def on_engine(request: pytest.FixtureRequest) -> OnEngine:
    """Give a workspace on an engine: with the sample plan, and if asked for with the prefecture's too."""
    return lambda engine, both: request.getfixturevalue(ENGINES[engine]).give(both)


@pytest.fixture(scope="session")
def whole_on(request: pytest.FixtureRequest) -> WholeOn:
    """Give the workspace of the plan, its rosters and the cooperation sample on an engine."""
    return lambda engine: request.getfixturevalue(ENGINES[engine]).give_whole()


@pytest.fixture(scope="session", params=["kglite", "neo4j"])
def engine(request: pytest.FixtureRequest) -> str:
    """Each engine in turn; that Neo4j's current release gives the same rows, test_engines_agree shows."""
    return str(request.param)


@pytest.fixture(scope="session")
def changji(engine: str, on_engine: OnEngine) -> Workspace:
    """The city's plan alone."""
    return on_engine(engine, False)


@pytest.fixture(scope="session")
def two_plans(engine: str, on_engine: OnEngine) -> Workspace:
    """The city's plan and the prefecture's, in one workspace."""
    return on_engine(engine, True)


@pytest.fixture(scope="session")
def whole(engine: str, whole_on: WholeOn) -> Workspace:
    """The city's plan, its rosters and the cooperation sample, in one workspace."""
    return whole_on(engine)


Opened = Callable[[Iterable[Node | Edge]], Store]


@pytest.fixture
def opened(engine: str, request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Opened]:
    """Give a store of each engine that holds a graph made by hand."""
    server: Neo4j | None = request.getfixturevalue("neo4j_server") if engine == "neo4j" else None
    workspace = borrow_workspace(server) if server else new_workspace()
    if server:
        made = open_store(
            server.uri, file=tmp_path / "none", workspace=workspace, user=server.user, password=server.password
        )
    else:
        made = open_store("kglite", file=tmp_path / "graph.kgl", workspace=workspace)
    with closing(made) as store:

        def hold(things: Iterable[Node | Edge]) -> Store:
            store.sync(graph(things))
            return store

        yield hold
    if server:
        remove_workspace(server, workspace)


@pytest.fixture(scope="module")
def partners() -> nx.Graph:
    """Who works with whom, with the number of projects and direct cooperation as weight."""
    projects, direct = cooperation_sample.pairs("project"), cooperation_sample.pairs("cooperation")
    found = nx.Graph()
    for pair in cooperation_sample.pairs():
        found.add_edge(*pair, weight=len(projects.get(pair, ())) + (pair in direct))
    return found
