""":supervisor, the server behind Supervisor."""

from __future__ import annotations

from pyex.otp.supervision import module

__all__ = ["module"]
