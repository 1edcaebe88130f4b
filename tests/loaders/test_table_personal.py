"""Personal data: a mapping that would send it into the graph is refused, and numbers in other columns are left out."""

from __future__ import annotations

import datetime as dt
import time
import unicodedata
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook

from innograph.graph.errors import InputError
from innograph.graph.text import use_language
from innograph.loaders.base import Loaded
from innograph.loaders.table import load_packs, load_table, personal
from innograph.loaders.table.personal import is_personal, is_personal_header, without_personal

#: The example that GB 11643 itself gives.
CARD = "11010519491231002X"
MOBILE = "13800000000"


def write_pack(folder: Path, header: str, **more: Any) -> Path:
    pack = {
        "title": {"zh": "名册", "en": "Roster"},
        "match": [["名"]],
        "columns": {"name": {"zh": "名", "en": "n", "required": True}, "other": {"zh": header, "en": "other", **more}},
        "nodes": [{"as": "t", "type": "Enterprise", "name": "name"}],
    }
    if not more.get("quote_only"):
        pack["nodes"][0]["properties"] = {"remarks": "other"}  # type: ignore[index]
    file = folder / "own.yaml"
    file.write_text(yaml.safe_dump(pack, allow_unicode=True), encoding="utf-8")
    return file


def load(folder: Path, table: str, **options: Any) -> Loaded:
    file = folder / "a.csv"
    file.write_text(table, encoding="utf-8")
    loaded = load_table(file, **options)
    loaded.assertions = list(loaded.assertions)
    return loaded


@pytest.mark.parametrize(
    "header",
    ["联系人", "法定代表人", "负责人姓名", "联系 电话", "手机号", "身份证号", "电子邮箱", "Contact", "Phone", "E-mail"],
)
@pytest.mark.parametrize("quote_only", [True, False])
class TestMappings:
    def test_refused(self, tmp_path: Path, header: str, quote_only: bool) -> None:
        pack = write_pack(tmp_path, header, quote_only=quote_only)
        with pytest.raises(InputError) as caught:
            load(tmp_path, f"名,{header}\n甲,某\n", pack=str(pack))
        for language in ("zh", "en"):
            with use_language(language):
                message = str(caught.value)
            assert f"“{header}”" in message
            assert 'personal_data = "allow"' in message
            assert message.startswith("own.yaml:")

    def test_allowed(self, tmp_path: Path, header: str, quote_only: bool) -> None:
        pack = write_pack(tmp_path, header, quote_only=quote_only)
        loaded = load(tmp_path, f"名,{header}\n甲,某\n", pack=str(pack), personal=True)
        assert [a.evidence.quote for a in loaded.assertions] == ["甲 | 某"]


def test_a_synonym_is_refused_too(tmp_path: Path) -> None:
    pack = write_pack(tmp_path, "备注", synonyms=["邮箱"])
    with pytest.raises(InputError, match="邮箱"):
        load_packs(pack.parent)


def test_unmapped_columns_reach_nothing(tmp_path: Path) -> None:
    loaded = load(tmp_path, f"企业名称,联系人,手机\n甲公司,某某,{MOBILE}\n")
    said = repr([loaded.assertions, loaded.issues])
    assert MOBILE not in said
    assert "某某" not in said


@pytest.mark.parametrize(
    "number", [MOBILE, "138 0000 0000", f"+86{MOBILE}", f"电话：{MOBILE}（办）", CARD, CARD.lower()]
)
def test_a_number_in_another_column(tmp_path: Path, number: str) -> None:
    loaded = load(tmp_path, f"企业名称,别名,出处\n甲公司,{number},x\n乙公司,乙,{number}\n")
    assert number not in repr([loaded.assertions, loaded.issues])
    assert [(i.code, i.place.row, i.place.column) for i in loaded.issues] == [("table.personal-value", 2, 2)]
    assert [(dict(a.properties), a.evidence.quote) for a in loaded.assertions] == [
        ({"name": "甲公司"}, "甲公司 | … | x"),
        ({"name": "乙公司", "aliases": ["乙"]}, "乙公司 | 乙 | …"),
    ]
    allowed = load(tmp_path, f"企业名称,别名,出处\n甲公司,{number},x\n", personal=True)
    assert allowed.issues == []


def test_a_number_as_a_name_or_a_key(tmp_path: Path) -> None:
    loaded = load(tmp_path, f"企业名称,统一社会信用代码\n{MOBILE},\n甲公司,{MOBILE}\n")
    assert MOBILE not in repr([loaded.assertions, loaded.issues])
    assert [a.id for a in loaded.assertions] == ["Enterprise:甲公司"]
    assert [(i.code, i.place.row, i.place.column) for i in loaded.issues] == [
        ("table.personal-value", 2, 1),
        ("table.personal-value", 3, 2),
    ]


def test_figures_and_keys_are_no_telephones(tmp_path: Path) -> None:
    loaded = load(tmp_path, "企业名称,营业收入（万元）\n甲公司,13800000000\n")
    assert loaded.issues == []
    assert [a.evidence.quote for a in loaded.assertions] == ["甲公司 | 13800000000"]


FULL_WIDTH = "１３８００００００００"
MAIL = "office@example.org"


@pytest.mark.parametrize("number", [FULL_WIDTH, f"电话{FULL_WIDTH}", MAIL, f"信箱：{MAIL}。", "138\u200b00000000"])
def test_numbers_written_otherwise(tmp_path: Path, number: str) -> None:
    loaded = load(tmp_path, f"企业名称,别名,出处\n甲公司,{number},x\n乙公司,乙,{number}\n")
    assert number not in repr([loaded.assertions, loaded.issues])
    assert [(i.code, i.place.row, i.place.column) for i in loaded.issues] == [("table.personal-value", 2, 2)]
    assert [a.evidence.quote for a in loaded.assertions] == ["甲公司 | … | x", "乙公司 | 乙 | …"]


@pytest.mark.parametrize("count", ["13911110007", "139 1111 0007", "13911110007人", "１３９１１１１０００７"])
def test_a_number_as_a_count(tmp_path: Path, count: str) -> None:
    loaded = load(tmp_path, f"企业名称,从业人数\n甲公司,{count}\n")
    assert [i.code for i in loaded.issues] == ["table.personal-value"]
    assert [dict(a.properties) for a in loaded.assertions] == [{"name": "甲公司"}]
    assert count not in repr([loaded.assertions, loaded.issues])


@pytest.mark.parametrize("number", [MOBILE, FULL_WIDTH, MAIL])
def test_a_number_in_a_header(tmp_path: Path, number: str) -> None:
    loaded = load(tmp_path, f"企业名称,咨询{number}\n甲公司,1\n")
    assert [i.code for i in loaded.issues] == ["table.unmapped-column"]
    assert number not in repr(loaded.issues)
    with pytest.raises(InputError) as caught:
        load(tmp_path, f"某列,咨询{number}\n甲公司,1\n")
    assert number not in str(caught.value)


def test_a_number_in_the_name_of_a_sheet(tmp_path: Path) -> None:
    book = Workbook()
    book.active.title = f"名单{MOBILE}"  # type: ignore[union-attr]
    for row in (["企业名称", "别名", "备注"], ["甲公司", "甲", "x"], ["企业名称", "别名", "备注"], ["", "乙", "y"]):
        book.active.append(row)  # type: ignore[union-attr]
    book.create_sheet(f"别的{MOBILE}").append(["某列", "另一列"])
    book.save(tmp_path / "a.xlsx")
    loaded = load_table(tmp_path / "a.xlsx")
    said = list(loaded.assertions)
    codes = {"table.unmapped-column", "table.missing-value", "table.repeated-header", "table.sheet-unread"}
    assert codes <= {issue.code for issue in loaded.issues}
    assert MOBILE not in repr([said, loaded.issues])


def test_the_message_says_what_was_not_loaded(tmp_path: Path) -> None:
    loaded = load(tmp_path, f"企业名称,别名\n{MOBILE},甲\n乙公司,{MOBILE}\n")
    with use_language("zh"):
        assert [i.message.rpartition("，")[2] for i in loaded.issues] == ["该行未载入", "该单元格未载入"]
    with use_language("en"):
        said = [i.message.rpartition("; ")[2] for i in loaded.issues]
    assert said == ["the row was not loaded", "the cell was not loaded"]


def test_headers_of_bundled_packs_are_of_things() -> None:
    for pack in load_packs().values():
        for column in pack.columns.values():
            assert not any(is_personal_header(word) for word in (*column.label, *column.synonyms))


@given(st.integers(0, 10**18 - 1))
def test_check_digit_of_cards(number: int) -> None:
    """A card's digits are a number that leaves 1 after division by 11, read with weights of 2 to the place."""
    text = f"{number:018d}"
    valid = sum(int(digit) * 2 ** (17 - at) for at, digit in enumerate(text)) % 11 == 1
    if not valid:
        assert without_personal(text) == text


@given(st.text(max_size=40))
def test_texts_without_digits_stay(text: str) -> None:
    if sum(unicodedata.normalize("NFKC", c).isdecimal() for c in text) < 11 and "@" not in unicodedata.normalize(
        "NFKC", text
    ):
        assert not is_personal(text)


PERSONAL = [
    "138.0000.0000",
    "138 00 000 000",
    "138-000-00000",
    "138－0000－0000",
    "138—0000—0000",
    "138／0000／0000",
    "138/0000/0000",
    "138 - 0000 - 0000",
    "1380-000-0000",
    "手机-138-0000-0000-办",
    "(138)00000000",
    "+86 138.0000.0000",
    "0994-2345678",
    "0994—2345678",
    "（0994）2345678",
    "(010)62345678",
    "010-62345678",
    "０１０－６２３４５６７８",
    "0571 8765 4321",
    "0571-8765-4321",
    "0571-87654321-801",
    "0571-87654321转801",
    "+86-571-87654321",
    "+86 (0)571 8765 4321",
    "+86 (571) 8765 4321",
    "0086-10-62345678",
    "86-0994-2345678",
]
CODES = [
    "昌市政办发〔2022〕15号",
    "昌市政办发[2022]138号",
    "2022-06-17",
    "2022-06-17 13:05:09",
    "1998-2005-123",
    "1998/06/17/123",
    "150-12-2022-13",
    "2022.13800",
    "ZK-2019-138-0000-0000-1",
    "A-138-000-00000",
    "138-000-00000-1",
    "138.00000000",
    "1391234.5678",
    "139123456.78",
    "13 800 000 000",
    "13.800.000.000",
    "138,000,000,00",
    "0.05718765432",
    "12.0994 2345678",
    "0733-20180123",
    "021-2022-0013",
    "0994-2345678-2022-1",
    "GY0571-87654321",
    "0000-0001-2345-6789",
    "0000 0004 0571 8765",
    "999977172",
    "4165000001",
    "09942345678",
    "91652301MA0000015T",
    "911101080000000000",
    "652301",
    "2022ZD0138000",
    "978-7-03-012345-6",
    "https://ror.org/05cy4wa09",
]


@pytest.mark.parametrize("number", PERSONAL)
@pytest.mark.parametrize("around", ["{}", "办公室{}（总机）", "a | {} | 2022", "{}、{}", "{}/{}"])
def test_telephones_however_they_are_written(number: str, around: str) -> None:
    written = around.format(number, number if "/" not in unicodedata.normalize("NFKC", number) else MOBILE)
    assert is_personal(written)
    left = "".join(c for c in unicodedata.normalize("NFKC", without_personal(written)) if c.isdecimal())
    assert left == "".join(c for c in around if c.isdecimal())


@pytest.mark.parametrize("code", CODES)
@pytest.mark.parametrize("around", ["{}", "编号{}。", "a | {} | 2022", "{}；{}"])
def test_codes_amounts_and_dates_are_no_telephones(code: str, around: str) -> None:
    assert without_personal(around.format(code, code)) == around.format(code, code)


@pytest.mark.parametrize("words", ["电话：{}", "Tel.{}", "联系电话 {}", "fax: {}"])
def test_a_word_announces_a_landline_without_marks(words: str) -> None:
    assert without_personal(words.format("09942345678")) == unicodedata.normalize("NFKC", words).format("…")


@pytest.mark.parametrize("number", ["138.0000.0000", "0994-2345678", "(010)62345678"])
def test_telephones_reach_nothing(tmp_path: Path, number: str) -> None:
    loaded = load(tmp_path, f"企业名称,别名,出处\n甲公司,{number},x\n乙公司,乙,{number}\n")
    assert number not in repr([loaded.assertions, loaded.issues])
    assert [a.evidence.quote for a in loaded.assertions] == ["甲公司 | … | x", "乙公司 | 乙 | …"]


marks = st.sampled_from(["-", "—", "－", ".", "/", " ", " - ", "·"])
digits = st.text("0123456789", min_size=8, max_size=8)


@given(
    st.sampled_from(["130", "155", "189", "199"]),
    digits,
    marks,
    st.sampled_from([(4, 4), (3, 5), (5, 3), (2, 3, 3), (3, 3, 2)]),
)
def test_a_mobile_in_groups(prefix: str, rest: str, mark: str, groups: tuple[int, ...]) -> None:
    parts, at = [prefix], 0
    for size in groups:
        parts.append(rest[at : at + size])
        at += size
    assert without_personal(f"甲{mark.join(parts)}乙") == "甲…乙"


@given(
    st.sampled_from(["010", "020", "029", "0310", "0571", "0755", "0871", "0994"]),
    st.integers(30_000_000, 89_999_999),
    st.sampled_from(["{}-{}", "{} {}", "({}){}", "（{}） {}", "{}—{}", "{} - {}"]),
)
def test_a_landline_with_its_area(area: str, number: int, written: str) -> None:
    assert without_personal(f"甲{written.format(area, number)}乙") == "甲…乙"


@given(st.integers(1, 10**9), st.integers(0, 99), st.sampled_from([",", " ", "."]))
def test_amounts_stay(whole: int, cents: int, mark: str) -> None:
    grouped = f"{whole:,}".replace(",", mark)
    for amount in (f"{whole}.{cents:02d}", grouped, f"{grouped}{'.' if mark != '.' else ','}{cents:02d}"):
        assert without_personal(f"{amount}万元") == f"{amount}万元"


@given(st.dates(), st.integers(1, 9999), st.sampled_from(["-", "/", ".", "年"]))
def test_dates_and_document_numbers_stay(day: dt.date, number: int, mark: str) -> None:
    for text in (
        f"{day.year}{mark}{day.month:02d}{mark}{day.day:02d}",
        f"昌市政办发〔{day.year}〕{number}号",
        f"{day:%Y%m%d}",
    ):
        assert without_personal(text) == text


@given(st.text("0189 -()./86+转", min_size=9, max_size=40))
def test_what_is_blanked_was_suspected(text: str) -> None:
    """The quick look, which readers trust, passes over nothing."""
    if not personal._SUSPECT.search(text):
        for pattern in (
            personal._MOBILE,
            personal._MARKED_MOBILE,
            personal._LANDLINE,
            personal._ANNOUNCED,
            personal._CARD,
        ):
            assert not pattern.search(text)


@pytest.mark.parametrize(
    "piece", ["1380 ", "138.", "0994-", "(010)", "138-00-", "0571-8765-4321-", "86 ", "电话", "1", "138 000 00000-"]
)
def test_long_hostile_cells_take_no_time(piece: str) -> None:
    started = time.process_time()
    without_personal(piece * 20_000)
    assert time.process_time() - started < 5
