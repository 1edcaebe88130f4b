---
topic: responsibility
title: { zh: 责任矩阵, en: Responsibility matrix }
question:
  zh: "每项任务分给了哪些单位？"
  en: "Which units is each task assigned to?"
parameters:
  plan:
    type: thing
    of: [Plan]
    label: { zh: 文件, en: Plan }
    example: 昌吉市科技创新
  unit:
    type: thing
    of: [Organisation]
    label: { zh: 单位, en: Unit }
    example: 市科技局
  task:
    type: thing
    of: [Task]
    label: { zh: 任务, en: Task }
    example: 跨区域协同创新
  role:
    type: choice
    options: role
    label: { zh: 角色（牵头含共同牵头）, en: Role (lead includes joint lead) }
    example: lead
  section:
    type: text
    label: { zh: 所在部分的标题含有, en: Part of the section's title }
    example: 重点任务
columns:
  plan: { zh: 文件, en: Plan }
  position: { zh: 次序, en: Order }
  number: { zh: 编号, en: No. }
  task: { zh: 任务, en: Task }
  unit: { zh: 单位, en: Unit }
  role:
    zh: 角色
    en: Role
    words: role
  quote: { zh: 原文, en: Quoted line }
  place: { zh: 出处, en: Place }
  evidence: { zh: 依据编号, en: Evidence ids }
phrases:
  zh:
    - "责任矩阵"
    - "(每项|各项)任务(分给了|由)哪些单位[负责]"
    - "任务分工[表]"
    - "{plan}的(责任矩阵|任务分工)"
    - "责任[分工]矩阵"
    - "责任分工"
  en:
    - "responsibility matrix"
    - "which units is each task assigned to"
    - "who does what"
    - "responsibility matrix of {plan}"
---
MATCH (p:Plan)-[:HAS_TASK]->(t:Task)<-[r:LEADS|SUPPORTS|RESPONSIBLE_FOR]-(o:Organisation)
WHERE ($plan IS NULL OR p.id = $plan) AND ($unit IS NULL OR o.id = $unit) AND ($task IS NULL OR t.id = $task)
    AND ($section IS NULL OR t.section CONTAINS $section)
WITH p, t, r, o, CASE WHEN type(r) = 'LEADS' AND r.joint THEN 'joint-lead' WHEN type(r) = 'LEADS' THEN 'lead'
    WHEN type(r) = 'SUPPORTS' THEN 'support' ELSE 'responsible' END AS role
WHERE $role IS NULL OR role = $role OR ($role = 'lead' AND role = 'joint-lead')
RETURN p.name AS plan, t.position AS position, t.number AS number, t.name AS task, o.name AS unit, role,
    r.quote AS quote, r.place AS place, [r.id] AS evidence
ORDER BY plan, p.id, position, t.id, CASE type(r) WHEN 'LEADS' THEN 1 WHEN 'RESPONSIBLE_FOR' THEN 2 ELSE 3 END,
    place, coalesce(size(split(r.quote, r.written)[0]), 0), unit, evidence
