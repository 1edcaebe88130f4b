"""Files on their way in: received, looked at and loaded; or discarded, and then nothing is left of them."""

from __future__ import annotations

import contextlib
import re
import secrets
import shutil
import time
from dataclasses import dataclass, field, replace
from itertools import count
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, cast

from innograph.graph.errors import NothingFound
from innograph.graph.text import Text, language
from innograph.loaders.reading import file_digest
from innograph.loaders.reading.confined import stream_confined

from .looking import Difference, Look, Wish, differences, look_at, mark, said_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from innograph.graph.ledger import Source
    from innograph.graph.reports import LoadReport
    from innograph.graph.stores import Progress
    from innograph.workspace import Workspace

    from .jobs import Job

FOLDER = ".uploads"
_DAY = 24 * 3600
_LONGEST, _LONGEST_ENDING = 200, 20
_UNFIT = re.compile(r'[\x00-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2066-\u2069/\\:*?"<>|\ud800-\udfff]')
_TASKS_COMPARED = 50
_KIND = Text("上传的文件", "uploaded file")
_GONE = Text(
    "它已载入、放弃，或超过一天未处理；请重新上传",
    "it was loaded or discarded, or was left for a day; please upload it again",
)


def clean_name(said: str) -> str:
    r"""Return the name of a file as a browser says it, fit to be the last part of a path on any system, and nothing else.

    Examples:
        >>> clean_name("../../etc/名录.csv"), clean_name("C:\\data\\<script>.xlsx"), clean_name(".."), clean_name("a\x00.csv")
        ('名录.csv', '_script_.xlsx', 'file', 'a_.csv')
    """
    last = said.replace("\\", "/").rstrip("/").rpartition("/")[2]
    clean = _UNFIT.sub("_", last).strip(" .")
    stem, dot, ending = clean.rpartition(".")
    if not dot or len(ending.encode()) > _LONGEST_ENDING:
        return _cut(clean) or "file"
    return f"{_cut(stem)}.{ending}"


def _cut(name: str) -> str:
    """File systems count bytes."""
    return name.encode()[:_LONGEST].decode("utf-8", "ignore")


@dataclass(slots=True)
class Upload:
    """A file that was received and is not loaded yet.

    Args:
        id: what its page is called by.
        name: the file's name.
        folder: holds the file and what is made of it.
        size: in bytes.
        at: when it came, in seconds since 1970.
        wish: how it is to be read.
        job: looks at it.
        told: whether somebody has been told what was seen in it.
        loading: loads it, since somebody accepted it.
        origin: which loaded source it was to replace when it was accepted last; empty: none; ``None``: nobody accepted it.
        edition: which edition it was said to be then.
    """

    id: str
    name: str
    folder: Path
    size: int = 0
    at: float = field(default_factory=time.time)
    wish: Wish = field(default_factory=Wish)
    job: Job | None = None
    told: bool = False
    loading: Job | None = None
    origin: str | None = None
    edition: str = ""

    @property
    def file(self) -> Path:
        """The file itself."""
        return self.folder / "file" / self.name

    @property
    def mapping(self) -> Path:
        """The mapping that was proposed for it."""
        return self.folder / f"{mapping_name(self.name)}.yaml"

    @property
    def marked(self) -> Path:
        """The copy in which what is wrong is marked."""
        return self.folder / "marked.xlsx"

    @property
    def seen(self) -> Seen | None:
        """What was seen in it; ``None`` while it is looked at."""
        return cast("Seen | None", self.job.result) if self.job and self.job.ended else None

    @property
    def rejected(self) -> bool:
        """Whether it was looked at and nothing in it can be read."""
        if self.job is None or not self.job.ended:
            return False
        return self.seen is None or not (self.seen.look.loader or self.seen.look.proposals)


def mapping_name(name: str) -> str:
    """Return what a mapping for a file is called.

    Examples:
        >>> mapping_name("企业 名单.2024.xlsx")
        '企业_名单'
    """
    return re.sub(r"\W+", "_", PurePosixPath(name).name.split(".")[0]).strip("_") or "mapping"


@dataclass(frozen=True, slots=True)
class Seen:
    """What was seen in a file, held against what is loaded.

    Args:
        look: what it would say.
        same: the source that has exactly this content.
        earlier: the source of which it is taken to be a new version.
        differences: what it says otherwise than ``earlier``.
    """

    look: Look
    same: Source | None = None
    earlier: Source | None = None
    differences: tuple[Difference, ...] = ()


class Uploads:
    """The files on their way into one workspace, in a folder of this run: another one has its own.

    What an earlier run left, when it was killed, goes after a day.

    Args:
        folder: of the workspace.
    """

    def __init__(self, folder: Path) -> None:
        self._all = folder / FOLDER
        self.folder = self._all / secrets.token_hex(6)
        self._uploads: dict[str, Upload] = {}
        self._forget_left()

    def close(self) -> None:
        """Remove all of them."""
        shutil.rmtree(self.folder, ignore_errors=True)
        with contextlib.suppress(OSError):  # another run has files in it
            self._all.rmdir()

    def _forget_left(self) -> None:
        """Remove what runs before left here that have not touched it for a day."""
        for left in self._all.glob("*"):
            with contextlib.suppress(OSError):
                if left.stat().st_mtime < time.time() - _DAY:
                    shutil.rmtree(left, ignore_errors=True)

    def new(self, name: str, received: Path) -> Upload:
        """Take over a file that was received.

        Args:
            name: what the browser calls it.
            received: where it is; it is moved.
        """
        self.forget_old()
        made = Upload(secrets.token_urlsafe(9), clean_name(name), self.folder)
        made.folder = self.folder / made.id
        made.file.parent.mkdir(parents=True)
        received.replace(made.file)
        made.size = made.file.stat().st_size
        self._uploads[made.id] = made
        return made

    def __getitem__(self, upload: str) -> Upload:
        """Return an upload.

        Raises:
            NothingFound: it is gone.
        """
        self.forget_old()
        if upload not in self._uploads:
            raise NothingFound(name=upload[:20], kind=_KIND, near=_GONE)
        return self._uploads[upload]

    @property
    def all(self) -> list[Upload]:
        """All of them, the latest first."""
        self.forget_old()
        return sorted(self._uploads.values(), key=lambda one: -one.at)

    def forget_old(self) -> None:
        """Remove those that nobody has looked after for a day."""
        for old in [one.id for one in self._uploads.values() if one.at < time.time() - _DAY]:
            self.discard(old)

    def forget_rejected(self) -> None:
        """Remove those that cannot be read, once somebody has been told so."""
        for old in [one.id for one in self.all if one.rejected and one.told]:
            self.remove(old)

    def discard(self, upload: str) -> None:
        """Remove one, unless it is being loaded."""
        known = self._uploads.get(upload)
        if known is None or known.loading is None or known.loading.ended:
            self.remove(upload)

    def remove(self, upload: str) -> None:
        """Remove one, and whatever was made of it."""
        gone = self._uploads.pop(upload, None)
        if gone:
            if gone.job:
                gone.job.stop()
            shutil.rmtree(gone.folder, ignore_errors=True)


def look(workspace: Workspace, upload: Upload, progress: Progress) -> Seen:
    """Return what an upload would say, and how that differs from what is loaded; nothing is loaded.

    Args:
        workspace: opened for this.
        upload: the file.
        progress: told how far it is.
    """
    digest, _ = file_digest(upload.file)
    sources = workspace.status().sources
    same = next((source for source in sources if source.sha256 == digest), None)
    reading = workspace.reading()
    child = stream_confined(
        look_at,
        upload.name,
        (upload.file, reading, upload.wish, upload.mapping, language()),
        progress=progress,
    )
    seen = Look()
    with contextlib.closing(child):
        for one in child:
            progress(0, 0)  # a wish to stop is heard
            seen = one or seen
    earlier = _earlier(workspace, upload.name, seen, sources)
    whole = bool(seen.loader) and seen.until is None
    before = said_of(workspace.said_by(earlier)) if earlier and whole else {}
    found = differences(before, seen.said) if whole else []
    return Seen(replace(seen, said={}), same, earlier, tuple(found))


def _earlier(workspace: Workspace, name: str, seen: Look, sources: Sequence[Source]) -> Source | None:
    """Return the source of which a file is taken to be a new version: of the same plan, else the one of that name."""
    known = {source.origin: source for source in sources}
    for edge in seen.tasks[:_TASKS_COMPARED]:
        for record in workspace.evidence(edge):
            if record.origin in known:
                return known[record.origin]
    named = [source for source in sources if source.name == name]
    return named[0] if len(named) == 1 else None


def write_marked(workspace: Workspace, upload: Upload) -> Path:
    """Write the copy of a table in which what is wrong is marked, once, and return it.

    Raises:
        InputError: the file is no table, or fits into no workbook.
    """
    if not upload.marked.is_file():
        reading = workspace.reading(_mapping_of(upload))
        given = (upload.file, reading, upload.marked, language())
        with contextlib.closing(stream_confined(mark, upload.name, given)) as child:
            for _ in child:
                pass
    return upload.marked


def _mapping_of(upload: Upload) -> str | None:
    return str(upload.mapping) if upload.mapping.is_file() else None


@dataclass(frozen=True, slots=True)
class Loaded:
    """What came of loading an upload.

    Args:
        report: what loading it did.
        differences: what the source says otherwise than before; of a new source, everything.
        counts: how many things of each type the graph had before; ``None`` if it was behind what was loaded.
        findings: what was found before, by id, as a sentence; ``None`` if that was not known.
    """

    report: LoadReport
    differences: tuple[Difference, ...]
    counts: Mapping[str, int] | None
    findings: Mapping[str, Text] | None


def load(workspace: Workspace, upload: Upload, origin: str, edition: str, progress: Progress) -> LoadReport:
    """Load an upload: all of it, or, where that fails or is stopped, nothing.

    Args:
        workspace: takes it.
        upload: the file.
        origin: the identity of the source that it replaces; empty: it is one of its own.
        edition: which version of a plan it is, where several are to be compared.
        progress: told how far it is.

    Raises:
        InnographError: it cannot be loaded; the ledger is as before.
    """
    taken = {source.origin for source in workspace.status().sources}
    new = next(name for name in _names(upload.name) if name not in taken)
    return workspace.load(
        upload.file,
        mapping=_mapping_of(upload),
        edition=edition,
        origin=origin if origin in taken else new,
        progress=progress,
    )


def _names(name: str) -> Iterator[str]:
    yield f"uploads/{name}"
    yield from (f"uploads/{number}/{name}" for number in count(2))
