"""The two names of a report: a code to be read over the telephone, and a secret for the sender."""

from __future__ import annotations

import hashlib
import re
import secrets
from datetime import date

from django.utils.crypto import salted_hmac

# Without O, I, 0 and 1, which are taken for one another: 32 letters, so 1,048,576 codes a month.
ALPHABET = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"
_SHAPE = re.compile(rf"PA(\d{{4}})([{ALPHABET}]{{4}})")


def new_code(*, on: date) -> str:
    """A code such as "PA-2604-7K3M" for a report received on a day. Chance alone keeps it from repeating."""
    tail = "".join(secrets.choice(ALPHABET) for _ in range(4))
    return f"PA-{on:%y%m}-{tail}"


def read_code(typed: str) -> str | None:
    """The code somebody typed, however spaced and in whatever case; None when it cannot be one."""
    match = _SHAPE.fullmatch(re.sub(r"[\s\-–—.]", "", typed).upper())
    return f"PA-{match[1]}-{match[2]}" if match else None


def secret_for(submission: str) -> str:
    """The secret of the report that one filled-in form makes.

    Computed from the form's own token with the site's key: a second sending of the same form finds the same
    link again, though the database keeps nothing but its digest.
    """
    return salted_hmac("dodem.feedback.secret", submission, algorithm="sha256").hexdigest()[:40]


def new_submission() -> str:
    """A token for a form about to be filled in."""
    return secrets.token_urlsafe(24)


def digest(token: str) -> str:
    """What is stored of a secret or of a submission."""
    return hashlib.sha256(token.encode()).hexdigest()
