"""The sample plan, loaded once on each engine; beside it a plan of the prefecture, invented for these tests; and the whole:
the plan with its rosters and the cooperation sample."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing
from pathlib import Path

import cooperation_sample
import pytest
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


class Workspaces:
    """The workspaces of one engine, made when they are first asked for.

    Args:
        folder: where to make them.
        server: the Neo4j that holds their graphs, or None for kglite.
    """

    def __init__(self, folder: Path, server: Neo4j | None = None) -> None:
        self.folder = folder
        self.server = server
        self.made: dict[str, Workspace] = {}

    def give(self, both: bool) -> Workspace:
        """Return the workspace of the city's plan, or of both plans."""
        plans = [cooperation_sample.PLAN]
        if both:
            plans.append(self.folder / "prefecture.txt")
            plans[1].write_text(PREFECTURE_PLAN, encoding="utf-8")
        return self._made("both" if both else "one", plans)

    def give_whole(self) -> Workspace:
        """Return the workspace of the plan, its rosters and the cooperation sample."""
        return self._made("whole", cooperation_sample.FILES, cooperation_sample.HOME)

    def _made(self, name: str, files: Iterable[Path], home: str = "") -> Workspace:
        if name not in self.made:
            with pytest.MonkeyPatch.context() as patch:
                if self.server:
                    patch.setenv("NEO4J_USER", self.server.user)
                    patch.setenv("NEO4J_PASSWORD", self.server.password)
                settings = Settings(title=name, home_region=home)
                address = self.server.uri if self.server else "kglite"
                workspace = Workspace.create(self.folder / name, settings, store=address)
                self.made[name] = workspace
                if name == "whole":
                    shutil.copy(cooperation_sample.ALIASES, workspace.folder / "aliases.csv")
                for file in files:
                    workspace.load(file)
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
def on_kglite(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workspaces]:
    """The workspaces on the embedded engine."""
    with closing(Workspaces(tmp_path_factory.mktemp("questions"))) as workspaces:
        yield workspaces


@pytest.fixture(scope="session")
def on_neo4j(neo4j_server: Neo4j, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workspaces]:
    """The workspaces on Neo4j's LTS."""
    with closing(Workspaces(tmp_path_factory.mktemp("questions"), neo4j_server)) as workspaces:
        yield workspaces


@pytest.fixture(scope="session")
def on_neo4j_current(neo4j_current: Neo4j, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workspaces]:
    """The workspaces on Neo4j's current release."""
    with closing(Workspaces(tmp_path_factory.mktemp("questions"), neo4j_current)) as workspaces:
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
