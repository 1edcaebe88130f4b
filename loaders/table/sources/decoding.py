"""Which encoding a stream of text is in: a first pass over all its bytes decides, a piece at a time.

The order is that of :func:`innograph.loaders.reading.text.decode`, which has the whole text at once.
"""

from __future__ import annotations

import codecs
import io
import re
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from innograph.graph.issues import Issue
from innograph.graph.text import Text

from ...reading.refusing import refuse
from ...reading.traditional import is_big5

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import TextIO

    from .streams import Stream

_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_PIECE = 256 * 1024
_LARGEST_DAMAGED_SHARE = 0.1
_LARGEST_BINARY_SHARE = 0.001
_CONTROLS = bytes((*range(9), *range(14, 32)))
_FOREIGN = re.compile(rb"[\x80-\xff]{1,1000}")
# What is rare in GB18030 has four bytes, of which two are digits.
_FOUR_BYTES = re.compile(rb"[\x81-\xfe][0-9][\x81-\xfe][0-9]")
SAVE_AS_CSV = Text("请另存为 CSV（UTF-8）或 .xlsx 后再试", "Save it as CSV (UTF-8) or .xlsx and try again")


@dataclass(frozen=True, slots=True)
class Decoded:
    """How a stream is decoded: the encoding, what a user should know of it, and whether NUL bytes are left out."""

    stream: Stream
    encoding: str
    issues: tuple[Issue, ...]
    nuls: bool = False

    def text(self, *, told: bool = False, newline: str = "") -> TextIO:
        """Open the text, its line ends as they are."""
        raw = self.stream.open(told=told)
        return io.TextIOWrapper(raw, encoding=self.encoding, errors="replace", newline=newline)


@dataclass(slots=True)
class _Tally:
    """What a decoder makes of the bytes: how many characters, how many not ASCII, damaged, or of no text."""

    characters: int = 0
    foreign: int = 0
    damaged: int = 0
    controls: int = 0
    nuls: int = 0

    @property
    def fits(self) -> bool:
        return self.damaged <= self.foreign * _LARGEST_DAMAGED_SHARE


def decode_stream(stream: Stream) -> Decoded:
    r"""Return how to decode a stream: by its byte order mark, as UTF-8, Big5 or GB18030, or by the best guess.

    Raises:
        InputError: the bytes are no text.

    Examples:
        >>> from innograph.loaders.table.sources.streams import Guarded, Stream
        >>> data = "市科技局\n".encode("gb18030")
        >>> decode_stream(Stream("a", ".csv", lambda told: Guarded("a", io.BytesIO(data)))).encoding
        'gb18030'
    """
    encoding, tally, guessed = _choose(stream)
    if tally.controls - tally.nuls > tally.characters * _LARGEST_BINARY_SHARE or tally.nuls * 20 > tally.characters:
        refuse(stream.name, Text("不是文本文件", "this is no text file"), SAVE_AS_CSV)
    issues: list[Issue] = []
    if guessed:
        issues.append(Issue("text.encoding-guessed", values={"value": encoding}))
    if tally.damaged:
        issues.append(Issue("text.bad-bytes", values={"value": tally.damaged}))
    if tally.nuls:
        issues.append(Issue("table.nul-bytes", values={"count": tally.nuls}))
    return Decoded(stream, encoding, tuple(issues), nuls=bool(tally.nuls))


def _choose(stream: Stream) -> tuple[str, _Tally, bool]:
    """The encoding, what it makes of the bytes, and whether it is but a guess."""
    sample = stream.head(_PIECE)
    for mark, encoding in _BOMS:
        if sample.startswith(mark):
            return encoding, _tally(stream, encoding), False
    if bare := _unmarked_utf16(sample):
        return bare, _tally(stream, bare), True
    tally = _tally(stream, "utf-8")
    if tally.fits:
        return "utf-8", tally, False
    foreign = _foreign_sample(stream)
    if is_big5(foreign):
        return "cp950", _tally(stream, "cp950"), True
    if not _is_western(foreign):
        tally = _tally(stream, "gb18030")
        if tally.fits:
            return "gb18030", tally, False
    from charset_normalizer import from_bytes

    best = from_bytes(foreign).best()
    encoding = best.encoding if best else "cp1252"
    return encoding, _tally(stream, encoding), True


def _pieces(stream: Stream) -> Iterator[bytes]:
    with stream.open() as raw:
        yield from iter(partial(raw.read, _PIECE), b"")


def _tally(stream: Stream, encoding: str) -> _Tally:
    decoder = codecs.getincrementaldecoder(encoding)(errors="replace")
    wide = encoding.startswith(("utf-16", "utf-32"))
    tally = _Tally()
    for piece in _pieces(stream):
        _add(tally, piece, decoder.decode(piece), wide=wide)
    _add(tally, b"", decoder.decode(b"", True), wide=wide)
    return tally


def _add(tally: _Tally, piece: bytes, text: str, *, wide: bool) -> None:
    tally.characters += len(text)
    if not text.isascii():
        tally.foreign += len(text) - len(text.encode("ascii", "ignore"))
        tally.damaged += text.count("\ufffd")
    # In all encodings but the wide ones a control character is the byte that it is in ASCII.
    raw = text.encode("utf-8", "replace") if wide else piece
    tally.controls += len(raw) - len(raw.translate(None, _CONTROLS))
    tally.nuls += raw.count(0)


def _unmarked_utf16(sample: bytes) -> str | None:
    """UTF-16 without its mark is told by the empty halves of its ASCII characters."""
    high, low = sample[1::2].count(0), sample[::2].count(0)
    if max(high, low) * 4 < len(sample) or min(high, low) * 100 > max(high, low):
        return None
    return "utf-16-le" if high > low else "utf-16-be"


def _foreign_sample(stream: Stream) -> bytes:
    """The first piece that holds something that is not ASCII, which may stand far from the file's beginning."""
    return next((piece for piece in _pieces(stream) if not piece.isascii()), b"")


def _is_western(sample: bytes) -> bool:
    """Whether bytes that are not ASCII stand alone, as é does; those of a Chinese character stand in twos."""
    runs = [len(run) for run in _FOREIGN.findall(_FOUR_BYTES.sub(b"", sample))]
    return runs.count(1) * 2 > sum(runs)
