// 本文件由程序生成，请勿手改：innograph schema generate
// 工作区在 Neo4j 中需要的约束，innograph 写入时自动建立。Innograph_000000000000 代表 Innograph_<工作区编号>。
// This file is generated; do not edit it: innograph schema generate
// The constraints that a workspace needs in Neo4j; innograph makes them itself when it writes.
// Innograph_000000000000 stands for Innograph_<workspace>.
CREATE CONSTRAINT innograph_000000000000 IF NOT EXISTS FOR (n:Innograph_000000000000) REQUIRE n.id IS UNIQUE;
CREATE CONSTRAINT innograph_edge_based_on IF NOT EXISTS FOR ()-[r:BASED_ON]-() REQUIRE (r.workspace, r.id) IS UNIQUE;
CREATE CONSTRAINT innograph_edge_cooperates_with IF NOT EXISTS FOR ()-[r:COOPERATES_WITH]-() REQUIRE (r.workspace, r.id) IS UNIQUE;
CREATE CONSTRAINT innograph_edge_focuses_on IF NOT EXISTS FOR ()-[r:FOCUSES_ON]-() REQUIRE (r.workspace, r.id) IS UNIQUE;
CREATE CONSTRAINT innograph_edge_has_action IF NOT EXISTS FOR ()-[r:HAS_ACTION]-() REQUIRE (r.workspace, r.id) IS UNIQUE;
CREATE CONSTRAINT innograph_edge_has_measure IF NOT EXISTS FOR ()-[r:HAS_MEASURE]-() REQUIRE (r.workspace, r.id) IS UNIQUE;
CREATE CONSTRAINT innograph_edge_has_task IF NOT EXISTS FOR ()-[r:HAS_TASK]-() REQUIRE (r.workspace, r.id) IS UNIQUE;
CREATE CONSTRAINT innograph_edge_hosts IF NOT EXISTS FOR ()-[r:HOSTS]-() REQUIRE (r.workspace, r.id) IS UNIQUE;
CREATE CONSTRAINT innograph_edge_issued_by IF NOT EXISTS FOR ()-[r:ISSUED_BY]-() REQUIRE (r.workspace, r.id) IS UNIQUE;
CREATE CONSTRAINT innograph_edge_leads IF NOT EXISTS FOR ()-[r:LEADS]-() REQUIRE (r.workspace, r.id) IS UNIQUE;
CREATE CONSTRAINT innograph_edge_located_in IF NOT EXISTS FOR ()-[r:LOCATED_IN]-() REQUIRE (r.workspace, r.id) IS UNIQUE;
CREATE CONSTRAINT innograph_edge_measures IF NOT EXISTS FOR ()-[r:MEASURES]-() REQUIRE (r.workspace, r.id) IS UNIQUE;
CREATE CONSTRAINT innograph_edge_member_of IF NOT EXISTS FOR ()-[r:MEMBER_OF]-() REQUIRE (r.workspace, r.id) IS UNIQUE;
CREATE CONSTRAINT innograph_edge_names IF NOT EXISTS FOR ()-[r:NAMES]-() REQUIRE (r.workspace, r.id) IS UNIQUE;
CREATE CONSTRAINT innograph_edge_next_tier IF NOT EXISTS FOR ()-[r:NEXT_TIER]-() REQUIRE (r.workspace, r.id) IS UNIQUE;
CREATE CONSTRAINT innograph_edge_operates IF NOT EXISTS FOR ()-[r:OPERATES]-() REQUIRE (r.workspace, r.id) IS UNIQUE;
CREATE CONSTRAINT innograph_edge_participates_in IF NOT EXISTS FOR ()-[r:PARTICIPATES_IN]-() REQUIRE (r.workspace, r.id) IS UNIQUE;
CREATE CONSTRAINT innograph_edge_part_of IF NOT EXISTS FOR ()-[r:PART_OF]-() REQUIRE (r.workspace, r.id) IS UNIQUE;
CREATE CONSTRAINT innograph_edge_qualifies_as IF NOT EXISTS FOR ()-[r:QUALIFIES_AS]-() REQUIRE (r.workspace, r.id) IS UNIQUE;
CREATE CONSTRAINT innograph_edge_related_to IF NOT EXISTS FOR ()-[r:RELATED_TO]-() REQUIRE (r.workspace, r.id) IS UNIQUE;
CREATE CONSTRAINT innograph_edge_reports_on IF NOT EXISTS FOR ()-[r:REPORTS_ON]-() REQUIRE (r.workspace, r.id) IS UNIQUE;
CREATE CONSTRAINT innograph_edge_responsible_for IF NOT EXISTS FOR ()-[r:RESPONSIBLE_FOR]-() REQUIRE (r.workspace, r.id) IS UNIQUE;
CREATE CONSTRAINT innograph_edge_sets_target IF NOT EXISTS FOR ()-[r:SETS_TARGET]-() REQUIRE (r.workspace, r.id) IS UNIQUE;
CREATE CONSTRAINT innograph_edge_succeeds IF NOT EXISTS FOR ()-[r:SUCCEEDS]-() REQUIRE (r.workspace, r.id) IS UNIQUE;
CREATE CONSTRAINT innograph_edge_supports IF NOT EXISTS FOR ()-[r:SUPPORTS]-() REQUIRE (r.workspace, r.id) IS UNIQUE;
CREATE CONSTRAINT innograph_edge_within IF NOT EXISTS FOR ()-[r:WITHIN]-() REQUIRE (r.workspace, r.id) IS UNIQUE;
