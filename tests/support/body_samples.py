"""Homes of the bodies that tests name."""

from __future__ import annotations

from innograph.graph.regions import region_table

TABLE = region_table()
# A county-level city in a prefecture in an autonomous region; a city; provinces.
CITY, PREFECTURE, HANGZHOU = TABLE["652301"], TABLE["652300"], TABLE["330100"]
