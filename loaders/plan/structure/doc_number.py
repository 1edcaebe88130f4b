"""Document numbers: 甲政办发〔2022〕15号, with any bracket, in digits or characters, and without any: 甲政办发2022年第1号."""

from __future__ import annotations

import re

_FIGURES = "[〇○零OoＯ一二三四五六七八九]"
_YEAR = rf"(?:\d{{4}}|{_FIGURES}{{4}})"
_PLACE = r"第? *(?:\d{1,5}(?:-\d{1,3})?|[一二三四五六七八九十百]{1,5}) *号"
#: The year in its brackets and the place in the year.
YEAR_AND_PLACE = rf"[〔（［] *{_YEAR} *[〕）］] *{_PLACE}"
#: What stands behind the letters of the office, without brackets only where those end as such letters do.
BEHIND_LETTERS = rf"(?:{YEAR_AND_PLACE}|(?<=[发函字规办]) *{_YEAR} *年 *第 *\d{{1,5}} *号)"
DOC_NUMBER = re.compile(
    rf"(?P<number>[\u4e00-\u9fff]{{2,12}}? *{BEHIND_LETTERS})|(?<![\u4e00-\u9fff])第 *\d{{1,4}} *号(?=$|[）\s])"
)
HOLDS_NUMBER = re.compile(BEHIND_LETTERS)
