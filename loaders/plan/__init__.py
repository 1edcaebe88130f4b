"""Plan documents: from text to tasks, units, targets and named things, in pure stages over typed records.

    document -> outline -> head
                        -> tasks  -> assignments -> units
                                  -> targets
                                  -> named things

:func:`parse` runs the stages; :func:`~innograph.loaders.plan.emit.assertions_of` says the result in the ontology's words.
"""

from .model import ParsedPlan
from .pipeline import parse

__all__ = ["ParsedPlan", "parse"]
