"""Reports, cases, what happened to them, and who sent them (kept apart)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import fields
from datetime import date, datetime, timedelta

from django.conf import settings
from django.db import models
from django.db.models import Case as Choice
from django.db.models import F, OuterRef, Q, Subquery, Value, When
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.functional import cached_property

from dodem.access.roles import Permission
from dodem.access.rules import visible
from dodem.feedback import catalogue, deadlines, workflow
from dodem.feedback.kinds import Basis, Channel, DeclineReason, Kind, LegalTrack
from dodem.feedback.workflow import Result, Standing, State, Step
from dodem.units.models import Unit

STILL_OPEN = Q(answered_at=None, joined_at=None, withdrawn_at=None, referred_at=None)


class CaseQuerySet(models.QuerySet["Case"]):
    def visible_to(self, user: object, permission: Permission = Permission.CASE_SEE) -> CaseQuerySet:
        """Cases that are with a unit at which the person holds the permission."""
        return self.filter(visible(user, permission))  # type: ignore[arg-type]

    def with_state(self, *, at: datetime) -> CaseQuerySet:
        """``state`` as ``workflow.state_of`` gives it, computed by the database."""
        closes = at - timedelta(days=catalogue.clocks().days_to_reopen)
        return self.annotate(
            state=Choice(
                When(joined_at__isnull=False, then=Value(State.JOINED)),
                When(withdrawn_at__isnull=False, then=Value(State.WITHDRAWN)),
                When(referred_at__isnull=False, then=Value(State.REFERRED)),
                When(
                    Q(answered_at__isnull=False)
                    & (Q(rated_at__gte=F("answered_at")) | Q(answered_at__lte=closes)),
                    then=Value(State.CLOSED),
                ),
                When(answered_at__isnull=False, then=Value(State.AWAITING_CITIZEN)),
                When(at_desk=True, then=Value(State.AT_DESK)),
                default=Value(State.IN_PROGRESS),
                output_field=models.CharField(),
            )
        )

    def still_open(self) -> CaseQuerySet:
        """Cases somebody has to do something about."""
        return self.filter(STILL_OPEN)

    def shared(self) -> CaseQuerySet:
        """Cases that everybody may know of: at least one sender agreed, and no law says otherwise."""
        agreed = Report.objects.filter(case=OuterRef("pk"), is_shared=True, withdrawn_at__isnull=True)
        return self.filter(models.Exists(agreed), joined_at__isnull=True, legal_track="")

    def with_report_count(self) -> CaseQuerySet:
        counted = (
            Report.objects.filter(case=OuterRef("pk"))
            .order_by()
            .values("case")
            .annotate(n=models.Count("pk"))
        )
        return self.annotate(report_count=Coalesce(Subquery(counted.values("n")), 0))


class Case(models.Model):
    """One matter at one unit, however many people reported it. Its code is that of the report that opened it.

    ``unit`` is the city while the case waits at the desk that routes by hand. The nullable moments are the
    ``Standing`` as the last step left it: facts, from which the state follows. ``due_on`` is the first day
    promised and never changes; ``current_due_on`` moves only when a citizen reports again.
    """

    code = models.CharField(max_length=12, unique=True)
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="cases")
    kind = models.CharField(max_length=12, choices=Kind.choices)
    category = models.CharField(max_length=40)
    title = models.CharField(max_length=120)
    place_key = models.CharField(max_length=200, blank=True)
    search_key = models.TextField(blank=True)
    opened_at = models.DateTimeField(db_index=True)
    due_on = models.DateField()
    current_due_on = models.DateField()
    assignee = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="cases"
    )
    legal_track = models.CharField(max_length=12, choices=LegalTrack.choices, blank=True)
    joined_into = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="joined_cases"
    )

    at_desk = models.BooleanField(default=True)
    routed_at = models.DateTimeField(null=True, blank=True)
    transfers = models.PositiveSmallIntegerField(default=0)
    first_answered_at = models.DateTimeField(null=True, blank=True)
    first_answered_on = models.DateField(null=True, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    result = models.CharField(max_length=10, choices=Result.choices, blank=True)
    decline_reason = models.CharField(max_length=20, choices=DeclineReason.choices, blank=True)
    rating = models.PositiveSmallIntegerField(null=True, blank=True)
    rated_at = models.DateTimeField(null=True, blank=True)
    reopened_at = models.DateTimeField(null=True, blank=True)
    complained_at = models.DateTimeField(null=True, blank=True)
    referred_at = models.DateTimeField(null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    joined_at = models.DateTimeField(null=True, blank=True)

    objects = CaseQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["unit", "current_due_on", "id"], name="case_queue"),
            models.Index(fields=["unit", "place_key", "opened_at"], name="case_same_place"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(rating__isnull=True) | Q(rating__range=(1, 5)), name="case_rating_from_1_to_5"
            ),
            models.CheckConstraint(
                condition=Q(joined_at__isnull=True, joined_into__isnull=True)
                | Q(joined_at__isnull=False, joined_into__isnull=False),
                name="case_joined_into_something",
            ),
            models.CheckConstraint(
                condition=Q(answered_at__isnull=True) | Q(first_answered_at__lte=F("answered_at")),
                name="case_first_answer_comes_first",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.title}"

    @property
    def ledger_key(self) -> str:
        return self.code

    def guarding_units(self, permission: Permission) -> Iterable[Unit]:
        return [self.unit]

    @property
    def standing(self) -> Standing:
        return Standing(**{field.name: getattr(self, field.name) for field in fields(Standing)})

    @cached_property
    def category_title(self) -> str:
        return catalogue.categories()[self.category].title

    def state_at(self, at: datetime) -> State:
        return workflow.state_of(self.standing, at=at, days_to_reopen=catalogue.clocks().days_to_reopen)

    def may_be_judged(self, at: datetime) -> bool:
        """Whether the senders may still rate the answer or report again."""
        return workflow.may_judge(self.standing, at=at, days_to_reopen=catalogue.clocks().days_to_reopen)

    def pace_on(self, today: date) -> deadlines.Pace:
        """The answer that stands against the day now promised."""
        answered_on = timezone.localdate(self.answered_at) if self.answered_at else None
        return deadlines.pace(due_on=self.current_due_on, answered_on=answered_on, today=today)

    @property
    def judged_until(self) -> datetime | None:
        """The moment after which the answer can no longer be rated or contested."""
        if self.answered_at is None:
            return None
        return self.answered_at + timedelta(days=catalogue.clocks().days_to_reopen)


class Report(models.Model):
    """What one person sent. The secret link and the form it came by are known only by their digests."""

    code = models.CharField(max_length=12, unique=True)
    secret_digest = models.CharField(max_length=64, unique=True)
    submission_digest = models.CharField(max_length=64, unique=True)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="reports")
    kind = models.CharField(max_length=12, choices=Kind.choices)
    category = models.CharField(max_length=40)
    text = models.TextField()
    address = models.CharField(max_length=300, blank=True)
    basis = models.CharField(max_length=10, choices=Basis.choices)
    basis_words = models.CharField(max_length=500, blank=True)
    is_shared = models.BooleanField()
    channel = models.CharField(max_length=10, choices=Channel.choices)
    language = models.CharField(max_length=10)
    received_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return self.code

    @property
    def ledger_key(self) -> str:
        return self.code


class Sender(models.Model):
    """Who sent a report, if they said. Its own table, so that no list ever reads it; gone when a report is
    withdrawn.
    """

    report = models.OneToOneField(Report, on_delete=models.CASCADE, related_name="sender")
    name = models.CharField(max_length=120, blank=True)
    phone = models.CharField(max_length=20, blank=True, help_text="E.164")

    def __str__(self) -> str:
        return f"sender of {self.report_id}"


class CaseStep(models.Model):
    """One thing that happened to a case. Written once."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="steps")
    kind = models.CharField(max_length=12, choices=Step.choices)
    at = models.DateTimeField()
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    report = models.ForeignKey(Report, null=True, blank=True, on_delete=models.PROTECT, related_name="steps")
    unit = models.ForeignKey(
        Unit, on_delete=models.PROTECT, related_name="+", help_text="with whom the case is then"
    )
    from_unit = models.ForeignKey(Unit, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    note = models.TextField(blank=True)
    reason = models.CharField(max_length=20, blank=True)
    record_number = models.CharField(max_length=120, blank=True)
    promised_on = models.DateField(null=True, blank=True)
    rating = models.PositiveSmallIntegerField(null=True, blank=True)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind=Step.RATED, rating__range=(1, 5))
                | (~Q(kind=Step.RATED) & Q(rating__isnull=True)),
                name="step_is_rated_from_1_to_5",
            )
        ]

    def __str__(self) -> str:
        return f"{self.case_id} {self.kind}"


class Photo(models.Model):
    """A cleaned photo of a report or of a step. Until its form is accepted it belongs to the form alone."""

    report = models.ForeignKey(Report, null=True, blank=True, on_delete=models.PROTECT, related_name="photos")
    step = models.ForeignKey(CaseStep, null=True, blank=True, on_delete=models.PROTECT, related_name="photos")
    submission_digest = models.CharField(max_length=64, blank=True, db_index=True)
    sha256 = models.CharField(max_length=64, db_index=True)
    width = models.PositiveIntegerField()
    height = models.PositiveIntegerField()
    size = models.PositiveIntegerField()
    added_at = models.DateTimeField()

    class Meta:
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(report__isnull=True) | Q(step__isnull=True), name="photo_has_one_place"
            )
        ]

    def __str__(self) -> str:
        return self.sha256[:12]

    @property
    def path(self) -> str:
        """Where the file lies beneath MEDIA_ROOT."""
        return f"photos/{self.sha256[:2]}/{self.sha256}.jpg"

    @property
    def case(self) -> Case | None:
        """The case it belongs to, once its form was accepted."""
        if self.report is not None:
            return self.report.case
        return self.step.case if self.step is not None else None

    def guarding_units(self, permission: Permission) -> Iterable[Unit]:
        return self.case.guarding_units(permission) if self.case else []
