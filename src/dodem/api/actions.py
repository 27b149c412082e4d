"""Issue a token, take it back, note that it was used."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime

from django.db import transaction

from dodem.access.models import User
from dodem.access.roles import Permission
from dodem.access.rules import can
from dodem.api.models import Scope, Token
from dodem.api.secrets import digest_of, new_secret, prefix_of
from dodem.audit.kinds import Kind
from dodem.audit.ledger import record
from dodem.units.models import Unit
from dodem.vietnam.text import nfc


class Refused(Exception):
    """This person may not issue or revoke that token; the message says why, in Vietnamese."""


@transaction.atomic
def issue_token(
    *, name: str, scopes: Iterable[Scope], unit: Unit, expires_at: datetime, by: User, at: datetime
) -> tuple[Token, str]:
    """Make a token at a unit; return it with its secret, which is shown once. Raises Refused."""
    check_manages(by, unit=unit)
    secret = new_secret()
    token = Token.objects.create(
        name=nfc(name).strip(),
        digest=digest_of(secret),
        prefix=prefix_of(secret),
        scopes=sorted(set(scopes)),
        unit=unit,
        issued_at=at,
        issued_by=by,
        expires_at=expires_at,
    )
    record(
        Kind.TOKEN_ISSUED,
        token,
        by=by,
        at=at,
        unit_code=unit.code,
        scopes=token.scopes,
        expires_at=expires_at.isoformat(),
    )
    return token, secret


@transaction.atomic
def revoke_token(*, token: Token, by: User, at: datetime) -> Token:
    """End a token from now on. One that was revoked before stays as it was. Raises Refused."""
    token = Token.objects.select_for_update(of=("self",)).select_related("unit").get(pk=token.pk)
    check_manages(by, unit=token.unit)
    if token.revoked_at is None:
        token.revoked_at, token.revoked_by = at, by
        token.save(update_fields=["revoked_at", "revoked_by"])
        record(Kind.TOKEN_REVOKED, token, by=by, at=at, unit_code=token.unit.code)
    return token


def note_use(*, token: Token, on: date) -> None:
    """Keep the last day of use: at most one write a day, so that reading stays reading."""
    if token.last_used_on is None or token.last_used_on < on:
        Token.objects.filter(pk=token.pk).update(last_used_on=on)


def check_manages(by: User, *, unit: Unit) -> None:
    verdict = can(by, Permission.TOKEN_MANAGE, unit)
    if not verdict:
        raise Refused(verdict.reason)
