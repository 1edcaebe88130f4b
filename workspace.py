"""A workspace: the folder a planner owns, and everything that can be done with it.

innograph.toml    settings
aliases.csv       other names of bodies, if the planner keeps such a table
packs/            mapping packs of the planner's own, if there are any
questions/        questions of the planner's own, in Cypher, if there are any
sources/          a copy of every loaded file, by content
ledger.sqlite     what the sources say: the only thing that cannot be rebuilt
graph.kgl         the embedded engine's file, rebuilt whenever it is missing or out of date
graph.joined      which ids of the sources became one thing in the graph
graph.network     the network of bodies as arrays, read from the engine once
graph.layouts     places of what was drawn, without names
.uploads/         files uploaded in the workbench and not yet accepted; gone after a day

What begins with ``graph.`` is made of the ledger and may be deleted at any time.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self

from innograph.graph.days import day_of
from innograph.graph.engines import Engines
from innograph.graph.errors import NotAFolder, NoWorkspace, WorkspaceExists
from innograph.graph.ledger import Archive, Change, Ledger, NewSource
from innograph.graph.ledger.failures import explained
from innograph.graph.ontology import load_ontology
from innograph.graph.reports import BuildReport, LoadReport, Status
from innograph.graph.settings import FILE_NAME, Settings, read_settings
from innograph.graph.writing import whole_file

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable, Iterator, Mapping, Sequence
    from contextlib import AbstractContextManager

    import networkx as nx
    import pandas as pd

    from innograph.graph.ledger import EvidenceRecord, Source
    from innograph.graph.ledger.judgements import Judgements
    from innograph.graph.ledger.triage import Triage
    from innograph.graph.recognition.candidates import Candidate
    from innograph.graph.records import Graph
    from innograph.graph.stores import Progress, Rows, Store
    from innograph.loaders.loading import Reading
    from innograph.loaders.surroundings import Surroundings
    from innograph.loaders.table import Expected
    from innograph.queries import Answer, Catalogue, Finding
    from innograph.queries.understanding import Understood

_LEDGER, _SOURCES, _PACKS, _QUESTIONS = "ledger.sqlite", "sources", "packs", "questions"


class Workspace:
    """A workspace folder, opened. Use it as a context manager, or :meth:`close` it.

    Args:
        folder: has ``innograph.toml``.
        store: an engine's address that goes before the one in the settings.

    Raises:
        NoWorkspace: ``folder`` is none.
        WorkspaceError: its settings or its ledger cannot be used.

    Examples:
        >>> import tempfile, innograph
        >>> with innograph.Workspace.create(Path(tempfile.mkdtemp()) / "changji") as workspace:
        ...     report = workspace.load(innograph.sample("changji") / "plan.txt")
        ...     answer = workspace.ask("responsible", task="跨区域协同创新")
        ...     print(report.counts["Task"], answer.loc[0, "unit"], answer.loc[0, "quote"])
        13 昌吉市科技局 牵头单位：市科技局
    """

    def __init__(self, folder: Path | str, store: str | None = None) -> None:
        self.folder = Path(folder).resolve()
        with explained(self.folder):
            if not (self.folder / FILE_NAME).is_file():
                raise NoWorkspace(folder=folder)
            self.settings = read_settings(self.folder / FILE_NAME)
        self.ontology = load_ontology()
        self._ledger = Ledger.open(self.folder / _LEDGER)
        self._archive = Archive(self.folder / _SOURCES)
        address = store or self.settings.store
        self._engines = Engines(self.folder, self._ledger, self.ontology, self.settings.home, address)

    @classmethod
    def create(cls, folder: Path | str, settings: Settings | None = None, store: str | None = None) -> Self:
        """Make a workspace in ``folder``, which is made if need be, and open it.

        A workspace whose ledger is gone gets an empty one; its settings and the copies in ``sources/`` stay.

        Raises:
            WorkspaceExists: it is one already.
            NotAFolder: there is a file of that name, or the name is none.
            NoPermission: the folder may not be made or written.
            NoSpace: the disk is full.
        """
        folder = Path(folder)
        file, ledger = folder / FILE_NAME, folder / _LEDGER
        with explained(folder):
            if file.exists() and ledger.exists():
                raise WorkspaceExists(folder=folder)
            try:
                folder.mkdir(parents=True, exist_ok=True)
            except (FileExistsError, NotADirectoryError) as error:
                raise NotAFolder(folder=folder, problem=error.strerror) from None
            Ledger.open(ledger, create=True).close()  # first, so that a folder with settings is whole
            if not file.exists():
                with whole_file(file) as out:
                    out.write((settings or Settings(title=folder.resolve().name)).to_toml().encode())
        return cls(folder, store)

    @staticmethod
    def around(folder: Path) -> Path:
        """Return ``folder`` or the nearest folder above it that is a workspace.

        Raises:
            NoWorkspace: there is none.
        """
        with explained(folder):
            for candidate in (folder, *folder.resolve().parents):
                if (candidate / FILE_NAME).is_file():
                    return candidate
        raise NoWorkspace(folder=folder)

    def close(self) -> None:
        """Let go of the ledger and the engines."""
        self._engines.close()
        self._ledger.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    # --- what goes in

    def load(
        self,
        file: Path | str,
        *,
        mapping: str | None = None,
        expect: Mapping[str, Expected] | None = None,
        strict: bool = False,
        edition: str = "",
        origin: str = "",
        progress: Progress | None = None,
    ) -> LoadReport:
        """Load a file: all of it or, where that fails, nothing.

        Args:
            file: a plan document or a table.
            mapping: the pack by which a table is read: a name, or a YAML file; by default the one its header fits.
            expect: for each node type, how many things the file should name at least and at most.
            strict: refuse the file if anything in it is doubtful.
            edition: which version of a plan it is, where several of one number or title are to be compared.
            origin: the identity of the source that the file is a new version of, or a new one; by default its path.
            progress: told how far the reading is, where a format takes long.

        Raises:
            InputError: the file cannot be read.
            SamePlan: another file of the same plan is loaded, and ``edition`` does not tell them apart.
            Refused: ``strict``, and the file has warnings or errors, loaded before or not.
            LedgerLocked: another process is writing.
            NoSpace: the disk is full.
        """
        from innograph.loaders.loading import refuse_known_doubts, told_by
        from innograph.loaders.reading import file_digest
        from innograph.loaders.recording import record_file
        from innograph.loaders.table.expecting import unmet

        file = Path(file)
        sha256, size = file_digest(file)
        before, reading = self._contents(), self.reading(mapping, expect, strict=strict)
        with told_by(file, replace(reading, edition=edition), progress) as told:
            around = [f"{mark}{word}" for mark, word in (("@", self.settings.home_region), ("#", edition)) if word]
            version = "".join([told.version, *around])
            new = NewSource(origin or self._origin(file), file.name, sha256, size, told.loader, version)
            recorded = record_file(file, new, told, self._ledger, self._archive)
        self._drop(before)
        source = recorded.source
        counts, dangling = self._ledger.counts(source.id), self._ledger.dangling(source.id)
        issues = list(told.issues)
        if recorded.change in (Change.UNCHANGED, Change.DUPLICATE):  # nothing was read, so nothing was counted
            if strict:
                refuse_known_doubts(file.name, (record.issue for record in self._ledger.issues(source.id)))
            issues += unmet(counts, expect or {})
        return LoadReport(recorded.change, source, told.title, counts, issues, dangling)

    def reading(
        self, mapping: str | None = None, expect: Mapping[str, Expected] | None = None, *, strict: bool = False
    ) -> Reading:
        """Return how this workspace reads files; see :meth:`load`."""
        from innograph.loaders.loading import Reading

        return Reading(
            home=self.settings.home,
            mapping=mapping,
            packs=self.folder / _PACKS,
            expect=expect,
            personal=self.settings.personal_data == "allow",
            strict=strict,
        )

    def said_by(self, source: Source) -> Iterator[tuple[str, str, str]]:
        """Yield type, id and properties, as the ledger writes them, of all that a source says."""
        return self._ledger.said_by(source.id)

    def unload(self, name: str) -> Source:
        """Take back what one source says, and nothing that another source says too.

        Args:
            name: the source's name, path, or the first digits of its hash.

        Raises:
            NothingFound: no such source.
            Ambiguous: several sources fit.
        """
        path = Path(name)
        source = self._ledger.find_source(self._origin(path) if path.is_file() else name)
        before = self._contents()
        self._ledger.forget(source.id)
        self._drop(before)
        return source

    def _contents(self) -> set[str]:
        return {source.sha256 for source in self._ledger.sources()}

    def _origin(self, file: Path) -> str:
        path = file.resolve()
        return path.relative_to(self.folder).as_posix() if path.is_relative_to(self.folder) else path.as_posix()

    def _drop(self, before: set[str]) -> None:
        """Remove copies that a source had ``before`` and none has now; locked, so that no load loses its own."""
        if before - self._contents():
            with self._ledger.writing():
                self._archive.drop(before - self._contents())

    # --- who is who

    @property
    def judgements(self) -> Judgements:
        """What people decided about who is who; the graph follows at once."""
        return self._ledger.judgements

    def candidates(self, least: float, tell_left_out: Callable[[int], object] | None = None) -> list[Candidate]:
        """Return pairs of things that may be one and that nobody has judged, the likeliest first.

        Args:
            least: the least score, 0 to 1.
            tell_left_out: told how many pairs were not compared, since too many things have one name.
        """
        from innograph.graph.recognition.undecided import undecided

        return undecided(self._ledger, self.ontology, self._engines.aliases(), least=least, tell_left_out=tell_left_out)

    # --- the engine

    def build(self, progress: Progress | None = None, *, force: bool = False) -> BuildReport:
        """Bring the engine up to date with the ledger.

        Args:
            progress: told how far the writing is.
            force: rebuild even if the engine seems to be up to date.

        Raises:
            EngineError: the engine cannot be reached or written.
        """
        rebuilt = self.refresh(progress, force=force)
        graph = self.graph()
        return BuildReport(self._engines.store().engine, len(graph.nodes), len(graph.edges), rebuilt)

    def refresh(self, progress: Progress | None = None, *, force: bool = False) -> bool:
        """Bring the engine up to date where it is not, and return whether it was written; see :meth:`build`."""
        return self._engines.refresh(progress, force=force)

    def store(self, day: dt.date | str | None = None) -> Store:
        """Return the engine, up to date; with the graph as it was on ``day``, if one is given."""
        if day:
            return self._engines.store_on(day_of(day))
        self.refresh()
        return self._engines.store()

    @property
    def embedded(self) -> bool:
        """Whether the graph is in a file of the folder, not on a server."""
        return self._engines.embedded

    @property
    def stamp(self) -> str:
        """Names the state of the graph: another stamp, another graph."""
        return self._engines.stamp()

    def held(self) -> AbstractContextManager[None]:
        """Read one state of everything inside the ``with`` block, whatever other processes load meanwhile.

        Write through another :class:`Workspace`: what is written inside the block cannot be seen by others before its end.

        Raises:
            GraphChanged: by questions inside the block, where the engine is a server whose graph another process changed.
        """
        return self._engines.held()

    # --- what comes out

    def graph(self) -> Graph:
        """Return the assembled graph."""
        return self._engines.graph()

    def networkx(self) -> nx.MultiDiGraph[str]:
        """Return the graph as a NetworkX MultiDiGraph with typed attributes."""
        from innograph.graph.projection import to_networkx

        return to_networkx(self.graph())

    def answer(
        self, question: str, given: Mapping[str, Any] | None = None, *, as_of: dt.date | str | None = None
    ) -> Answer:
        """Answer a question of the catalogue.

        Args:
            question: its id, or plain words that mean it.
            given: its parameters; things may be named in any way that means one thing.
            as_of: the day whose graph is asked: facts that are known not to have held then are left out, and a remark
                says how many have no dates.

        Raises:
            UsageError: no such question, or a parameter is wrong.
            EngineError: the engine failed.
        """
        from innograph.queries import ask
        from innograph.queries.dated import undated
        from innograph.queries.understanding import is_id

        given = dict(given or {})
        if not is_id(question, self.catalogue()):
            understood = self.understand(question)
            question, given = understood.question.id, {**understood.given, **given}
        found = self.catalogue()[question].at_home(self.settings.home)
        store = self.store(as_of)
        answer = ask(store, found, given)
        return replace(answer, remarks=(*answer.remarks, *undated(store))) if as_of else answer

    def understand(self, asked: str) -> Understood:
        """Return the question of the catalogue that ``asked`` means, and its parameters; nothing is answered yet.

        Raises:
            NotUnderstood: none; the nearest are named.
            UsageError: it speaks of what is not in the graph, or may be several things.
        """
        from innograph.queries.understanding import understand

        return understand(self.store(), self.catalogue(), asked)

    def catalogue(self) -> Catalogue:
        """Return the questions that can be asked here: the bundled ones and those in ``questions/``."""
        from innograph.queries import with_own_questions

        return with_own_questions(self.folder / _QUESTIONS)

    def cypher(
        self,
        query: str,
        parameters: Mapping[str, Any] | None = None,
        *,
        timeout: float = 30.0,
        limit: int | None = 1000,
    ) -> Rows:
        """Answer a query of the user's own from the graph: portable Cypher that reads, in a limited time and memory.

        Args:
            query: returns values, not whole nodes.
            parameters: the values of its ``$parameters``.
            timeout: seconds after which it is stopped.
            limit: keep only so many rows.

        Raises:
            WriteRefused: it would write.
            QueryTooLong: it took too long.
            QueryTooLarge: it took too much memory.
            EngineError: the engine does not understand it; or it asks for more than the graph.
        """
        self.refresh()
        return self._engines.query_freely(query, parameters, timeout=timeout, limit=limit)

    def ask(self, question: str, *, as_of: dt.date | str | None = None, **given: object) -> pd.DataFrame:
        """Answer a question of the catalogue as a DataFrame; see :meth:`answer`."""
        return self.answer(question, given, as_of=as_of).frame()

    def findings(self, *, as_of: dt.date | str | None = None) -> list[Finding]:
        """Return what the catalogue's finding rules find, the most serious first, with what was decided about each."""
        from innograph.queries import find_all

        decided = self._ledger.triage.current()
        found = find_all(self.store(as_of), self.catalogue())
        return [replace(finding, decision=decided.get(finding.id)) for finding in found]

    @property
    def triage(self) -> Triage:
        """What people decided about findings."""
        return self._ledger.triage

    def evidence(self, subject: str) -> list[EvidenceRecord]:
        """Return every source line behind a node or edge, by its id, under whatever ids the sources have it."""
        return [record for own_id in self._engines.origins(subject) for record in self._ledger.evidence(own_id)]

    def surroundings(self, records: Sequence[EvidenceRecord]) -> list[Surroundings | None]:
        """Return what stands around the quote of each record in the kept copy of its file.

        ``None`` where the file is no document, such as a roster.
        """
        from innograph.loaders.surroundings import surroundings_of

        plans = {source.origin: source for source in self._ledger.sources() if source.loader == "plan"}
        return surroundings_of(records, plans, self._archive)

    def ids_like(self, prefix: str) -> list[str]:
        """Return ids that begin with ``prefix``, at most twenty."""
        return self._ledger.prefix_search(prefix)

    def status(self) -> Status:
        """Return what the workspace holds, without touching an engine's server."""
        sources = self._ledger.sources()
        up_to_date = self._engines.embedded_is_up_to_date()
        issues = [(record.source, record.issue) for record in self._ledger.issues()]
        return Status(
            self.folder, self.settings, self._ledger.workspace, sources, self._engines.address, up_to_date, issues
        )
