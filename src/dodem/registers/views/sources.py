"""Every source and how it stands; one source with what it delivered; the form to hand in a file."""

from __future__ import annotations

from pathlib import Path

from django.conf import settings
from django.contrib import messages
from django.core.files.uploadedfile import TemporaryUploadedFile
from django.core.paginator import Paginator
from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from dodem.access.roles import Permission
from dodem.access.rules import can
from dodem.access.web import StaffRequest, needs
from dodem.dataplane.rejection import RejectedFile
from dodem.pages.formats import file_size
from dodem.pages.parts import render_page
from dodem.registers import actions, queries
from dodem.registers.forms import UploadForm
from dodem.registers.models import Origin, Source

DELIVERIES_A_PAGE = 20
REFUSALS_SHOWN = 5


def load_source(code: str) -> Source:
    return get_object_or_404(Source.objects.select_related("owner"), code=code)


@needs(Permission.SOURCE_SEE)
@require_GET
def sources(request: StaffRequest) -> HttpResponse:
    lines = queries.source_lines(request.user, now=timezone.now())
    context = {"nav": "data", "lines": lines, "late": sum(line.health.is_stale for line in lines)}
    context["may_see_findings"] = bool(can(request.user, Permission.FINDING_SEE))
    return render(request, "registers/sources.html", context)


@needs(Permission.SOURCE_SEE)
@require_GET
def source(request: StaffRequest, code: str) -> HttpResponse:
    """Open to whoever may see sources anywhere: who feeds a figure is as open as the figure."""
    shown = load_source(code)
    deliveries = shown.deliveries.select_related("uploaded_by", "built_in")
    page = Paginator(deliveries, DELIVERIES_A_PAGE).get_page(request.GET.get("page"))
    now = timezone.now()
    beats = queries.beats_of([shown], now=now)[shown.pk]
    context = {
        "nav": "data",
        "source": shown,
        "health": queries.source_health(shown, now=now),
        "beats": beats,
        "pulse_words": queries.pulse_words(beats),
        "page": page,
        "version": shown.versions.first(),
        "rejections": shown.rejections.select_related("by")[:REFUSALS_SHOWN],
        "checks": failing_checks(request, shown),
        "may_deliver": may_deliver(request, shown),
        "may_see_findings": bool(can(request.user, Permission.FINDING_SEE)),
        "inbox": Path("inbox") / shown.code,
    }
    return render_page(request, "registers/source.html", context, parts={"deliveries": "deliveries"})


def failing_checks(request: StaffRequest, shown: Source) -> list[dict[str, object]]:
    """The checks that fail on rows the reader may see, the most often failing first."""
    seen = queries.findings_seen_by(request.user).filter(source=shown)
    counted = (
        seen.order_by().values("check_code", "severity", "word").annotate(rows=Count("pk")).order_by("-rows")
    )
    known = {check.code: check for check in shown.register.checks}
    return [line | {"check": known[line["check_code"]]} for line in counted if line["check_code"] in known]


def may_deliver(request: StaffRequest, shown: Source) -> bool:
    allowed = can(request.user, Permission.SOURCE_DELIVER, shown.guarding_units(Permission.SOURCE_DELIVER))
    return bool(allowed) and not shown.is_application


@needs(Permission.SOURCE_DELIVER, on=load_source)
@require_http_methods(["GET", "POST"])
def upload(request: StaffRequest, shown: Source) -> HttpResponse:
    """Hand in a file. What could not be taken is said on the form, by its line where it has one."""
    if shown.is_application:
        return redirect("registers:source", shown.code)
    if request.method == "GET":
        return render(
            request, "registers/upload.html", {"nav": "data", "source": shown, "form": empty_form()}
        )
    form = UploadForm(request)
    if form.is_too_large:
        form.is_valid()
        form.errors.pop("file", None)
        form.add_error("file", refuse_too_large(request, shown))
    elif form.is_valid():
        try:
            received = actions.receive_file(
                source=shown,
                filename=form.cleaned_data["file"].name,
                content=path_of(form.cleaned_data["file"]),
                origin=Origin.UPLOAD,
                by=request.user,
                at=timezone.now(),
                note=form.cleaned_data["note"],
            )
        except RejectedFile as error:
            form.add_error("file", str(error))
        else:
            say(request, received)
            return redirect("registers:delivery", received.delivery.key)
    context = {"nav": "data", "source": shown, "form": form}
    return render(request, "registers/upload.html", context, status=422)


def empty_form() -> UploadForm:
    form = UploadForm(HttpRequest())
    form.is_bound = False
    return form


def path_of(file: TemporaryUploadedFile) -> Path:
    """Where the upload handler streamed the file to."""
    return Path(file.temporary_file_path())


def refuse_too_large(request: StaffRequest, shown: Source) -> str:
    """Note an upload that was cut off at the limit, and say so."""
    size = int(request.META.get("CONTENT_LENGTH") or 0)
    message = _("Tệp nặng khoảng %(size)s, quá mức %(most)s. Hãy chia thành nhiều tệp nhỏ hơn.") % {
        "size": file_size(size),
        "most": file_size(settings.DODEM_MAX_UPLOAD),
    }
    actions.note_rejection(
        source=shown,
        filename=_("(tệp quá lớn, không đọc)"),
        content=None,
        error=RejectedFile("too_large", message),
        origin=Origin.UPLOAD,
        by=request.user,
        at=timezone.now(),
        size=size,
    )
    return message


def say(request: StaffRequest, received: actions.Received) -> None:
    if received.is_new:
        messages.success(request, _("Đã nhận tệp và giữ nguyên từng byte. Đang dựng sổ dữ liệu."))
    else:
        messages.warning(
            request, _("Tệp này đã nhận trước đây, từng byte như nhau; không tính thêm lần nữa.")
        )
