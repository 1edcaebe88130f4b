"""Takes a form with files as it comes, into a folder: nothing of a file is kept in memory, and its name is no path."""

from __future__ import annotations

import shutil
import tempfile
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from python_multipart.exceptions import FormParserError
from python_multipart.multipart import create_form_parser

from innograph.graph.errors import UsageError
from innograph.graph.text import Text

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Generator

    from python_multipart.multipart import Field, File

_MOST_FIELDS, _LONGEST_FIELD = 1000, 100_000


class BadForm(UsageError):
    """What was sent is no form with files."""

    code = "bad-form"
    text = Text("没有收到文件：{problem}", "No file was received: {problem}")


@dataclass(slots=True)
class Received:
    """A form: its texts by field, and its files, each with the name that the browser says."""

    texts: dict[str, str] = field(default_factory=dict[str, str])
    files: list[tuple[str, Path]] = field(default_factory=list[tuple[str, Path]])


@contextmanager
def place_for(folder: Path) -> Generator[Path]:
    """Make a folder for what is received; it goes with all that was not taken out of it."""
    folder.mkdir(parents=True, exist_ok=True)
    made = Path(tempfile.mkdtemp(prefix="receiving-", dir=folder))
    try:
        yield made
    finally:
        shutil.rmtree(made, ignore_errors=True)


async def receive(content_type: str, chunks: AsyncIterator[bytes], folder: Path) -> Received:
    """Write the files of a form into ``folder`` while they come.

    Args:
        content_type: the header of that name.
        chunks: what is sent.
        folder: takes the files, under names of our own.

    Raises:
        BadForm: it is no such form.
    """
    received = Received()

    def on_field(one: Field) -> None:
        name, value = (one.field_name or b""), (one.value or b"")
        received.texts[name.decode("utf-8", "replace")] = value.decode("utf-8", "replace")

    def on_file(one: File) -> None:
        if one.in_memory:  # an empty one
            one.flush_to_disk()
        one.file_object.flush()
        said, path = one.file_name, one.actual_file_name
        one.close()
        if said and path:
            received.files.append((said.decode("utf-8", "replace"), Path(path.decode())))

    config: dict[str, Any] = {
        "UPLOAD_DIR": str(folder),
        "UPLOAD_DELETE_TMP": False,
        "MAX_MEMORY_FILE_SIZE": -1,
        "MAX_FIELDS": _MOST_FIELDS,
        "MAX_FIELD_SIZE": _LONGEST_FIELD,
    }
    try:
        parser = create_form_parser({"Content-Type": content_type.encode("latin-1")}, on_field, on_file, config)
        async for chunk in chunks:
            parser.write(chunk)
        parser.finalize()
    except (FormParserError, ValueError) as error:
        raise BadForm(problem=str(error)[:200]) from None
    return received
