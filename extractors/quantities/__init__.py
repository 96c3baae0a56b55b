"""Numbers with their units, found and read; their roles undecided."""
