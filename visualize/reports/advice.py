"""What to do about findings: for each rule one sentence that any such finding calls for. Nothing else is advised."""

from __future__ import annotations

from typing import TYPE_CHECKING

from innograph.graph.text import Text

if TYPE_CHECKING:
    from collections.abc import Mapping

ADVICE: Mapping[str, Text] = {
    "unassigned": Text(
        "没有责任单位的任务，逐项明确牵头和配合单位",
        "Name a lead and supporting units for each task that nobody answers for",
    ),
    "no-lead": Text(
        "没有牵头单位的任务，从现有单位中明确一个",
        "Name one of the units of each task without a lead as its lead",
    ),
    "joint-leads": Text(
        "共同牵头的任务，明确一个负总责的单位",
        "For jointly led tasks, say which lead has the final say",
    ),
    "target-conflicts": Text(
        "重复或冲突的目标，核定一个目标值和口径",
        "Settle one figure and one comparison for each target that is set twice, and refer to it elsewhere",
    ),
    "target-progress": Text(
        "落后的目标，请责任单位说明原因和追赶安排",
        "Ask the units behind on a target for the reason and how they will catch up",
    ),
    "overlap-kinds": Text(
        "疑似重复的目标，核对统计范围，重复的合并",
        "Where tasks seem to set the same target, compare what each counts, and merge what is the same",
    ),
    "several-leads": Text(
        "分别牵头的产业或事项，确定一个总牵头单位",
        "For each industry or subject under several leads, name one overall lead",
    ),
    "similar-tasks": Text(
        "内容相近的任务，划清边界或合并",
        "Set down where similar tasks end and begin, or merge them",
    ),
    "same-indicator": Text(
        "多处设定的指标，统一口径和完成时间",
        "Where one indicator has targets in several places, agree on one definition and date",
    ),
    "targets-unowned": Text(
        "没有单独责任单位的目标，落实到一个单位",
        "Give each target that no single unit answers for to one unit",
    ),
    "unquantified": Text(
        "没有目标值的，补写数值和完成时间",
        "Add a figure and a date to what has none",
    ),
    "expected-absent": Text(
        "疑似缺位的单位，核对后补入分工",
        "Ask the bodies with the mandate whether they belong to the task, and add those that do",
    ),
    "collectives": Text(
        "没有逐一列出的单位，落实到具体名单",
        "Replace groups by a list of their members",
    ),
    "open-lists": Text(
        "以“等”结尾的单位名单，补全单位",
        "Complete the lists of units that are left open",
    ),
    "ladder": Text(
        "没有企业的梯度，从下一级中确定培育对象",
        "For each empty step of the ladder, choose candidates from the step below",
    ),
    "partner-coverage": Text(
        "企业缺高校院所伙伴的产业，组织对接",
        "Bring enterprises and institutes together in the industries where most enterprises have no institute partner",
    ),
    "institutes-alone": Text(
        "没有企业伙伴的高校院所，列入对接名单",
        "Put the institutes without an enterprise partner on the list to be introduced",
    ),
    "platform-gaps": Text(
        "平台载体缺的运营单位、成员企业，核实补齐",
        "Check who runs each platform and who uses it, and complete the roster",
    ),
    "programme-gaps": Text(
        "人才计划缺的承担单位、产业，核实补齐",
        "Check who hosts each talent programme and for which industries, and complete the roster",
    ),
    "broker-dependence": Text(
        "系于一家机构的跨区域合作，促成第二条联系",
        "Where cooperation between regions hangs on one body, help a second tie to come about",
    ),
    "named-unassigned": Text(
        "被点名的机构，确认是否参与并写入分工",
        "Ask the bodies that are named without a role whether they take part, and write their part down",
    ),
    "supports-only": Text(
        "配合任务多的单位，核对工作量和配合内容",
        "Go over the load of units that support much and lead nothing",
    ),
    "lead-alone": Text(
        "没有配合单位的任务，请牵头单位说明是否需要",
        "Ask the leads of tasks without support whether they need some",
    ),
}
"""By rule. Rules of a planner's own questions are told with :data:`ANY_RULE`."""

ANY_RULE = Text("逐条核对“{title}”", "Go through “{title}” one by one")
