"""The steps on a task: each one POST, one call into the domain, and back to the task."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from dodem.access.roles import Permission
from dodem.access.uploads import was_too_large
from dodem.access.web import needs
from dodem.directives import actions
from dodem.directives.actions import Proof
from dodem.directives.forms import ReasonForm, ReassignForm, UpdateForm
from dodem.directives.models import Task
from dodem.directives.views import load
from dodem.directives.views.load import refuse_beyond_reach, who
from dodem.directives.views.task_page import task_page
from dodem.directives.workflow import Move
from dodem.vietnam.errors import UserError


@needs(Permission.TASK_UPDATE, on=load.task)
@require_POST
def start(request: HttpRequest, task: Task) -> HttpResponse:
    return _step(
        request,
        task,
        Move.START,
        lambda: actions.start_task(task=task, by=who(request), at=timezone.now()),
        said=_("Đã nhận việc."),
    )


@needs(Permission.TASK_UPDATE, on=load.task)
@require_POST
def update(request: HttpRequest, task: Task) -> HttpResponse:
    """Progress, or the report of completion when the button ``bao-cao`` was pressed."""
    form = UpdateForm(request.POST, request.FILES)
    is_report = "bao-cao" in request.POST
    if was_too_large(request):
        form.add_error("proofs", _("Tệp gửi lên quá lớn. Mỗi tệp tối đa 20 MB; hãy gửi thành nhiều lần."))
    if not form.is_valid():
        return task_page(request, task, forms={Move.UPDATE: form}, status=422)
    data = form.cleaned_data
    said = {
        "task": task,
        "note": data["note"],
        "by": who(request),
        "at": timezone.now(),
        "proofs": [Proof(file.name or "", file.file, file.size or 0) for file in data["proofs"]],
        "links": [data["link"]] if data["link"] else [],
    }
    if is_report:
        return _step(
            request,
            task,
            Move.UPDATE,
            lambda: actions.report_done(**said, completed_on=data["completed_on"]),
            said=_("Đã gửi báo cáo hoàn thành. Cơ quan thường trực sẽ xác nhận hoặc trả lại."),
            form=form,
        )
    return _step(
        request,
        task,
        Move.UPDATE,
        lambda: actions.post_update(**said, bottleneck=data["bottleneck"], percent=data["percent"]),
        said=_("Đã gửi cập nhật."),
        form=form,
    )


@needs(Permission.TASK_VERIFY, on=load.task)
@require_POST
def close(request: HttpRequest, task: Task) -> HttpResponse:
    return _step(
        request,
        task,
        Move.CLOSE,
        lambda: actions.close_task(task=task, by=who(request), at=timezone.now()),
        said=_("Đã xác nhận hoàn thành."),
    )


@needs(Permission.TASK_VERIFY, on=load.task)
@require_POST
def send_back(request: HttpRequest, task: Task) -> HttpResponse:
    form = ReasonForm(request.POST, auto_id="tra-lai-%s")
    return _reasoned(
        request,
        task,
        Move.RETURN,
        form,
        lambda data: actions.return_task(
            task=task, reason=data["reason"], by=who(request), at=timezone.now()
        ),
        said=_("Đã trả lại để bổ sung."),
    )


@needs(Permission.TASK_ASSIGN, on=load.task)
@require_POST
def reassign(request: HttpRequest, task: Task) -> HttpResponse:
    form = ReassignForm(request.POST, auto_id="chuyen-%s")
    if form.is_valid():
        refuse_beyond_reach(request, form, "to")
    return _reasoned(
        request,
        task,
        Move.REASSIGN,
        form,
        lambda data: actions.reassign_task(
            task=task, to=data["to"], reason=data["reason"], by=who(request), at=timezone.now()
        ),
        said=_("Đã đổi đơn vị chủ trì."),
    )


@needs(Permission.TASK_ASSIGN, on=load.task)
@require_POST
def withdraw(request: HttpRequest, task: Task) -> HttpResponse:
    form = ReasonForm(request.POST, auto_id="rut-%s")
    return _reasoned(
        request,
        task,
        Move.WITHDRAW,
        form,
        lambda data: actions.withdraw_task(
            task=task, reason=data["reason"], by=who(request), at=timezone.now()
        ),
        said=_("Đã rút nhiệm vụ."),
    )


def _reasoned(
    request: HttpRequest,
    task: Task,
    move: Move,
    form: Form,
    act: Callable[[dict[str, Any]], object],
    *,
    said: str,
) -> HttpResponse:
    if not form.is_valid():
        return task_page(request, task, forms={move: form}, status=422)
    return _step(request, task, move, lambda: act(form.cleaned_data), said=said, form=form)


def _step(
    request: HttpRequest,
    task: Task,
    move: Move,
    act: Callable[[], object],
    *,
    said: str,
    form: Form | None = None,
) -> HttpResponse:
    """Do it and go back to the task, or show the task with what stood in the way."""
    try:
        act()
    except UserError as error:
        if form is None:
            messages.error(request, str(error))
            return redirect("directives:task", code=task.code)
        form.add_error(None, str(error))
        return task_page(request, task, forms={move: form}, status=422)
    messages.success(request, said)
    return redirect("directives:task", code=task.code)
