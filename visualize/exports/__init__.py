"""The graph as files that other programs read: GraphML, JSON-LD, CSV, a Cypher script. What is written is streamed."""
