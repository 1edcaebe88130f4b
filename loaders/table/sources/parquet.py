"""Rows of .parquet, a batch at a time; its reader, pyarrow, is large and an extra."""

from __future__ import annotations

import shutil
import tempfile
from contextlib import ExitStack, contextmanager
from importlib import import_module
from typing import TYPE_CHECKING, Any, NoReturn, cast

from innograph.graph.text import Text

from ...reading.refusing import refuse
from .records import TooDeep, flattened, grid_of_records

if TYPE_CHECKING:
    from collections.abc import Generator, Iterator, Mapping
    from typing import IO

    from innograph.graph.stores import Progress

    from .model import Grid
    from .streams import Stream

_BATCH = 2000
_BUFFER = 1024**2
_INSTALL = Text('请安装：pip install "innograph[parquet]"', 'Install it: pip install "innograph[parquet]"')
_SAVE_AGAIN = Text("请重新导出，或另存为 CSV", "Export it again, or save it as CSV")


def read_parquet(stream: Stream, progress: Progress | None = None) -> Grid:
    """Return the rows of a Parquet file as a table.

    Args:
        stream: the file.
        progress: told how many of its bytes the rows that were taken made up.

    Raises:
        InputError: pyarrow is not installed, or the file is damaged.
    """
    try:
        parquet = import_module("pyarrow.parquet")
    except ImportError:
        refuse(stream.name, Text("读 .parquet 需要 pyarrow", "reading .parquet needs pyarrow"), _INSTALL)
    return grid_of_records(stream.name, _records(stream, parquet, progress), [])


def _records(stream: Stream, parquet: Any, progress: Progress | None) -> Iterator[Mapping[str, str]]:
    with ExitStack() as opened:
        source = opened.enter_context(stream.path.open("rb") if stream.path else _unpacked(stream))
        try:
            # Without the buffer each column of a group of rows is held whole; threads would hold several.
            file = opened.enter_context(parquet.ParquetFile(source, buffer_size=_BUFFER, pre_buffer=False))
            done, total = 0, max(file.metadata.num_rows, 1)
            size = source.seek(0, 2)
            for batch in file.iter_batches(batch_size=_BATCH, use_threads=False):
                for record in cast("list[dict[str, object]]", batch.to_pylist()):
                    yield flattened(record)
                done += batch.num_rows
                if progress:
                    progress(size * done // total, size)
        except TooDeep:
            refuse(stream.name, Text("嵌套过深", "it is nested too deep"), _SAVE_AGAIN)
        # pyarrow's errors are of these kinds, and so is what Python cannot make of a value, such as a date before year 1
        except (OSError, ValueError, OverflowError, NotImplementedError, LookupError):
            _damaged(stream.name)


@contextmanager
def _unpacked(stream: Stream) -> Generator[IO[bytes]]:
    """The file on disk: its directory stands at its end, so that it cannot be read from a stream."""
    with tempfile.TemporaryFile() as file, stream.open(told=True) as packed:
        shutil.copyfileobj(packed, file)
        file.seek(0)
        yield file


def _damaged(name: str) -> NoReturn:
    refuse(name, Text("Parquet 文件已损坏", "the Parquet file is damaged"), _SAVE_AGAIN)
