"""Files in, assertions out: readers for each format, the plan grammar, and the table loader."""
