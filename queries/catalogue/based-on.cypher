---
topic: plans
title: { zh: 依据哪些文件, en: What a plan is based on }
question:
  zh: "每份文件依据哪些上级文件制定？"
  en: "Which documents is each plan based on?"
columns:
  plan: { zh: 文件, en: Plan }
  doc_number: { zh: 文号, en: Document number }
  parent: { zh: 依据文件, en: Based on }
  parent_number: { zh: 依据文件的文号, en: Number of that document }
  quote: { zh: 原文, en: Quoted line }
  place: { zh: 出处, en: Place }
  evidence: { zh: 依据编号, en: Evidence ids }
phrases:
  zh:
    - "(哪些|什么)文件依据(哪些|什么)[上级]文件[制定]"
    - "文件依据[是]什么"
    - "上级文件有哪些"
    - "文件依据[是]什么文件"
  en: ["which documents are the plans based on", "what are the plans based on", "which parent plans are there"]
---
MATCH (p:Plan)-[b:BASED_ON]->(q:Plan)
RETURN p.name AS plan, p.doc_number AS doc_number, q.name AS parent, q.doc_number AS parent_number,
    b.quote AS quote, b.place AS place, [b.id] AS evidence
ORDER BY plan, p.id, parent, evidence
