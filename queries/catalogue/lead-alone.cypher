---
topic: responsibility
title: { zh: 只有牵头、没有配合的任务, en: Leads without support }
question:
  zh: "哪些任务只有牵头单位，没有任何单位配合？"
  en: "Which tasks have a lead, but no unit that supports it?"
parameters:
  plan:
    type: thing
    of: [Plan]
    label: { zh: 文件, en: Plan }
    example: 昌吉市科技创新
columns:
  number: { zh: 编号, en: No. }
  task: { zh: 任务, en: Task }
  leads: { zh: 牵头单位数, en: Number of leads }
  units: { zh: 牵头单位, en: Leading units }
  plan: { zh: 文件, en: Plan }
  quote: { zh: 原文, en: Quoted lines }
  place: { zh: 出处, en: Place }
  evidence: { zh: 依据编号, en: Evidence ids }
finding:
  severity: low
  statement:
    zh: "“{task}”由{units}牵头，没有单位配合"
    en: "“{task}” is led by {units} and supported by nobody"
phrases:
  zh:
    - "哪些任务(没有|缺少|没写)配合(单位|部门)"
    - "只有牵头[单位]没有配合[单位]的任务[有哪些]"
    - "哪些任务没人配合"
  en:
    - "which tasks have no (support|supporter|supporters)"
    - "which tasks have a lead but no support"
    - "leads without support"
---
MATCH (p:Plan)-[:HAS_TASK]->(t:Task)<-[r:LEADS]-(o:Organisation)
WHERE ($plan IS NULL OR p.id = $plan) AND NOT EXISTS { MATCH (:Organisation)-[:SUPPORTS|RESPONSIBLE_FOR]->(t) }
WITH p, t, o, r ORDER BY r.place, coalesce(size(split(r.quote, r.written)[0]), 0), o.name, r.id
WITH p, t, count(r) AS leads, collect(o.name) AS units, collect(DISTINCT r.quote) AS quote,
    collect(DISTINCT r.place) AS place, collect(r.id) AS evidence
RETURN t.number AS number, t.name AS task, leads, units, p.name AS plan, quote, place, evidence
ORDER BY plan, p.id, t.position, task, evidence
