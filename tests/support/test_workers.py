"""The suite's own machinery: what goes to one worker as a whole, and the lock between workers."""

from __future__ import annotations

import subprocess
import sys
import time
from pathlib import Path

import pytest
from locks import alone_in
from workers import scope_of


@pytest.mark.parametrize(
    ("test", "scope"),
    [
        ("tests/contracts/test_store_contract.py::test_starts_empty[kglite]", "tests/contracts/test_store_contract.py"),
        ("tests/contracts/test_store_contract.py::test_starts_empty[neo4j]", "neo4j"),
        ("tests/contracts/test_store_contract.py::test_starts_empty[neo4j-current]", "neo4j-current"),
        ("tests/neo4j/test_server.py::test_refuses_a_wrong_password[neo4j_current]", "neo4j-current"),
        ("tests/graph/test_neo4j_store.py::test_no_password", "neo4j"),
        ("tests/test_packaging.py::test_wheel_holds_every_file", "tests/test_packaging.py"),
    ],
)
def test_tests_of_one_server_or_one_file_stay_together(test: str, scope: str) -> None:
    assert scope_of(test) == scope


def test_only_one_process_is_in_a_folder_and_a_killed_one_leaves_it(tmp_path: Path) -> None:
    code = (
        "import sys, time; from pathlib import Path; from locks import alone_in\n"
        "with alone_in(Path(sys.argv[1])): print('in', flush=True); time.sleep(float(sys.argv[2])); print(time.time())"
    )
    start = [sys.executable, "-c", code, str(tmp_path)]
    support = Path(__file__).parent
    first = subprocess.Popen([*start, "1"], cwd=support, stdout=subprocess.PIPE, text=True)
    assert first.stdout is not None
    assert first.stdout.readline() == "in\n"
    with alone_in(tmp_path):
        entered = time.time()
    assert entered >= float(first.communicate()[0])
    with subprocess.Popen([*start, "600"], cwd=support, stdout=subprocess.PIPE, text=True) as killed:
        assert killed.stdout is not None
        assert killed.stdout.readline() == "in\n"
        killed.kill()
    with alone_in(tmp_path):
        pass
