---
topic: responsibility
title: { zh: 点了名却没有分工的机构, en: Named but given no role }
question:
  zh: "任务点了哪些企业、院所的名，却没有在这项任务里给它们分工？"
  en: "Which bodies does a task name without giving them a role in it?"
parameters:
  plan:
    type: thing
    of: [Plan]
    label: { zh: 文件, en: Plan }
    example: 昌吉市科技创新
columns:
  number: { zh: 编号, en: No. }
  task: { zh: 任务, en: Task }
  body: { zh: 机构, en: Body }
  kind:
    zh: 类别
    en: Kind
    words:
      enterprise: { zh: 企业, en: enterprise }
      institute: { zh: 高校院所, en: institute }
      department: { zh: 部门, en: department }
      service: { zh: 服务机构, en: service body }
      other: { zh: 机构, en: body }
  relations: { zh: 关系词, en: Relation words }
  plan: { zh: 文件, en: Plan }
  quote: { zh: 原文, en: Quoted lines }
  place: { zh: 出处, en: Place }
  evidence: { zh: 依据编号, en: Evidence ids }
finding:
  severity: low
  statement:
    zh: "{kind}“{body}”在“{task}”中被点名，但在这项任务中没有分工"
    en: "The {kind} “{body}” is named in “{task}” but given no role in it"
phrases:
  zh:
    - "哪些(企业|院所|机构|单位)被点名却没有(分工|任务)"
    - "点了名[却]没有分工的(机构|企业|院所|单位)[有哪些]"
  en:
    - "which bodies are named but given no role"
    - "bodies named (but|and) not assigned"
---
// What the heading names hangs on the task itself, and comes before what its sentences name.
MATCH (p:Plan)-[:HAS_TASK]->(t:Task)-[:HAS_ACTION*0..1]->(a:Task|Action)-[n:NAMES]->(o:Organisation)
WHERE ($plan IS NULL OR p.id = $plan)
    AND NOT EXISTS { MATCH (o)-[:LEADS|SUPPORTS|RESPONSIBLE_FOR]->(t) }
WITH p, t, n, o, CASE WHEN a:Task THEN 0 ELSE a.position END AS at ORDER BY at, n.id
WITH p, t, o, min(at) AS first, collect(DISTINCT n.relation) AS words, collect(DISTINCT n.quote) AS quote,
    collect(DISTINCT n.place) AS place, collect(n.id) AS evidence
RETURN t.number AS number, t.name AS task, o.name AS body,
    CASE WHEN o:Enterprise THEN 'enterprise' WHEN o:Institute THEN 'institute' WHEN o:Department THEN 'department'
    WHEN o:ServiceBody THEN 'service' ELSE 'other' END AS kind,
    [w IN words WHERE w <> ''] AS relations, p.name AS plan, quote, place, evidence
ORDER BY plan, p.id, t.position, task, first, size(split(quote[0], o.name)[0]), body, evidence
