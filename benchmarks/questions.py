"""How long every question of the catalogue takes on a large graph, beside Neo4j and plain NetworkX, and whether it is right.

    python benchmarks/questions.py --data FOLDER [--workspace FOLDER] [--neo4j]

``FOLDER/h2020.csv.gz`` (the participations in Horizon 2020, see ``load.py``) is loaded into a fresh workspace, or
``--workspace`` names one in which it is. The bundled samples, all together, are a second data set, for questions about
plans. Every question of the catalogue is asked of both:

- of a neighbourhood (one with a parameter that must be given): of 200 things drawn by a fixed seed and of the 20 that
  have most edges, by id and by name; p50 and p95 warm, which may be 50 ms;
- of the whole graph: as it is, with each of its choices, and of the biggest thing of each kind it takes. First in a
  process of its own that has the engine open and nothing read, and again warm; each may take 3 s.

A process may have 2 GB. What is over a limit is marked and the script ends with 1: so it does where the two engines give
other rows or remarks than each other, where a question fails, and where a known answer is missed. Limits hold for the
embedded engine, and for the time on the wall, which is what people wait; that of the processor stands beside it, since a
busy machine stretches only the former. ``--only`` asks some questions, without the known answers.
Without ``--neo4j`` the engines are not compared. For Neo4j itself see ``load.py``.

Needs Linux or macOS, which tell the memory of a process that has ended.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import sys
import tempfile
from contextlib import nullcontext
from pathlib import Path
from typing import TYPE_CHECKING, Any

from asking import all_asks, answers
from load import neo4j_server, run

from innograph import Workspace, sample
from innograph.graph.settings import Settings
from innograph.queries import load_catalogue

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from asking import Ask, Told

NEAR_SECONDS, WHOLE_SECONDS, MEGABYTES = 0.05, 3.0, 2_048
HOME = "652301"
"""The samples are of this city."""

KNOWN = {
    "pairs": 796_670,
    "pairs of an enterprise and an institute": 252_854,
    "projects with both": 8_127,
    "pairs across countries": 705_170,
    "projects over two or more countries": 10_947,
    "pair of countries with most projects": ["德国", "英国", 3_776],
    "enterprises without an institute, of all": [5_003, 23_407],
}
"""Of h2020.csv.gz, counted from the file by others."""


def main() -> int:
    """Ask everything, print the tables, and return 1 where something is slow or wrong."""
    parser = argparse.ArgumentParser(description="Measures every question of the catalogue.")
    parser.add_argument("--data", type=Path, required=True, help="a folder with h2020.csv.gz")
    parser.add_argument("--workspace", type=Path, help="a workspace in which it is loaded; else a fresh one")
    parser.add_argument("--neo4j", action="store_true", help="ask Neo4j as well, and compare")
    parser.add_argument("--only", nargs="+", metavar="QUESTION", help="only these questions")
    given = parser.parse_args()
    folder = Path(tempfile.mkdtemp(prefix="innograph-questions-"))
    try:
        with neo4j_server(folder) if given.neo4j else nullcontext() as server:
            os.environ.update(server or {})
            return _measure(folder, given.data / "h2020.csv.gz", given.workspace, server, given.only)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _measure(
    folder: Path, file: Path, horizon: Path | None, server: Mapping[str, str] | None, only: Sequence[str] | None
) -> int:
    catalogue = load_catalogue()
    questions = [catalogue[own] for own in only] if only else list(catalogue)
    horizon = horizon or _loaded(folder / "horizon", [file], mapping="horizon")
    samples = _loaded(folder / "samples", _sample_files(), home=HOME)
    wrong: list[str] = []
    for name, workspace in (("Horizon 2020", horizon), ("samples", samples)):
        sampled = workspace == samples
        asks = all_asks(workspace, questions, with_examples=sampled)
        ours = answers(folder, "kglite", workspace, asks, apart=not sampled)
        theirs = answers(folder, server["NEO4J_URI"], workspace, asks) if server else []
        plain = {} if sampled or only else _networkx(folder, file, asks)
        load = os.getloadavg()[0]
        print(f"\n{name}: {len(asks)} asks; the machine's load is {load:.1f} on {os.cpu_count()} processors")
        wrong += _tables(ours, theirs, plain)
        amiss = (*failures(ours, with_examples=sampled), *differences(ours, theirs))
        wrong += [f"{name}: {one}" for one in amiss]
        if plain:
            wrong += _known(ours, workspace, plain)
    print("\n" + ("\n".join(f"WRONG  {one}" for one in wrong) or "all within the limits, all right"))
    return 1 if wrong else 0


def _loaded(folder: Path, files: Iterable[Path], mapping: str | None = None, home: str = "") -> Path:
    with Workspace.create(folder, Settings(title=folder.name, home_region=home)) as workspace:
        for file in files:
            if file.name == "aliases.csv":
                shutil.copy(file, folder)
            else:
                workspace.load(file, mapping=mapping)
        workspace.store()
    return folder


def _sample_files() -> list[Path]:
    rosters = (sorted((sample(name) / "rosters").glob("*.csv")) for name in ("changji", "cooperation"))
    return [
        sample("cooperation") / "aliases.csv",
        sample("changji") / "plan.txt",
        *(file for several in rosters for file in several),
    ]


# NetworkX


def _networkx(folder: Path, file: Path, asks: Sequence[Ask]) -> dict[str, Any]:
    out = folder / "networkx.json"
    drawn = {str(ask.given["body"]).rpartition("=")[2]: None for ask in asks if ask.way == "id" and "body" in ask.given}
    (folder / "bodies.json").write_text(json.dumps(list(drawn)), encoding="utf-8")
    script = Path(__file__).resolve().with_name("by_networkx.py")
    stage = run("NetworkX", [sys.executable, str(script), str(file), str(folder / "bodies.json"), str(out)])
    return {**json.loads(out.read_text("utf-8")), "megabytes": stage.megabytes}


# What came


def failures(told: Iterable[Told], *, with_examples: bool) -> Iterator[str]:
    """Yield the asks that failed; that a name is not known, or means several things, is no failure."""
    for one in told:
        kind = one["error"].partition(":")[0]
        if kind and kind not in ({"Ambiguous"} if with_examples else {"Ambiguous", "NothingFound"}):
            yield f"{one['question']} {one['given']}: {one['error']}"


def differences(ours: Sequence[Told], theirs: Sequence[Told]) -> Iterator[str]:
    """Yield where Neo4j says something else, the first of each question."""
    seen: set[str] = set()
    for one, other in zip(ours, theirs, strict=False):
        differing = [part for part in ("error", "rows", "remarks") if repr(one[part]) != repr(other[part])]
        if differing and one["question"] not in seen:
            seen.add(one["question"])
            part = differing[0]
            yield f"{one['question']} {one['given']}: {first_difference(one[part], other[part], part)}"


def first_difference(ours: Any, theirs: Any, place: str) -> str:
    """Return the first value in which two answers differ, and where it is; 2 and 2.0 do.

    Examples:
        >>> first_difference([["a", 1], ["b", 2]], [["a", 1], ["b", 2.0]], "rows")
        'rows[1][1]: 2, Neo4j 2.0'
        >>> first_difference([["a"]], [], "rows")
        'rows: 1 entries, Neo4j 0'
    """
    if isinstance(ours, list) and isinstance(theirs, list):
        if len(ours) != len(theirs):
            return f"{place}: {len(ours)} entries, Neo4j {len(theirs)}"
        for at, (one, other) in enumerate(zip(ours, theirs, strict=True)):
            if repr(one) != repr(other):
                return first_difference(one, other, f"{place}[{at}]")
    return f"{place}: {str(ours)[:200]}, Neo4j {str(theirs)[:200]}"


def _known(ours: Sequence[Told], workspace: Path, plain: Mapping[str, Any]) -> Iterator[str]:
    found = {**_from_questions(ours), **_from_the_network(workspace)}
    for asked, known in KNOWN.items():
        for who, said in (("innograph", found), ("NetworkX", plain["answers"])):
            right = said.get(asked) == known
            print(f"{'right' if right else 'WRONG'}  {asked}, {who}: {said.get(asked)}")
            if not right:
                yield f"{asked}, {who}: {said.get(asked)}, not {known}"


def _from_questions(ours: Sequence[Told]) -> dict[str, Any]:
    """Return what the catalogue's own answers say of what is known."""
    rows = {one["question"]: one for one in reversed(ours) if one["way"] == "whole" and not one["given"]}
    columns = {question.id: [c.name for c in question.columns] for question in load_catalogue()}

    def dicts(question: str) -> list[dict[str, Any]]:
        return [dict(zip(columns[question], row, strict=True)) for row in rows[question]["rows"]]

    links = {row["indicator"]: row for row in dicts("link-indicators")}
    across = next(row for row in dicts("region-matrix") if row["relation"] == "across")
    remark = rows["region-matrix"]["remarks"][0][1]
    firms = links["with-institute"]
    return {
        "pairs": links["external"]["denominator"],
        "pairs across countries": links["external"]["numerator"],
        "pairs of an enterprise and an institute": links["density"]["numerator"],
        "projects over two or more countries": int(remark.rpartition(";")[2].split()[0]),
        "pair of countries with most projects": [*sorted((across["region"], across["other"])), across["projects"]],
        "enterprises without an institute, of all": [firms["denominator"] - firms["numerator"], firms["denominator"]],
    }


def _from_the_network(workspace: Path) -> dict[str, Any]:
    """Return what no question says in one number."""
    from innograph.queries.network import network_of

    with Workspace(workspace) as opened:
        network = network_of(opened.store())
        firms, institutes = (
            network.incidence[network.of_kind(kind)].sum(axis=0) for kind in ("Enterprise", "Institute")
        )
        return {"projects with both": int(((firms > 0) & (institutes > 0)).sum())}


# Tables


def _tables(ours: Sequence[Told], theirs: Sequence[Told], plain: Mapping[str, Any]) -> list[str]:
    by_networkx: Mapping[str, float] = plain.get("seconds", {})
    wrong = _near_table(ours, theirs, by_networkx)
    wrong += _whole_table(ours, theirs, by_networkx)
    if plain:
        print(
            f"NetworkX, its graph of {KNOWN['pairs']} pairs: {by_networkx['graph']:.1f} s, {plain['megabytes']:.0f} MB"
        )
    return wrong


def _near_table(ours: Sequence[Told], theirs: Sequence[Told], plain: Mapping[str, float]) -> list[str]:
    print(
        f"\n{'neighbourhood, warm, ms':32}{'by':>6}{'asks':>6}{'p50':>8}{'p95':>8}{'CPU p95':>9}{'MB':>7}  p95, times"
    )
    wrong: list[str] = []
    for question, way in dict.fromkeys((one["question"], one["way"]) for one in ours if one["way"] != "whole"):
        told, other = (_of(told_by, question, way) for told_by in (ours, theirs))
        middle, high = (quantile([one["first"] for one in told], share) for share in (0.5, 0.95))
        cpu, megabytes = quantile([one["first_cpu"] for one in told], 0.95), max(one["megabytes"] for one in told)
        over = high > NEAR_SECONDS or megabytes > MEGABYTES
        times = _times(high, quantile([one["first"] for one in other], 0.95) if other else None, plain.get(question))
        shown = (
            f"{question:32}{way:>6}{len(told):6}{middle * 1e3:8.1f}{high * 1e3:8.1f}{cpu * 1e3:9.1f}{megabytes:7.0f}"
        )
        print(f"{shown}{'!' if over else ' '} {times}")
        if over:
            wrong.append(f"{question} by {way}: p95 {high * 1e3:.0f} ms (CPU {cpu * 1e3:.0f}), {megabytes:.0f} MB")
    return wrong


def _whole_table(ours: Sequence[Told], theirs: Sequence[Told], plain: Mapping[str, float]) -> list[str]:
    print(f"\n{'whole graph, s':60}{'rows':>6}{'first':>8}{'CPU':>7}{'warm':>8}{'CPU':>7}{'MB':>7}  warm, times")
    wrong: list[str] = []
    others = {_key(one): one for one in theirs}
    for one in ours:
        if one["way"] != "whole":
            continue
        other = others.get(_key(one))
        over = max(one["first"], one["warm"]) > WHOLE_SECONDS or one["megabytes"] > MEGABYTES
        given = " ".join(f"{name}={value}" for name, value in one["given"].items())
        ratios = _times(one["warm"], other["warm"] if other else None, plain.get(f"{one['question']} {given}".strip()))
        shown = f"{one['question']} {given}"[:59]
        seconds = f"{one['first']:8.2f}{one['first_cpu']:7.2f}{one['warm']:8.3f}{one['cpu']:7.3f}"
        print(f"{shown:60}{len(one['rows']):6}{seconds}{one['megabytes']:7.0f}{'!' if over else ' '} {ratios}")
        if over:
            first, warm = (f"{one[a]:.1f} s (CPU {one[b]:.1f})" for a, b in (("first", "first_cpu"), ("warm", "cpu")))
            wrong.append(f"{shown.strip()}: first {first}, warm {warm}, {one['megabytes']:.0f} MB")
    return wrong


def _of(told: Iterable[Told], question: str, way: str) -> list[Told]:
    return [one for one in told if (one["question"], one["way"]) == (question, way)]


def _key(one: Told) -> tuple[str, str]:
    return one["question"], json.dumps(one["given"], sort_keys=True)


def _times(ours: float, neo4j: float | None, plain: float | None) -> str:
    known = (("Neo4j", neo4j), ("NetworkX", plain))
    return "  ".join(f"{ours / seconds:.2f} × {name}" for name, seconds in known if seconds)


def quantile(values: Sequence[float], share: float) -> float:
    """Return the least of ``values`` that at least this share of them does not exceed.

    Examples:
        >>> quantile([5, 1, 4, 2, 3], 0.5), quantile(list(range(1, 101)), 0.95), quantile([7], 0.95)
        (3, 95, 7)
    """
    ranked = sorted(values)
    return ranked[max(0, -int(-share * len(ranked) // 1) - 1)]


if __name__ == "__main__":
    sys.exit(main())
