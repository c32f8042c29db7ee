"""How alike two texts or two names are, and where they differ; what follows from it is for the rules."""
