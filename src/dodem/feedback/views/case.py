"""One case: what was written, what was done, and what an officer can do about it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any

from django import forms
from django.contrib import messages
from django.http import FileResponse, Http404, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from dodem.access import personal
from dodem.access.models import User
from dodem.access.roles import TABLE, Permission
from dodem.access.rules import can
from dodem.access.web import StaffRequest, needs
from dodem.audit.queries import timeline
from dodem.feedback import actions, catalogue, inbox, senders, story, workflow
from dodem.feedback.actions import ActionRefused
from dodem.feedback.forms.officer import (
    PROGRESS,
    AnswerForm,
    AssignForm,
    ComplaintForm,
    DeclineForm,
    ReferForm,
    TransferForm,
)
from dodem.feedback.kinds import DeclineReason, LegalTrack
from dodem.feedback.models import Case, Photo
from dodem.feedback.photo_files import open_file
from dodem.feedback.wording import queue_status
from dodem.feedback.workflow import InvalidMove
from dodem.pages.parts import render_page


def load_case(code: str) -> Case:
    found = Case.objects.select_related("unit", "assignee", "joined_into").filter(code=code).first()
    if found is None:
        raise Http404
    return found


def load_photo(code: str, pk: int) -> Photo:
    found = Photo.objects.select_related("report__case__unit", "step__case__unit").filter(pk=pk).first()
    if found is None or found.case is None or found.case.code != code:
        raise Http404
    return found


@needs(Permission.CASE_SEE, on=load_case)
@require_GET
def show(request: StaffRequest, case: Case) -> HttpResponse:
    return _page(request, case)


@needs(Permission.CASE_SEE, on=load_photo)
@require_GET
def photo(request: StaffRequest, photo: Photo) -> HttpResponseBase:
    return personal.sealed(FileResponse(open_file(photo), content_type="image/jpeg"))  # type: ignore[arg-type]


@needs(Permission.CASE_ANSWER, on=load_case)
@require_POST
def answer(request: StaffRequest, case: Case) -> HttpResponse:
    form = AnswerForm(request.POST, request.FILES)

    def act(**kwargs: Any) -> Case:
        result, facts = form.answer()
        return (actions.post_progress if result == PROGRESS else actions.answer_case)(**facts, **kwargs)

    return _posted(request, case, "answer_form", form, act, _("Đã gửi cho người dân."))


@needs(Permission.CASE_ROUTE, on=load_case)
@require_POST
def decline(request: StaffRequest, case: Case) -> HttpResponse:
    form = DeclineForm(request.POST)

    def act(**kwargs: Any) -> Case:
        given = form.cleaned_data
        return actions.decline_case(reason=DeclineReason(given["reason"]), note=given["note"], **kwargs)

    return _posted(request, case, "decline_form", form, act, _("Đã báo cho người dân lý do không xử lý."))


@needs(Permission.CASE_ROUTE, on=load_case)
@require_POST
def transfer(request: StaffRequest, case: Case) -> HttpResponse:
    form = TransferForm(request.POST, on=timezone.localdate(), at_desk=case.at_desk)

    def act(**kwargs: Any) -> Case:
        return actions.transfer_case(to=form.target(), reason=form.cleaned_data["reason"], **kwargs)

    return _posted(request, case, "transfer_form", form, act, _("Đã chuyển."))


@needs(Permission.CASE_ANSWER, on=load_case)
@require_POST
def assign(request: StaffRequest, case: Case) -> HttpResponse:
    form = AssignForm(request.POST, people=_people(case))

    def act(**kwargs: Any) -> Case:
        return actions.assign_case(to=form.cleaned_data["to"], **kwargs)

    return _posted(request, case, "assign_form", form, act, _("Đã phân công."))


@needs(Permission.CASE_ROUTE, on=load_case)
@require_POST
def refer(request: StaffRequest, case: Case) -> HttpResponse:
    form = ReferForm(request.POST)

    def act(**kwargs: Any) -> Case:
        given = form.cleaned_data
        return actions.refer_case(track=LegalTrack(given["track"]), note=given["note"], **kwargs)

    return _posted(request, case, "refer_form", form, act, _("Đã hướng dẫn người dân sang kênh khác."))


@needs(Permission.CASE_ROUTE, on=load_case)
@require_POST
def complaint(request: StaffRequest, case: Case) -> HttpResponse:
    form = ComplaintForm(request.POST)

    def act(**kwargs: Any) -> Case:
        return actions.note_complaint(note=form.cleaned_data["note"], **kwargs)

    return _posted(request, case, "complaint_form", form, act, _("Đã ghi nhận khiếu nại."))


@needs(Permission.PERSONAL_SEE, on=load_case)
@require_POST
def reveal(request: StaffRequest, case: Case) -> HttpResponse:
    """Names and numbers in full, once and for the purpose given. Never those of a denouncer."""
    if not can(request.user, Permission.CASE_SEE, case.unit) or case.legal_track == LegalTrack.DENUNCIATION:
        raise Http404
    gate = personal.ask(
        request, subject=case, fields=["name", "phone"], unit_code=case.unit.code, at=timezone.now()
    )
    return personal.sealed(_page(request, case, gate=gate, status=200 if gate.is_open else 422))


def _posted(
    request: StaffRequest, case: Case, name: str, form: forms.Form, act: Callable[..., Case], done: str
) -> HttpResponse:
    """Take a form of the page: one call into the domain, then the page, or the queue when the case has
    left.
    """
    user = request.user
    if form.is_valid():
        try:
            changed = act(case=case, by=user, at=timezone.now())
        except (InvalidMove, ActionRefused) as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, done)
            stays = can(user, Permission.CASE_SEE, changed.unit)
            return redirect("feedback:case", changed.code) if stays else redirect("feedback:queue")
    return _page(request, load_case(case.code), status=422, filled={name: form})


def _page(
    request: StaffRequest,
    case: Case,
    *,
    gate: personal.Gate | None = None,
    status: int = 200,
    filled: Mapping[str, forms.Form] = MappingProxyType({}),
) -> HttpResponse:
    """The page with the forms that make sense now; ``filled`` are forms to show again with their errors."""
    now, today = timezone.now(), timezone.localdate()
    state = case.state_at(now)
    reports = list(case.reports.prefetch_related("photos").order_by("received_at"))
    may_answer = bool(can(request.user, Permission.CASE_ANSWER, case.unit))
    may_route = bool(can(request.user, Permission.CASE_ROUTE, case.unit))
    in_progress, is_open = state == workflow.State.IN_PROGRESS, state in workflow.OPEN
    nearby = inbox.same_place(case, at=now)
    context = {
        "nav": "case",
        "case": case,
        "status": queue_status(case, at=now),
        "state": state,
        "is_open": is_open,
        "reports": reports,
        "last_received": reports[-1].received_at if reports else case.opened_at,
        "entries": story.for_officers(reports, story.steps_of(case)),
        "ledger": timeline(case),
        "senders": senders.of_case(case, revealed=bool(gate and gate.is_open)),
        "gate": gate or personal.closed(),
        "is_hidden_sender": case.legal_track == LegalTrack.DENUNCIATION,
        "may_reveal": bool(can(request.user, Permission.PERSONAL_SEE, case.unit)),
        "same_place": nearby,
        "to_join": [other for other in nearby if other.state in workflow.OPEN],  # type: ignore[attr-defined]
        "last_answered": next((other for other in nearby if other.answered_at), None),
        "needs_proof": catalogue.categories()[case.category].proof,
        "days_to_reopen": catalogue.clocks().days_to_reopen,
    }
    if may_answer and in_progress:
        context["answer_form"] = filled.get("answer_form") or AnswerForm()
        context["assign_form"] = filled.get("assign_form") or AssignForm(
            people=_people(case), initial={"to": request.user.pk}
        )
    if may_route and is_open:
        context["transfer_form"] = filled.get("transfer_form") or TransferForm(on=today, at_desk=case.at_desk)
        context["decline_form"] = filled.get("decline_form") or DeclineForm()
        context["refer_form"] = filled.get("refer_form") or ReferForm()
        context["may_join"] = True
    if may_route and case.first_answered_at and not case.complained_at and state != workflow.State.JOINED:
        context["complaint_form"] = filled.get("complaint_form") or ComplaintForm()
    return render_page(request, "feedback/case.html", context, parts={"viec": "sheet"}, status=status)


def _people(case: Case) -> Any:
    """Those who may answer cases of the unit: their grants hold there or above."""
    able = [role for role, permissions in TABLE.items() if Permission.CASE_ANSWER in permissions]
    above = [f"{'/'.join(case.unit.path.split('/')[: n + 1])}/" for n in range(case.unit.path.count("/"))]
    return (
        User.objects.filter(
            is_active=True, grants__revoked_at=None, grants__role__in=able, grants__unit__path__in=above
        )
        .distinct()
        .order_by("display_name", "username")
    )
