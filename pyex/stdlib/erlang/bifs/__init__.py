"""What `:erlang` is made of, by theme."""
