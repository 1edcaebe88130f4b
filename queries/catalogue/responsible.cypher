---
topic: responsibility
title: { zh: 谁负责这项任务, en: Who is responsible for a task }
question:
  zh: "“{task}”由谁牵头、谁配合、谁负责？"
  en: "Who leads, supports or is responsible for “{task}”?"
parameters:
  task:
    type: thing
    of: [Task]
    label: { zh: 任务, en: Task }
    required: true
    example: 跨区域协同创新
columns:
  number: { zh: 编号, en: No. }
  task: { zh: 任务, en: Task }
  role:
    zh: 角色
    en: Role
    words: role
  unit: { zh: 单位, en: Unit }
  plan: { zh: 文件, en: Plan }
  quote: { zh: 原文, en: Quoted line }
  place: { zh: 出处, en: Place }
  evidence: { zh: 依据编号, en: Evidence ids }
phrases:
  zh:
    - "谁(牵头|负责|配合){task}"
    - "{task}(由谁|谁)(负责|牵头|来做)"
    - "{task}的(责任单位|牵头单位|配合单位)[是谁|有哪些]"
    - "(哪个|哪些)(单位|部门)(负责|牵头|配合){task}"
  en:
    - "who (leads|supports|is responsible for|does) {task}"
    - "which (unit|units|body|bodies) (lead|leads|support|supports|do|does) {task}"
    - "who answers for {task}"
---
// Inside one line the units stand as the text lists them: the first carries weight.
MATCH (p:Plan)-[:HAS_TASK]->(t:Task {id: $task})<-[r:LEADS|SUPPORTS|RESPONSIBLE_FOR]-(o:Organisation)
RETURN t.number AS number, t.name AS task,
    CASE WHEN type(r) = 'LEADS' AND r.joint THEN 'joint-lead' WHEN type(r) = 'LEADS' THEN 'lead'
    WHEN type(r) = 'SUPPORTS' THEN 'support' ELSE 'responsible' END AS role,
    o.name AS unit, p.name AS plan, r.quote AS quote, r.place AS place, [r.id] AS evidence
ORDER BY CASE type(r) WHEN 'LEADS' THEN 1 WHEN 'RESPONSIBLE_FOR' THEN 2 ELSE 3 END,
    place, coalesce(size(split(r.quote, r.written)[0]), 0), unit, evidence
