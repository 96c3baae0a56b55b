"""Who is named: companies known, discovered and unnamed, their kinds, and who a word stands for."""
