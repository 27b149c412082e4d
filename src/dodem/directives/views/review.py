"""The review beside the text: every step answers with the whole working area, by htmx or as a page."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST

from dodem.access.roles import Permission
from dodem.access.web import needs
from dodem.directives import actions
from dodem.directives.forms import DraftForm, WordsForm
from dodem.directives.marking import lay_out
from dodem.directives.models import Directive, Draft
from dodem.directives.queries import cards, progress
from dodem.directives.queries.review import Card
from dodem.directives.views import load
from dodem.directives.views.load import who
from dodem.pages.parts import render_page
from dodem.units.models import Unit
from dodem.vietnam.errors import UserError

WORK = "work"  # id of the working area


@needs(Permission.DIRECTIVE_REVIEW, on=load.directive)
@require_GET
def review(request: HttpRequest, directive: Directive) -> HttpResponse:
    return _page(request, directive, opened=_key(request.GET.get("mo")))


@needs(Permission.DIRECTIVE_REVIEW, on=load.draft)
@require_POST
def edit(request: HttpRequest, draft: Draft) -> HttpResponse:
    form = DraftForm(request.POST)
    if not form.is_valid():
        return _page(request, draft.directive, opened=draft.pk, form=form)
    return _step(
        request,
        draft.directive,
        lambda: actions.edit_draft(draft=draft, by=who(request), at=timezone.now(), **form.facts()),
        form=form,
        opened=draft.pk,
    )


@needs(Permission.TASK_ASSIGN, on=load.draft)
@require_POST
def confirm(request: HttpRequest, draft: Draft) -> HttpResponse:
    """Save what stands in the card and assign the task."""
    form = DraftForm(request.POST)
    if not form.is_valid():
        return _page(request, draft.directive, opened=draft.pk, form=form)
    return _step(
        request,
        draft.directive,
        lambda: actions.confirm_draft(
            draft=draft,
            corrections=form.facts(),
            by=who(request),
            at=timezone.now(),
        ),
        form=form,
        opened=draft.pk,
        moves_on_from=draft,
    )


@needs(Permission.TASK_ASSIGN, on=load.directive)
@require_POST
def confirm_all(request: HttpRequest, directive: Directive) -> HttpResponse:
    def assign() -> None:
        tasks = actions.confirm_complete(directive=directive, by=who(request), at=timezone.now())
        words = ngettext("Đã giao %(count)d nhiệm vụ.", "Đã giao %(count)d nhiệm vụ.", len(tasks))
        messages.success(request, words % {"count": len(tasks)})

    return _step(request, directive, assign)


@needs(Permission.DIRECTIVE_REVIEW, on=load.draft)
@require_POST
def reject(request: HttpRequest, draft: Draft) -> HttpResponse:
    return _step(
        request,
        draft.directive,
        lambda: actions.reject_draft(draft=draft, by=who(request), at=timezone.now()),
        moves_on_from=draft,
    )


@needs(Permission.DIRECTIVE_REVIEW, on=load.draft)
@require_POST
def restore(request: HttpRequest, draft: Draft) -> HttpResponse:
    return _step(
        request,
        draft.directive,
        lambda: actions.restore_draft(draft=draft, by=who(request), at=timezone.now()),
        opened=draft.pk,
    )


@needs(Permission.DIRECTIVE_REVIEW, on=load.draft)
@require_POST
def split(request: HttpRequest, draft: Draft) -> HttpResponse:
    position = _key(request.POST.get("position"))
    return _step(
        request,
        draft.directive,
        lambda: actions.split_draft(draft=draft, position=position or 0, by=who(request), at=timezone.now())[
            0
        ],
        opened=draft.pk,
    )


@needs(Permission.DIRECTIVE_REVIEW, on=load.draft)
@require_POST
def merge(request: HttpRequest, draft: Draft) -> HttpResponse:
    other = get_object_or_404(Draft, pk=_key(request.POST.get("with")) or 0, directive=draft.directive)
    return _step(
        request,
        draft.directive,
        lambda: actions.merge_drafts(drafts=[draft, other], by=who(request), at=timezone.now()),
        opened=draft.pk,
    )


@needs(Permission.DIRECTIVE_REVIEW, on=load.directive)
@require_POST
def add(request: HttpRequest, directive: Directive) -> HttpResponse:
    """Draft a task from words of the text that the reader passed over."""
    form = WordsForm(request.POST)
    if not form.is_valid():
        return _page(request, directive, words_form=form)
    return _step(
        request,
        directive,
        lambda: actions.add_draft(
            directive=directive,
            words=form.cleaned_data["words"],
            by=who(request),
            at=timezone.now(),
        ),
        words_form=form,
    )


def _step(
    request: HttpRequest,
    directive: Directive,
    act: Callable[[], Any],
    *,
    opened: int | None = None,
    moves_on_from: Draft | None = None,
    form: DraftForm | None = None,
    words_form: WordsForm | None = None,
) -> HttpResponse:
    """Do one thing and show the area again, at the draft it made, or at the next that waits."""
    try:
        made = act()
    except UserError as error:
        shown = form or words_form
        if shown is None:
            messages.error(request, str(error))
        else:
            shown.add_error(None, str(error))
        return _page(request, directive, opened=opened, form=form, words_form=words_form, failed=True)
    if isinstance(made, Draft):
        opened = made.pk
    if moves_on_from is not None:
        following = directive.drafts.waiting().filter(start__gt=moves_on_from.start)
        opened = following.order_by("start", "end", "pk").values_list("pk", flat=True).first()
    if request.headers.get("HX-Request") == "true":
        return _page(request, directive, opened=opened)
    return redirect(address(directive, opened))


def address(directive: Directive, opened: int | None) -> str:
    """The review page with one card open."""
    base = reverse("directives:review", args=[directive.pk])
    return f"{base}?mo={opened}#v{opened}" if opened else base


def _page(
    request: HttpRequest,
    directive: Directive,
    *,
    opened: int | None = None,
    form: DraftForm | None = None,
    words_form: WordsForm | None = None,
    failed: bool = False,
) -> HttpResponse:
    shown = cards(directive)
    card = _open_card(shown, opened)
    context: Mapping[str, object] = {
        "nav": "directive",
        "directive": directive,
        "cards": shown,
        "opened": card.draft.pk if card else None,
        "form": form or (_form_of(card.draft) if card else None),
        "words_form": words_form or WordsForm(),
        "progress": progress(shown),
        "paragraphs": lay_out(directive.text, [c.mark(is_on=c is card) for c in shown]),
        "units": Unit.objects.valid(on=timezone.localdate()).in_order().only("name", "short_name"),
        "is_part": request.headers.get("HX-Request") == "true",
    }
    wrong = failed or bool(form and form.errors) or bool(words_form and words_form.errors)
    return render_page(
        request, "directives/review.html", context, parts={WORK: WORK}, status=422 if wrong else 200
    )


def _open_card(shown: list[Card], opened: int | None) -> Card | None:
    """The card asked for if it still waits, else the first that lacks something, else the first waiting."""
    waiting = [card for card in shown if card.is_waiting]
    for wanted in (
        [card for card in waiting if card.draft.pk == opened],
        [card for card in waiting if card.state == "incomplete"],
        waiting,
    ):
        if wanted:
            return wanted[0]
    return None


def _form_of(draft: Draft) -> DraftForm:
    return DraftForm(
        initial={
            "action": draft.action,
            "lead_unit": draft.lead_unit,
            "helping": [unit.pk for unit in draft.coordinating.all()],
            "due_on": draft.due_on,
            "no_deadline": draft.no_deadline,
            "deliverable": draft.deliverable,
            "programmes": [programme.pk for programme in draft.programmes.all()],
        }
    )


def _key(value: str | None) -> int | None:
    return int(value) if value and value.isdigit() and len(value) < 18 else None
