"""Analyses: one module for each question that Cypher alone does not answer; each has a function ``answer``."""
