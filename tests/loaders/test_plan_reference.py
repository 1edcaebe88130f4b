"""The page for clerks: patterns told in words, examples that the grammar reads as the page says, nothing left out."""

from __future__ import annotations

import io
import re
from typing import TYPE_CHECKING

import docx
import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from innograph.graph.issues import ISSUE_KINDS
from innograph.graph.text import Text
from innograph.loaders.plan.reference import page as reference
from innograph.loaders.plan.reference import texts as reference_texts
from innograph.loaders.plan.reference.page import plan_format_page
from innograph.loaders.plan.reference.specimens import DOUBTFUL, FORMS, WHOLE, Specimen
from innograph.loaders.plan.reference.wording import samples, words
from innograph.loaders.plan.responsibility.roles import LABEL, ROLE_LABELS, VERBS, label_role
from innograph.loaders.plan.structure.numbering import NUMBER, RANKS, rank_of
from innograph.loaders.plan.tables.columns import HEADER_WORDS, Column, column_of
from innograph.loaders.reading import read_document
from innograph.loaders.reading.formats import FORMATS

if TYPE_CHECKING:
    from innograph.graph.text import Language
    from innograph.loaders.document import Document


@pytest.mark.parametrize(
    ("pattern", "written"),
    [
        ("牵头|主办", ["牵头", "主办"]),
        ("(?:甲|乙)?丙", ["丙", "甲丙", "乙丙"]),
        ("总?牵头(?!人)", ["牵头", "总牵头"]),
        ("(?<![甲乙])丙{1,3}", ["丙"]),
        ("[甲乙]*+丁", ["丁", "甲丁", "乙丁"]),
        (r"（\d{1,3}） *", ["（1）"]),
        ("[一二三四五六七八九十]、", ["一、"]),
        (r"No\.?", ["No", "No."]),
        (".{0,6}领域", ["领域", "…领域"]),
        ("[^、]甲", ["…甲"]),
        ("(?P<name>甲)(?:乙(?:丙|丁))?", ["甲", "甲乙丙", "甲乙丁"]),
    ],
)
def test_patterns_in_words(pattern: str, written: list[str]) -> None:
    assert list(words(pattern)) == written


def test_samples_are_of_every_alternative_and_hold_no_gap() -> None:
    assert samples("(?:甲|乙|丙)(?:一|二)|丁|.{0,4}戊", 5) == ["甲一", "丁", "戊", "甲二", "乙一"]


def test_a_pattern_that_is_none() -> None:
    with pytest.raises(ValueError, match="丙"):
        samples("甲)丙", 3)


def test_no_cell_holds_more_words_than_people_read() -> None:
    for language in ("zh", "en"):
        cells = [
            cell for line in plan_format_page(language).splitlines() if line[:1] == "|" for cell in line.split(" | ")
        ]
        assert max(len(re.findall("`[^`]+`", cell)) for cell in cells) == 12


_LITERALS = st.text(st.sampled_from("甲乙丙丁"), min_size=1, max_size=3)
_PATTERNS = st.recursive(
    _LITERALS,
    lambda inner: st.one_of(
        st.lists(inner, min_size=1, max_size=3).map(lambda parts: f"(?:{'|'.join(parts)})"),
        inner.map(lambda part: f"(?:{part})?"),
        inner.map(lambda part: f"(?:{part}){{1,4}}"),
        st.tuples(inner, inner).map("".join),
    ),
    max_leaves=5,
)


@given(_PATTERNS)
def test_a_pattern_matches_the_words_it_is_told_in(pattern: str) -> None:
    found = list(words(pattern, most=200))
    assert found
    assert len(set(found)) == len(found)
    assert all(re.fullmatch(pattern, word) for word in found)


def test_the_words_of_labels_and_verbs_are_read() -> None:
    for role, form in ROLE_LABELS:
        for word in words(form):
            label = LABEL.match(f"{word}：")
            assert label is not None, word
            assert label_role(label) is role, word
    for _, form in VERBS:
        assert all(re.fullmatch(form, word) for word in words(form, most=2000))


def test_the_numbers_and_headers_are_read() -> None:
    for rank, form in RANKS:
        for word in words(form):
            number = NUMBER.match(word)
            assert number is not None, word
            assert rank_of(number) == rank, word
    assert [column_of(next(words(form))) for _, form in HEADER_WORDS] == [column for column, _ in HEADER_WORDS]


@pytest.mark.parametrize(
    ("language", "rows"),
    [
        (
            "zh",
            [
                "- 文号：昌市政办发〔2025〕0号",
                "- 日期：2025-03-10",
                "| （三） 宣传推广 | | | 市科协、市科技局 | 开展活动 = 6次 | |",
                "| `2026年底前` | 2026 |",
                "| `自2025年1月1日起` | 无 |",
                "| `培训企业20家以上、科技特派员三百名以上。` | 培训企业 &gt;= 20家<br>科技特派员 &gt;= 300名 |",
                "| `plan.lead-missing` | 存疑 | 任务“…”有配合单位而无牵头单位 | 若原文有，请写成“牵头单位：…” | `（一）建平台` |",
            ],
        ),
        (
            "en",
            [
                "- Issuer: 昌吉市人民政府办公室",
                "- Years: 2025—2027",
                "| （一） 引进人才 | 市人社局 | 市科技局、市财政局 and others not named | | 引进人才 = 10名 | |",
                "| 2 共享仪器设备 | 市教育局 | | | 共享仪器设备 = 80台 (2027) | 2027年底 |",
                "| `未来五年` | 2030 |",
                "| `力争每年举办对接会不少于4场。` | 举办对接会 &gt;= 4场 (each year, aimed at) |",
            ],
        ),
    ],
)
def test_rows_worked_out_by_hand(language: Language, rows: list[str]) -> None:
    lines = plan_format_page(language).splitlines()
    assert [row for row in rows if row not in lines] == []


def test_both_pages_say_the_same() -> None:
    zh, en = plan_format_page("zh"), plan_format_page("en")
    for pattern in (r"^#+ ", r"^\|", r"^```text\n(?:.*\n)+?```"):
        assert len(re.findall(pattern, zh, re.MULTILINE)) == len(re.findall(pattern, en, re.MULTILINE))
    assert "Text(" not in zh + en
    assert "{" not in zh.replace("\\{", "") + en
    assert not re.search("[\u4e00-\u9fff]{9}", reference_texts.INTRO.en)


def test_every_kind_of_doubt_and_column_is_named() -> None:
    page = plan_format_page("en")
    assert [code for code in ISSUE_KINDS if not code.startswith("table.") and f"| `{code}` |" not in page] == []
    assert set(DOUBTFUL) <= set(ISSUE_KINDS)
    assert set(Column) <= set(reference_texts.COLUMNS)
    assert all(f"### {form.title.en}\n" in page for form in FORMS)
    assert f"## {WHOLE.title.en}\n" in page


@pytest.mark.parametrize(
    ("name", "wrong", "said"),
    [
        ("TARGETS", ("建设平台。",), "建设平台"),
        ("NO_TARGETS", (("培育企业5家。", Text("", "")),), "培育企业5家"),
        ("DOUBTFUL", {"plan.no-number": ""}, "plan.no-number"),
        (
            "FORMS",
            (Specimen(Text("", ""), Text("", ""), "甲市行动方案\n一、建平台。（责任单位：市科技局"),),
            "bracket-unclosed",
        ),
    ],
)
def test_an_example_that_is_not_read_as_said_is_refused(
    monkeypatch: pytest.MonkeyPatch, name: str, wrong: object, said: str
) -> None:
    monkeypatch.setattr(reference, name, wrong)
    if name == "DOUBTFUL":
        monkeypatch.setattr(reference, "doubtful", _doubtless)
    with pytest.raises(ValueError, match=said):
        plan_format_page("zh")


def _doubtless(_: str) -> Document:
    return WHOLE.document()


def _docx() -> bytes:
    made, stream = docx.Document(), io.BytesIO()
    made.add_paragraph("建设平台")
    made.save(stream)
    return stream.getvalue()


def _xlsx() -> bytes:
    book, stream = openpyxl.Workbook(), io.BytesIO()
    assert book.active is not None
    book.active.append(["建设平台", "市科技局"])
    book.save(stream)
    return stream.getvalue()


_TEXT, _PAGE = "建设平台".encode(), "<html><body><p>建设平台</p></body></html>".encode()
_FILES = {
    ".txt": _TEXT,
    ".md": _TEXT,
    ".csv": "建设平台,市科技局\n".encode(),
    ".tsv": "建设平台\t市科技局\n".encode(),
    ".html": _PAGE,
    ".htm": _PAGE,
    ".docx": _docx(),
    ".xlsx": _xlsx(),
}


@pytest.mark.parametrize("suffix", _FILES)
def test_formats_that_are_named_are_read(suffix: str) -> None:
    assert suffix in [named for form in FORMATS for named in form.suffixes]
    assert "建设平台" in read_document(f"a{suffix}", _FILES[suffix]).text
