"""Text made plain and laid out in lines, clauses and paragraphs."""
