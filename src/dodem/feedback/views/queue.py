"""The officers' queue: list and case side by side, joining, and the list as a file."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_POST

from dodem.access.models import User
from dodem.access.roles import Permission
from dodem.access.rules import can, own_unit, places
from dodem.access.web import StaffRequest, needs
from dodem.feedback import actions, catalogue, inbox
from dodem.feedback.actions import ActionRefused
from dodem.feedback.inbox import Order, Tab, Wanted
from dodem.feedback.kinds import Kind
from dodem.feedback.models import Case
from dodem.feedback.wording import queue_status
from dodem.feedback.workflow import InvalidMove, State
from dodem.pages.csv_file import csv_response
from dodem.pages.links import with_query
from dodem.pages.parts import render_page
from dodem.units.models import Unit
from dodem.vietnam.text import nfc

TITLES = {
    Tab.MINE: gettext_lazy("Việc của tôi"),
    Tab.UNIT: gettext_lazy("Cả đơn vị"),
    Tab.DESK: gettext_lazy("Chờ phân công"),
    Tab.AWAITING: gettext_lazy("Chờ dân xác nhận"),
    Tab.MISROUTED: gettext_lazy("Chuyển nhầm"),
    Tab.CLOSED: gettext_lazy("Đã đóng"),
}


@needs(Permission.CASE_SEE)
@require_GET
def queue(request: StaffRequest) -> HttpResponse:
    now, user = timezone.now(), request.user
    wanted = _wanted(request, user)
    counts = inbox.count(user=user, at=now)
    shown = inbox.page(user=user, wanted=wanted, at=now)
    fresh = {"tab": None, "sau": None, "page": None}
    context = {
        "nav": "case",
        "place": own_unit(user),
        "counts": counts,
        "tabs": [
            (
                TITLES[tab],
                counts.tabs.get(tab),
                with_query(request, **(fresh | {"tab": tab})),
                tab == wanted.tab,
            )
            for tab in inbox.tabs_of(user)
        ],
        "rows": [(case, queue_status(case, at=now)) for case in shown.cases],
        "wanted": wanted,
        "tab_title": TITLES[wanted.tab],
        "next": with_query(request, sau=shown.next_after) if shown.next_after else "",
        "is_filtered": bool(wanted.category or wanted.unit or wanted.words or wanted.only_overdue),
        "units": _units_to_choose(user),
        "categories": catalogue.categories().values(),
        "orders": [(Order.DUE, _("Theo hạn")), (Order.NEWEST, _("Mới nhất"))],
        "csv": with_query(request, sau=None),
        "may_join": bool(can(user, Permission.CASE_ROUTE)),
    }
    return render_page(request, "feedback/queue.html", context, parts={"danh-sach": "list"})


@needs(Permission.CASE_SEE)
@require_GET
def queue_csv(request: StaffRequest) -> HttpResponseBase:
    """The queue as filtered, without what people wrote and without their names."""
    now, user = timezone.now(), request.user
    cases = inbox.select(user=user, wanted=_wanted(request, user), at=now)
    head = [
        _("Mã"), _("Hình thức"), _("Loại"), _("Mã đơn vị"), _("Đơn vị"), _("Nhận"), _("Hạn đầu"),
        _("Hạn hiện nay"), _("Trả lời"), _("Tình trạng"), _("Chấm"), _("Phản ánh lại"), _("Số phản ánh"),
        _("Người xử lý"),
    ]  # fmt: skip
    rows = (
        [
            case.code,
            str(Kind(case.kind).label),
            case.category_title,
            case.unit.code,
            case.unit.name,
            timezone.localtime(case.opened_at).isoformat(timespec="minutes"),
            case.due_on.isoformat(),
            case.current_due_on.isoformat(),
            timezone.localtime(case.answered_at).isoformat(timespec="minutes") if case.answered_at else "",
            str(State(case.state).label),  # type: ignore[attr-defined]
            case.rating,
            "1" if case.reopened_at else "0",
            case.report_count,  # type: ignore[attr-defined]
            str(case.assignee or ""),
        ]
        for case in cases.iterator(2000)
    )
    return csv_response(f"hang-doi-phan-anh-{timezone.localdate(now)}.csv", head=head, rows=rows)


@needs(Permission.CASE_ROUTE)
@require_POST
def join(request: StaffRequest) -> HttpResponse:
    """Join the cases ticked in the queue. One that the officer may not route does not exist for them."""
    user = request.user
    codes = set(request.POST.getlist("viec"))
    cases = list(Case.objects.visible_to(user, Permission.CASE_ROUTE).filter(code__in=codes))
    if len(cases) != len(codes):
        raise Http404
    try:
        joined = actions.join_cases(cases=cases, by=user, at=timezone.now())
    except (ActionRefused, InvalidMove) as error:
        messages.error(request, str(error))
        return redirect("feedback:queue")
    messages.success(request, _("Đã gộp %(n)s việc vào %(code)s.") % {"n": len(cases), "code": joined.code})
    return redirect("feedback:case", joined.code)


def _wanted(request: StaffRequest, user: User) -> Wanted:
    """What the address asks for; what cannot be meant is left aside."""
    asked = request.GET.get("tab", "")
    tabs = inbox.tabs_of(user)
    tab = Tab(asked) if asked in tabs else Tab.UNIT
    category, order = request.GET.get("loai", ""), request.GET.get("xep", "")
    code = request.GET.get("don-vi", "")
    default = Order.NEWEST if tab in (Tab.CLOSED, Tab.AWAITING) else Order.DUE
    return Wanted(
        tab=tab,
        order=Order(order) if order in list(Order) else default,
        category=category if category in catalogue.categories() else "",
        unit=Unit.objects.filter(code=code, valid_to=None).first() if code else None,
        words=nfc(request.GET.get("q", ""))[:100],
        only_overdue=bool(request.GET.get("qua-han")),
        after=request.GET.get("sau", ""),
    )


def _units_to_choose(user: User) -> list[Unit]:
    """The units to filter by, for those who see more than one."""
    tops = places(user, Permission.CASE_SEE)
    if all(top.is_commune_level for top in tops):
        return []
    return list(Unit.objects.beneath(tops).valid(on=timezone.localdate()).exclude(kind="group").in_order())
