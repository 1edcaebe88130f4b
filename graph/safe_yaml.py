"""The one way YAML is read: without objects, and by libyaml where it was compiled in, ten times as fast."""

from __future__ import annotations

import yaml

LOADER: type[yaml.SafeLoader] = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
"""For ``yaml.load`` and ``yaml.compose``."""
