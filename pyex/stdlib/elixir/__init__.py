"""Elixir's modules: `MapSet` is `map_set.py`."""
