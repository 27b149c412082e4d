"""Units are added, renamed, merged and split: typed, read back in words, and done once confirmed."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from dodem.access.models import User
from dodem.access.roles import Permission
from dodem.access.web import needs
from dodem.boards.forms import AddForm, ChangeForm, MergeForm, RenameForm, SplitForm
from dodem.boards.history import history_of
from dodem.boards.views.units import load_unit
from dodem.units import actions
from dodem.units.actions import ChangeRefused
from dodem.units.models import Kind, Unit
from dodem.vietnam.units import COMMUNE_LEVEL, DEPARTMENTS


@needs(Permission.UNIT_MANAGE)
@require_http_methods(["GET", "POST"])
def add(request: HttpRequest) -> HttpResponse:
    form = AddForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        new = form.new_unit()
        group = DEPARTMENTS if new.kind == Kind.DEPARTMENT else COMMUNE_LEVEL

        def do(by: User, at: datetime) -> Unit:
            parent = Unit.objects.get(code=group, kind=Kind.GROUP)
            return actions.add_unit(
                new=new, parent=parent, from_on=form.cleaned_data["from_on"], by=by, at=at
            )

        done = confirmed(request, form, do)
        if done is not None:
            messages.success(request, _("Đã thêm %(unit)s.") % {"unit": done})
            return redirect("boards:manage_unit", code=done.code)
    return show(request, form, {}, template="boards/add.html", unit=None)


@needs(Permission.UNIT_MANAGE, on=load_unit)
@require_http_methods(["GET", "POST"])
def manage(request: HttpRequest, unit: Unit) -> HttpResponse:
    chosen = request.POST.get("viec", "")
    forms = {form.kind: form for form in forms_of(unit, request, chosen)}
    form = forms.get(chosen)
    if request.method == "POST" and form is not None and form.is_valid():
        done = confirmed(request, form, lambda by, at: change(unit, form, by=by, at=at))
        if done is not None:
            messages.success(request, _("Đã ghi thay đổi của %(unit)s.") % {"unit": unit})
            return redirect("boards:manage_unit", code=done.code)
    context = {"forms": forms, "history": history_of(unit)}
    return show(request, form, context, template="boards/manage.html", unit=unit)


def forms_of(unit: Unit, request: HttpRequest, chosen: str) -> list[ChangeForm]:
    """The three forms of a unit's page, the one that was sent filled in."""

    def given(kind: str) -> dict[str, str] | None:
        return request.POST.dict() if chosen == kind else None

    return [
        RenameForm(given(RenameForm.kind), prefix=RenameForm.kind),
        MergeForm(given(MergeForm.kind), prefix=MergeForm.kind),
        SplitForm(given(SplitForm.kind), unit=unit, prefix=SplitForm.kind),
    ]


def change(unit: Unit, form: ChangeForm, *, by: User, at: datetime) -> Unit:
    """Do what the form says; returns the unit whose page to show next. Raises ChangeRefused."""
    data = form.cleaned_data
    match form:
        case RenameForm():
            return actions.rename_unit(
                unit=unit, name=data["name"], name_en=data["name_en"], from_on=data["from_on"], by=by, at=at
            )
        case MergeForm():
            return actions.merge_units(
                units=[unit], into=data["into"], from_on=data["from_on"], clause=data["clause"], by=by, at=at
            )
        case SplitForm():
            parts = actions.split_unit(
                unit=unit, parts=data["parts"], from_on=data["from_on"], clause=data["clause"], by=by, at=at
            )
            return parts[0]
    raise TypeError(form)


def confirmed(request: HttpRequest, form: ChangeForm, do: Callable[[User, datetime], Unit]) -> Unit | None:
    """Do it when the reader has confirmed; a refusal stays with the form. None: show the page again."""
    if "xac-nhan" not in request.POST:
        form.awaits_confirmation = True
        return None
    try:
        return do(request.user, timezone.now())  # type: ignore[arg-type]
    except ChangeRefused as error:
        form.add_error(None, str(error))
        return None


def show(
    request: HttpRequest,
    form: ChangeForm | None,
    context: dict[str, object],
    *,
    template: str,
    unit: Unit | None,
) -> HttpResponse:
    """The page, with what is to be confirmed or what is wrong with the form that was sent."""
    context |= {
        "nav": "unit",
        "unit": unit,
        "form": form,
        "summary": form.summary(unit) if form and form.awaits_confirmation else [],
        "units": Unit.objects.valid(on=timezone.localdate()).in_order().only("code", "name"),
    }
    failed = form is not None and form.is_bound and bool(form.errors)
    return render(request, template, context, status=422 if failed else 200)
