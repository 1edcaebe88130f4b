"""Files that are damaged, hostile or large: a clear error soon, the line it is in, and never the whole file in memory."""

from __future__ import annotations

import contextlib
import gzip
import io
import json
import sys
import time
import tracemalloc
import zipfile
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from innograph.graph.errors import InputError, NoPermission
from innograph.graph.text import use_language
from innograph.loaders.table.sources import open_sheets

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path


def known(cells: Sequence[str]) -> bool:
    return "name" in cells


def take(file: Path, data: bytes) -> list[list[str]]:
    """The codes of the issues of each sheet, once its rows were taken."""
    file.write_bytes(data)
    found: list[list[str]] = []
    for sheet in open_sheets(file, known):
        for _ in sheet.rows:
            pass
        found.append([issue.code for issue in sheet.issues])
    return found


def refused(file: Path, data: bytes) -> str:
    started = time.monotonic()
    with use_language("en"), pytest.raises(InputError) as error:
        take(file, data)
    assert time.monotonic() - started < 20
    with use_language("en"):
        return str(error.value)


def zipped(name: str, data: bytes, method: int = zipfile.ZIP_DEFLATED) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", method) as archive:
        archive.writestr(name, data)
    return buffer.getvalue()


class TestDelimited:
    @pytest.mark.parametrize(
        ("data", "line"),
        [
            (b'name,x\na,1\n"b,2\nc,3\n', 3),
            (b'name,x\n"a\nb",1\n"c\nd","e\nf,1\n', 5),
            (b'name,x\na,"b"c,d\n', 2),
            (b'name,x\r\na,1\r\nb,"c\r\nd,"e",f\r\n', 3),
            (b"name,x\n" + b"a,1\n" * 100_000 + b'b,"' + b"c,2\n" * 100_000, 100_002),
        ],
    )
    def test_unpaired_quotes_are_told_by_the_line_they_open_in(self, tmp_path: Path, data: bytes, line: int) -> None:
        assert f"the quote opened in line {line} is not paired" in refused(tmp_path / "a.csv", data)

    def test_absurd_rows(self, tmp_path: Path) -> None:
        assert "row 2 has 1000001 columns" in refused(tmp_path / "a.csv", b"name,x\na" + b"," * 1_000_000 + b"\n")
        assert "line 2 has a cell that is too long" in refused(tmp_path / "a.csv", b"name,x\na," + b"b" * 1_000_000)
        assert "line 2 is absurdly long" in refused(tmp_path / "a.csv", b"name,x\n" + b"a,b;" * 5_000_000)
        assert "is not paired" in refused(tmp_path / "a.csv", b"name,x\n" + b'"a\n",' * 100_000)

    def test_nul_bytes_are_left_out_and_told(self, tmp_path: Path) -> None:
        assert take(tmp_path / "a.csv", b"name,x\n" + b"abc,1\n" * 100 + b"a\0b,1") == [["table.nul-bytes"]]
        assert "this is no text file" in refused(tmp_path / "a.csv", bytes(range(256)) * 100)

    def test_encodings_that_are_guessed_or_damaged(self, tmp_path: Path) -> None:
        text = "name,x\n" + "Universität für Künste,é\n" * 50
        file = tmp_path / "a.csv"
        for encoding in ("cp1252", "utf-16-le"):
            file.write_bytes(text.encode(encoding))
            (sheet,) = open_sheets(file, known)
            assert {row.cells for row in sheet.rows} == {("Universität für Künste", "é")}
            assert [issue.code for issue in sheet.issues] == ["text.encoding-guessed"]
        damaged = ("name,x\n" + "某某公司,一\n" * 50).encode() + "公".encode()[:2] + b",1\n"
        assert take(file, damaged) == [["text.bad-bytes"]]


class TestRecords:
    @pytest.mark.parametrize(
        ("data", "problem"),
        [
            (b'[{"name": "a"},\n {"name": NaN}]', "line 2 is not correct JSON"),
            (b'[{"name": "a"},\n {"name": "b"', "line 2"),
            (b'[{"name": "a"}]\n\n x', "line 3"),
            (b'[{"name": "a"},\n {"name": "b", "name": "c"}]', "record 2 has “name” twice"),
            (b'[{"name": {"b": 1, "b": 1}}]', "record 1 has “b” twice"),
            (b'[{"name": "a"}, 3]', "record 2 is no object"),
            (b"[[1, 2], [3, 4]]", "record 1 is no object"),
            (b"[]", "it holds no records"),
            (b'{"name": ["a"]}', "it holds no array of records"),
            (b'{"a": [{"x": 1}], "b": {"c": [{"x": [{"y": 1}]}, {"x": 2}]}}', "2 arrays of records (a、c)"),
            (b'[{"name": ' + b"9" * 1_000_000 + b"}]", "a number has more than 1000 digits"),
            (b'[{"name": 1e999999999999999999999999}]', "is not correct JSON"),
            (b"[" * 1_000_000, "record 1 is nested too deep"),
            (b'[{"name": "a"}, ' + b'{"a":' * 1_000_000, "record 2 is nested too deep"),
            (b'{"a":' * 1_000_000, "is not correct JSON"),
            (b'{"a":\n' * 1_000_000, "is not correct JSON"),
        ],
    )
    def test_wrong_json(self, tmp_path: Path, data: bytes, problem: str) -> None:
        assert problem in refused(tmp_path / "a.json", data)

    @pytest.mark.parametrize(
        ("data", "problem"),
        [
            (b'{"name": 1}\n{"name": NaN}\n', "line 2 is not correct JSON"),
            (b'{"name": 1}\n\n{"name": }\n', "line 3, character 10, is not correct JSON"),
            (b'{"name": 1}\n{"name": 1, "name": 2}\n', "line 2 has “name” twice"),
            (b'{"name": 1}\n[1]\n', "line 2 is no object"),
            (b'{"name": 1}\n' + b'{"a":' * 100_000 + b"\n", "line 2 is nested too deep"),
            (b'{"name": ' + b'{"a":' * 30 + b"1" + b"}" * 30 + b"}\n", "line 1 is nested too deep"),
            (b'{"name": "' + b"a" * 10_000_000, "line 1 is absurdly long"),
        ],
    )
    def test_wrong_lines(self, tmp_path: Path, data: bytes, problem: str) -> None:
        """One beside good ones is told; a file without a good one, and a line without end, are refused."""
        file = tmp_path / "a.jsonl"
        if not data.startswith(b'{"name": 1}'):
            assert problem in refused(file, data)
            return
        file.write_bytes(data)
        (sheet,) = open_sheets(file, known)
        assert len(list(sheet.rows)) == 1
        (issue,) = sheet.issues
        with use_language("en"):
            assert (issue.code, problem in issue.message) == ("table.record-unreadable", True)

    def test_long_numbers_in_lines_stay_numbers(self, tmp_path: Path) -> None:
        assert take(tmp_path / "a.jsonl", b'{"name": ' + b"9" * 10_000 + b"}\n") == [[]]

    def test_damaged_parquet(self, tmp_path: Path) -> None:
        pytest.importorskip("pyarrow")
        assert "the Parquet file is damaged" in refused(tmp_path / "a.parquet", b"PAR1" + b"x" * 100 + b"PAR1")

    def test_without_pyarrow(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setitem(sys.modules, "pyarrow.parquet", None)
        assert 'pip install "innograph[parquet]"' in refused(tmp_path / "a.parquet", b"PAR1" + b"x" * 100 + b"PAR1")


class TestArchives:
    def test_bombs(self, tmp_path: Path) -> None:
        zeros = b"name,x\n" + b"a,1\n" * 40_000_000
        assert "absurd size" in refused(tmp_path / "a.csv.gz", gzip.compress(zeros))
        assert "absurd size" in refused(tmp_path / "a.zip", zipped("a.csv", zeros))

    def test_repetitive_tables_are_none(self, tmp_path: Path) -> None:
        same = b"name,x\n" + b"some company,1\n" * 500_000
        assert take(tmp_path / "a.csv.gz", gzip.compress(same)) == [[]]
        assert take(tmp_path / "a.zip", zipped("a.csv", same)) == [[]]

    @pytest.mark.parametrize("name", ["/etc/a.csv", "../a.csv", "a/../../b.csv", "C:/a.csv"])
    def test_unsafe_paths(self, tmp_path: Path, name: str) -> None:
        assert "unsafe path" in refused(tmp_path / "a.zip", zipped(name, b"name,x\na,1\n"))

    def test_encrypted(self, tmp_path: Path) -> None:
        data = bytearray(zipped("a.csv", b"name,x\na,1\n"))
        for signature, at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
            data[data.index(signature) + at] |= 1
        assert "password" in refused(tmp_path / "a.zip", bytes(data))

    def test_cut_off_damaged_nested_and_empty(self, tmp_path: Path) -> None:
        lines = b"name,x\n" + b"".join(b"%d,%d\n" % (n, n * n) for n in range(50_000))
        packed = gzip.compress(lines)
        assert "cut off or damaged" in refused(tmp_path / "a.csv.gz", packed[:-5000])
        assert "cut off or damaged" in refused(tmp_path / "a.zip", zipped("a.csv", lines)[:-50])
        assert "an archive within an archive" in refused(tmp_path / "a.gz", gzip.compress(packed))
        assert "an archive within an archive" in refused(tmp_path / "a.zip", zipped("b.zip", zipped("a.csv", lines)))
        assert "not supported" in refused(tmp_path / "a.zip", zipped("a.csv", lines, zipfile.ZIP_LZMA))
        assert "the table is empty" in refused(tmp_path / "a.zip", zipped("dir/", b""))

    def test_a_damaged_member(self, tmp_path: Path) -> None:
        data = bytearray(zipped("a.csv", b"name,x\n" + b"some company,1\n" * 1000, zipfile.ZIP_STORED))
        data[5000] ^= 0xFF
        assert "cut off or damaged" in refused(tmp_path / "a.zip", bytes(data))


class TestFiles:
    @pytest.mark.parametrize(
        ("data", "problem"),
        [
            (b"", "the file is empty"),
            (b" \n\n,,\n", "the table is empty"),
            (b"%PDF-1.7\n", "this is a document"),
            (b"<html><table><tr><td>name</td></tr></table></html>", "this is a web page"),
            (b"\xd0\xcf\x11\xe0" + b"\0" * 600, "this is a document"),
            (b"7z\xbc\xaf\x27\x1c", "this is an archive"),
        ],
    )
    def test_what_is_no_table(self, tmp_path: Path, data: bytes, problem: str) -> None:
        assert problem in refused(tmp_path / "a.csv", data)

    def test_missing_and_folders(self, tmp_path: Path) -> None:
        with pytest.raises(InputError, match="找不到"):
            list(open_sheets(tmp_path / "no.csv", known))
        with pytest.raises(InputError, match="文件夹"):
            list(open_sheets(tmp_path, known))

    def test_permission(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        file = tmp_path / "a.csv"
        file.write_bytes(b"name,x\n")

        def denied(*_: object, **__: object) -> None:
            raise PermissionError(13, "denied")

        monkeypatch.setattr(type(file), "open", denied)
        with pytest.raises(NoPermission):
            list(open_sheets(file, known))

    @settings(max_examples=200, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
    @given(
        st.sampled_from(["a.csv", "a.json", "a.jsonl", "a.gz", "a.parquet"]),
        st.binary(max_size=200) | st.text('[]{}",:\n1a', max_size=80).map(str.encode),
    )
    def test_any_bytes_are_read_or_refused(self, tmp_path: Path, name: str, data: bytes) -> None:
        with contextlib.suppress(InputError):
            take(tmp_path / name, data)


def generated(kind: str, count: int) -> Iterable[bytes]:
    rows = ((f"某某第{n}公司", f"9165{n:014}", "昌吉市") for n in range(count))
    if kind == "csv":
        return (",".join(row).encode() + b"\n" for row in (("name", "code", "region"), *rows))
    records = (json.dumps(dict(zip(("name", "code", "region"), row, strict=True))).encode() for row in rows)
    if kind == "jsonl":
        return (record + b"\n" for record in records)
    return (b"[" + record if n == 0 else b"," + record for n, record in enumerate(records))


@pytest.mark.parametrize("kind", ["csv", "jsonl", "json", "csv.gz", "parquet"])
def test_memory_does_not_grow_with_the_file(tmp_path: Path, kind: str) -> None:
    peaks: list[int] = []
    for count in (6_000, 60_000):
        file = tmp_path / f"{count}.{kind}"
        if kind == "parquet":
            pa = pytest.importorskip("pyarrow")
            from pyarrow import parquet

            parquet.write_table(pa.table({"name": [f"{n}" for n in range(count)], "code": list(range(count))}), file)
        else:
            data = b"".join(generated(kind.removesuffix(".gz"), count)) + (b"]" if kind == "json" else b"")
            file.write_bytes(gzip.compress(data) if kind.endswith(".gz") else data)
        tracemalloc.start()
        (sheet,) = open_sheets(file, known)
        assert sum(1 for _ in sheet.rows) == count
        peaks.append(tracemalloc.get_traced_memory()[1])
        tracemalloc.stop()
    assert peaks[1] < 1.5 * peaks[0] + 500_000


@pytest.mark.parametrize("kind", ["csv", "csv.gz", "zip", "json", "xlsx"])
def test_progress_rises_to_the_end(tmp_path: Path, kind: str) -> None:
    text = b"".join(generated("json" if kind == "json" else "csv", 20_000)) + (b"]" if kind == "json" else b"")
    data = {"csv.gz": gzip.compress(text), "zip": zipped("a.csv", text)}.get(kind, text)
    file = tmp_path / f"a.{kind}"
    file.write_bytes(data)
    if kind == "xlsx":
        openpyxl = pytest.importorskip("openpyxl")
        book = openpyxl.Workbook()
        book.worksheets[0].append(["name", "x"])
        book.save(file)
    told: list[tuple[int, int]] = []
    for sheet in open_sheets(file, known, lambda done, total: told.append((done, total))):
        for _ in sheet.rows:
            pass
    size = file.stat().st_size
    assert told == sorted(told)
    assert told[-1] == (size, size)
    assert {total for _, total in told} == {size}
