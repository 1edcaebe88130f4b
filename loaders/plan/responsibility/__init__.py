"""Who is responsible for what: statements, roles, lists of units, and the sections they close."""
