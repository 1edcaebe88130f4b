"""Who is who: registers' keys, normal forms of names, the dated table of aliases, and candidates for a person to judge."""
