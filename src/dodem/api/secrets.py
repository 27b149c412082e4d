"""The secret of a token: made once, shown once, kept only as its SHA-256. Pure."""

from __future__ import annotations

import hashlib
import secrets

MARK = "dodem_"  # lets a leaked secret be recognised for what it is
SHOWN = len(MARK) + 6


def new_secret() -> str:
    """256 random bits behind the mark. So many need no slow hash: nobody guesses them."""
    return MARK + secrets.token_urlsafe(32)


def digest_of(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()


def prefix_of(secret: str) -> str:
    """What lists show of it, to tell one token from another."""
    return secret[:SHOWN]
