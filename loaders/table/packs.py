"""The mapping packs: one YAML file per kind of table, read and checked against the ontology as a whole."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

from innograph.graph.ontology import load_ontology

from .checks import read_pack

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from importlib.resources.abc import Traversable

    from .model import Pack


@cache
def load_packs(folder: Traversable | None = None) -> Mapping[str, Pack]:
    """Read all packs in ``folder``, or the bundled ones.

    Returns:
        The packs by id, which is the file's name, in the order of their names.

    Raises:
        OntologyError: naming the file and the key that is wrong.

    Examples:
        >>> list(load_packs())
        ['cooperation', 'enterprises', 'institutes', 'platforms', 'tiers']
    """
    folder = folder or files("innograph").joinpath("data/packs")
    found = sorted((file for file in folder.iterdir() if file.name.endswith(".yaml")), key=lambda file: file.name)
    ontology = load_ontology()
    return {file.name.removesuffix(".yaml"): read_pack(file, ontology) for file in found}


def match_pack(header: Sequence[str]) -> Pack | None:
    """Return the bundled pack for tables with this header; ``None`` where there is none, or more than one.

    Examples:
        >>> match_pack(["企业名称", "备注"]).id, match_pack(["姓名", "电话"])
        ('enterprises', None)
    """
    fitting = packs_for(header)
    return fitting[0] if len(fitting) == 1 else None


def packs_for(header: Sequence[str]) -> list[Pack]:
    """Return every bundled pack that tables with this header fit."""
    return [pack for pack in load_packs().values() if pack.fits(header)]
