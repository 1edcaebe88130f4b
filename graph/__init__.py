"""What things are: ontology, identity, the ledger of what sources say, and the engines that hold the graph."""
