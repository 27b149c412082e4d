"""Send a report: the form, the unit proposed for an address, and the page that says it has arrived."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from dodem.access.limits import TooMany
from dodem.access.uploads import was_too_large
from dodem.feedback import actions, catalogue, codes, photo_files
from dodem.feedback.forms.submit import DESK, SubmitForm, propose
from dodem.feedback.models import Report
from dodem.feedback.photos import MOST_BYTES
from dodem.feedback.views.doors import ATTEMPTS, REPORTS, citizen, load_report, visitor
from dodem.vietnam.text import nfc


@citizen("anyone may send a report without an account")
@require_http_methods(["GET", "HEAD", "POST"])
def submit(request: HttpRequest) -> HttpResponse:
    if request.method != "POST":
        initial = {
            "submission": codes.new_submission(),
            "channel": request.GET.get("kenh", ""),
            "category": request.GET.get("loai", ""),
            "unit": request.GET.get("don-vi", ""),
            "kind": "report",
        }
        return _page(request, SubmitForm(initial=initial, on=timezone.localdate(), staged=[]))
    return _receive(request)


def _receive(request: HttpRequest) -> HttpResponse:
    now = timezone.now()
    digest = codes.digest(request.POST.get("submission", ""))
    form = SubmitForm(
        request.POST, request.FILES, on=timezone.localdate(now), staged=photo_files.staged(digest)
    )
    try:
        ATTEMPTS.spend(visitor(request))
        is_valid = form.is_valid()
        is_new = not Report.objects.filter(submission_digest=digest).exists()
        if is_valid and is_new:
            REPORTS.spend(visitor(request))
    except TooMany as error:
        return _page(request, form, status=429, wait_minutes=-(-error.retry_after // 60))
    if is_new:
        form.staged = photo_files.stage(
            submission_digest=digest, photos=form.new_photos, drop=form.cleaned_data.get("drop", []), at=now
        )
    if was_too_large(request):
        form.add_error(
            "photos", _("Ảnh gửi lên nặng quá. Mỗi ảnh tối đa %(mb)s MB.") % {"mb": MOST_BYTES // 2**20}
        )
    if not form.is_valid():
        return _page(request, form, status=422)
    received = actions.receive_report(
        new=form.report(language=get_language() or "vi"), submission=form.cleaned_data["submission"], at=now
    )
    address = reverse("feedback:received", args=[received.secret])
    return redirect(f"{address}?lai=1" if received.is_repeat else address)


def _page(
    request: HttpRequest, form: SubmitForm, *, status: int = 200, wait_minutes: int = 0
) -> HttpResponse:
    context = {
        "form": form,
        "proposal": form.shown,
        "chosen_proposal": form["proposal"].value() or "",
        "desk": DESK,
        "categories": catalogue.offered(),
        "chosen_category": form["category"].value(),
        "chosen_kind": form["kind"].value(),
        "left": 2000 - len(form["text"].value() or ""),
        "clock": catalogue.clocks().answers["standard"],
        "wait_minutes": wait_minutes,
    }
    return render(request, "feedback/submit.html", context, status=status)


@citizen("anyone may ask which unit an address is in")
@require_GET
def proposal(request: HttpRequest) -> HttpResponse:
    """The unit or units an address may mean, as the part of the form that shows them."""
    address = nfc(request.GET.get("address", ""))[:300].strip()
    shown = propose(address, on=timezone.localdate()) if address else None
    return render(request, "feedback/submit.html#proposal", {"proposal": shown, "desk": DESK})


@citizen("the sender's own page, opened by a secret link", secret=True)
@require_GET
def received(request: HttpRequest, secret: str) -> HttpResponse:
    report = load_report(secret)
    address = request.build_absolute_uri(reverse("feedback:track", args=[secret]))
    context = {"report": report, "case": report.case, "address": address, "is_repeat": "lai" in request.GET}
    return render(request, "feedback/received.html", context)
