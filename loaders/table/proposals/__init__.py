"""Proposes how a table nobody has a pack for could be read: from its header, its values, the packs and the ontology.

file -> sheets -> ``matching`` (which column of a base is each) -> ``trimming`` (the base without the rest) -> ``writing`` (YAML)
"""

from .proposing import Preview, Proposal, proposable, propose

__all__ = ["Preview", "Proposal", "proposable", "propose"]
