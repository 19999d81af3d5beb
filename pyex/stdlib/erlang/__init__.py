"""Erlang's modules: `:lists` is `lists.py`."""
