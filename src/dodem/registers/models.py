"""Mirror rows of the data plane's store, and what the store does not keep: who handed in what, and what was
refused.
"""

from __future__ import annotations

from collections.abc import Iterable

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from dodem.dataplane.definition_files import load_all
from dodem.dataplane.definitions import Check, Privacy, Register
from dodem.registers.words import QUALITY, in_language
from dodem.units.models import Unit

FROM_APPLICATION = frozenset({"tasks", "cases"})  # our own tables are sources like any other


class Origin(models.TextChoices):
    UPLOAD = "web upload", _("nạp trên trang này")
    INBOX = "inbox", _("hộp nhận tệp")
    APPLICATION = "application", _("hệ thống này")


class Severity(models.TextChoices):
    REJECT = "reject", _("không tính vào số liệu")
    WARN = "warn", _("vẫn tính, cần sửa")


class Source(models.Model):
    """Who delivers one register. What the register is and how often it should come is read from its
    definition.

    ``heard_at`` is the last moment the source was known to be as we have it: a delivery, the same file again,
    or for our own tables a look that found nothing changed.
    """

    code = models.CharField(max_length=40, unique=True)
    owner = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="sources")
    heard_at = models.DateTimeField(null=True, blank=True)
    ledger_head = models.BigIntegerField(
        default=0, help_text="our own tables: the ledger event up to which they have been read"
    )

    class Meta:
        ordering = ["code"]

    def __str__(self) -> str:
        return self.title

    @property
    def register(self) -> Register:
        """Today's definition of the register. Raises KeyError for a source whose definition is gone."""
        return load_all().registers[self.code]

    @property
    def title(self) -> str:
        return in_language(self.register.title)

    @property
    def about(self) -> str:
        return in_language(self.register.about)

    @property
    def provenance(self) -> list[str]:
        """Which systems and offices hand the data in."""
        return [in_language(one) for one in self.register.sources]

    @property
    def is_application(self) -> bool:
        return self.code in FROM_APPLICATION

    @property
    def holds_personal_data(self) -> bool:
        return any(field.privacy is not Privacy.PUBLIC for field in self.register.fields)

    @property
    def ledger_key(self) -> str:
        return self.code

    def guarding_units(self, permission: str) -> Iterable[Unit]:
        return [self.owner]


class RegisterVersion(models.Model):
    """A version in the store. ``key`` is its address there, on disk and in every lineage row."""

    key = models.CharField(max_length=80, unique=True)
    source = models.ForeignKey(Source, on_delete=models.PROTECT, related_name="versions")
    serial = models.PositiveIntegerField()
    as_of = models.DateField()
    built_at = models.DateTimeField()
    records = models.PositiveIntegerField()
    rejected = models.PositiveIntegerField()
    findings_count = models.PositiveIntegerField()
    definition_digest = models.CharField(max_length=64)
    manifest_sha256 = models.CharField(max_length=64)
    last_received_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-serial"]
        constraints = [models.UniqueConstraint(fields=["source", "serial"], name="one_version_a_serial")]

    def __str__(self) -> str:
        return self.key

    @property
    def ledger_key(self) -> str:
        return self.key


class Delivery(models.Model):
    """One file, or one reading of our own tables, kept byte for byte in the store.

    ``built_in`` is the first version that took it into account; None while it waits.
    """

    key = models.CharField(max_length=80, unique=True)
    source = models.ForeignKey(Source, on_delete=models.PROTECT, related_name="deliveries")
    sha256 = models.CharField(max_length=64)
    filename = models.CharField(max_length=255)
    bytes = models.PositiveBigIntegerField()
    rows = models.PositiveIntegerField()
    encoding = models.CharField(max_length=40, blank=True)
    reading_notes = models.JSONField(default=list)
    received_at = models.DateTimeField()
    origin = models.CharField(max_length=20, choices=Origin.choices)
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    note = models.CharField(max_length=500, blank=True)
    built_in = models.ForeignKey(
        RegisterVersion, null=True, blank=True, on_delete=models.PROTECT, related_name="new_deliveries"
    )

    class Meta:
        ordering = ["-received_at", "-pk"]
        indexes = [models.Index(fields=["source", "-received_at"], name="delivery_of_source")]
        verbose_name_plural = "deliveries"

    def __str__(self) -> str:
        return self.filename

    @property
    def ledger_key(self) -> str:
        return self.key

    def guarding_units(self, permission: str) -> Iterable[Unit]:
        return [self.source.owner]


class Repeat(models.Model):
    """The same bytes handed in once more: no new delivery, but a sign of life of the source."""

    delivery = models.ForeignKey(Delivery, on_delete=models.CASCADE, related_name="repeats")
    at = models.DateTimeField()
    origin = models.CharField(max_length=20, choices=Origin.choices)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    def __str__(self) -> str:
        return f"{self.delivery} {self.at}"


class Rejection(models.Model):
    """What is left of a file that was not taken: its name, size, hash, and why. Its content is not kept."""

    source = models.ForeignKey(Source, on_delete=models.PROTECT, related_name="rejections")
    filename = models.CharField(max_length=255)
    bytes = models.PositiveBigIntegerField()
    sha256 = models.CharField(max_length=64, blank=True)
    code = models.CharField(max_length=40)
    message = models.TextField()
    at = models.DateTimeField()
    origin = models.CharField(max_length=20, choices=Origin.choices)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        ordering = ["-at", "-pk"]

    def __str__(self) -> str:
        return f"{self.filename}: {self.code}"


class Finding(models.Model):
    """What is wrong with one row of the version in force, and whose row it is.

    Replaced as a whole with each version; the findings of earlier versions stay in the store. ``value`` is
    empty where the field is personal: whoever may see it opens the row.
    """

    source = models.ForeignKey(Source, on_delete=models.CASCADE, related_name="findings")
    version = models.ForeignKey(RegisterVersion, on_delete=models.CASCADE, related_name="findings")
    delivery = models.ForeignKey(Delivery, on_delete=models.PROTECT, related_name="findings")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="findings")
    row_number = models.PositiveIntegerField()
    record_key = models.CharField(max_length=200, blank=True)
    check_code = models.CharField(max_length=80)
    word = models.CharField(max_length=20)
    severity = models.CharField(max_length=10, choices=Severity.choices)
    field = models.CharField(max_length=80)
    value = models.CharField(max_length=300, blank=True)
    message = models.TextField()

    class Meta:
        indexes = [
            models.Index(fields=["source", "check_code", "id"], name="finding_of_check"),
            models.Index(fields=["unit", "id"], name="finding_of_unit"),
        ]

    def __str__(self) -> str:
        return f"{self.check_code} {self.delivery_id}:{self.row_number}"

    @property
    def rule(self) -> Check | None:
        """The check as it stands today; None for one that is gone."""
        return next((one for one in self.source.register.checks if one.code == self.check_code), None)

    @property
    def rule_title(self) -> str:
        return in_language(self.rule.title) if self.rule else self.check_code

    @property
    def remedy(self) -> str:
        return in_language(self.rule.remedy) if self.rule else ""

    @property
    def word_title(self) -> str:
        return str(QUALITY[self.word])

    @property
    def field_title(self) -> str:
        titles = {field.name: field.title for field in self.source.register.fields}
        return in_language(titles[self.field]) if self.field in titles else self.field

    @property
    def ledger_key(self) -> str:
        return f"{self.delivery.key}:{self.row_number}:{self.check_code}"[:64]

    def guarding_units(self, permission: str) -> Iterable[Unit]:
        return [self.unit]
