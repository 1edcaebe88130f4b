"""Countries and European regions: which a code or a name means, and what each region lies within."""

from __future__ import annotations

import re
import string
import unicodedata
from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from innograph.graph.regions import (
    NATION,
    Country,
    Region,
    ancestors,
    countries,
    country_code,
    country_of,
    full_name,
    nuts_region,
    region_table,
)

TABLE = region_table()
# What ISO 3166 has beside China, GB/T 2260 in it; China has no node of its own there either.
IN_GB = {"CN": "100000", "HK": "810000", "MO": "820000", "TW": "710000"}


def code_of(text: str) -> str | None:
    found = country_of(text)
    return found.code if found else None


class TestCountries:
    @pytest.mark.parametrize(
        ("texts", "expected"),
        [
            (("DE", "de", "DEU", "ＤＥ", " DE ", "德国", "Germany", "GERMANY", "germany", "德意志联邦共和国"), "DE"),
            (("EL", "GR", "GRC", "希腊", "Greece", "Hellenic Republic"), "GR"),
            (("UK", "GB", "GBR", "英国", "United Kingdom", "U.K.", "联合王国", "大不列颠及北爱尔兰联合王国"), "GB"),
            (("NA", "na", "NAM", "纳米比亚", "Namibia"), "NA"),
            (("US", "USA", "U.S.A.", "美国", "United States", "United States of America"), "US"),
            (("XK", "XKX", "科索沃", "Kosovo"), "XK"),
            (("CI", "Côte d'Ivoire", "Cote d’Ivoire", "科特迪瓦", "象牙海岸", "Ivory Coast"), "CI"),
            (("CD", "COD", "刚果（金）", "刚果(金)", "刚果民主共和国"), "CD"),
            (("CG", "COG", "刚果（布）", "刚果共和国"), "CG"),
            (("TR", "Turkey", "Türkiye", "土耳其"), "TR"),
            (("BA", "Bosnia & Herzegovina", "Bosnia and Herzegovina", "波黑"), "BA"),
            (("KR", "韩国", "South Korea", "Korea, Republic of"), "KR"),
            (("KP", "朝鲜", "North Korea"), "KP"),
            (("GM", "Gambia", "The Gambia"), "GM"),
            (("CN", "CHN", "中国", "中华人民共和国", "China", "People's Republic of China"), "100000"),
            (("HK", "HKG", "香港", "中国香港", "Hong Kong", "香港特别行政区"), "810000"),
            (("MO", "MAC", "澳门", "Macao", "Macau"), "820000"),
            (("TW", "TWN", "台湾", "台湾省", "Taiwan"), "710000"),
        ],
    )
    def test_all_forms_of_one(self, texts: tuple[str, ...], expected: str) -> None:
        assert {text: code_of(text) for text in texts} == dict.fromkeys(texts, expected)

    @pytest.mark.parametrize(
        "text",
        ["", "N/A", "n/a", "N.A.", "n. a.", "ZZ", "刚果", "Congo", "昌吉市", "德国路", "DE21", "-", "&", "D-E", "N\\A"],
    )
    def test_none(self, text: str) -> None:
        assert country_of(text) is None

    def test_every_entry_of_the_standard(self) -> None:
        entries = countries().values()
        assert len(entries) == 249 + 1  # Kosovo's code is the users' own, and has no digits
        assert {len(entry.alpha2) for entry in entries} == {2}
        assert {len(entry.alpha3) for entry in entries} == {3}
        assert [entry.alpha2 for entry in entries if not re.fullmatch("[0-9]{3}", entry.numeric)] == ["XK"]
        for codes in ("alpha2", "alpha3", "numeric"):
            assert Counter(getattr(entry, codes) for entry in entries).most_common(1)[0][1] == 1
        assert [(entry.alpha2, entry.eurostat) for entry in entries if entry.eurostat] == [("GB", "UK"), ("GR", "EL")]

    @pytest.mark.parametrize("entry", countries().values(), ids=lambda entry: entry.alpha2)
    def test_every_code_and_name_means_its_own_country(self, entry: Country) -> None:
        expected = IN_GB.get(entry.alpha2, entry.alpha2)
        for text in filter(None, (entry.alpha2, entry.alpha3, entry.eurostat, entry.zh, entry.en, *entry.aliases)):
            assert code_of(text) == expected, text
            assert code_of(text.upper()) == expected, text

    def test_a_country_is_a_region_of_its_own(self) -> None:
        assert country_of("德国") == Region("DE", "德国", "德国", "country", "")
        assert country_of("中国") == NATION
        assert country_of("HK") == TABLE["810000"]

    @given(st.text())
    def test_any_text_is_a_country_or_none(self, text: str) -> None:
        found = country_of(text)
        assert found is None or any(unicodedata.normalize("NFKD", c).isalnum() for c in text)


class TestNuts:
    @pytest.mark.parametrize(
        ("code", "level", "parent"),
        [
            ("DE2", "nuts1", "DE"),
            ("DE21", "nuts2", "DE2"),
            ("DE212", "nuts3", "DE21"),
            ("EL3", "nuts1", "GR"),
            ("UKI", "nuts1", "GB"),
            ("UKI31", "nuts3", "UKI3"),
            ("CH0", "nuts1", "CH"),
            ("TR51", "nuts2", "TR5"),
            ("DEZZZ", "nuts3", "DEZZ"),
        ],
    )
    def test_level_and_parent(self, code: str, level: str, parent: str) -> None:
        assert nuts_region(code) == Region(code, code, code, level, parent)

    @pytest.mark.parametrize(
        "code", ["DE", "", "DE2121", "GR30", "GB1", "CN12", "US1", "FRA", "BEN", "德国2", "DE-2", "DE２"]
    )
    def test_no_code(self, code: str) -> None:
        assert nuts_region(code) is None

    def test_a_name_that_is_given(self) -> None:
        found = nuts_region("de21", "Oberbayern")
        assert found is not None
        assert (found.code, found.name) == ("DE21", "Oberbayern")

    @given(
        st.sampled_from(["DE", "EL", "UK", "FR", "XK"]),
        st.text(string.ascii_uppercase + string.digits, min_size=1, max_size=3),
    )
    def test_its_prefixes_are_around_it(self, country: str, place: str) -> None:
        region = nuts_region(country + place)
        if region is None:
            assert country_of(country + place)
            return
        around = [one.code for one in ancestors(region)]
        iso = {"EL": "GR", "UK": "GB"}.get(country, country)
        shorter = [country + place[:size] for size in range(len(place) - 1, 0, -1)]
        assert around[-1] == country_code(region) == iso
        # A prefix that is the three letters of a country is that country's, and no region of Europe.
        assert around[:-1] == shorter or not set(shorter).isdisjoint(c.alpha3 for c in countries().values())


class TestTree:
    def test_up_to_the_nation(self) -> None:
        assert [one.code for one in ancestors(TABLE["652301"])] == ["652300", "650000", "100000"]
        assert [one.code for one in ancestors(TABLE["810000"])] == ["100000"]
        assert list(ancestors(NATION)) == []
        germany = country_of("DE")
        assert germany is not None
        assert list(ancestors(germany)) == []

    def test_the_lineage_of_a_division_ends_at_the_province(self) -> None:
        assert [one.code for one in TABLE.lineage(TABLE["652301"])] == ["652301", "652300", "650000"]

    @pytest.mark.parametrize(("region", "code"), [(TABLE["652301"], "CN"), (NATION, "CN"), (TABLE["810000"], "CN")])
    def test_its_country(self, region: Region, code: str) -> None:
        assert country_code(region) == code

    def test_full_names(self) -> None:
        germany = country_of("DE")
        assert germany is not None
        assert [full_name(one) for one in (TABLE["652301"], TABLE["110105"], NATION, germany)] == [
            "新疆维吾尔自治区昌吉回族自治州昌吉市",
            "北京市朝阳区",
            "中华人民共和国",
            "德国",
        ]
