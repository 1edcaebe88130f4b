---
topic: responsibility
title: { zh: 没有责任单位的任务, en: Tasks nobody owns }
question:
  zh: "哪些任务没有写明任何责任单位？"
  en: "Which tasks name no unit that answers for them?"
parameters:
  plan:
    type: thing
    of: [Plan]
    label: { zh: 文件, en: Plan }
    example: 昌吉市科技创新
columns:
  position: { zh: 次序, en: Order }
  number: { zh: 编号, en: No. }
  task: { zh: 任务, en: Task }
  plan: { zh: 文件, en: Plan }
  quote: { zh: 原文, en: Quoted line }
  place: { zh: 出处, en: Place }
  evidence: { zh: 依据编号, en: Evidence ids }
finding:
  severity: high
  statement:
    zh: "任务“{task}”没有写明任何责任单位"
    en: "The task “{task}” names no unit that answers for it"
phrases:
  zh:
    - "哪些任务(没有|没人|无人)(责任单位|负责|牵头也没人配合)"
    - "(没有责任单位|没人管|无人负责)的任务[有哪些]"
    - "哪些任务没有单位(管|做)"
    - "没人做的任务"
  en:
    - "which tasks (have no unit|does nobody own|are not assigned)"
    - "tasks (nobody owns|without a unit)"
    - "which tasks have nobody in charge"
    - "tasks nobody works on"
---
MATCH (p:Plan)-[:HAS_TASK]->(t:Task)
WHERE ($plan IS NULL OR p.id = $plan)
    AND NOT EXISTS { MATCH (:Organisation)-[:LEADS|SUPPORTS|RESPONSIBLE_FOR]->(t) }
RETURN t.position AS position, t.number AS number, t.name AS task, p.name AS plan, t.quote AS quote, t.place AS place,
    [t.id] AS evidence
ORDER BY plan, p.id, position, task, evidence
