"""Which parties deal with each other, in what, and how far they have come."""
