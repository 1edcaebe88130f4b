"""The mapping packs: one YAML file per kind of table, read and checked against the ontology as a whole."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from pathlib import Path, PurePath
from typing import TYPE_CHECKING

from innograph.graph.identity import digest
from innograph.graph.ontology import load_ontology

from .checks import not_found, read_pack

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from importlib.resources.abc import Traversable

    from .model import Pack

_SUFFIXES = (".yaml", ".yml")


def load_packs(folder: Traversable | None = None, *, personal: bool = False) -> Mapping[str, Pack]:
    """Read all packs in ``folder``, or the bundled ones.

    Args:
        folder: where a workspace keeps its own.
        personal: whether they may use columns of personal data.

    Returns:
        The packs by id, which is the file's name, in the order of their names.

    Raises:
        OntologyError: naming the file, the line and the key that is wrong.
        InputError: one of them uses personal data.

    Examples:
        >>> [name for name in load_packs() if name.startswith("ror")]
        ['ror', 'ror-aliases', 'ror-relationships']
    """
    return _bundled() if folder is None else _read(folder, personal=personal)


@cache
def _bundled() -> Mapping[str, Pack]:
    return _read(files("innograph").joinpath("data/packs"), personal=False)


def _read(folder: Traversable, *, personal: bool) -> Mapping[str, Pack]:
    packs = (read_pack(file, load_ontology(), personal=personal) for file in _files(folder))
    return {pack.id: pack for pack in packs}


def _files(folder: Traversable) -> list[Traversable]:
    found = (file for file in folder.iterdir() if file.name.endswith(_SUFFIXES))
    return sorted(found, key=lambda file: PurePath(file.name).stem)


@cache
def _bundled_one(name: str) -> Pack | None:
    return _read_one(files("innograph").joinpath("data/packs"), name, personal=False)


def _read_one(folder: Traversable, name: str, *, personal: bool) -> Pack | None:
    """Read one pack alone, because reading all of them takes a while; ``None`` where there is none."""
    found = [file for file in _files(folder) if PurePath(file.name).stem == name]
    return read_pack(found[-1], load_ontology(), personal=personal) if found else None


def choose_packs(name: str | None, folder: Path | None = None, *, personal: bool = False) -> list[Pack]:
    """Return the packs that a table may be read by: the one called ``name``, or all.

    Args:
        name: a bundled pack, one in ``folder``, or the path of a YAML file; ``None`` for all.
        folder: where a workspace keeps its own, which go before bundled ones of the same name.
        personal: whether they may use columns of personal data.

    Raises:
        OntologyError: there is no such pack, or it is wrong.
        InputError: it uses personal data.

    Examples:
        >>> [pack.id for pack in choose_packs("moe")], len(choose_packs(None)) > 10
        (['moe'], True)
    """
    if name is not None and name.endswith(_SUFFIXES):
        path = Path(name)
        if not path.is_file() and folder is not None:
            path = folder / name
        if path.is_file():
            return [read_pack(path, load_ontology(), personal=personal)]
    own = folder if folder is not None and folder.is_dir() else None
    if name is not None:
        one = (_read_one(own, name, personal=personal) if own else None) or _bundled_one(name)
        if one:
            return [one]
    packs = dict(load_packs())
    if own:
        packs.update(load_packs(own, personal=personal))
    if name is not None:
        raise not_found(name, packs)
    return list(packs.values())


def fingerprint(packs: Sequence[Pack]) -> str:
    """Return what changes when one of ``packs`` does.

    Examples:
        >>> fingerprint(choose_packs("moe")) == fingerprint(choose_packs("moe")) != fingerprint(choose_packs("ror"))
        True
    """
    return digest(*(pack.fingerprint for pack in packs))


def match_pack(header: Sequence[str]) -> Pack | None:
    """Return the bundled pack for tables with this header; ``None`` where there is none, or more than one.

    Examples:
        >>> match_pack(["企业名称", "备注"]).id, match_pack(["姓名", "电话"])
        ('enterprises', None)
    """
    fitting = packs_for(header)
    return fitting[0] if len(fitting) == 1 else None


def packs_for(header: Sequence[str], packs: Sequence[Pack] | None = None) -> list[Pack]:
    """Return each of ``packs``, or of the bundled ones, that tables with this header fit."""
    return [pack for pack in (load_packs().values() if packs is None else packs) if pack.fits(header)]
