"""What is to be reached: figures with their measures, bounds and years, and what is no target."""
