"""What the readers use of lxml, which has no types."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Iterator


class Element(Protocol):
    """An element of an XML part."""

    @property
    def tag(self) -> str:
        """Its name, with its namespace in braces."""
        ...

    @property
    def text(self) -> str | None:
        """The text before its first child."""
        ...

    def get(self, key: str) -> str | None:
        """Return an attribute."""
        ...

    def getparent(self) -> Element | None:
        """Return the element that holds it."""
        ...

    def iterancestors(self, *tags: str) -> Iterator[Element]:
        """Yield what holds it, the nearest first."""
        ...

    def iterdescendants(self, *tags: str) -> Iterator[Element]:
        """Yield all below it, in order."""
        ...

    def iterchildren(self, *tags: str) -> Iterator[Element]:
        """Yield what stands directly in it."""
        ...
