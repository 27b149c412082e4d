"""Add people, give and take roles, end sessions; note who looked at personal data and why."""

from __future__ import annotations

import secrets
from datetime import datetime

from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.contrib.auth.password_validation import validate_password
from django.db import models, transaction
from django.utils.translation import gettext as _

from dodem.access.models import Grant, User
from dodem.access.roles import Permission, Role
from dodem.access.rules import can, grants_of
from dodem.audit.kinds import Kind
from dodem.audit.ledger import record
from dodem.units.models import Unit
from dodem.vietnam.text import nfc

LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"  # none that is mistaken for another when read out


class Refused(Exception):
    """This person may not do that to this account; the message says why, in Vietnamese."""


@transaction.atomic
def grant_role(*, user: User, role: Role, unit: Unit, by: User | None, at: datetime) -> Grant:
    """Let a user hold a role at a unit. Granting what is already held changes nothing. Raises Refused."""
    if by is not None:
        check_manages(by, unit=unit, user=user)
    grant, is_new = Grant.objects.get_or_create(
        user=user, role=role, unit=unit, revoked_at=None, defaults={"granted_at": at, "granted_by": by}
    )
    if is_new:
        record(Kind.GRANTED, user, by=by, at=at, unit_code=unit.code, granted=role.value)
    return grant


@transaction.atomic
def revoke_role(*, grant: Grant, by: User, at: datetime) -> None:
    """Take a role back from now on. What was done under it stays as it was. Raises Refused."""
    check_manages(by, unit=grant.unit, user=grant.user)
    grant = Grant.objects.select_for_update(of=("self",)).select_related("unit", "user").get(pk=grant.pk)
    if grant.revoked_at is None:
        grant.revoked_at = at
        grant.save(update_fields=["revoked_at"])
        record(Kind.REVOKED, grant.user, by=by, at=at, unit_code=grant.unit.code, revoked=grant.role)


@transaction.atomic
def add_person(
    *, username: str, display_name: str, position: str = "", by: User | None, at: datetime
) -> tuple[User, str]:
    """Make an account without any role; return it with its first password, which is shown once.

    Raises Refused where the name is taken.
    """
    if User.objects.filter(username__iexact=username).exists():
        raise Refused(_("Tên đăng nhập này đã có người dùng."))
    password = new_password()
    user = User.objects.create_user(
        username=username.lower(),
        password=password,
        display_name=nfc(display_name).strip(),
        position=nfc(position).strip(),
    )
    record(Kind.PERSON_ADDED, user, by=by, at=at)
    return user, password


@transaction.atomic
def set_person_active(*, user: User, active: bool, by: User, at: datetime) -> None:
    """Suspend an account, which ends its sessions, or restore it. Raises Refused."""
    check_manages_person(by, user=user)
    user = User.objects.select_for_update().get(pk=user.pk)
    if user.is_active == active:
        return
    user.is_active = active
    user.save(update_fields=["is_active"])
    if not active:
        end_all_sessions(user)
    record(Kind.PERSON_RESTORED if active else Kind.PERSON_SUSPENDED, user, by=by, at=at)


@transaction.atomic
def reset_password(*, user: User, by: User | None, at: datetime, with_second_factor: bool = False) -> str:
    """Give an account a new password, returned to be shown once, and end its sessions. Raises Refused.

    ``with_second_factor`` also removes its authenticator, for somebody who has lost the phone.
    """
    if by is not None:
        check_manages_person(by, user=user)
    password = new_password()
    user = User.objects.select_for_update().get(pk=user.pk)
    user.set_password(password)
    user.save(update_fields=["password"])
    if with_second_factor:
        Authenticator.objects.filter(user_id=user.pk).delete()
        record(Kind.SECOND_FACTOR_REMOVED, user, by=by, at=at)
    end_all_sessions(user)
    record(Kind.PASSWORD_RESET, user, by=by, at=at)
    return password


@transaction.atomic
def end_session(*, user: User, session_pk: int, by: User, at: datetime) -> bool:
    """End one of a user's own sessions. False if it had ended before."""
    session = UserSession.objects.select_for_update().filter(pk=session_pk, user_id=user.pk).first()
    if session is None:
        return False
    session.end()
    record(Kind.SESSION_ENDED, user, by=by, at=at)
    return True


@transaction.atomic
def note_personal_look(
    *, subject: models.Model, fields: list[str], purpose: str, by: User, at: datetime, unit_code: str
) -> None:
    """Record that somebody saw unmasked personal data: which fields of what, and for which stated purpose."""
    record(
        Kind.PERSONAL_DATA_SEEN, subject, by=by, at=at, unit_code=unit_code, fields=fields, purpose=purpose
    )


def may_manage(by: User, user: User) -> bool:
    """Whether ``by`` runs accounts wherever ``user`` holds a role, and is not that user."""
    return by.pk != user.pk and all(
        can(by, Permission.ACCESS_MANAGE, grant.unit) for grant in grants_of(user)
    )


def check_manages(by: User, *, unit: Unit, user: User) -> None:
    if by.pk == user.pk:
        raise Refused(_("Không ai tự giao hoặc thu hồi vai trò của chính mình."))
    verdict = can(by, Permission.ACCESS_MANAGE, unit)
    if not verdict:
        raise Refused(verdict.reason)


def check_manages_person(by: User, *, user: User) -> None:
    if by.pk == user.pk:
        raise Refused(_("Việc này trên tài khoản của chính bạn thì làm ở trang Tài khoản."))
    if not can(by, Permission.ACCESS_MANAGE) or not may_manage(by, user):
        raise Refused(_("Người này giữ vai trò ở đơn vị ngoài phạm vi bạn quản trị."))


def end_all_sessions(user: User) -> None:
    for session in UserSession.objects.filter(user_id=user.pk):
        session.end()


def new_password() -> str:
    """Four groups of four: some 79 bits, easy to read out once."""
    password = "-".join("".join(secrets.choice(LETTERS) for _i in range(4)) for _g in range(4))
    validate_password(password)
    return password
