---
topic: targets
title: { zh: 目标与责任单位, en: Targets and who answers for them }
question:
  zh: "有哪些目标，到哪一年，由谁牵头或负责？"
  en: "What are the targets, by when, and who answers for them?"
parameters:
  task:
    type: thing
    of: [Task]
    label: { zh: 任务, en: Task }
    example: 跨区域协同创新
  unit:
    type: thing
    of: [Organisation]
    label: { zh: 单位, en: Unit }
    example: 市科技局
  indicator:
    type: thing
    of: [Indicator]
    label: { zh: 指标, en: Indicator }
    example: 区域创新合作项目
  plan:
    type: thing
    of: [Plan]
    label: { zh: 文件, en: Plan }
    example: 昌吉市科技创新
columns:
  owner: { zh: 任务、保障措施或文件, en: 'Task, safeguard or plan' }
  indicator: { zh: 指标, en: Indicator }
  kind:
    zh: 类别
    en: Kind
    words: target-kind
  comparator:
    zh: 比较
    en: Comparison
    words: comparator
  value: { zh: 目标值, en: Value }
  value_to: { zh: 上限值, en: Upper value }
  unit_of_measure: { zh: 计量单位, en: Unit of measure }
  year: { zh: 年份, en: Year, format: year }
  leads: { zh: 牵头或负责单位, en: Lead or responsible units }
  plan: { zh: 文件, en: Plan }
  quote: { zh: 原文, en: Quoted line }
  place: { zh: 出处, en: Place }
  evidence: { zh: 依据编号, en: Evidence ids }
phrases:
  zh:
    - "{unit}有(哪些|什么)(指标|目标)"
    - "[都]有(哪些|什么)目标"
    - "(目标|指标)清单"
    - "{unit}[有|承担|负责](哪些|什么)目标"
    - "{task}[有|设了|定了](哪些|什么)目标"
    - "{plan}(有|设了|定了|提出了)(哪些|什么)目标"
    - "{indicator}[的]目标[是多少|是什么|是几]"
    - "{indicator}要(达到|发展到|增加到|提高到|增长到)(多少|几)[个|家|项|件]"
    - "有哪些(量化|具体)目标"
    - "要达到哪些目标"
  en:
    - "what are the targets"
    - "(register of|all) targets"
    - "what are the targets of {plan}"
    - "which targets does {unit} have"
    - "which targets does the task {task} set"
    - "what is the target (of|for) {indicator}"
    - "how many {indicator} are the target"
---
MATCH (p:Plan)-[:HAS_TASK|HAS_MEASURE*0..1]->(w:Plan|Task|Measure)-[:SETS_TARGET]->(g:Target)-[:MEASURES]->(i:Indicator)
WHERE ($plan IS NULL OR p.id = $plan) AND ($task IS NULL OR w.id = $task)
    AND ($indicator IS NULL OR i.id = $indicator)
    AND ($unit IS NULL OR EXISTS { MATCH (:Organisation {id: $unit})-[:LEADS|SUPPORTS|RESPONSIBLE_FOR]->(w) })
OPTIONAL MATCH (o:Organisation)-[r:LEADS|RESPONSIBLE_FOR]->(w)
WITH p, w, g, i, o, r ORDER BY r.place, size(split(r.quote, r.written)[0]), o.name
WITH p, w, g, i, collect(o.name) AS leads
RETURN w.name AS owner, i.name AS indicator, g.kind AS kind, g.comparator AS comparator, g.value AS value,
    g.value_to AS value_to, g.unit AS unit_of_measure, g.year AS year, leads, p.name AS plan, g.quote AS quote,
    g.place AS place, [g.id] AS evidence
ORDER BY plan, p.id, CASE WHEN w:Measure THEN 1 ELSE 0 END, coalesce(w.position, 0), owner,
    coalesce(size(split(w.content, g.quote)[0]), 0), indicator, evidence
