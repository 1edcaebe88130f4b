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
  role:
    type: choice
    options:
      lead: { zh: 牵头, en: lead }
      support: { zh: 配合, en: support }
      responsible: { zh: 负责, en: answer for }
    label: { zh: 角色（牵头含共同牵头，负责含牵头）, en: 'Role (lead includes joint lead; who leads a task answers for it)' }
    example: lead
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
    - "{task}由(谁|哪个单位|哪些单位){role}"
    - "{task}[的工作]是谁{role}的"
    - "谁{role}{task}"
    - "{task}[都][有](由谁|谁){role}"
    - "{task}(由谁|谁)来做"
    - "{task}的{role}单位[是谁|有哪些]"
    - "{task}的责任单位[是谁|有哪些]"
    - "(哪个|哪些)(单位|部门){role}{task}"
    - "{task}有哪些{role}单位"
  en:
    - "who {role}s {task}"
    - "who is {role} for {task}"
    - "who does {task}"
    - "which (unit|units|body|bodies) {role}[s] {task}"
    - "which (unit|units|body|bodies) (do|does) {task}"
    - "who answers for {task}"
    - "who is the {role} of {task}"
---
// Inside one line the units stand as the text lists them: the first carries weight.
MATCH (p:Plan)-[:HAS_TASK]->(t:Task {id: $task})<-[r:LEADS|SUPPORTS|RESPONSIBLE_FOR]-(o:Organisation)
WHERE $role IS NULL OR ($role = 'support' AND type(r) = 'SUPPORTS') OR ($role <> 'support' AND type(r) = 'LEADS')
    OR ($role = 'responsible' AND type(r) = 'RESPONSIBLE_FOR')
RETURN t.number AS number, t.name AS task,
    CASE WHEN type(r) = 'LEADS' AND r.joint THEN 'joint-lead' WHEN type(r) = 'LEADS' THEN 'lead'
    WHEN type(r) = 'SUPPORTS' THEN 'support' ELSE 'responsible' END AS role,
    o.name AS unit, p.name AS plan, r.quote AS quote, r.place AS place, [r.id] AS evidence
ORDER BY CASE type(r) WHEN 'LEADS' THEN 1 WHEN 'RESPONSIBLE_FOR' THEN 2 ELSE 3 END,
    place, coalesce(size(split(r.quote, r.written)[0]), 0), unit, evidence
