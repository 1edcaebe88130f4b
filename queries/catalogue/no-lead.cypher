---
topic: responsibility
title: { zh: 没有牵头单位的任务, en: Tasks without a lead }
question:
  zh: "哪些任务有配合或责任单位，却没有牵头单位？"
  en: "Which tasks have units that support or answer for them, but none that leads?"
definition:
  zh: "有单位而没有牵头单位的任务。几个单位同为责任单位、原文不分主次的，也算没有牵头；只有一个责任单位的列出，但不算发现；文件的正文（或表格）从不写明牵头单位的，其中各任务也只列出。什么单位都没有的任务见“没有责任单位的任务”。"
  en: "Tasks with units, none of which leads. Several units that are responsible alike, without a first among them, count as no lead; one responsible unit is listed but is no finding, nor are the tasks of a plan's text, or of its tables, that never name a lead. Tasks without any unit are those nobody owns."
parameters:
  plan:
    type: thing
    of: [Plan]
    label: { zh: 文件, en: Plan }
    example: 昌吉市科技创新
columns:
  number: { zh: 编号, en: No. }
  task: { zh: 任务, en: Task }
  state:
    zh: 情形
    en: Case
    words:
      supported: { zh: 只有配合单位, en: only supporters }
      several: { zh: 几个单位负责、不分主次, en: several are responsible alike }
      one: { zh: 一个单位负责, en: one is responsible }
  names_leads: { zh: 文件（正文或表格）里有没有写明牵头的, en: 'Whether the plan, in its text or tables, names leads', words: yes-no }
  units: { zh: 单位, en: Units }
  plan: { zh: 文件, en: Plan }
  quote: { zh: 原文, en: Quoted lines }
  place: { zh: 出处, en: Place }
  evidence: { zh: 依据编号, en: Evidence ids }
finding:
  severity: medium
  when: { state: [supported, several], names_leads: ['yes'] }
  statement:
    zh: "“{task}”没有牵头单位，{state}：{units}"
    en: "“{task}” has no lead ({state}): {units}"
phrases:
  zh:
    - "哪些任务(没有|缺少|没写)牵头(单位|部门)"
    - "(没有|缺)牵头单位的任务[有哪些]"
    - "哪些任务没人牵头"
    - "{plan}里哪些任务没有牵头单位"
  en:
    - "which tasks have no lead"
    - "which tasks does nobody lead"
    - "tasks without a lead"
    - "which tasks of {plan} have no lead"
---
MATCH (p:Plan)-[:HAS_TASK]->(t:Task)<-[r:SUPPORTS|RESPONSIBLE_FOR]-(o:Organisation)
WHERE ($plan IS NULL OR p.id = $plan) AND NOT EXISTS { MATCH (:Organisation)-[:LEADS]->(t) }
WITH p, t, o, r ORDER BY r.place, coalesce(size(split(r.quote, r.written)[0]), 0), o.name, r.id
WITH p, t, sum(CASE WHEN type(r) = 'RESPONSIBLE_FOR' THEN 1 ELSE 0 END) AS responsible, collect(o.name) AS units,
    collect(DISTINCT r.quote) AS quote, collect(DISTINCT r.place) AS place, collect(r.id) AS evidence
RETURN t.number AS number, t.name AS task,
    CASE WHEN responsible = 0 THEN 'supported' WHEN responsible = 1 THEN 'one' ELSE 'several' END AS state,
    CASE WHEN EXISTS {
        MATCH (p)-[:HAS_TASK]->(u:Task)<-[:LEADS]-(:Organisation)
        WHERE (coalesce(u.place, '') CONTAINS ' 表') = (coalesce(t.place, '') CONTAINS ' 表')
    } THEN 'yes' ELSE 'no' END AS names_leads,
    units, p.name AS plan, quote, place, evidence
ORDER BY plan, p.id, t.position, task, evidence
