"""People and the roles they hold at units."""

from __future__ import annotations

from django.contrib.auth.models import AbstractUser
from django.db import models
from django.utils.translation import gettext_lazy as _

from dodem.access.roles import Role
from dodem.units.models import Unit


class User(AbstractUser):
    """A person who signs in. Their grants alone say what they may do; Django's own flags are unused."""

    display_name = models.CharField(max_length=200)
    position = models.CharField(max_length=200, blank=True)
    is_sample = models.BooleanField(default=False)

    def __str__(self) -> str:
        return self.display_name or self.username

    @property
    def ledger_key(self) -> str:
        return self.username


class Grant(models.Model):
    """A role held at a unit, and so in its whole subtree, from one moment until another."""

    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="grants")
    role = models.CharField(_("vai trò"), max_length=20, choices=Role.choices)
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="grants")
    granted_at = models.DateTimeField()
    granted_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    revoked_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["user", "role", "unit"],
                condition=models.Q(revoked_at__isnull=True),
                name="one_living_grant_a_role_and_unit",
            )
        ]

    def __str__(self) -> str:
        return f"{self.user}: {Role(self.role).label}, {self.unit}"
