"""One delivery and how far it has come; its original bytes; one version of a register."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import FileResponse, Http404, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from dodem.access import personal
from dodem.access.roles import Permission
from dodem.access.rules import can
from dodem.access.web import StaffRequest, needs
from dodem.audit.queries import timeline
from dodem.dataplane.store import NothingThere
from dodem.pages.parts import render_page
from dodem.registers import queries, shelf
from dodem.registers.models import Delivery, RegisterVersion

FINDINGS_SHOWN = 20


def load_delivery(key: str) -> Delivery:
    return get_object_or_404(
        Delivery.objects.select_related("source__owner", "uploaded_by", "built_in"), key=key
    )


@needs(Permission.SOURCE_SEE)
@require_GET
def delivery(request: StaffRequest, key: str) -> HttpResponse:
    """While it is being built the page asks for its state every two seconds."""
    shown = load_delivery(key)
    findings = (
        queries.findings_seen_by(request.user)
        .filter(delivery=shown)
        .select_related("unit", "source")
        .order_by("row_number", "pk")
    )
    context = {
        "nav": "data",
        "delivery": shown,
        "source": shown.source,
        "page": Paginator(findings, FINDINGS_SHOWN).get_page(request.GET.get("page")),
        "repeats": shown.repeats.select_related("by").order_by("-at"),
        "timeline": timeline(shown),
        "may_download": bool(can(request.user, Permission.SOURCE_DELIVER, [shown.source.owner])),
    }
    return render_page(
        request, "registers/delivery.html", context, parts={"delivery-state": "state", "findings": "findings"}
    )


@needs(Permission.SOURCE_DELIVER, on=load_delivery)
@require_http_methods(["GET", "POST"])
def original(request: StaffRequest, shown: Delivery) -> HttpResponseBase:
    """The bytes as received. Where the register holds personal data, whoever takes them names a purpose
    first.
    """
    if not shown.source.holds_personal_data:
        return send(shown)
    gate = personal.closed()
    if request.method == "POST":
        if not can(request.user, Permission.PERSONAL_SEE, [shown.source.owner]):
            raise Http404
        gate = personal.ask(
            request,
            subject=shown,
            fields=["*"],
            unit_code=shown.source.owner.code,
            at=timezone.now(),
        )
        if gate.is_open:
            return send(shown)
    context = {"nav": "data", "delivery": shown, "source": shown.source, "gate": gate}
    return render(request, "registers/original.html", context, status=422 if gate.form.errors else 200)


def send(shown: Delivery) -> FileResponse:
    try:
        path = shelf.open_store().delivery(shown.key).original
    except NothingThere as error:
        raise Http404(str(error)) from error
    response = FileResponse(
        path.open("rb"), as_attachment=True, filename=shown.filename, content_type="application/octet-stream"
    )
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "no-store, private"
    return response


@needs(Permission.SOURCE_SEE)
@require_GET
def version(request: StaffRequest, key: str) -> HttpResponse:
    """One version of a register: what it was built from, and that its files are what they were."""
    shown = get_object_or_404(RegisterVersion.objects.select_related("source__owner"), key=key)
    try:
        stored = shelf.open_store().version(shown.key)
    except NothingThere as error:
        raise Http404(str(error)) from error
    deliveries = Delivery.objects.filter(key__in=stored.delivery_ids)
    context = {
        "nav": "data",
        "version": shown,
        "source": shown.source,
        "parts": stored.parts,
        "page": Paginator(deliveries, FINDINGS_SHOWN).get_page(request.GET.get("page")),
        "releases": shown.releases.order_by("-number")[:10],
        "definition": stored.register.source_text,
    }
    return render(request, "registers/version.html", context)
