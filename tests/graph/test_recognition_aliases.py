"""The dated table of other names: the bundled one is sound, a workspace's own is read with row and reason."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from innograph.graph.errors import InputError
from innograph.graph.recognition.aliases import Alias, aliases_at, bundled_aliases, read_aliases
from innograph.graph.recognition.names import normal_name


def test_the_bundled_table_has_no_alias_twice_and_no_chain() -> None:
    rows = bundled_aliases()
    aliases = [normal_name(row.alias) for row in rows]
    assert len(rows) >= 100
    assert len(set(aliases)) == len(aliases)
    assert not {normal_name(row.name) for row in rows} & set(aliases)
    assert all(row.source for row in rows)


@pytest.mark.parametrize("ambiguous", ["南大", "华师大", "人大", "南航", "石油大学", "社科院", "农科院"])
def test_names_of_several_bodies_are_left_out(ambiguous: str) -> None:
    assert normal_name(ambiguous) not in aliases_at()


def test_a_former_name_ends_with_its_year() -> None:
    former = normal_name("北京广播学院")
    assert aliases_at(date(2004, 12, 31))[former] == "中国传媒大学"
    assert former not in aliases_at(date(2005, 1, 1))
    assert aliases_at(None)[former] == "中国传媒大学"


def test_typing_of_an_alias_does_not_count() -> None:
    assert aliases_at()[normal_name("中 科 院")] == "中国科学院"


def test_an_own_table_goes_first_and_is_followed_on() -> None:
    own = [Alias("中科院", "甲院"), Alias("甲院", "乙院")]
    assert aliases_at(own=own)[normal_name("中科院")] == "乙院"


def test_a_circle_of_aliases_ends() -> None:
    own = [Alias("甲院", "乙院"), Alias("乙院", "甲院")]
    assert set(aliases_at(own=own)) >= {"甲院", "乙院"}


def test_an_alias_of_two_bodies_in_turn_counts_on_its_day_only() -> None:
    own = [Alias("甲院", "乙院", valid_to=date(1999, 12, 31)), Alias("甲院", "丙院", valid_from=date(2000, 1, 1))]
    assert aliases_at(date(1999, 6, 1), own)["甲院"] == "乙院"
    assert aliases_at(date(2000, 6, 1), own)["甲院"] == "丙院"
    assert "甲院" not in aliases_at(None, own)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_an_own_table_is_read(tmp_path: Path, encoding: str) -> None:
    file = tmp_path / "aliases.csv"
    file.write_bytes(
        "alias,name,valid_from,valid_to\n甲院,甲乙研究院,2001-02,2003\n\n甲所,甲乙研究所,,\n".encode(encoding)
    )
    first, second = read_aliases(file)
    assert first == Alias("甲院", "甲乙研究院", date(2001, 2, 1), date(2003, 12, 31))
    assert second == Alias("甲所", "甲乙研究所")


@pytest.mark.parametrize(
    ("text", "place", "problem"),
    [
        ("alias,nam\n", "aliases.csv:1", "name"),
        ("alias,name,colour\n", "aliases.csv:1", "colour"),
        ("alias,name\n甲,\n", "aliases.csv:2", "alias and name"),
        ("alias,name\n甲 所,甲所\n", "aliases.csv:2", "the name itself"),
        ("alias,name,valid_from\n甲,甲所,19\n", "aliases.csv:2", "“19”"),
        ("alias,name,valid_from\n甲,甲所,2001-02-30\n", "aliases.csv:2", "2001-02-30"),
        ("alias,name,valid_from,valid_to\n甲,甲所,2002,2001\n", "aliases.csv:2", "2002"),
        ("alias,name\n甲,甲所\n甲,乙所\n", "aliases.csv:3", "line 2"),
        ("", "aliases.csv:1", "alias, name"),
        ('alias,name\n"甲"乙,丙\n', "aliases.csv:2", "CSV"),
    ],
)
def test_a_wrong_row_is_named(tmp_path: Path, text: str, place: str, problem: str) -> None:
    file = tmp_path / "aliases.csv"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(InputError) as error:
        read_aliases(file)
    assert error.value.values["file"] == place
    assert problem in error.value.values["problem"].en  # type: ignore[attr-defined]


def test_what_is_no_text_or_no_file_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "aliases.csv"
    with pytest.raises(InputError):
        read_aliases(file)
    file.write_bytes(b"\xff\xff\xff")
    with pytest.raises(InputError):
        read_aliases(file)
