"""The wheel holds every folder and runs from an empty directory; an editable install sees a new file at once."""

from __future__ import annotations

import subprocess
import sys
import venv
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
FOLDERS = ("graph", "loaders", "queries", "visualize", "data")
NOT_PACKAGED = {"__pycache__"}


def run(*words: str | Path, cwd: Path) -> subprocess.CompletedProcess[str]:
    done = subprocess.run([str(w) for w in words], cwd=cwd, capture_output=True, text=True, encoding="utf-8")
    assert done.returncode == 0, done.stderr[-2000:]
    return done


def python_of(folder: Path) -> Path:
    return folder / ("Scripts/python.exe" if sys.platform == "win32" else "bin/python")


@pytest.fixture(scope="session")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("wheel")
    run(sys.executable, "-m", "build", "--wheel", "--outdir", out, ROOT, cwd=out)
    return next(out.glob("*.whl"))


def test_wheel_holds_every_file(wheel: Path) -> None:
    files = [f for folder in FOLDERS for f in (ROOT / folder).rglob("*") if f.is_file()]
    wanted = {f"innograph/{f.relative_to(ROOT).as_posix()}" for f in files if not NOT_PACKAGED & set(f.parts)}
    surfaces = [f.name for f in ROOT.glob("*.py") if f.name != "hatch_build.py"]
    wanted |= {f"innograph/{name}" for name in (*surfaces, "py.typed")}
    with zipfile.ZipFile(wheel) as archive:
        held = {name for name in archive.namelist() if not name.split("/")[0].endswith(".dist-info")}
    assert held == wanted


def test_wheel_runs_from_an_empty_folder(wheel: Path, tmp_path: Path) -> None:
    venv.create(tmp_path / "venv", with_pip=True)
    python = python_of(tmp_path / "venv")
    run(python, "-m", "pip", "install", "--quiet", "-c", ROOT / "constraints.txt", wheel, cwd=tmp_path)
    empty = tmp_path / "empty"
    empty.mkdir()
    done = run(python, "-I", "-m", "innograph", "--lang", "en", "demo", cwd=empty)
    assert "Read 13 tasks, 19 responsible units, 61 assignments (15 lead, 46 support), 42 targets" in done.stdout
    assert [f.name for f in empty.iterdir()] == ["innograph-demo"]


def test_editable_install_sees_a_new_file() -> None:
    new = ROOT / "graph" / "a_file_made_by_the_packaging_test.py"
    try:
        new.write_text('"""A module that was not there when innograph was installed."""\n\nANSWER = 42\n')
        code = "from innograph.graph.a_file_made_by_the_packaging_test import ANSWER; print(ANSWER)"
        assert run(sys.executable, "-c", code, cwd=ROOT.parent).stdout.strip() == "42"
    finally:
        new.unlink()
