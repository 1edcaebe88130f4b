"""Values of a YAML file, each checked for its form; an error names the file and the key."""

from __future__ import annotations

from difflib import get_close_matches
from typing import TYPE_CHECKING, Any, cast

from innograph.graph.errors import OntologyError
from innograph.graph.text import Text

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping


class Shapes:
    """Checks the values of the file called ``name``; ``where`` is always the key that a value stands under.

    Examples:
        >>> from innograph.graph.text import use_language
        >>> with use_language("en"):
        ...     print(Shapes("a.yaml").wrong("nodes.0.type", "没有", "there is no such type"))
        a.yaml: nodes.0.type: there is no such type
    """

    def __init__(self, name: str) -> None:
        self.name = name

    def mapping(self, where: str, data: object, allowed: Iterable[str] | None = None) -> Mapping[str, Any]:
        """Return ``data`` if it is a mapping with text keys, all of them ``allowed`` where that is given."""
        if not isinstance(data, dict) or not all(isinstance(key, str) for key in cast("dict[object, object]", data)):
            raise self.wrong(where or "yaml", "应为键值对", "must be a mapping")
        found = cast("dict[str, Any]", data)
        for key in found if allowed is not None else ():
            self.known(f"{where}.{key}" if where else key, key, allowed or ())
        return found

    def listing(self, where: str, data: object) -> list[object]:
        """Return ``data`` if it is a list of something."""
        if not isinstance(data, list) or not data:
            raise self.wrong(where, "应为列表，且不能为空", "must be a list, and not empty")
        return cast("list[object]", data)

    def texts(self, where: str, data: object) -> tuple[str, ...]:
        """Return ``data`` if it is a list of texts."""
        return tuple(self.text(where, item) for item in self.listing(where, data))

    def text(self, where: str, data: object) -> str:
        """Return ``data`` if it is a text."""
        if not isinstance(data, str) or not data.strip():
            raise self.wrong(where, "应为文字", "must be a text")
        return data

    def label(self, where: str, data: Mapping[str, Any]) -> Text:
        """Return the texts under ``zh`` and ``en``."""
        return Text(self.text(f"{where}.zh", data.get("zh")), self.text(f"{where}.en", data.get("en")))

    def flag(self, where: str, spec: Mapping[str, Any], key: str) -> bool:
        """Return the yes or no under ``key``; no where there is none."""
        value = spec.get(key, False)
        if not isinstance(value, bool):
            raise self.wrong(f"{where}.{key}", "应为 true 或 false", "must be true or false")
        return value

    def known(self, where: str, name: object, names: Iterable[str]) -> str:
        """Return ``name`` if it is one of ``names``; else say which comes nearest."""
        names = list(names)
        if isinstance(name, str) and name in names:
            return name
        if name is None:
            raise self.wrong(where, "没有填写", "is missing")
        near = get_close_matches(str(name), names, n=1, cutoff=0.5)
        listed = ", ".join(names)
        suggestion = (
            Text(f"，是否为 {near[0]}？", f"; did you mean {near[0]}?")
            if near
            else Text(f"；已有：{listed}", f"; known: {listed}")
        )
        raise self.wrong(where, f"没有 {name}{suggestion.zh}", f"there is no {name}{suggestion.en}")

    def wrong(self, key: str, zh: str, en: str) -> OntologyError:
        """Return the error that says what is wrong with ``key``."""
        return OntologyError(where=f"{self.name}: {key}", problem=Text(zh, en))
