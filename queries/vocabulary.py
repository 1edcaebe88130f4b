"""Words that many questions share: the topics, and what the codes of the graph are called in answers.

A column of a question file names one of :data:`WORDS` (``words: role``) or gives its own.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from innograph.graph.text import Text

if TYPE_CHECKING:
    from collections.abc import Mapping

TOPICS: Mapping[str, Text] = {
    "responsibility": Text("责任分工", "Responsibility"),
    "overlap": Text("交叉重叠", "Overlap"),
    "targets": Text("目标指标", "Targets"),
    "cooperation": Text("合作缺口", "Cooperation gaps"),
    "regions": Text("跨区域合作", "Cooperation across regions"),
    "structure": Text("网络结构", "Structure of the network"),
    "partners": Text("伙伴推荐", "Partner suggestions"),
    "plans": Text("政策文件", "Plans"),
    "search": Text("查找", "Finding things"),
}

WORDS: Mapping[str, Mapping[str, Text]] = {
    "role": {
        "lead": Text("牵头", "lead"),
        "joint-lead": Text("共同牵头", "joint lead"),
        "support": Text("配合", "support"),
        "responsible": Text("负责", "responsible"),
    },
    "comparator": {
        ">": Text("超过", "more than"),
        ">=": Text("不少于", "at least"),
        "=": Text("等于", "exactly"),
        "~": Text("约", "about"),
        "<=": Text("不超过", "at most"),
        "range": Text("介于", "between"),
        "growth": Text("逐年增长", "growing"),
    },
    "target-kind": {
        "numeric": Text("数值", "figure"),
        "coverage": Text("全覆盖", "full coverage"),
        "trend": Text("趋势", "trend"),
        "scale": Text("规模", "scale"),
        "relative": Text("相对", "relative"),
        "cap": Text("上限", "cap"),
    },
    "body-kind": {
        "Department": Text("部门", "department"),
        "Enterprise": Text("企业", "enterprise"),
        "Institute": Text("高校院所", "institute"),
        "ServiceBody": Text("服务机构", "service body"),
        "Collective": Text("集合单位", "group"),
    },
    "yes-no": {"yes": Text("是", "yes"), "no": Text("否", "no")},
}

THINGS: Mapping[str, tuple[str, ...]] = {
    **dict.fromkeys(("unit", "units", "lead", "leads", "support", "other_leads"), ("Organisation",)),
    **dict.fromkeys(("body", "partner", "enterprise", "institute", "candidate", "main_partner"), ("Organisation",)),
    **dict.fromkeys(("operators", "members", "hosts", "central", "through"), ("Organisation",)),
    **dict.fromkeys(("task", "tasks"), ("Task", "Measure")),
    **dict.fromkeys(("owner", "owners", "other_owner"), ("Task", "Measure", "Plan")),
    **dict.fromkeys(("plan", "plans", "parent", "other_plan"), ("Plan",)),
    **dict.fromkeys(("indicator", "indicators"), ("Indicator",)),
    **dict.fromkeys(("region", "regions"), ("Region",)),
    **dict.fromkeys(("industry", "industries", "fields"), ("Industry",)),
    "platform": ("Platform",),
    "programme": ("TalentProgram",),
    "thing": ("Task", "Organisation", "Platform", "TalentProgram", "Event", "Project", "Region", "Industry", "Plan"),
}
"""Columns whose texts are names of things, and of which types these are."""
