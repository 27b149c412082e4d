"""One table, written once. Triggers in migration 0002 refuse UPDATE, DELETE and TRUNCATE."""

from django.conf import settings
from django.db import models


class Event(models.Model):
    """One change of state. ``number`` has no gaps; ``hash`` covers every column and the hash before it."""

    number = models.BigIntegerField(primary_key=True)
    at = models.DateTimeField(db_index=True)
    kind = models.CharField(max_length=40, help_text="one of kinds.Kind; a new kind needs no migration")
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+", db_constraint=True
    )
    role = models.CharField(max_length=20, blank=True)
    object_type = models.CharField(max_length=40)
    object_key = models.CharField(max_length=64)
    unit_code = models.CharField(max_length=20, blank=True)
    data = models.TextField(default="{}", help_text="canonical JSON: codes and amounts, never personal data")
    origin = models.CharField(max_length=80, help_text="web and address, command line, worker")
    previous_hash = models.CharField(max_length=64)
    hash = models.CharField(max_length=64, unique=True)

    class Meta:
        indexes = [models.Index(fields=["object_type", "object_key", "number"], name="event_of_object")]
        constraints = [
            models.CheckConstraint(condition=models.Q(number__gte=1), name="event_number_starts_at_one")
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.kind} {self.object_type}/{self.object_key}"
