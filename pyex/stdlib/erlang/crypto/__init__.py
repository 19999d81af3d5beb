""":crypto: hashes, message authentication and random bytes, by Python's hashlib, hmac and secrets."""

from pyex.stdlib.erlang.crypto import hashes, macs, numbers  # noqa: F401  # each registers its functions
from pyex.stdlib.erlang.crypto.base import module

__all__ = ["module"]
