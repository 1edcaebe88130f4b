"""Loads real open data as a user does and holds the graph to what is known of it.

    python benchmarks/answers.py FOLDER

``FOLDER`` has the ministry's list of institutions of 2017 in four forms (``universities_moe2017.csv``, ``.json``,
``.xlsx`` and ``_gb18030.csv``) and the Research Organization Registry (``ror_orgs.csv.gz``,
``ror_relationships.csv.gz``). The answers are their publishers', or were counted with pandas from the files as they are.
Ends with 1 where one is missed. Horizon 2020 is held to its answers by ``load.py``.
"""

from __future__ import annotations

import sys
import tempfile
import time
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Any

from innograph import Workspace
from innograph.graph.records import Flaw

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

INSTITUTIONS = 2_631
FORMS = (
    "universities_moe2017.csv",
    "universities_moe2017_gb18030.csv",
    "universities_moe2017.json",
    "universities_moe2017.xlsx",
)
RECORDS, DANGLING_ROWS = 51_370, 7_969
RESOLVED = 23_016
"""Distinct relations, a row and its inverse as one, both of whose ends are in the file: counted with pandas."""


def institutions(file: Path, folder: Path) -> Mapping[str, Any]:
    """Return what one form of the list says of each institution."""
    with Workspace.create(folder / file.name) as workspace:
        workspace.load(file, mapping="moe")
        graph = workspace.graph()
    kept = ("name", "moe_code", "level", "authorities", "remarks")
    return {
        own_id: {name: node.properties.get(name) for name in kept}
        for own_id, node in graph.nodes.items()
        if node.label == "Institute"
    }


def answers(data: Path, folder: Path) -> Iterator[tuple[str, object, object]]:
    """Yield what was asked, what is known, and what was found."""
    forms = [institutions(data / name, folder) for name in FORMS]
    for name, found in zip(FORMS, forms, strict=True):
        yield f"{name}: institutions", INSTITUTIONS, len(found)
    yield "all four forms say the same", True, all(found == forms[0] for found in forms)
    with Workspace.create(folder / "ror") as workspace:
        workspace.load(data / "ror_orgs.csv.gz", mapping="ror")
        report = workspace.load(data / "ror_relationships.csv.gz", mapping="ror-relationships")
        graph = workspace.graph()
    yield "ROR: organisations", RECORDS, sum("Organisation" in node.labels for node in graph.nodes.values())
    # A target that is not in the file has no row of its own, so that each such row is an edge of its own.
    yield "ROR: relationships whose target is not in the file", DANGLING_ROWS, report.dangling
    kinds = ("PART_OF", "RELATED_TO", "SUCCEEDS")
    yield "ROR: relations resolved", RESOLVED, sum(edge.type in kinds for edge in graph.edges.values())
    flaws = Counter(one.flaw for one in graph.left_out)
    yield "ROR: edges left out of the graph", DANGLING_ROWS, flaws[Flaw.NO_END]


def main() -> int:
    """Print each answer; return 1 where one is missed."""
    if len(sys.argv) != 2:
        print(__doc__)
        return 2
    start, missed = time.perf_counter(), 0
    with tempfile.TemporaryDirectory(prefix="innograph-answers-") as folder:
        for asked, known, found in answers(Path(sys.argv[1]), Path(folder)):
            missed += known != found
            print(
                f"{'right' if known == found else 'WRONG'}  {asked}: {found}"
                + ("" if known == found else f", not {known}")
            )
    print(f"{time.perf_counter() - start:.0f} s")
    return 1 if missed else 0


if __name__ == "__main__":
    raise SystemExit(main())
