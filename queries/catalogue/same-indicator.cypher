---
topic: overlap
title: { zh: 同一指标多处设定, en: One indicator in several places }
question:
  zh: "同一地区的文件里，哪些指标在几处都设了目标？"
  en: "Which indicators are given a target in more than one place by the plans of one region?"
columns:
  indicator: { zh: 指标, en: Indicator }
  places: { zh: 处数, en: Number of places }
  state:
    zh: 情形
    en: Case
    words:
      places: { zh: 几处设定, en: set in several places }
      annex: { zh: 同一文件的正文与附表，数值相同, en: 'text and annex of one plan, with one value' }
  owners: { zh: 任务或文件, en: Tasks or plans }
  targets: { zh: 目标, en: Targets }
  plans: { zh: 文件, en: Plans }
  quote: { zh: 原文, en: Quoted lines }
  place: { zh: 出处, en: Places in the text }
  evidence: { zh: 依据编号, en: Evidence ids }
finding:
  severity: medium
  when: { state: [places] }
  statement:
    zh: "指标“{indicator}”在{places}处设有目标：{targets}。请核对口径是否一致"
    en: "The indicator “{indicator}” is given a target in {places} places: {targets}. Check that they agree"
definition:
  zh: "在同一地区的文件中，有两处以上（文件总目标或任务）对同一指标设了目标。总目标由任务承接也列出；同一文件不同部分的任务（正文与附表）数值、计量单位相同的，列出但不算发现；几个单位各设的见“分散、重叠与重复”。"
  en: "Indicators for which the plans of one region set targets in two or more places, be it the plan as a whole or its tasks. A plan's own goal taken up by a task is among them; tasks of different sections of one plan (text and annex) with one value and unit are listed and are no finding; those that several leads set are under overlap-kinds."
phrases:
  zh:
    - "(哪些|什么)指标(重复[设定]|多处设定|在几处都有目标)"
    - "(哪些|什么)目标重复"
    - "同一[个]指标(哪里|哪些地方)都有"
    - "同一个指标在几个地方[都有]"
    - "(哪些|什么)指标在几个(文件|任务)里都有"
  en:
    - "which indicators are set in several places"
    - "which targets are duplicated"
    - "which indicators occur more than once"
    - "the same target in several (plans|tasks)"
---
// A prefecture's target and a city's are two things: only plans for the same region are held against each other.
MATCH (p:Plan)-[:HAS_TASK*0..1]->(w:Plan|Task)-[:SETS_TARGET]->(g:Target)-[:MEASURES]->(i:Indicator)
OPTIONAL MATCH (p)-[:ISSUED_BY]->(b:Organisation:Department)
WITH p, w, g, i, min(b.jurisdiction) AS region
WITH p, w, g, i, coalesce(region, p.id) AS scope
ORDER BY p.name, p.id, coalesce(w.position, 0), w.id, g.place, g.id
WITH i, scope, count(DISTINCT w.id) AS places, collect(w.name) AS owners, collect(g.name) AS targets,
    collect(DISTINCT p.name) AS plans, count(DISTINCT p.id) AS documents, count(DISTINCT g.unit) AS units,
    sum(CASE WHEN w:Plan THEN 1 ELSE 0 END) AS overall, count(DISTINCT w.section) AS sections,
    count(DISTINCT coalesce(toString(g.value), '') + '–' + coalesce(toString(g.value_to), '')) AS amounts, collect(g.quote) AS quote, collect(g.place) AS place, collect(g.id) AS evidence
WHERE places > 1
RETURN i.name AS indicator, places,
    CASE WHEN documents = 1 AND overall = 0 AND sections = places AND amounts = 1 AND units < 2 THEN 'annex'
    ELSE 'places' END AS state, owners, targets, plans, quote, place, evidence
ORDER BY places DESC, indicator, evidence
