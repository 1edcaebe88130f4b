---
topic: targets
title: { zh: 没有量化的任务和目标, en: Tasks and targets without a figure }
question:
  zh: "哪些任务、目标和保障措施没有目标值？"
  en: "Which tasks, targets and safeguards have no target value?"
definition:
  zh: "目标没有目标值，任务或保障措施没有设带目标值的目标；名称里写有数字的也列出。保障措施列出，但不算发现：它们很少设数值。"
  en: "A target without a value, and a task or safeguard that sets no target with one, also where a figure stands in its name. Safeguards are listed and are no findings: they rarely set a value."
parameters:
  plan:
    type: thing
    of: [Plan]
    label: { zh: 文件, en: Plan }
    example: 昌吉市科技创新
  kind:
    type: choice
    options: &kinds
      task: { zh: 任务, en: task }
      target: { zh: 目标, en: target }
      measure: { zh: 保障措施, en: safeguard }
    label: { zh: 类别, en: Kind }
    example: target
columns:
  kind:
    zh: 类别
    en: Kind
    words: *kinds
  number: { zh: 编号, en: No. }
  name: { zh: 名称, en: Name }
  owner: { zh: 所属任务、保障措施或文件, en: 'Task, safeguard or plan' }
  plan: { zh: 文件, en: Plan }
  quote: { zh: 原文, en: Quoted line }
  place: { zh: 出处, en: Place }
  evidence: { zh: 依据编号, en: Evidence ids }
phrases:
  zh:
    - "(哪些|什么){kind}(没有量化|没有量化指标|没有数值|没有指标|没有目标值|没有可考核的数值|无法考核)"
    - "(哪些|什么)(任务和目标|内容|事项)(没有量化|没有数值|没有指标|没有目标值|没有可考核的数值|无法考核)"
    - "没有(量化|目标值)的{kind}[有哪些]"
    - "没有量化的任务和目标[有哪些]"
    - "{plan}里(哪些|什么){kind}没有(量化|目标值)"
  en:
    - "which {kind}s (have no figure|have no target value|are not quantified)"
    - "which tasks and targets (have no figure|have no target value|are not quantified)"
    - "{kind}s without (a figure|figures)"
    - "which {kind}s of {plan} are not quantified"
finding:
  severity: medium
  when: { kind: [task, target] }
  statement:
    zh: "{kind}“{name}”没有目标值"
    en: "The {kind} “{name}” has no target value"
---
MATCH (p:Plan)-[:HAS_TASK|HAS_MEASURE|SETS_TARGET*1..2]->(n:Task|Measure|Target)
WHERE ($plan IS NULL OR p.id = $plan) AND n.value IS NULL
    AND ($kind IS NULL OR ($kind = 'task' AND n:Task) OR ($kind = 'target' AND n:Target) OR ($kind = 'measure' AND n:Measure))
    AND NOT EXISTS { MATCH (n)-[:SETS_TARGET]->(g:Target) WHERE g.value IS NOT NULL }
OPTIONAL MATCH (n)<-[:SETS_TARGET]-(w:Plan|Task|Measure)
RETURN CASE WHEN n:Task THEN 'task' WHEN n:Target THEN 'target' ELSE 'measure' END AS kind,
    n.number AS number, n.name AS name, coalesce(w.name, p.name) AS owner, p.name AS plan, n.quote AS quote,
    n.place AS place, [n.id] AS evidence
ORDER BY plan, p.id, CASE kind WHEN 'task' THEN 1 WHEN 'target' THEN 2 ELSE 3 END,
    CASE WHEN w:Measure THEN 1 ELSE 0 END, coalesce(n.position, w.position, 0), coalesce(size(split(w.content, n.quote)[0]), 0), name, evidence
