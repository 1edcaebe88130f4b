"""``innograph.toml``: what a workspace is called, where it is at home, and which engine holds its graph."""

from __future__ import annotations

import json
import tomllib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from .errors import BadSettings
from .regions import Region, region_table
from .stores.opening import check_address
from .text import Language, Text

if TYPE_CHECKING:
    from pathlib import Path

FILE_NAME = "innograph.toml"
_KEYS = {"title", "home_region", "language", "store", "personal_data"}
_LANGUAGES = ("", "zh", "en")
_PERSONAL = ("", "allow")

_TEMPLATE = """\
# 创新图谱工作区 / innograph workspace
title = {title}

# 所在地的 GB/T 2260 代码，如 "652301"（昌吉市）；空则由文件的发文机关判断
# GB/T 2260 code of the home region; empty: read from each document's issuer
home_region = {home_region}

# 界面语言 zh 或 en；空则随系统 / language of messages; empty: the system's
language = {language}

# 图引擎：kglite（内置）或 neo4j://主机:7687（口令放在环境变量 NEO4J_PASSWORD 中）
# graph engine: kglite (embedded) or neo4j://host:7687 (password in the environment as NEO4J_PASSWORD)
store = {store}

# 个人信息：空则拒绝把人名、电话等列载入图谱；确有依据时写 "allow"
# personal data: empty refuses to take columns of people's names or telephone numbers; "allow" where you may
personal_data = {personal_data}
"""


@dataclass(frozen=True, slots=True)
class Settings:
    """The settings of one workspace; an empty text means that nothing is set."""

    title: str = ""
    home_region: str = ""
    language: str = ""
    store: str = "kglite"
    personal_data: str = ""

    @property
    def home(self) -> Region | None:
        """The home region, if one is set."""
        return region_table()[self.home_region] if self.home_region else None

    @property
    def chosen_language(self) -> Language | None:
        """The language, if one is set."""
        return "zh" if self.language == "zh" else "en" if self.language == "en" else None

    def to_toml(self) -> str:
        """Return the file's text, with a comment on every setting.

        Examples:
            >>> tomllib.loads(Settings(title='"昌吉"').to_toml())["title"]
            '"昌吉"'
        """
        # A JSON string is a TOML basic string, but for the DEL character, which TOML wants escaped.
        quoted = {k: json.dumps(getattr(self, k), ensure_ascii=False).replace("\x7f", "\\u007f") for k in _KEYS}
        return _TEMPLATE.format(**quoted)


def read_settings(file: Path) -> Settings:
    """Read ``innograph.toml``.

    Raises:
        BadSettings: it is no TOML, or a setting is unknown or wrong.
        BadStore: the store is none innograph knows, or (SecretInAddress) its address holds a password.
    """
    try:
        data: dict[str, Any] = tomllib.loads(file.read_text(encoding="utf-8-sig"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise BadSettings(file=file, problem=Text(f"不是合法的 TOML（{error}）", f"not valid TOML ({error})")) from None
    for key, value in data.items():
        if key not in _KEYS:
            known = sorted(_KEYS)
            problem = Text(
                f"没有“{key}”这项设置，可用：{'、'.join(known)}", f"“{key}” is no setting; known: {', '.join(known)}"
            )
            raise BadSettings(file=file, problem=problem)
        if not isinstance(value, str):
            problem = Text(f"“{key}”的值要放在引号里", f"put the value of “{key}” in quotation marks")
            raise BadSettings(file=file, problem=problem)
    settings = Settings(**data)
    check_address(settings.store)
    if settings.home_region and settings.home_region not in region_table():
        raise BadSettings(
            file=file,
            problem=Text(f"没有区划代码 {settings.home_region}", f"no region has the code {settings.home_region}"),
        )
    if settings.language not in _LANGUAGES:
        raise BadSettings(file=file, problem=Text("language 应为 zh 或 en", "language must be zh or en"))
    if settings.personal_data not in _PERSONAL:
        problem = Text("personal_data 应为空或 allow", "personal_data must be empty or allow")
        raise BadSettings(file=file, problem=problem)
    return settings
