---
topic: responsibility
title: { zh: 一个单位做什么, en: What a unit does }
question:
  zh: "“{unit}”牵头、配合、负责哪些任务，各有什么目标？"
  en: "Which tasks does “{unit}” lead, support or answer for, and with what targets?"
parameters:
  unit:
    type: thing
    of: [Organisation]
    label: { zh: 单位, en: Unit }
    required: true
    example: 市科技局
  role:
    type: choice
    options:
      lead: { zh: 牵头, en: lead }
      support: { zh: 配合, en: support }
      responsible: { zh: 负责, en: answer for }
    label: { zh: 角色（牵头含共同牵头，负责含牵头）, en: 'Role (lead includes joint lead; who leads a task answers for it)' }
    example: lead
columns:
  unit: { zh: 单位, en: Unit }
  role:
    zh: 角色
    en: Role
    words: role
  number: { zh: 编号, en: No. }
  task: { zh: 任务, en: Task }
  targets: { zh: 目标, en: Targets }
  plan: { zh: 文件, en: Plan }
  quote: { zh: 原文, en: Quoted line }
  place: { zh: 出处, en: Place }
  evidence: { zh: 依据编号, en: Evidence ids }
phrases:
  zh:
    - "{unit}{role}[了](哪些|什么)(工作|事)"
    - "(哪些|什么)(任务|工作)[是]由{unit}{role}"
    - "{unit}{role}[了](哪些|什么)(任务|工作)"
    - "{unit}(承担[了]|有|要做)(哪些|什么)(任务|工作)"
    - "{unit}{role}的(任务|工作)[有哪些|是什么]"
    - "{unit}(做|干)什么"
    - "{unit}的(任务|职责|分工)[有哪些|是什么]"
  en:
    - "which tasks (does|do|are) {unit} {role}"
    - "which tasks does {unit} {role}"
    - "which tasks does {unit} have"
    - "what does {unit} {role}"
    - "what does {unit} do"
    - "what is {unit} {role} for"
    - "tasks of {unit}"
---
MATCH (o:Organisation {id: $unit})-[r:LEADS|SUPPORTS|RESPONSIBLE_FOR]->(t:Task)<-[:HAS_TASK]-(p:Plan)
WHERE $role IS NULL OR ($role = 'support' AND type(r) = 'SUPPORTS') OR ($role <> 'support' AND type(r) = 'LEADS')
    OR ($role = 'responsible' AND type(r) = 'RESPONSIBLE_FOR')
OPTIONAL MATCH (t)-[:SETS_TARGET]->(g:Target)
WITH o, r, t, p, g ORDER BY size(split(t.content, g.quote)[0]), g.id
WITH o, r, t, p, collect(g.name) AS targets
RETURN o.name AS unit,
    CASE WHEN type(r) = 'LEADS' AND r.joint THEN 'joint-lead' WHEN type(r) = 'LEADS' THEN 'lead'
    WHEN type(r) = 'SUPPORTS' THEN 'support' ELSE 'responsible' END AS role,
    t.number AS number, t.name AS task, targets, p.name AS plan, r.quote AS quote, r.place AS place,
    [r.id] AS evidence
ORDER BY CASE type(r) WHEN 'LEADS' THEN 1 WHEN 'RESPONSIBLE_FOR' THEN 2 ELSE 3 END,
    plan, p.id, t.position, task, evidence
