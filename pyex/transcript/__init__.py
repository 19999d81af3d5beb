"""Sessions as data: read, typed to a shell again, compared, reported, updated."""
