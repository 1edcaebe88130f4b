"""innograph (创新图谱): an innovation action plan and rosters as one knowledge graph, every answer with its quoted line.

The public surface is small: :class:`Workspace`, :func:`sample`, and the errors in :mod:`innograph.graph.errors`.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from innograph.graph.errors import InnographError, UnknownSample

if TYPE_CHECKING:
    from innograph.workspace import Workspace as Workspace

__version__ = "0.1.0"
__all__ = ["InnographError", "Workspace", "__version__", "sample"]


def sample(name: str) -> Path:
    """Return the folder of a bundled sample.

    Args:
        name: ``changji``, our digest of 昌市政办发〔2022〕15号 with small rosters; or ``cooperation``, invented rosters.

    Raises:
        UnknownSample: there is no such sample.

    Examples:
        >>> (sample("changji") / "plan.txt").is_file()
        True
    """
    samples = Path(__file__).parent / "data" / "sample"
    known = sorted(folder.name for folder in samples.iterdir() if folder.is_dir())
    if name not in known:
        raise UnknownSample(name=name, known="、".join(known))
    return samples / name


def __getattr__(name: str) -> object:
    """Import the heavy half of the surface when it is first used: ``innograph --help`` must not wait for it."""
    if name == "Workspace":
        from innograph.workspace import Workspace

        return Workspace
    raise AttributeError(name)
