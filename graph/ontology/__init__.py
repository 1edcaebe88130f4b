"""The ontology: one YAML file per node and edge type, read into frozen records and checked as a whole."""

from .model import EdgeType, NodeType, Ontology, Property, ValueType
from .reader import load_ontology

__all__ = ["EdgeType", "NodeType", "Ontology", "Property", "ValueType", "load_ontology"]
