"""Units and what became of them."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from collections.abc import Iterable


class Kind(models.TextChoices):
    CITY = "city", _("Thành phố")
    GROUP = "group", _("Khối")
    DEPARTMENT = "department", _("Sở, ngành")
    WARD = "ward", _("Phường")
    COMMUNE = "commune", _("Xã")
    SPECIAL_ZONE = "special_zone", _("Đặc khu")
    TOWNSHIP = "township", _("Thị trấn")
    DISTRICT = "district", _("Huyện")


COMMUNE_LEVEL = (Kind.WARD, Kind.COMMUNE, Kind.SPECIAL_ZONE)


def valid_on(day: date) -> models.Q:
    """Keeps what is valid on a day: begun by then, and ended on it or later or not at all."""
    return (models.Q(valid_from__isnull=True) | models.Q(valid_from__lte=day)) & (
        models.Q(valid_to__isnull=True) | models.Q(valid_to__gte=day)
    )


class UnitQuerySet(models.QuerySet["Unit"]):
    def valid(self, *, on: date) -> UnitQuerySet:
        """Units that exist on a day."""
        return self.filter(valid_on(on))

    def commune_level(self) -> UnitQuerySet:
        return self.filter(kind__in=COMMUNE_LEVEL)

    def beneath(self, tops: Iterable[Unit]) -> UnitQuerySet:
        """The subtrees of the given units, the units themselves included."""
        inside = models.Q(pk__in=[])
        for top in tops:
            inside |= models.Q(path__startswith=top.path)
        return self.filter(inside)

    def in_order(self) -> UnitQuerySet:
        """As a Vietnamese list is sorted."""
        return self.order_by("sort_key", "code")


class Unit(models.Model):
    """An organisation. ``valid_to`` is its last day; None while it exists.

    ``path`` lists the primary keys from the root down to the unit, each followed by a slash, so that a
    subtree is a prefix; a code may come back after its unit ended, so codes would not do. ``name`` is
    today's; earlier and coming names are in ``UnitName``. ``former_area`` is where the unit lay before July
    2025: the province of a present one, district and province of a former one.
    """

    code = models.CharField(max_length=20, db_index=True)
    agency_code = models.CharField(max_length=40, null=True, blank=True, unique=True)
    kind = models.CharField(max_length=20, choices=Kind.choices)
    name = models.CharField(max_length=200)
    short_name = models.CharField(max_length=200)
    name_en = models.CharField(max_length=200, blank=True)
    aliases = models.TextField(blank=True, help_text="other names, separated by |")
    parent = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="children"
    )
    path = models.CharField(max_length=200, db_index=True)
    sort_key = models.CharField(max_length=2010, db_index=True)
    search_key = models.TextField(
        blank=True, help_text="every name it has or had, folded, each between two bars"
    )
    former_area = models.CharField(max_length=100, blank=True)
    area_km2 = models.DecimalField(max_digits=9, decimal_places=3, null=True, blank=True)
    population = models.PositiveIntegerField(null=True, blank=True)
    population_on = models.DateField(null=True, blank=True)
    office = models.CharField(max_length=300, blank=True)
    valid_from = models.DateField(null=True, blank=True)
    valid_to = models.DateField(null=True, blank=True)

    objects = UnitQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["code"], condition=models.Q(valid_to__isnull=True), name="one_living_unit_a_code"
            ),
            models.CheckConstraint(
                condition=models.Q(valid_to__isnull=True)
                | models.Q(valid_from__isnull=True)
                | models.Q(valid_to__gte=models.F("valid_from")),
                name="unit_ends_after_it_begins",
            ),
        ]

    def __str__(self) -> str:
        return self.display_name

    @property
    def ledger_key(self) -> str:
        return self.code

    @property
    def display_name(self) -> str:
        """The name in the reader's language."""
        if self.name_en and (get_language() or "vi").startswith("en"):
            return self.name_en
        return self.name

    @property
    def is_commune_level(self) -> bool:
        return self.kind in COMMUNE_LEVEL

    @property
    def other_names(self) -> list[str]:
        return [alias for alias in self.aliases.split("|") if alias]

    def is_beneath(self, top: Unit) -> bool:
        return self.path.startswith(top.path)

    def guarding_units(self, permission: str) -> list[Unit]:
        """A unit's own page is guarded at the unit itself."""
        return [self]


class UnitNameQuerySet(models.QuerySet["UnitName"]):
    def valid(self, *, on: date) -> UnitNameQuerySet:
        """The names borne on a day; at most one a unit."""
        return self.filter(valid_on(on))


class UnitName(models.Model):
    """What a unit was called, and from when to when."""

    unit = models.ForeignKey(Unit, on_delete=models.CASCADE, related_name="names")
    name = models.CharField(max_length=200)
    short_name = models.CharField(max_length=200)
    name_en = models.CharField(max_length=200, blank=True)
    valid_from = models.DateField(null=True, blank=True)
    valid_to = models.DateField(null=True, blank=True)

    objects = UnitNameQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["unit"], condition=models.Q(valid_to__isnull=True), name="one_open_name_a_unit"
            )
        ]

    def __str__(self) -> str:
        return self.name


class Succession(models.Model):
    """One unit, or part of it, became (part of) another on a day, by an article of a legal text."""

    class Role(models.TextChoices):
        WHOLE = "whole", _("toàn bộ")
        PART = "part", _("một phần")
        REST = "rest", _("phần còn lại")
        PART_AREA_ONLY = "part_area_only", _("một phần diện tích")
        UNCHANGED = "unchanged", _("giữ nguyên")

    WHOLE_ROLES = (Role.WHOLE, Role.UNCHANGED)

    predecessor = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="successions")
    successor = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="origins")
    role = models.CharField(max_length=20, choices=Role.choices)
    effective_on = models.DateField()
    clause = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["predecessor", "successor"], name="one_succession_a_pair")
        ]

    def __str__(self) -> str:
        return f"{self.predecessor} → {self.successor}"


class Outline(models.Model):
    """A unit's boundary as imported by the city from its own file. The product ships none."""

    unit = models.OneToOneField(Unit, on_delete=models.CASCADE, related_name="outline")
    rings = models.JSONField(help_text="polygons as lists of rings of [longitude, latitude], WGS 84")
    source = models.CharField(max_length=300)
    imported_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.unit}"
