"""What a plan names: bodies, platforms, programmes, events, places, industries, and who cooperates."""
