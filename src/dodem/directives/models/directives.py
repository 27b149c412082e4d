"""A directive as it was received, and the tasks drafted from it, waiting for a person."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from dodem.access.roles import Permission
from dodem.directives.models.reach import concerned, sees_all
from dodem.units.models import Unit
from dodem.vietnam.text import fold

if TYPE_CHECKING:
    from dodem.access.models import User


class Programme(models.Model):
    """A resolution or scheme that tasks serve. A row of definitions/programmes.yaml, not code."""

    code = models.CharField(max_length=20, unique=True)
    title = models.CharField(max_length=300)
    title_en = models.CharField(max_length=300, blank=True)
    document = models.CharField(max_length=200, help_text="number, issuer and date of the founding document")
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["position", "code"]

    def __str__(self) -> str:
        return self.code

    @property
    def display_title(self) -> str:
        """The title in the reader's language."""
        if self.title_en and (get_language() or "vi").startswith("en"):
            return self.title_en
        return self.title


class DirectiveQuerySet(models.QuerySet["Directive"]):
    def visible_to(self, user: User) -> DirectiveQuerySet:
        """All for whoever may see directives at the city; otherwise those with a task the user may see."""
        if sees_all(user, Permission.DIRECTIVE_SEE):
            return self
        own = Directive.objects.filter(concerned(user, Permission.DIRECTIVE_SEE, task="tasks__"))
        return self.filter(pk__in=own.values("pk"))

    def matching(self, query: str) -> DirectiveQuerySet:
        """Directives in whose number, title or issuer every word occurs, marks ignored."""
        found = self
        for word in fold(query).split():
            found = found.filter(search_key__contains=word)
        return found


class Directive(models.Model):
    """One document. The text is NFC and never changes, because drafts and tasks point into it by character.

    The bytes as received lie under their SHA-256 in the file store; pasted text is kept as UTF-8.
    """

    document_number = models.CharField(_("số, ký hiệu"), max_length=80, blank=True)
    kind = models.CharField(_("loại văn bản"), max_length=60, blank=True)
    issuer = models.CharField(_("cơ quan ban hành"), max_length=300, blank=True)
    title = models.CharField(_("trích yếu"), max_length=600)
    issued_on = models.DateField(_("ngày ban hành"))
    text = models.TextField()
    sha256 = models.CharField(max_length=64, unique=True)
    file_name = models.CharField(max_length=200)
    file_size = models.PositiveIntegerField()
    media_type = models.CharField(max_length=100)
    source_url = models.URLField(max_length=600, blank=True)
    citation = models.CharField(max_length=300, blank=True)
    added_at = models.DateTimeField()
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    is_sample = models.BooleanField(default=False)
    search_key = models.CharField(max_length=1200, blank=True, editable=False)

    objects = DirectiveQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["-issued_on", "-id"], name="directive_newest_first")]

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        """How people call it: "Kết luận 12-KL/TU", or the title where it has no number."""
        return f"{self.kind} {self.document_number}".strip() if self.document_number else self.title

    def quote(self, start: int, end: int) -> str:
        return self.text[start:end]

    def guarding_units(self, permission: Permission) -> list[Unit]:
        """Reviewed at the city; read there and wherever one of its tasks may be seen."""
        units = list(Unit.objects.filter(parent__isnull=True, valid_to__isnull=True))
        if permission == Permission.DIRECTIVE_SEE:
            for task in self.tasks.select_related("lead_unit").prefetch_related("coordinating"):
                units += task.guarding_units(permission)
        return units


class Origin(models.TextChoices):
    READER = "reader", _("Máy tách")
    PERSON = "person", _("Người rà soát thêm")
    SPLIT = "split", _("Tách từ đề xuất khác")
    MERGE = "merge", _("Gộp từ các đề xuất khác")


class DraftQuerySet(models.QuerySet["Draft"]):
    def shown(self) -> DraftQuerySet:
        """All but those that were split or merged into others."""
        return self.filter(replaced_at__isnull=True)

    def waiting(self) -> DraftQuerySet:
        """Neither confirmed nor rejected yet."""
        return self.shown().filter(rejected_at__isnull=True, task__isnull=True)

    def with_parts(self) -> DraftQuerySet:
        """With everything a card shows: four queries however many drafts."""
        return (
            self.select_related("lead_unit", "task__lead_unit", "rejected_by")
            .prefetch_related("coordinating", "programmes")
            .order_by("start", "end", "pk")
        )


class Draft(models.Model):
    """A task proposed from the characters start..end of its directive. Nothing is assigned by it.

    ``confidence`` maps a field to [0..1, the reason in words]. A draft that was split or merged is
    replaced by others, which name it among their ``parents``.
    """

    directive = models.ForeignKey(Directive, on_delete=models.CASCADE, related_name="drafts")
    start = models.PositiveIntegerField()
    end = models.PositiveIntegerField()
    action = models.CharField(_("việc phải làm"), max_length=600)
    lead_unit = models.ForeignKey(Unit, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    coordinating = models.ManyToManyField(Unit, blank=True, related_name="+")
    due_on = models.DateField(_("hạn hoàn thành"), null=True, blank=True)
    no_deadline = models.BooleanField(default=False, help_text="a person says that it is to go without one")
    deadline_notation = models.CharField(max_length=60, blank=True)
    deadline_phrase = models.CharField(max_length=300, blank=True)
    deadline_why = models.CharField(max_length=300, blank=True)
    lead_why = models.CharField(max_length=300, blank=True)
    programmes = models.ManyToManyField(Programme, blank=True, related_name="+")
    deliverable = models.CharField(_("đo bằng"), max_length=300, blank=True)
    confidence = models.JSONField(default=dict, blank=True)
    origin = models.CharField(max_length=10, choices=Origin.choices, default=Origin.READER)
    parents = models.ManyToManyField("self", symmetrical=False, blank=True, related_name="children")
    replaced_at = models.DateTimeField(null=True, blank=True)
    rejected_at = models.DateTimeField(null=True, blank=True)
    rejected_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    edited_at = models.DateTimeField(null=True, blank=True)

    objects = DraftQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(end__gt=models.F("start")), name="draft_quotes_some_text"
            ),
            models.CheckConstraint(
                condition=models.Q(rejected_by__isnull=True) | models.Q(rejected_at__isnull=False),
                name="draft_rejected_by_someone_at_a_time",
            ),
            models.CheckConstraint(
                condition=models.Q(no_deadline=False) | models.Q(due_on__isnull=True),
                name="draft_has_a_deadline_or_goes_without",
            ),
        ]

    def __str__(self) -> str:
        return self.action

    @property
    def sentence(self) -> str:
        return self.directive.quote(self.start, self.end)

    @property
    def missing(self) -> tuple[str, ...]:
        """What a person must fill in before it can be assigned: "lead", "due"."""
        return tuple(
            name
            for name, is_missing in (
                ("lead", self.lead_unit_id is None),
                ("due", self.due_on is None and not self.no_deadline),
            )
            if is_missing
        )

    @property
    def state(self) -> str:
        """ "confirmed", "rejected", "replaced", "incomplete" or "ready"."""
        if getattr(self, "task", None) is not None:
            return "confirmed"
        if self.replaced_at:
            return "replaced"
        if self.rejected_at:
            return "rejected"
        return "incomplete" if self.missing else "ready"

    def guarding_units(self, permission: Permission) -> Iterable[Unit]:
        return self.directive.guarding_units(permission)

    def reason(self, field: str) -> Any:
        """(confidence, words) of one field as the reader gave them, or None."""
        return self.confidence.get(field)
