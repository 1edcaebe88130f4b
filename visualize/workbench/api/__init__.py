"""The workbench for programs: answers as JSON, CSV and XLSX at the address of their page, and what it all means."""
