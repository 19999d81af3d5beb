"""OTP's behaviours, for servers in Elixir and in Python."""
