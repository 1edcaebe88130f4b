---
topic: overlap
title: { zh: 同一指标多处设定, en: One indicator in several places }
question:
  zh: "同一地区的文件里，哪些指标在几处都设了目标？"
  en: "Which indicators are given a target in more than one place by the plans of one region?"
columns:
  indicator: { zh: 指标, en: Indicator }
  places: { zh: 处数, en: Number of places }
  owners: { zh: 任务或文件, en: Tasks or plans }
  targets: { zh: 目标, en: Targets }
  plans: { zh: 文件, en: Plans }
  quote: { zh: 原文, en: Quoted lines }
  place: { zh: 出处, en: Places in the text }
  evidence: { zh: 依据编号, en: Evidence ids }
finding:
  severity: medium
  statement:
    zh: "指标“{indicator}”在{places}处设有目标：{targets}。请核对口径是否一致"
    en: "The indicator “{indicator}” is given a target in {places} places: {targets}. Check that they agree"
---
// A prefecture's target and a city's are two things: only plans for the same region are held against each other.
MATCH (p:Plan)-[:HAS_TASK*0..1]->(w:Plan|Task)-[:SETS_TARGET]->(g:Target)-[:MEASURES]->(i:Indicator)
OPTIONAL MATCH (p)-[:ISSUED_BY]->(b:Organisation:Department)
WITH p, w, g, i, min(b.jurisdiction) AS region
WITH p, w, g, i, coalesce(region, p.id) AS scope
ORDER BY p.name, p.id, coalesce(w.position, 0), w.id, g.place, g.id
WITH i, scope, count(DISTINCT w.id) AS places, collect(w.name) AS owners, collect(g.name) AS targets,
    collect(DISTINCT p.name) AS plans, collect(g.quote) AS quote, collect(g.place) AS place, collect(g.id) AS evidence
WHERE places > 1
RETURN i.name AS indicator, places, owners, targets, plans, quote, place, evidence
ORDER BY places DESC, indicator, evidence
