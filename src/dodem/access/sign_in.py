"""Signing in and what guards it are ledger events too. Signals, for the code that does it is not ours."""

from __future__ import annotations

from typing import Any

from allauth.account.signals import password_changed
from allauth.mfa.models import Authenticator
from allauth.mfa.signals import authentication_failed, authenticator_added, authenticator_removed
from django.contrib.auth.signals import user_logged_in, user_logged_out, user_login_failed
from django.db import transaction
from django.dispatch import receiver
from django.utils import timezone

from dodem.access.models import User
from dodem.audit.kinds import Kind
from dodem.audit.ledger import record


@receiver(user_logged_in)
def note_sign_in(sender: Any, user: User, **kwargs: Any) -> None:
    note(Kind.SIGNED_IN, user)


@receiver(user_logged_out)
def note_sign_out(sender: Any, user: User | None, **kwargs: Any) -> None:
    if user is not None:
        note(Kind.SIGNED_OUT, user)


@receiver(user_login_failed)
def note_failure(sender: Any, credentials: dict[str, Any], **kwargs: Any) -> None:
    """Only for accounts that exist: what a stranger typed may be a password in the wrong field."""
    user = User.objects.filter(username=credentials.get("username", "")).first()
    if user is not None:
        note(Kind.SIGN_IN_FAILED, user, by_itself=False)


@receiver(authentication_failed)
def note_wrong_code(sender: Any, user: User, **kwargs: Any) -> None:
    note(Kind.SIGN_IN_FAILED, user, by_itself=False)


@receiver(password_changed)
def note_new_password(sender: Any, user: User, **kwargs: Any) -> None:
    note(Kind.PASSWORD_CHANGED, user)


@receiver(authenticator_added)
def note_second_factor(sender: Any, user: User, authenticator: Authenticator, **kwargs: Any) -> None:
    if authenticator.type == Authenticator.Type.TOTP:
        note(Kind.SECOND_FACTOR_ADDED, user)


@receiver(authenticator_removed)
def note_no_second_factor(sender: Any, user: User, authenticator: Authenticator, **kwargs: Any) -> None:
    if authenticator.type == Authenticator.Type.TOTP:
        note(Kind.SECOND_FACTOR_REMOVED, user)


def note(kind: Kind, user: User, *, by_itself: bool = True) -> None:
    with transaction.atomic():
        record(kind, user, by=user if by_itself else None, at=timezone.now())
