"""How a plan is laid out: its lines, parts, headings, title, signature and dates."""
