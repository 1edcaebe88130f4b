---
topic: regions
title: { zh: 机构在哪里, en: Where the bodies are }
question:
  zh: "各地各有多少企业、高校院所和其他机构，离本地多远？"
  en: "How many enterprises, institutes and other bodies are in which region, and how far from home?"
parameters:
  region:
    type: thing
    of: [Region]
    label: { zh: 区域（含其下辖）, en: Region and what lies within }
    example: 昌吉州
columns:
  distance: { zh: 与本地, en: From home, words: home }
  region: { zh: 区域, en: Region }
  bodies: { zh: 机构, en: Bodies }
  enterprises: { zh: 企业, en: Enterprises }
  institutes: { zh: 高校院所, en: Institutes }
  others: { zh: 其他机构, en: Others }
  quote: { zh: 原文（其一）, en: Quoted line (one of them) }
  place: { zh: 出处, en: Place }
  evidence: { zh: 依据编号, en: Evidence ids }
phrases:
  zh:
    - "(机构|企业|高校院所)[都]在哪里"
    - "{region}有多少[个|家](机构|企业|高校院所)"
    - "各地[各]有多少(机构|企业|高校院所)"
  en:
    - "where are the (bodies|enterprises|institutes)"
    - "how many (bodies|enterprises|institutes) are in {region}"
---
// Each body counts once, in the smallest of the regions that sources say it is in.
MATCH (o:Organisation)-[r:LOCATED_IN]->(g:Region)
WHERE NOT EXISTS { MATCH (o)-[:LOCATED_IN]->(:Region)-[:WITHIN*1..4]->(g) } AND ($region IS NULL OR g.id = $region OR EXISTS { MATCH (g)-[:WITHIN*1..4]->(:Region {id: $region}) })
WITH g, o, r ORDER BY r.id
WITH g, count(DISTINCT o) AS bodies, sum(CASE WHEN o:Enterprise THEN 1 ELSE 0 END) AS enterprises,
    sum(CASE WHEN o:Institute THEN 1 ELSE 0 END) AS institutes, collect(r.quote) AS quotes,
    collect(r.place) AS places, collect(r.id) AS ids
RETURN g.relative AS distance, g.name AS region, bodies, enterprises, institutes,
    bodies - enterprises - institutes AS others, quotes[0] AS quote, places[0] AS place, [ids[0]] AS evidence
ORDER BY CASE g.relative WHEN 'local' THEN 1 WHEN 'prefecture' THEN 2 WHEN 'province' THEN 3 WHEN 'nation' THEN 4
    WHEN 'abroad' THEN 5 ELSE 6 END, bodies DESC, region, evidence
