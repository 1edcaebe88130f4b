"""The commands that answer others: the workbench for browsers, and tools for assistants."""
