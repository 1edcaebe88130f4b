"""Tables of tasks and of indicators."""
