"""Where: campuses, towns, states."""
