---
topic: responsibility
title: { zh: 几个单位共同牵头, en: Jointly led tasks }
question:
  zh: "哪些任务由几个单位共同牵头？"
  en: "Which tasks are led by more than one unit?"
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
  severity: high
  statement:
    zh: "“{task}”由{leads}个单位共同牵头：{units}。请确认谁负总责"
    en: "“{task}” has {leads} joint leads: {units}. Make clear which of them has the final say"
phrases:
  zh:
    - "哪些任务[由](几个|多个|不止一个|两个以上)(单位|部门)(共同|联合)牵头"
    - "(共同|联合)牵头的任务[有哪些]"
    - "哪些任务有(几个|多个)牵头单位"
    - "多头牵头的任务"
    - "几个单位牵头的任务"
  en:
    - "which tasks have more than one lead"
    - "which tasks are led (jointly|by more than one unit)"
    - "jointly led tasks"
    - "which tasks have (joint|several) leads"
---
MATCH (p:Plan)-[:HAS_TASK]->(t:Task)<-[r:LEADS]-(o:Organisation)
WHERE $plan IS NULL OR p.id = $plan
WITH p, t, o, r ORDER BY r.place, size(split(r.quote, r.written)[0]), o.name, r.id
WITH p, t, count(r) AS leads, collect(o.name) AS units, collect(DISTINCT r.quote) AS quote,
    collect(DISTINCT r.place) AS place, collect(r.id) AS evidence
WHERE leads > 1
RETURN t.number AS number, t.name AS task, leads, units, p.name AS plan, quote, place, evidence
ORDER BY plan, p.id, t.position, task, evidence
