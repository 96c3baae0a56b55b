"""Plain-word questions: understand (question.py), find and say (answers.py). Pure; the shell brings deals and time."""
