---
topic: responsibility
title: { zh: 配合多而从不牵头的单位, en: Units that support much and lead nothing }
question:
  zh: "哪些单位配合至少{least}项任务，却一项也不牵头、不负责？"
  en: "Which units support at least {least} tasks, but lead or answer for none?"
definition:
  zh: "在所选文件（不选则为全部文件）中配合的任务不少于所给项数，而不牵头、不负责任何一项的单位。集合单位（各乡镇、各成员单位）不算。"
  en: "Units that, in the plan chosen (or in all), support at least so many tasks and neither lead nor answer for one. Groups such as all townships do not count."
parameters:
  least:
    type: integer
    least: 1
    default: 3
    label: { zh: 至少配合几项, en: Least number of tasks supported }
    example: 5
  plan:
    type: thing
    of: [Plan]
    label: { zh: 文件, en: Plan }
    example: 昌吉市科技创新
columns:
  unit: { zh: 单位, en: Unit }
  supported: { zh: 配合任务数, en: Tasks supported }
  tasks: { zh: 配合的任务, en: Tasks it supports }
  plans: { zh: 文件, en: Plans }
  quote: { zh: 原文, en: Quoted lines }
  place: { zh: 出处, en: Places in the text }
  evidence: { zh: 依据编号, en: Evidence ids }
finding:
  severity: low
  statement:
    zh: "{unit}配合{supported}项任务，却不牵头任何一项"
    en: "{unit} supports {supported} tasks and leads none"
phrases:
  zh:
    - "哪些(单位|部门)只配合不牵头"
    - "哪些(单位|部门)(从不|不)牵头[任何任务]"
    - "哪些(单位|部门)(一项任务|一个任务|一件事|什么)(都|也)不牵头"
    - "配合多[而]从不牵头的(单位|部门)[有哪些]"
    - "哪些单位配合至少{least}项任务却不牵头"
  en:
    - "which units only support and never lead"
    - "which units (only support|support but never lead|lead nothing)"
    - "which units support at least {least} tasks but lead none"
    - "units that support much and lead nothing"
---
MATCH (p:Plan)-[:HAS_TASK]->(t:Task)<-[r:SUPPORTS]-(o:Organisation)
WHERE ($plan IS NULL OR p.id = $plan) AND NOT o:Collective AND NOT EXISTS {
    MATCH (o)-[:LEADS|RESPONSIBLE_FOR]->(:Task)<-[:HAS_TASK]-(q:Plan) WHERE $plan IS NULL OR q.id = $plan
}
WITH o, p, t, r ORDER BY p.name, p.id, t.position, t.id, r.id
WITH o, count(r) AS supported, collect(t.name) AS tasks, collect(DISTINCT p.name) AS plans,
    collect(DISTINCT r.quote) AS quote, collect(DISTINCT r.place) AS place, collect(r.id) AS evidence
WHERE supported >= $least
RETURN o.name AS unit, supported, tasks, plans, quote, place, evidence
ORDER BY supported DESC, unit, evidence
