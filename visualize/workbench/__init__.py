"""The browser workbench: the workspace as pages, each with its own address."""
