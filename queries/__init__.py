"""The catalogue of questions: each a file, answered by Cypher or by an analysis, the same on every engine."""

from .answering import Answer, ask
from .catalog import Catalogue, load_catalogue, with_own_questions
from .findings import Finding, find_all

__all__ = ["Answer", "Catalogue", "Finding", "ask", "find_all", "load_catalogue", "with_own_questions"]
