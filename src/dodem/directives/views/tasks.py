"""Tasks: the list and its export, one task, a new one by hand, a piece of evidence."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from django.contrib import messages
from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from dodem.access.roles import Permission
from dodem.access.rules import can
from dodem.access.web import needs
from dodem.directives import actions, files
from dodem.directives.forms import TaskFilterForm, TaskForm
from dodem.directives.models import Evidence, Task
from dodem.directives.queries import count_states, task_list
from dodem.directives.queries.lists import TaskFilter, base
from dodem.directives.queries.tabs import tabs
from dodem.directives.views import load
from dodem.directives.views.directives import download
from dodem.directives.views.load import refuse_beyond_reach, who
from dodem.directives.views.task_page import task_page
from dodem.directives.wording import status_of
from dodem.pages.csv_file import csv_response
from dodem.pages.links import with_query
from dodem.units.models import Kind, Unit
from dodem.vietnam.errors import UserError


@needs(Permission.TASK_SEE)
@require_GET
def tasks(request: HttpRequest) -> HttpResponse:
    user = who(request)
    today = timezone.localdate()
    form = TaskFilterForm(request.GET)
    wanted = form.wanted(sort=request.GET.get("sort", ""))
    counts = count_states(wanted.apply(base(user, on=today), user=user, on=today, with_state=False))
    found = task_list(user, wanted, on=today, after=request.GET.get("after", ""))
    context = {
        "nav": "task",
        "form": form,
        "counts": counts,
        "tabs": tabs(request, counts, current=wanted.state),
        "rows": found.rows,
        "next": with_query(request, after=found.after) if found.after else "",
        "first": with_query(request, after=None) if request.GET.get("after") else "",
        "query_string": request.GET.urlencode(),
        "is_filtered": wanted != TaskFilter(state=wanted.state, sort=wanted.sort),
        "may_assign": bool(can(user, Permission.TASK_ASSIGN)),
        "today": today,
    }
    return render(request, "directives/tasks.html", context)


@needs(Permission.TASK_SEE)
@require_GET
def export(request: HttpRequest) -> HttpResponseBase:
    """The list as filtered, all of it, as CSV."""
    user = who(request)
    today = timezone.localdate()
    wanted = TaskFilterForm(request.GET).wanted(sort=request.GET.get("sort", ""))
    found = task_list(user, wanted, on=today)
    head = [
        _("Mã"), _("Việc phải làm"), _("Mã đơn vị"), _("Đơn vị chủ trì"), _("Chương trình"), _("Ngày giao"),
        _("Hạn"), _("Tình trạng"), _("Ngày hoàn thành"), _("Vướng mắc"),
    ]  # fmt: skip

    def written(day: date | None) -> str:
        return f"{day:%d/%m/%Y}" if day else ""

    def rows() -> Iterator[list[object]]:
        in_full = found.tasks.select_related("lead_unit").prefetch_related("programmes")
        for task in in_full.iterator(chunk_size=500):
            status = status_of(task.stage, task.timing, due_on=task.due_on, on=today)
            programmes = ", ".join(programme.code for programme in task.programmes.all())
            yield [
                task.code, task.title, task.lead_unit.code, task.lead_unit.name, programmes,
                written(timezone.localdate(task.assigned_at)), written(task.due_on), status.words,
                written(task.completed_on), task.bottleneck,
            ]  # fmt: skip

    return csv_response(f"nhiem-vu-{today:%Y-%m-%d}.csv", head=head, rows=rows())


@needs(Permission.TASK_ASSIGN)
@require_http_methods(["GET", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """A task by hand; ``?so=`` is the figure it answers, ``?ten=`` and ``?dv=`` propose title and unit."""
    given = request.GET
    unit = Unit.objects.valid(on=timezone.localdate()).filter(code=given.get("dv", "")).first()
    initial = {
        "title": given.get("ten", ""),
        "lead_unit": unit if unit and unit.kind not in (Kind.CITY, Kind.GROUP) else None,
        "figure": given.get("so", ""),
    }
    form = TaskForm(request.POST) if request.method == "POST" else TaskForm(initial=initial)
    if request.method == "POST" and form.is_valid():
        refuse_beyond_reach(request, form, "lead_unit")
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            task = actions.assign_task(
                title=data["title"],
                lead_unit=data["lead_unit"],
                coordinating=[data["helper"]] if data["helper"] else [],
                programmes=data["programmes"],
                due_on=data["due_on"],
                deliverable=data["deliverable"],
                figure_reference=data["figure"],
                by=who(request),
                at=timezone.now(),
            )
        except UserError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("Đã giao nhiệm vụ %(code)s.") % {"code": task.code})
            return redirect("directives:task", code=task.code)
    context = {
        "nav": "task",
        "form": form,
        "figure": form["figure"].value(),
        "units": Unit.objects.valid(on=timezone.localdate()).in_order().only("name", "short_name"),
    }
    return render(request, "directives/new_task.html", context, status=422 if form.errors else 200)


@needs(Permission.TASK_SEE, on=load.task)
@require_GET
def task(request: HttpRequest, found: Task) -> HttpResponse:
    return task_page(request, found)


@needs(Permission.TASK_SEE, on=load.evidence)
@require_GET
def evidence(request: HttpRequest, found: Evidence) -> FileResponse:
    return download(files.path_of(found.sha256), name=found.name)
