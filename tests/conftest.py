"""Plugins that every test may use: a real Neo4j, Neo4j's own parser, and a real browser."""

pytest_plugins = ["neo4j_fixtures", "cypher_lint", "browser"]
