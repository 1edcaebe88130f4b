"""A real Neo4j for tests, without Docker: the community edition's jars from Maven, started by a JDK.

Plain helpers, no pytest: the fixtures in `neo4j_fixtures` use them, and so can a script. Every process here
is one that `start` began, and it ends with the process that began it: the launcher reads its standard input
until that closes.
"""

from __future__ import annotations

import functools
import hashlib
import os
import re
import secrets
import shutil
import socket
import subprocess
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from locks import alone_in
from neo4j import GraphDatabase

if TYPE_CHECKING:
    from collections.abc import Iterator

LTS = "5.26.30"
CURRENT = "2026.09.0"
MIN_JAVA = {LTS: 17, CURRENT: 21}
USER = "neo4j"

_READY_SECONDS = 90.0
_STOP_SECONDS = 60.0
# A server that lives for minutes never gains back what the second compiler and the parallel collector cost, nor what
# it costs to verify fifteen thousand classes of a release.
_JAVA_OPTIONS = (
    "-Xmx1500m",
    "-XX:TieredStopAtLevel=1",
    "-XX:+UseSerialGC",
    "-XX:+UnlockDiagnosticVMOptions",
    "-XX:-BytecodeVerificationRemote",
)
_LAUNCHER = Path(__file__).resolve().parent.parent / "neo4j" / "Launcher.java"


class Neo4jError(RuntimeError):
    """The jars could not be fetched, or a server did not start; the message ends with the log's tail."""


@dataclass(frozen=True, order=True)
class Jdk:
    """A JDK with its compiler, ordered by its major version."""

    major: int
    java: Path


@functools.cache
def find_jdks() -> list[Jdk]:
    """Every JDK this machine shows, oldest first: on PATH, in JAVA_HOME, where Linux and macOS keep them."""
    found: dict[Path, Jdk] = {}
    for java in _java_candidates():
        real = java.resolve()
        if real not in found and (major := _jdk_major(java)):
            found[real] = Jdk(major, java)
    return sorted(found.values())


def choose_jdk(version: str) -> Jdk | None:
    """The oldest JDK that runs this release, since a release knows the JDKs older than itself best."""
    return next((jdk for jdk in find_jdks() if jdk.major >= MIN_JAVA[version]), None)


def fetch_jars(version: str, cache: Path) -> Path:
    """The folder in `cache` with this release's jars, filled by Maven the first time.

    It is filled under another name and then renamed: an interrupted download is never taken for a whole one.
    """
    jars = cache / version
    if jars.is_dir():
        return jars
    mvn = shutil.which("mvn")
    if mvn is None:
        raise Neo4jError("Maven (mvn) is not on PATH")
    with alone_in(cache):  # Maven's own cache is not made for two at once
        if not jars.is_dir():
            _download(mvn, version, jars)
    return jars


def _download(mvn: str, version: str, jars: Path) -> None:
    with tempfile.TemporaryDirectory(dir=jars.parent, prefix="partial-") as partial:
        command = [mvn, "-q", "-B", "-f", str(_LAUNCHER.with_name("pom.xml")), "dependency:copy-dependencies"]
        command += [f"-Dneo4j.version={version}", "-DincludeScope=runtime"]
        command += [f"-DoutputDirectory={Path(partial).resolve() / 'jars'}"]
        run = subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False)
        if run.returncode != 0:
            raise Neo4jError(f"Maven could not fetch Neo4j {version}:\n{_tail(run.stdout + run.stderr)}")
        Path(partial, "jars").rename(jars)


def _launcher(jars: Path, java: Path) -> Path:
    """The folder with the compiled launcher, beside the jars; compiled the first time, and whenever it has changed."""
    digest = hashlib.sha256(_LAUNCHER.read_bytes()).hexdigest()[:12]
    compiled = jars.with_name(f"{jars.name}-launcher-{digest}")
    with alone_in(jars.parent):
        if not compiled.is_dir():
            with tempfile.TemporaryDirectory(dir=jars.parent, prefix="partial-") as partial:
                classes = Path(partial, "classes")
                path = os.pathsep.join(map(str, jars.glob("*.jar")))
                command = [str(java), "-m", "jdk.compiler/com.sun.tools.javac.Main", "-cp", path]
                run = subprocess.run(
                    [*command, "-d", str(classes), str(_LAUNCHER)], capture_output=True, text=True, check=False
                )
                if run.returncode != 0:
                    raise Neo4jError(f"The launcher cannot be compiled:\n{_tail(run.stdout + run.stderr)}")
                classes.rename(compiled)
    return compiled


def free_port() -> int:
    """A port of the loopback that nothing listens on just now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


class Server:
    """One running Neo4j: where it listens, how to log in, and ways to end it and have it back."""

    user = USER

    def __init__(self, home: Path, port: int, jars: Path, java: Path) -> None:
        self.home = home
        self.port = port
        self.uri = f"bolt://127.0.0.1:{port}"
        self.password = USER  # what every new Neo4j has, until `start` changes it
        self.log = home / "launcher.log"
        classes = os.pathsep.join((str(_launcher(jars, java)), str(jars / "*")))
        self._command = [str(java), *_JAVA_OPTIONS, "-cp", classes, "Launcher", str(home), str(port)]
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def pid(self) -> int:
        """The server's process id; the last one, once it has ended."""
        return self._started().pid

    @property
    def running(self) -> bool:
        """True while the process lives."""
        return self._process is not None and self._process.poll() is None

    def stop(self) -> None:
        """End it cleanly (SIGTERM, so that the shutdown hook runs); does nothing if it has ended already."""
        process = self._started()
        process.terminate()
        try:
            process.wait(_STOP_SECONDS)
        except subprocess.TimeoutExpired:
            process.kill()
        self._reap(process)

    def kill(self) -> None:
        """End it as a power cut would: SIGKILL to its own pid, with no chance to write anything down."""
        process = self._started()
        process.kill()
        self._reap(process)

    def restart(self) -> None:
        """Have it back on the same port, with the same home (so the same data and password)."""
        if self.running:
            self.stop()
        self._launch()

    def _started(self) -> subprocess.Popen[bytes]:
        if self._process is None:
            raise Neo4jError("this server was never started")
        return self._process

    @staticmethod
    def _reap(process: subprocess.Popen[bytes]) -> None:
        process.wait()
        if process.stdin is not None:
            process.stdin.close()

    def _launch(self) -> None:
        self.home.mkdir(parents=True, exist_ok=True)
        with self.log.open("wb") as log:
            # Nothing is written to the pipe. It closes when this process ends, however that happens, and the
            # launcher with it: no server outlives a test run that was killed.
            self._process = subprocess.Popen(
                self._command, stdin=subprocess.PIPE, stdout=log, stderr=subprocess.STDOUT, cwd=self.home
            )
        deadline = time.monotonic() + _READY_SECONDS
        ready = f"ready {self.port}"
        while ready not in (text := self.log.read_text("utf-8", "replace")).splitlines():
            ended = not self.running
            if ended or time.monotonic() > deadline:
                self.kill()
                why = "ended before it was ready" if ended else f"was not ready in {_READY_SECONDS:.0f} s"
                raise Neo4jError(f"Neo4j {why}; {self.log.name} ends:\n{_tail(text)}")
            time.sleep(0.1)

    def _change_first_password(self, password: str) -> None:
        with GraphDatabase.driver(self.uri, auth=(self.user, self.password)) as driver:
            driver.execute_query(
                "ALTER CURRENT USER SET PASSWORD FROM $old TO $new",
                {"old": self.password, "new": password},
                database_="system",
            )
        self.password = password


def start(home: Path, port: int, jars: Path, java: Path) -> Server:
    """A new server on 127.0.0.1:`port`, ready for queries, with a random password. `home` is new or empty."""
    if home.is_dir() and any(home.iterdir()):
        raise Neo4jError("the server's home is not empty: its password would be unknown; use Server.restart")
    server = Server(home, port, jars, java)
    server._launch()
    try:
        server._change_first_password(secrets.token_urlsafe(12))
    except BaseException:
        server.kill()
        raise
    return server


def _java_candidates() -> Iterator[Path]:
    if on_path := shutil.which("java"):
        yield Path(on_path)
    homes = [Path(java_home)] if (java_home := os.environ.get("JAVA_HOME")) else []
    homes += sorted(Path("/usr/lib/jvm").glob("*"))
    for root in (Path("/"), Path.home()):  # what `/usr/libexec/java_home -V` lists on a Mac
        homes += sorted((root / "Library/Java/JavaVirtualMachines").glob("*/Contents/Home"))
    yield from (java for home in homes if os.access(java := home / "bin" / "java", os.X_OK))


def _jdk_major(java: Path) -> int | None:
    """Its major version; None before Java 9, and for a JRE: it lacks the compiler that the launcher needs."""
    command = [str(java), "--list-modules"]
    try:
        run = subprocess.run(command, capture_output=True, text=True, timeout=30, check=False)
    except (OSError, subprocess.TimeoutExpired):
        return None
    version = re.search(r"^jdk\.compiler@(\d+)", run.stdout, re.MULTILINE)
    return int(version.group(1)) if version else None


def _tail(text: str, lines: int = 30) -> str:
    return "\n".join(text.rstrip().splitlines()[-lines:])
