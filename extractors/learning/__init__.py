"""How the weights of the decisions are learned from annotated articles. Needed for training only, never for reading."""
