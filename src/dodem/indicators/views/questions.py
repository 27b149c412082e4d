"""Ask about a figure; the questions one has asked or is to answer; answer one."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from dodem.access.roles import Permission
from dodem.access.rules import can
from dodem.access.web import StaffRequest, needs
from dodem.indicators import actions, queries
from dodem.indicators.forms import AnswerForm, QuestionForm
from dodem.indicators.models import FigureQuestion, Observation
from dodem.indicators.views.figures import load_observation
from dodem.units.models import Unit

A_PAGE = 30


@dataclass(frozen=True)
class Seen:
    """A question as read: at the unit that is to answer, or where the figure is."""

    question: FigureQuestion

    def guarding_units(self, permission: str) -> Iterable[Unit]:
        return [self.question.to_unit, self.question.observation.unit]


def load_question(pk: int) -> FigureQuestion:
    """A question as answered: only at the unit it was put to."""
    return get_object_or_404(
        FigureQuestion.objects.select_related("observation__unit", "to_unit", "asked_by", "answered_by"),
        pk=pk,
    )


def load_seen(pk: int) -> Seen:
    return Seen(load_question(pk))


@needs(Permission.FIGURE_QUESTION, on=load_observation)
@require_http_methods(["GET", "POST"])
def ask(request: StaffRequest, observation: Observation) -> HttpResponse:
    today = timezone.localdate()
    if request.method == "GET":
        form = QuestionForm(initial={"kind": request.GET.get("kind", "wrong")}, today=today)
    else:
        form = QuestionForm(request.POST, today=today)
        if form.is_valid():
            question = actions.ask(
                observation=observation, by=request.user, at=timezone.now(), **form.cleaned_data
            )
            messages.success(request, _("Đã gửi tới %(unit)s.") % {"unit": question.to_unit})
            return redirect(question)
    figure = queries.figures([observation])[0]
    context = {"nav": "figure", "observation": observation, "figure": figure, "form": form}
    return render(request, "indicators/ask.html", context, status=422 if form.errors else 200)


@needs(Permission.FIGURE_QUESTION)
@require_GET
def questions(request: StaffRequest) -> HttpResponse:
    """Those that wait first; by address also the answered ones."""
    seen = FigureQuestion.objects.visible_to(request.user)
    waiting = seen.open().count()
    answered = request.GET.get("xem") == "xong"
    listed = seen.filter(answered_at__isnull=not answered).select_related(
        "observation__unit", "to_unit", "asked_by"
    )
    page = Paginator(listed, A_PAGE).get_page(request.GET.get("page"))
    figures = {one.id: one for one in queries.figures([question.observation for question in page])}
    context = {
        "nav": "figure",
        "page": page,
        "lines": [(question, figures.get(question.observation_id)) for question in page],
        "tabs": [
            (_("Chờ trả lời"), waiting, "?", not answered),
            (_("Đã trả lời"), None, "?xem=xong", answered),
        ],
    }
    return render(request, "indicators/questions.html", context)


@needs(Permission.FIGURE_QUESTION, on=load_seen)
@require_GET
def question(request: StaffRequest, seen: Seen) -> HttpResponse:
    return show(request, seen.question, AnswerForm())


@needs(Permission.FIGURE_QUESTION, on=load_question)
@require_POST
def answer(request: StaffRequest, asked: FigureQuestion) -> HttpResponse:
    form = AnswerForm(request.POST)
    if form.is_valid():
        try:
            actions.answer(question=asked, by=request.user, at=timezone.now(), **form.cleaned_data)
        except actions.AnsweredAlready:
            messages.warning(request, _("Câu hỏi này đã có người trả lời."))
        else:
            messages.success(request, _("Đã gửi câu trả lời."))
        return redirect(asked)
    return show(request, asked, form)


def show(request: StaffRequest, asked: FigureQuestion, form: AnswerForm) -> HttpResponse:
    context = {
        "nav": "figure",
        "question": asked,
        "figure": next(iter(queries.figures([asked.observation])), None),
        "form": form,
        "may_answer": asked.answered_at is None
        and bool(can(request.user, Permission.FIGURE_QUESTION, [asked.to_unit])),
    }
    return render(request, "indicators/question.html", context, status=422 if form.errors else 200)
