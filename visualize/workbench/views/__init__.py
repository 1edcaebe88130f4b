"""The pages, family by family: plain functions from one state of the workspace and a request to an answer."""
