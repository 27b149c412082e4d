"""The page of one task: result first, then its words, its proof, its history, then what may be done."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from dodem.access.roles import Permission
from dodem.access.rules import can
from dodem.audit.queries import TimelineItem, timeline
from dodem.directives.forms import ReasonForm, ReassignForm, UpdateForm
from dodem.directives.models import Evidence, Task, Update
from dodem.directives.wording import status_of
from dodem.directives.workflow import ALLOWED, Move, Stage
from dodem.pages import formats
from dodem.units.models import Unit
from dodem.vietnam.calendar import WorkingCalendar

NEEDED = {
    Move.START: Permission.TASK_UPDATE,
    Move.UPDATE: Permission.TASK_UPDATE,
    Move.REPORT: Permission.TASK_UPDATE,
    Move.RETURN: Permission.TASK_VERIFY,
    Move.CLOSE: Permission.TASK_VERIFY,
    Move.REASSIGN: Permission.TASK_ASSIGN,
    Move.WITHDRAW: Permission.TASK_ASSIGN,
}
_DOTS = {
    "task.assigned": "done",
    "task.closed": "done",
    "task.returned": "late",
    "task.withdrawn": "none",
    "task.reported": "risk",
}


def task_page(
    request: HttpRequest, task: Task, *, forms: dict[Move, Any] | None = None, status: int = 200
) -> HttpResponse:
    """Render a task; ``forms`` are those that came back with errors."""
    today = timezone.localdate()
    state = task.state(on=today)
    updates = list(
        task.updates.select_related("posted_by", "unit", "decision__decided_by").prefetch_related("evidence")
    )
    moves = moves_of(request, task, state.stage)
    given = forms or {}
    context = {
        "nav": "task",
        "task": task,
        "state": state,
        "status": status_of(state.stage, state.timing, due_on=task.due_on, on=today),
        "off_day": WorkingCalendar.load().day_off_name(task.due_on) if task.due_on else None,
        "crumbs": [(_("Nhiệm vụ"), reverse("directives:tasks")), (task.code, "")],
        "newest": updates[0] if updates else None,
        "percent": next((update.percent for update in updates if update.percent is not None), None),
        "bottleneck": updates[0].bottleneck
        if updates and state.stage not in {Stage.DONE, Stage.WITHDRAWN}
        else "",
        "waiting_report": next(
            (u for u in updates if u.kind == Update.Kind.REPORT and not hasattr(u, "decision")), None
        ),
        "updates": updates,
        "files": [file_row(update, item) for update in updates for item in update.evidence.all()],
        "entries": entries(task, timeline(task)),
        "moves": {move.value for move in moves},
        "update_form": given.get(Move.UPDATE) or UpdateForm(),
        "return_form": given.get(Move.RETURN) or ReasonForm(auto_id="tra-lai-%s"),
        "reassign_form": given.get(Move.REASSIGN) or ReassignForm(auto_id="chuyen-%s"),
        "withdraw_form": given.get(Move.WITHDRAW) or ReasonForm(auto_id="rut-%s"),
        "opened": next(iter(given), None),
        "units": Unit.objects.valid(on=today).in_order().only("name", "short_name")
        if Move.REASSIGN in moves
        else [],
    }
    return render(request, "directives/task.html", context, status=status)


def moves_of(request: HttpRequest, task: Task, stage: Stage) -> set[Move]:
    """What this person may do to the task as it stands."""
    return {
        move
        for move, permission in NEEDED.items()
        if stage in ALLOWED[move] and can(request.user, permission, task.guarding_units(permission))
    }


def file_row(update: Update, item: Evidence) -> dict[str, object]:
    """One piece of evidence as the files component shows it."""
    icon = "camera" if item.media_type.startswith("image/") else "file-text"
    if "spreadsheet" in item.media_type:
        icon = "table"
    return {
        "name": item.name or item.link,
        "url": item.link or reverse("directives:evidence", args=[item.pk]),
        "who": update.unit.display_name,
        "at": update.posted_at,
        "size": item.size,
        "sha256": item.sha256,
        "icon": "external-link" if item.link else icon,
    }


def entries(task: Task, events: list[TimelineItem]) -> list[dict[str, object]]:
    """The ledger's events of a task, newest first, in words."""
    return [
        {
            "at": event.at,
            "status": _DOTS.get(event.kind, "ok"),
            "title": event.label,
            "detail": " · ".join(part for part in (event.actor, _detail(event)) if part),
        }
        for event in events
    ]


def _detail(event: TimelineItem) -> str:
    data = event.data
    if event.kind == "task.assigned":
        due_on = data.get("due_on")
        return _("hạn %(day)s") % {"day": formats.day(_date(due_on))} if due_on else _("chưa có hạn")
    if event.kind == "task.updated":
        said = [f"{data['percent']}%"] if data.get("percent") is not None else []
        said += [_("có vướng mắc")] if data.get("blocked") else []
        return ", ".join(said)
    if event.kind in {"task.closed", "task.reported"} and data.get("completed_on"):
        return _("hoàn thành %(day)s") % {"day": formats.day(_date(data["completed_on"]))}
    if event.kind == "task.reassigned":
        return str(data.get("reason", ""))
    return ""


def _date(value: Any) -> date:
    return date.fromisoformat(str(value))
