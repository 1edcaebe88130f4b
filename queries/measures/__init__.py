"""Measures of networks and texts: pure functions on numbers, arrays and NetworkX graphs, which know no store and no ontology."""
