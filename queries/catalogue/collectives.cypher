---
topic: responsibility
title: { zh: 没有逐一列出的单位, en: Groups not spelt out }
question:
  zh: "哪些任务分给了“各乡镇”“各成员单位”这样没有逐一列出的单位？"
  en: "Which tasks are assigned to a group, such as “all townships”, whose members are not listed?"
parameters:
  plan:
    type: thing
    of: [Plan]
    label: { zh: 文件, en: Plan }
    example: 昌吉市科技创新
columns:
  number: { zh: 编号, en: No. }
  task: { zh: 任务, en: Task }
  unit: { zh: 集合单位, en: Group }
  role:
    zh: 角色
    en: Role
    words: role
  plan: { zh: 文件, en: Plan }
  quote: { zh: 原文, en: Quoted line }
  place: { zh: 出处, en: Place }
  evidence: { zh: 依据编号, en: Evidence ids }
finding:
  severity: medium
  statement:
    zh: "“{task}”由“{unit}”{role}，没有列出具体单位"
    en: "“{unit}” ({role}) in “{task}” is a group whose members are not listed"
phrases:
  zh:
    - "哪些任务分给了没有[逐一]列出的单位"
    - "哪些(单位|集合单位)没有逐一列出"
    - "哪些任务由(各乡镇|各成员单位|集合单位)(配合|负责)"
  en:
    - "which tasks are assigned to a group"
    - "which groups are not spelt out"
    - "tasks of groups whose members are not listed"
---
MATCH (p:Plan)-[:HAS_TASK]->(t:Task)<-[r:LEADS|SUPPORTS|RESPONSIBLE_FOR]-(o:Organisation:Collective)
WHERE $plan IS NULL OR p.id = $plan
RETURN t.number AS number, t.name AS task, coalesce(o.short, o.name) AS unit,
    CASE WHEN type(r) = 'LEADS' AND r.joint THEN 'joint-lead' WHEN type(r) = 'LEADS' THEN 'lead'
    WHEN type(r) = 'SUPPORTS' THEN 'support' ELSE 'responsible' END AS role,
    p.name AS plan, r.quote AS quote, r.place AS place, [r.id] AS evidence
ORDER BY plan, p.id, t.position, task, coalesce(size(split(r.quote, r.written)[0]), 0), unit, evidence
