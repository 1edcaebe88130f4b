---
topic: overlap
title: { zh: 两个单位的共同任务, en: Tasks two units share }
question:
  zh: "“{unit}”和“{other}”在哪些任务上共事？"
  en: "Which tasks do “{unit}” and “{other}” share?"
parameters:
  unit:
    type: thing
    of: [Organisation]
    label: { zh: 单位, en: Unit }
    required: true
    example: 市科技局
  other:
    type: thing
    of: [Organisation]
    label: { zh: 另一单位, en: Other unit }
    required: true
    example: 市发改委
columns:
  number: { zh: 编号, en: No. }
  task: { zh: 任务, en: Task }
  unit_role:
    zh: 前者角色
    en: "Role of the first"
    words: role
  other_role:
    zh: 后者角色
    en: "Role of the second"
    words: role
  plan: { zh: 文件, en: Plan }
  quote: { zh: 原文, en: Quoted lines }
  place: { zh: 出处, en: Place }
  evidence: { zh: 依据编号, en: Evidence ids }
phrases:
  zh:
    - "{unit}(和|与|跟){other}一起(干|做|承担)[了](哪些|什么)(活|事|工作|任务)"
    - "{unit}和{other}[一起|共同](做|负责|参与)(哪些|什么)任务"
    - "{unit}(和|与){other}有(哪些|什么)共同任务"
    - "{unit}(和|与){other}在(哪些|什么)任务上共事"
    - "{unit}(和|与|跟){other}[一起|共同](做|负责|承担)什么"
    - "{unit}(和|与|跟){other}有(什么|哪些)合作"
  en: ["which tasks do {unit} and {other} share", "what do {unit} and {other} do together", "where do {unit} and {other} work together"]
---
MATCH (a:Organisation {id: $unit})-[r:LEADS|SUPPORTS|RESPONSIBLE_FOR]->(t:Task)<-[:HAS_TASK]-(p:Plan)
MATCH (b:Organisation {id: $other})-[s:LEADS|SUPPORTS|RESPONSIBLE_FOR]->(t)
WHERE a.id <> b.id
RETURN t.number AS number, t.name AS task,
    CASE WHEN type(r) = 'LEADS' AND r.joint THEN 'joint-lead' WHEN type(r) = 'LEADS' THEN 'lead'
    WHEN type(r) = 'SUPPORTS' THEN 'support' ELSE 'responsible' END AS unit_role,
    CASE WHEN type(s) = 'LEADS' AND s.joint THEN 'joint-lead' WHEN type(s) = 'LEADS' THEN 'lead'
    WHEN type(s) = 'SUPPORTS' THEN 'support' ELSE 'responsible' END AS other_role,
    p.name AS plan, CASE WHEN r.quote = s.quote THEN [r.quote] ELSE [r.quote, s.quote] END AS quote,
    CASE WHEN r.place = s.place THEN [r.place] ELSE [r.place, s.place] END AS place, [r.id, s.id] AS evidence
ORDER BY plan, p.id, t.position, task, evidence
