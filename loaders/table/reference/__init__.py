"""The page about rosters and open data, made from the packs, the ontology and the tables of the reader itself."""
