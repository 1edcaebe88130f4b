"""The stages of the plan grammar, called on short texts."""

from __future__ import annotations

from innograph.graph.regions import region_table

CHANGJI = region_table()["652301"]
