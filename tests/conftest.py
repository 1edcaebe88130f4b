"""Plugins that every test may use: a real Neo4j, Neo4j's own parser, a real browser, a running workbench, and more than one worker."""

pytest_plugins = ["neo4j_fixtures", "cypher_lint", "browser", "workers", "workbench_server"]
