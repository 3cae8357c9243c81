"""Passwords, kept as argon2 hashes."""

from __future__ import annotations

from functools import cached_property

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError


class Argon2Passwords:
    """Hashes and checks with the parameters of RFC 9106 for small memory."""

    def __init__(self) -> None:
        self._hasher = PasswordHasher()

    def hash(self, password: str) -> str:
        """The text to keep."""
        return self._hasher.hash(password)

    def verify(self, password: str, kept: str | None) -> bool:
        """Whether the password is the kept one; takes as long when there is none to compare with."""
        try:
            self._hasher.verify(kept or self._nobody, password)
        except (VerificationError, InvalidHashError):
            return False
        return kept is not None

    @cached_property
    def _nobody(self) -> str:
        return self._hasher.hash("nobody has this password")
