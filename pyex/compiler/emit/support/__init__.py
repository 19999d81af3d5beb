"""What emitted code calls: small functions, by the names that `prelude.PRELUDE` gives them."""
