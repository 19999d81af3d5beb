"""Kernel's macros in Python: quoted forms in, quoted forms out.

Each macro is a plain function `(env, *arguments) -> quoted`. `stdlib/elixir/kernel.py` exports them under
their Elixir names. What they build is made of special forms and remote calls, never of imported names: a user's
own import cannot change what `if` means.
"""
