"""The shell: what reads a line, lets it be evaluated, and prints what came of it."""
