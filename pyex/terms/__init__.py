"""The ground: Elixir's values in Python, their order, how they are shown, and their errors."""
