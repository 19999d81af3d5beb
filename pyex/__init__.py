"""pyex: iex for Python. An interactive shell that reads Elixir, and OTP for Python programs."""

__version__ = "0.1.0"
