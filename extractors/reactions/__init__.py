"""How share prices moved, whose, and whether a deal moved them."""
