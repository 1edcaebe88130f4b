---
topic: responsibility
title: { zh: 以“等”结尾的单位名单, en: Lists of units left open }
question:
  zh: "哪些任务的单位名单以“等”“等部门”结尾，没有列全？"
  en: "In which tasks does the list of units end in “and others”, so that not all are named?"
parameters:
  plan:
    type: thing
    of: [Plan]
    label: { zh: 文件, en: Plan }
    example: 昌吉市科技创新
columns:
  number: { zh: 编号, en: No. }
  task: { zh: 任务, en: Task }
  units: { zh: 已点名的单位, en: Units named }
  role:
    zh: 角色
    en: Role
    words: role
  plan: { zh: 文件, en: Plan }
  quote: { zh: 原文, en: Quoted line }
  place: { zh: 出处, en: Place }
  evidence: { zh: 依据编号, en: Evidence ids }
definition:
  zh: "一行是一份名单：同一任务、同一角色、同一处原文。集合名称（各乡镇）见“没有逐一列出的单位”。"
  en: "A row is one list: of one task, one role and one line. Names of groups (all townships) are in collectives."
finding:
  severity: low
  statement:
    zh: "“{task}”由{units}等{role}，名单没有列全"
    en: "The list of units ({role}) in “{task}” is left open after {units}"
phrases:
  zh:
    - "哪些任务的单位名单(没有列全|没列全|不完整|以等结尾)"
    - "哪些(单位名单|名单)(没有列全|没列全|不完整|以等结尾)"
    - "哪些任务写了等(单位|部门|有关部门)"
  en:
    - "which lists of units are (left open|open|incomplete)"
    - "in which tasks is the list of units (left open|open|incomplete)"
    - "tasks with (an open|an incomplete) list of units"
---
MATCH (p:Plan)-[:HAS_TASK]->(t:Task)<-[r:LEADS|SUPPORTS|RESPONSIBLE_FOR]-(o:Organisation)
WHERE r.open AND ($plan IS NULL OR p.id = $plan)
WITH p, t, o, r, CASE WHEN type(r) = 'LEADS' AND r.joint THEN 'joint-lead' WHEN type(r) = 'LEADS' THEN 'lead'
    WHEN type(r) = 'SUPPORTS' THEN 'support' ELSE 'responsible' END AS role
ORDER BY size(split(r.quote, r.written)[0]), o.name, r.id
WITH p, t, role, r.quote AS quote, r.place AS place, collect(o.name) AS units, collect(r.id) AS evidence
RETURN t.number AS number, t.name AS task, units, role, p.name AS plan, quote, place, evidence
ORDER BY plan, p.id, t.position, task, place,
    CASE role WHEN 'lead' THEN 1 WHEN 'joint-lead' THEN 1 WHEN 'responsible' THEN 2 ELSE 3 END, evidence
