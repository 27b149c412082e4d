"""A task, what its unit says about it, and what the standing office decides."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from dodem.access.roles import Permission
from dodem.directives.models.directives import Directive, Draft, Programme
from dodem.directives.models.reach import concerned, sees_all
from dodem.directives.models.states import end_of, with_state
from dodem.directives.workflow import Facts, Outcome, Report, State, Timing, state_of
from dodem.units.models import Kind, Unit
from dodem.vietnam.text import fold

if TYPE_CHECKING:
    from dodem.access.models import User


class TaskQuerySet(models.QuerySet["Task"]):
    def visible_to(self, user: User, permission: Permission = Permission.TASK_SEE) -> TaskQuerySet:
        """Tasks that a unit of the user leads or helps with, itself or as a member of a group."""
        if sees_all(user, permission):
            return self
        own = Task.objects.filter(concerned(user, permission))
        return self.filter(pk__in=own.values("pk"))

    def led_beneath(self, unit: Unit) -> TaskQuerySet:
        return self.filter(lead_unit__path__startswith=unit.path)

    def with_state(self, *, on: date) -> TaskQuerySet:
        """Tasks assigned by a day's end with ``stage``, ``timing``, ``completed_on``, ``reported_at``."""
        return with_state(self, on=on, reports=Update.objects.filter(kind=Update.Kind.REPORT))

    def with_bottleneck(self, *, on: date) -> TaskQuerySet:
        """Each with ``bottleneck``: what its newest update by the end of a day says is in the way, or ""."""
        newest = Update.objects.filter(task=models.OuterRef("pk"), posted_at__lt=end_of(on))
        tasks: Any = self
        found: TaskQuerySet = tasks.annotate(
            bottleneck=Coalesce(
                models.Subquery(newest.order_by("-posted_at", "-pk").values("bottleneck")[:1]),
                models.Value(""),
                output_field=models.TextField(),
            )
        )
        return found

    def open(self) -> TaskQuerySet:
        """Neither done nor withdrawn. After ``with_state``."""
        return self.filter(models.Q(is_open=True))

    def overdue(self, *, on: date) -> TaskQuerySet:
        return self.with_state(on=on).open().filter(models.Q(timing=Timing.OVERDUE))

    def matching(self, query: str) -> TaskQuerySet:
        """Tasks in whose code, title or directive's number every word occurs, marks ignored."""
        found = self
        for word in fold(query).split():
            found = found.filter(search_key__contains=word)
        return found


class Task(models.Model):
    """An order to one lead unit. ``due_on`` is the deadline first set and never changes; None: none was set.

    ``start``..``end`` is the sentence of the directive that gives the order. ``figure_reference`` is the
    number of the figure that a task was made from.
    """

    year = models.PositiveSmallIntegerField()
    number = models.PositiveIntegerField()
    code = models.CharField(max_length=20, unique=True)
    directive = models.ForeignKey(
        Directive, null=True, blank=True, on_delete=models.PROTECT, related_name="tasks"
    )
    draft = models.OneToOneField(Draft, null=True, blank=True, on_delete=models.PROTECT, related_name="task")
    start = models.PositiveIntegerField(null=True, blank=True)
    end = models.PositiveIntegerField(null=True, blank=True)
    figure_reference = models.CharField(max_length=64, blank=True)
    title = models.CharField(_("việc phải làm"), max_length=600)
    deliverable = models.CharField(_("đo bằng"), max_length=300, blank=True)
    weight = models.PositiveSmallIntegerField(_("hệ số"), default=1)
    lead_unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="led_tasks")
    coordinating = models.ManyToManyField(Unit, blank=True, related_name="helped_tasks")
    programmes = models.ManyToManyField(Programme, blank=True, related_name="tasks")
    due_on = models.DateField(_("hạn hoàn thành"), null=True, blank=True)
    assigned_at = models.DateTimeField()
    assigned_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    started_at = models.DateTimeField(null=True, blank=True)
    started_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    done_on = models.DateField(null=True, blank=True, help_text="the day of the accepted report")
    accepted_at = models.DateTimeField(null=True, blank=True, help_text="when that report was accepted")
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    withdrawn_reason = models.CharField(max_length=600, blank=True)
    search_key = models.CharField(max_length=800, blank=True, editable=False)

    objects = TaskQuerySet.as_manager()

    # Annotations of ``with_state`` and ``with_bottleneck``.
    stage: str
    timing: str
    completed_on: date | None
    reported_at: datetime | None
    bottleneck: str

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["year", "number"], name="one_task_a_number_and_year"),
            models.CheckConstraint(
                condition=models.Q(start__isnull=True, end__isnull=True)
                | models.Q(directive__isnull=False, end__gt=models.F("start")),
                name="task_quotes_its_directive",
            ),
            models.CheckConstraint(
                condition=models.Q(done_on__isnull=True, accepted_at__isnull=True)
                | models.Q(done_on__isnull=False, accepted_at__isnull=False),
                name="task_done_on_the_day_of_an_accepted_report",
            ),
            models.CheckConstraint(
                condition=models.Q(withdrawn_at__isnull=True) | ~models.Q(withdrawn_reason=""),
                name="task_withdrawn_for_a_reason",
            ),
            models.CheckConstraint(condition=models.Q(weight__gte=1), name="task_weighs_at_least_one"),
        ]
        indexes = [
            models.Index(fields=["lead_unit", "due_on"], name="task_of_unit_by_due"),
            models.Index(fields=["due_on", "id"], name="task_by_due"),
        ]

    def __str__(self) -> str:
        return self.code

    @property
    def ledger_key(self) -> str:
        return self.code

    @property
    def sentence(self) -> str:
        """The words that ordered it; empty for a task made by hand."""
        if self.directive is None or self.start is None or self.end is None:
            return ""
        return self.directive.quote(self.start, self.end)

    def facts(self) -> Facts:
        """What its state follows from; reads its reports and decisions."""
        reports = (
            self.updates.filter(kind=Update.Kind.REPORT).select_related("decision").order_by("posted_at")
        )
        return Facts(
            assigned_on=timezone.localdate(self.assigned_at),
            due_on=self.due_on,
            started_on=_day(self.started_at),
            reports=tuple(report.as_report() for report in reports),
            withdrawn_on=_day(self.withdrawn_at),
        )

    def state(self, *, on: date) -> State:
        return state_of(self.facts(), on=on)

    def guarding_units(self, permission: Permission) -> list[Unit]:
        """Worked on by its lead; seen also by those who help; given, moved and judged from above the lead."""
        if permission in {Permission.TASK_SEE, Permission.DIRECTIVE_SEE}:
            return [self.lead_unit, *_with_members(self.coordinating.all())]
        return [self.lead_unit]


def _with_members(units: Iterable[Unit]) -> list[Unit]:
    found = list(units)
    groups = [unit for unit in found if unit.kind == Kind.GROUP]
    return found + (list(Unit.objects.beneath(groups)) if groups else [])


def _day(moment: datetime | None) -> date | None:
    return timezone.localdate(moment) if moment else None


class Update(models.Model):
    """What the lead unit says: progress, or a report that the work is done. Written once."""

    class Kind(models.TextChoices):
        PROGRESS = "progress", _("Cập nhật tiến độ")
        REPORT = "report", _("Báo cáo hoàn thành")

    task = models.ForeignKey(Task, on_delete=models.PROTECT, related_name="updates")
    kind = models.CharField(max_length=10, choices=Kind.choices)
    posted_at = models.DateTimeField()
    posted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    note = models.TextField(blank=True)
    bottleneck = models.TextField(blank=True)
    percent = models.PositiveSmallIntegerField(null=True, blank=True, validators=[MaxValueValidator(100)])
    completed_on = models.DateField(null=True, blank=True, help_text="the day of completion the unit claims")

    class Meta:
        ordering = ["-posted_at", "-pk"]
        indexes = [models.Index(fields=["task", "kind", "posted_at"], name="update_of_task")]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(percent__isnull=True) | models.Q(percent__lte=100),
                name="update_percent_is_a_share",
            ),
            models.CheckConstraint(
                condition=models.Q(kind="report") | models.Q(completed_on__isnull=True),
                name="only_a_report_claims_completion",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.task_id}: {self.get_kind_display()}"

    def as_report(self) -> Report:
        decision = getattr(self, "decision", None)
        return Report(
            posted_on=timezone.localdate(self.posted_at),
            decided_on=_day(decision.decided_at) if decision else None,
            outcome=Outcome(decision.outcome) if decision else None,
        )


class Evidence(models.Model):
    """A file under its SHA-256, or a link, that an update points to."""

    update = models.ForeignKey(Update, on_delete=models.PROTECT, related_name="evidence")
    sha256 = models.CharField(max_length=64, blank=True)
    name = models.CharField(max_length=200, blank=True)
    size = models.PositiveIntegerField(default=0)
    media_type = models.CharField(max_length=100, blank=True)
    link = models.URLField(max_length=600, blank=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=(models.Q(sha256="") & ~models.Q(link=""))
                | (~models.Q(sha256="") & models.Q(link="")),
                name="evidence_is_a_file_or_a_link",
            )
        ]

    def __str__(self) -> str:
        return self.name or self.link

    def guarding_units(self, permission: Permission) -> list[Unit]:
        return self.update.task.guarding_units(permission)


class Decision(models.Model):
    """The standing office's answer to one report: accepted, or returned for a reason. Written once."""

    report = models.OneToOneField(Update, on_delete=models.PROTECT, related_name="decision")
    outcome = models.CharField(max_length=10, choices=Outcome.choices)
    decided_at = models.DateTimeField()
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    reason = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(outcome="accepted") | ~models.Q(reason=""),
                name="report_returned_for_a_reason",
            )
        ]

    def __str__(self) -> str:
        return f"{self.report_id}: {self.get_outcome_display()}"
