"""What the tests of the ledger record, and how they look at its file."""

from __future__ import annotations

import sqlite3
import sys
from pathlib import Path

from innograph.graph.ledger import Ledger, NewSource
from innograph.graph.records import Evidence, Locator, NodeAssertion

MIGRATIONS = Path(sys.modules[Ledger.__module__].__file__).parent / "migrations"
A = "Department:652301/科技局"
B = "Department:652301/教育局"


def new(origin: str = "sources/plan.txt", content: str = "a", version: str = "1") -> NewSource:
    return NewSource(origin, Path(origin).name, content * 64, 10, "plan", version)


def node(id_: str = A, quote: str = "科技局", confidence: float = 1.0, **properties: object) -> NodeAssertion:
    evidence = Evidence(quote, Locator(line=3), confidence)
    return NodeAssertion(id_.partition(":")[0], id_, properties or {"name": id_}, evidence)


def dump(file: Path) -> dict[str, list[tuple[object, ...]]]:
    """Every row of every table, read past the ledger's own code."""
    with sqlite3.connect(file) as connection:
        tables = [r[0] for r in connection.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")]
        return {t: connection.execute(f"SELECT * FROM {t}").fetchall() for t in tables}


def make_older(file: Path) -> None:
    """Make a ledger as the first version of innograph made it."""
    connection = sqlite3.connect(file)
    connection.executescript((MIGRATIONS / "0001_sources_and_assertions.sql").read_text(encoding="utf-8"))
    connection.executescript(
        """PRAGMA journal_mode = WAL; PRAGMA user_version = 1;
        UPDATE meta SET value = '0123456789ab' WHERE key = 'workspace';
        UPDATE meta SET value = '7' WHERE key = 'generation';
        INSERT INTO source VALUES (1, 'a.txt', 'a.txt', 'aa', 1, 'plan', '1', '2022-06-17T00:00:00+00:00', 1);
        INSERT INTO assertion VALUES
            (1, 1, 'node', 'Region', 'Region:1', NULL, NULL, NULL, '{"name":"x"}', '{"line":1}', '旧', 1.0);"""
    )
    connection.close()
