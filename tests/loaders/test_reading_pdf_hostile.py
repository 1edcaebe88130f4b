"""PDF files that are pictures, broken, protected or hostile, and what reading them costs."""

from __future__ import annotations

import subprocess
import sys
import time
import zlib
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pdf_maker import PdfMaker

from innograph.graph.errors import InputError
from innograph.graph.text import use_language
from innograph.loaders.reading import pdf, read_document
from innograph.loaders.reading.pdf import read_pdf

if TYPE_CHECKING:
    pass
from pdf_reading import HEADER, LONG, WIDTHS, cells, read, words


def refusal(data: bytes) -> str:
    """What is said in English; the Chinese must differ, and both name the file in one line."""
    said: list[str] = []
    for language in ("zh", "en"):
        with pytest.raises(InputError) as raised:
            read_pdf("plan.pdf", data)
        with use_language(language):  # type: ignore[arg-type]
            said.append(str(raised.value))
    assert said[0] != said[1]
    assert all("plan.pdf" in text and "\n" not in text for text in said)
    return said[1]


class TestPictures:
    def test_a_scan_is_refused_with_what_to_do(self) -> None:
        maker = PdfMaker()
        maker.picture(1.0)
        maker.new_page()
        maker.picture(1.0)
        assert "OCR" in refusal(maker.bytes())

    def test_pages_that_are_pictures_are_named(self) -> None:
        maker = PdfMaker(numbers="— {} —")
        maker.paragraph(LONG)
        for _ in range(2):
            maker.new_page()
            maker.picture(0.9)
        document = read(maker)
        assert [(issue.code, issue.values["pages"]) for issue in document.issues] == [("pdf.pictures", "2、3")]
        assert words(document) == [LONG]

    def test_a_text_with_a_small_picture_is_none(self) -> None:
        maker = PdfMaker()
        maker.paragraph(LONG)
        maker.picture(0.1)
        assert read(maker).issues == ()

    def test_a_blank_file_is_empty(self) -> None:
        with pytest.raises(InputError) as raised:
            read_document("plan.pdf", PdfMaker().bytes())
        with use_language("en"):
            assert "empty" in str(raised.value)


def small() -> bytes:
    """A small file with text, a table and a picture, nothing in it compressed."""
    maker = PdfMaker(header="滨江市", numbers="— {} —")
    maker.canvas.setPageCompression(0)
    maker.paragraph("一、总体要求。建平台，引企业。")
    maker.table([["序号", "任务"], ["1", "建平台"]], [60.0, 120.0])
    maker.picture(0.1)
    return maker.bytes()


RESOURCES = b"<</Font<</F1 5 0 R>>/XObject<</X 6 0 R>>>>"


def with_content(content: bytes, form: bytes = b"null") -> bytes:
    """A file whose only page has this content and may use a form X."""
    packed = zlib.compress(content, 9)
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources %s>>" % RESOURCES,
        b"<</Length %d/Filter/FlateDecode>>stream\n%s\nendstream" % (len(packed), packed),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
        form,
    ]
    parts = [
        b"%PDF-1.4\n",
        *(b"%d 0 obj\n%s\nendobj\n" % (number, body) for number, body in enumerate(objects, start=1)),
    ]
    return b"".join(parts) + b"trailer<</Root 1 0 R/Size 7>>\n%%EOF"


def self_holding(times: int) -> bytes:
    """A file whose form draws itself again, so many times."""
    form = b"BT /F1 12 Tf 100 700 Td (a form) Tj ET 0 0 m 90 0 l S" + b" /X Do" * times
    stream = b"<</Type/XObject/Subtype/Form/BBox[0 0 595 842]/Resources %s/Length %d>>stream\n%s\nendstream"
    return with_content(b"/X Do", stream % (RESOURCES, len(form), form))


SMALL = small()
CONFINED = """
import resource, sys
resource.setrlimit(resource.RLIMIT_AS, (2**30, 2**30))
from innograph.loaders.reading import read_document
try:
    read_document("a.pdf", sys.stdin.buffer.read())
except Exception as error:
    print(type(error).__name__)
"""


class TestBadFiles:
    def test_one_with_a_password(self) -> None:
        maker = PdfMaker(password="geheim")
        maker.paragraph(LONG)
        assert "password" in refusal(maker.bytes())

    @pytest.mark.parametrize("data", [b"%PDF-1.7\n", SMALL[:300], b"%PDF-1.4\n" + b"\0" * 1000])
    def test_a_damaged_one(self, data: bytes) -> None:
        assert "damaged" in refusal(data)

    def test_one_with_too_many_pages(self, monkeypatch: pytest.MonkeyPatch) -> None:
        maker = PdfMaker()
        for _ in range(5):
            maker.paragraph("一页")
            maker.new_page()
        monkeypatch.setattr(pdf, "MOST_PAGES", 5)
        assert "6; at most 5" in refusal(maker.bytes())

    def test_one_that_takes_too_long(self, monkeypatch: pytest.MonkeyPatch) -> None:
        maker = PdfMaker()
        maker.paragraph("一页")
        monkeypatch.setattr(pdf, "SECONDS", -1.0)
        assert "0 of 1 pages" in refusal(maker.bytes())

    def test_a_page_with_absurdly_many_lines(self) -> None:
        assert "page 1 holds absurdly much" in refusal(with_content(b"0 0 m 10 0 l S " * 210_000))

    def test_a_page_with_absurdly_many_letters(self) -> None:
        lines = b"".join(b"BT /F1 2 Tf 10 %d Td (%s) Tj ET " % (2 * n, b"abcdefgh" * 20) for n in range(400))
        assert "page 1 holds absurdly much" in refusal(with_content(lines))

    def test_a_drawing_of_many_lines_is_no_table(self) -> None:
        lines = b"".join(
            b"%d 100 m %d 700 l S 100 %d m 500 %d l S " % (n % 590, n % 590, n % 830, n % 830) for n in range(4000)
        )
        text = b"BT /F1 12 Tf 100 720 Td (a plan of one line) Tj ET "
        began = time.monotonic()
        document = read_pdf("plan.pdf", with_content(text + lines))
        assert time.monotonic() - began < 20
        assert words(document) == ["a plan of one line"]

    def test_a_form_that_holds_itself_ends(self) -> None:
        assert words(read_pdf("a.pdf", self_holding(1))) == ["a form"]

    @pytest.mark.skipif(sys.platform != "linux", reason="no memory limit that holds")
    def test_a_form_that_holds_itself_twice_ends_with_an_error(self) -> None:
        """It makes pdfium take all memory there is, so the test sets a lower limit than users have."""
        run = subprocess.run([sys.executable, "-c", CONFINED], input=self_holding(2), capture_output=True, timeout=120)
        assert run.stdout == b"InputError\n", run.stderr

    @settings(deadline=20_000, max_examples=150, suppress_health_check=[HealthCheck.too_slow])
    @given(
        edits=st.lists(
            st.tuples(st.integers(0, len(SMALL) - 1), st.integers(0, 40), st.binary(max_size=12)), max_size=12
        ),
        end=st.one_of(st.none(), st.integers(5, len(SMALL))),
    )
    def test_a_malformed_one_is_read_or_refused(self, edits: list[tuple[int, int, bytes]], end: int | None) -> None:
        data = bytearray(SMALL)
        for at, length, put in edits:
            data[at : at + length] = put
        try:
            document = read_pdf("plan.pdf", bytes(data[:end]))
        except InputError:
            return
        for paragraph in document.paragraphs:
            assert document.quote(paragraph.span).strip()
        for table in document.tables:
            assert len({len(row) for row in table.rows}) == 1

    def test_the_letters_of_a_small_one_are_read(self) -> None:
        """What the property above edits is a file that reads well."""
        document = read_document("plan.pdf", SMALL)
        assert cells(document) == [[["序号", "任务"], ["1", "建平台"]]]


MEASURE = """
import os, resource, sys, time
# getrusage keeps the parent's peak over fork and exec, and a process of the test runner grows large.
def peak():
    if os.path.exists("/proc/self/status"):
        return next(int(line.split()[1]) for line in open("/proc/self/status") if line.startswith("VmHWM"))
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // (1024 if sys.platform == "darwin" else 1)
from innograph.loaders.reading.pdf import read_pdf
data = sys.stdin.buffer.read()
told = []
began = time.monotonic()
document = read_pdf("plan.pdf", data, lambda done, total: told.append((done, total)))
assert told == [(page, 200) for page in range(1, 201)]
print(time.monotonic() - began, peak(), len(document.paragraphs))
print(len(document.tables), sum(len(table.rows) for table in document.tables))
"""


def test_200_pages_take_little_time_and_memory() -> None:
    maker = PdfMaker(header="滨江市人民政府", numbers="— {} —")
    for number in range(200):
        maker.paragraph(f"{number}.任务")
        for _ in range(4):
            maker.paragraph(LONG)
        maker.table([HEADER, *([str(row), "总体", "建平台", "科技局"] for row in range(5))], WIDTHS)
        if number < 199:
            maker.new_page()
    data = maker.bytes()
    run = subprocess.run([sys.executable, "-c", MEASURE], input=data, capture_output=True, check=True)
    seconds, memory, paragraphs, tables, rows = run.stdout.split()
    assert float(seconds) < 60
    assert int(memory) < 500 * 1024  # kilobytes
    assert (int(paragraphs), int(tables), int(rows)) == (1000, 200, 1200)
