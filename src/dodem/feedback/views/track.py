"""Follow one's own report by its secret link: see, judge, report again, add, withdraw."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from dodem.access.limits import TooMany
from dodem.feedback import actions, catalogue, codes, story, workflow
from dodem.feedback.forms.track import InformForm, LookUpForm, RateForm, ReopenForm
from dodem.feedback.models import Case, Photo, Report
from dodem.feedback.photo_files import open_file
from dodem.feedback.views.doors import JUDGEMENTS, LOOK_UPS, citizen, load_report, visitor
from dodem.feedback.wording import Status, promise_words, public_status
from dodem.feedback.workflow import InvalidMove, State, Step
from dodem.vietnam.calendar import WorkingCalendar

OWN_PAGE = "the sender's own page, opened by a secret link"


@citizen(OWN_PAGE, secret=True)
@require_GET
def track(request: HttpRequest, secret: str) -> HttpResponse:
    return _page(request, load_report(secret), secret)


def _page(
    request: HttpRequest, report: Report, secret: str, *, status: int = 200, **filled: forms.Form
) -> HttpResponse:
    """The page, with the forms that make sense now; ``filled`` are forms to show again with their errors."""
    now = timezone.now()
    case, state = report.case, report.case.state_at(now)
    steps = story.steps_of(case)
    since = case.answered_at
    has_rated = any(
        step.kind == Step.RATED and step.report_id == report.pk and since and step.at >= since
        for step in steps
    )
    at_step = workflow.citizen_step(state)
    may_judge = case.may_be_judged(now)
    is_open = state in workflow.OPEN
    context = {
        "report": report,
        "case": case,
        "secret": secret,
        "status": public_status(case, at=now),
        "is_open": is_open,
        "promise": promise_words(case, on=timezone.localdate(now), calendar=WorkingCalendar.load())
        if is_open
        else "",
        "promised_again": case.current_due_on != case.due_on,
        "steps": [
            (words, "done" if n < at_step else "now" if n == at_step else "")
            for n, words in enumerate(workflow.CITIZEN_STEPS)
        ],
        "entries": story.for_sender(report, steps),
        "photos": report.photos.all(),
        "others": case.reports.filter(withdrawn_at=None).count() - 1,
        "may_judge": may_judge,
        "has_rated": has_rated,
        "judged_until": case.judged_until,
        "rate_form": filled.get("rate_form") or RateForm(),
        "reopen_form": filled.get("reopen_form") or ReopenForm(prefix="lai"),
        "inform_form": filled.get("inform_form") or InformForm(prefix="them"),
        "is_referred": state == State.REFERRED,
    }
    return render(request, "feedback/track.html", context, status=status)


def _posted(
    request: HttpRequest,
    secret: str,
    name: str,
    form: forms.Form,
    act: Callable[..., Case],
    thanks: Any,
) -> HttpResponse:
    """Take a form of the page: one call into the domain, then the page again."""
    report = load_report(secret)
    try:
        JUDGEMENTS.spend(visitor(request))
        if form.is_valid():
            act(report=report, at=timezone.now(), **form.cleaned_data)
            messages.success(request, thanks)
            return redirect("feedback:track", secret)
    except InvalidMove as error:
        form.add_error(None, str(error))
    except TooMany as error:
        form.add_error(
            None, _("Bạn gửi nhiều quá. Thử lại sau %(n)s phút.") % {"n": -(-error.retry_after // 60)}
        )
    return _page(request, load_report(secret), secret, status=422, **{name: form})


@citizen(OWN_PAGE, secret=True)
@require_POST
def rate(request: HttpRequest, secret: str) -> HttpResponse:
    thanks = gettext_lazy("Cảm ơn bạn đã chấm.")
    return _posted(request, secret, "rate_form", RateForm(request.POST), actions.rate_case, thanks)


@citizen(OWN_PAGE, secret=True)
@require_POST
def reopen(request: HttpRequest, secret: str) -> HttpResponse:
    form = ReopenForm(request.POST, request.FILES, prefix="lai")
    thanks = gettext_lazy("Đã mở lại việc này. Đơn vị phải trả lời lần nữa.")
    return _posted(request, secret, "reopen_form", form, actions.reopen_case, thanks)


@citizen(OWN_PAGE, secret=True)
@require_POST
def inform(request: HttpRequest, secret: str) -> HttpResponse:
    form = InformForm(request.POST, request.FILES, prefix="them")
    thanks = gettext_lazy("Đã chuyển phần bổ sung cho đơn vị xử lý.")
    return _posted(request, secret, "inform_form", form, actions.add_information, thanks)


@citizen(OWN_PAGE, secret=True)
@require_http_methods(["GET", "HEAD", "POST"])
def withdraw(request: HttpRequest, secret: str) -> HttpResponse:
    """Asks once, then withdraws. Afterwards the link opens nothing any more."""
    report = load_report(secret)
    refused = ""
    if request.method == "POST":
        try:
            actions.withdraw_report(report=report, at=timezone.now())
        except InvalidMove as error:
            refused = str(error)
        else:
            return render(request, "feedback/withdrawn.html", {"report": report})
    context = {"report": report, "secret": secret, "refused": refused}
    return render(request, "feedback/withdraw.html", context, status=422 if refused else 200)


@citizen(OWN_PAGE, secret=True)
@require_GET
def photo(request: HttpRequest, secret: str, pk: int) -> HttpResponseBase:
    """A photo the sender sent, or one of the unit's answer. Not those of other senders."""
    report = load_report(secret)
    found = Photo.objects.select_related("step").filter(pk=pk).first()
    step = found.step if found else None
    own = found is not None and found.report_id == report.pk
    shown = step is not None and step.case_id == report.case_id and step.report_id in (None, report.pk)
    if found is None or not (own or shown):
        raise Http404
    return FileResponse(open_file(found), content_type="image/jpeg")


@citizen("a code tells everyone how far its case is, and nothing of what it says")
@require_GET
def look_up(request: HttpRequest) -> HttpResponse:
    form = LookUpForm(request.GET if "ma" in request.GET else None)
    context: dict[str, Any] = {"form": form}
    status = 200
    if form.is_bound and form.is_valid():
        try:
            LOOK_UPS.spend(visitor(request))
        except TooMany as error:
            form.add_error(
                "ma", _("Tra nhiều quá. Thử lại sau %(n)s phút.") % {"n": -(-error.retry_after // 60)}
            )
            status = 429
        else:
            code = codes.read_code(form.cleaned_data["ma"])
            report = Report.objects.select_related("case__unit").filter(code=code).first() if code else None
            if report is None:
                form.add_error("ma", _("Không có phản ánh nào mang mã này. Hãy xem lại từng ký tự."))
            else:
                context |= _public_facts(report)
    return render(request, "feedback/look_up.html", context, status=status)


def _public_facts(report: Report) -> dict[str, Any]:
    """What a code alone tells: the unit and category only where the sender agreed, the state always."""
    case = report.case
    is_withdrawn = report.withdrawn_at is not None
    return {
        "report": report,
        "case": case,
        "status": Status("none", _("Đã rút")) if is_withdrawn else public_status(case, at=timezone.now()),
        "is_shared": report.is_shared and not case.legal_track and not is_withdrawn,
        "category": catalogue.categories()[report.category].title,
    }
