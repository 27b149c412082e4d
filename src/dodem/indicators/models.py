"""Releases, the observations they published, and the questions people ask about them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from dodem.registers.models import RegisterVersion
from dodem.units.models import Unit

if TYPE_CHECKING:
    from dodem.access.models import User


class ScopeSet(models.Model):
    """Which units counted for which nodes when a release was measured: (code, code of itself or above) pairs.

    Kept so that a figure published before units merged re-opens with the rows it was counted from.
    """

    digest = models.CharField(max_length=64, unique=True)
    pairs = models.JSONField()

    def __str__(self) -> str:
        return self.digest[:12]


class Release(models.Model):
    """One publication: what was counted, from which versions, by which definitions, on which day.

    ``manifest`` is the canonical JSON its hash is taken over: register versions with their own hashes,
    digests of the definitions, and the digest of the observations it added.
    """

    number = models.PositiveIntegerField(unique=True)
    published_at = models.DateTimeField()
    as_of = models.DateField()
    manifest = models.TextField()
    manifest_sha256 = models.CharField(max_length=64)
    versions = models.ManyToManyField(RegisterVersion, related_name="releases")
    scopes = models.ForeignKey(ScopeSet, on_delete=models.PROTECT, related_name="+")
    observations_added = models.PositiveIntegerField()

    class Meta:
        ordering = ["-number"]
        constraints = [
            models.CheckConstraint(condition=models.Q(number__gte=1), name="release_number_from_one")
        ]

    def __str__(self) -> str:
        return f"{self.number}"

    @property
    def ledger_key(self) -> str:
        return str(self.number)

    def get_absolute_url(self) -> str:
        return reverse("pipeline:release", args=[self.number])


class ObservationQuerySet(models.QuerySet["Observation"]):
    def current(self) -> ObservationQuerySet:
        """What nothing has replaced."""
        return self.filter(replaced_by__isnull=True)

    def as_published(self, *, number: int) -> ObservationQuerySet:
        """What stood after release ``number``: neither published later nor replaced by then."""
        return self.filter(
            models.Q(replaced_by__isnull=True) | models.Q(replaced_by__release__number__gt=number),
            release__number__lte=number,
        )


class Observation(models.Model):
    """One indicator, one unit, one period, one group: written once. A correction is a new one that
    ``replaces`` it.

    ``period_start`` is the first day of the month; of a stock, the month in which it was taken, on ``as_of``.
    ``value`` is in the indicator's measure (percent 0-100) and None where there is nothing to divide by: no
    data is not zero. ``numerator`` and ``denominator`` are records or đồng.
    """

    indicator = models.CharField(max_length=60)
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="observations")
    period_start = models.DateField()
    group = models.CharField(max_length=60, blank=True)
    numerator = models.BigIntegerField()
    denominator = models.BigIntegerField(null=True)
    value = models.DecimalField(max_digits=24, decimal_places=6, null=True)
    as_of = models.DateField()
    release = models.ForeignKey(Release, on_delete=models.PROTECT, related_name="observations")
    version = models.ForeignKey(RegisterVersion, on_delete=models.PROTECT, related_name="observations")
    definition_digest = models.CharField(max_length=64)
    replaces = models.OneToOneField(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="replaced_by"
    )

    objects = ObservationQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["indicator", "period_start", "group", "unit"], name="observation_of_period"),
            models.Index(fields=["unit", "indicator", "group", "period_start"], name="observation_of_unit"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["indicator", "unit", "period_start", "group"],
                condition=models.Q(replaces__isnull=True),
                name="one_first_observation_a_place",
            ),
            models.CheckConstraint(
                condition=~models.Q(value__isnull=False, denominator=0), name="no_value_over_nothing"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.indicator} {self.unit} {self.period_start:%m/%Y} {self.group}".strip()

    @property
    def ledger_key(self) -> str:
        return str(self.pk)

    def get_absolute_url(self) -> str:
        return reverse("indicators:figure", args=[self.pk])

    def guarding_units(self, permission: str) -> Iterable[Unit]:
        return [self.unit]


class QuestionQuerySet(models.QuerySet["FigureQuestion"]):
    def open(self) -> QuestionQuerySet:
        return self.filter(answered_at__isnull=True)

    def visible_to(self, user: User) -> QuestionQuerySet:
        """One's own questions, and those put to a unit where one may answer."""
        from dodem.access.roles import Permission
        from dodem.access.rules import visible

        asked_of_mine = visible(user, Permission.FIGURE_QUESTION, path="to_unit__path")
        return self.filter(models.Q(asked_by=user) | asked_of_mine)


class FigureQuestion(models.Model):
    """Somebody says a figure is wrong, or a unit is to explain it. Answered once, in words."""

    class Kind(models.TextChoices):
        WRONG = "wrong", _("báo số sai")
        EXPLAIN = "explain", _("yêu cầu giải trình")

    observation = models.ForeignKey(Observation, on_delete=models.PROTECT, related_name="questions")
    kind = models.CharField(max_length=10, choices=Kind.choices)
    to_unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="figure_questions")
    text = models.TextField()
    due_on = models.DateField(null=True, blank=True)
    asked_at = models.DateTimeField()
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    answer = models.TextField(blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    objects = QuestionQuerySet.as_manager()

    class Meta:
        ordering = ["-asked_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(answered_at__isnull=True, answered_by__isnull=True, answer="")
                | models.Q(answered_at__isnull=False, answered_by__isnull=False) & ~models.Q(answer=""),
                name="an_answer_has_words_author_and_time",
            )
        ]

    def __str__(self) -> str:
        return f"{self.observation}: {self.get_kind_display()}"

    def get_absolute_url(self) -> str:
        return reverse("indicators:question", args=[self.pk])

    def guarding_units(self, permission: str) -> Iterable[Unit]:
        return [self.to_unit]
