"""Tokens: who else's system may ask what, until when."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from dodem.access.roles import Permission
from dodem.access.rules import visible
from dodem.units.models import Unit

if TYPE_CHECKING:
    from dodem.access.models import User


class Scope(models.TextChoices):
    """What a token opens. Units and published figures are open anyway: ``units`` gives a limit of its own."""

    UNITS = "units", _("Đơn vị và số đã công bố")
    FIGURES = "figures", _("Chỉ số và số liệu")
    RECORDS = "records", _("Bản ghi sau số liệu, không có trường cá nhân")
    RELEASES = "releases", _("Bản số liệu")


class State(models.TextChoices):
    LIVING = "living", _("đang dùng")
    EXPIRED = "expired", _("hết hạn")
    REVOKED = "revoked", _("đã thu hồi")


class TokenQuerySet(models.QuerySet["Token"]):
    def visible_to(self, user: User) -> TokenQuerySet:
        """Tokens held at units where the reader manages tokens."""
        return self.filter(visible(user, Permission.TOKEN_MANAGE, path="unit__path"))


class Token(models.Model):
    """A system's access. ``digest`` is the SHA-256 of its secret, which is kept nowhere.

    Records are opened only within the subtree of ``unit``; figures are compared openly and opened everywhere.
    """

    name = models.CharField(max_length=120)
    digest = models.CharField(max_length=64, unique=True)
    prefix = models.CharField(max_length=20, unique=True)
    scopes = models.JSONField()
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="tokens")
    issued_at = models.DateTimeField()
    issued_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    expires_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True, blank=True)
    revoked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    last_used_on = models.DateField(null=True, blank=True)

    objects = TokenQuerySet.as_manager()

    class Meta:
        ordering = ["-issued_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(expires_at__gt=models.F("issued_at")), name="token_expires_after_issue"
            ),
            models.CheckConstraint(
                condition=models.Q(revoked_at__isnull=True, revoked_by__isnull=True)
                | models.Q(revoked_at__isnull=False, revoked_by__isnull=False),
                name="token_revoked_by_somebody",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def ledger_key(self) -> str:
        return self.prefix

    @property
    def scope_labels(self) -> list[str]:
        return [str(Scope(one).label) for one in self.scopes]

    def state(self, *, at: datetime) -> State:
        if self.revoked_at is not None:
            return State.REVOKED
        return State.EXPIRED if at >= self.expires_at else State.LIVING

    def guarding_units(self, permission: str) -> Iterable[Unit]:
        return [self.unit]
