"""Ask about a figure, and answer."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING

from django.db import transaction

from dodem.audit.kinds import Kind
from dodem.audit.ledger import record
from dodem.indicators.models import FigureQuestion, Observation
from dodem.units.models import Unit
from dodem.vietnam.text import nfc

if TYPE_CHECKING:
    from dodem.access.models import User


class AnsweredAlready(Exception):
    """A question is answered once."""


@transaction.atomic
def ask(
    *,
    observation: Observation,
    kind: FigureQuestion.Kind,
    text: str,
    due_on: date | None,
    by: User,
    at: datetime,
) -> FigureQuestion:
    """Put a question: whose figure it is explains it, whose data it is looks into what is said wrong."""
    question = FigureQuestion.objects.create(
        observation=observation,
        kind=kind,
        to_unit=addressee(observation, kind),
        text=nfc(text).strip(),
        due_on=due_on,
        asked_at=at,
        asked_by=by,
    )
    record(
        Kind.FIGURE_QUESTIONED,
        observation,
        by=by,
        at=at,
        unit_code=question.to_unit.code,
        question=question.pk,
        question_kind=str(kind),
        indicator=observation.indicator,
    )
    return question


def addressee(observation: Observation, kind: FigureQuestion.Kind) -> Unit:
    if kind == FigureQuestion.Kind.WRONG:
        return observation.version.source.owner
    return observation.unit


@transaction.atomic
def answer(*, question: FigureQuestion, text: str, by: User, at: datetime) -> FigureQuestion:
    """Answer a question, once. Raises AnsweredAlready."""
    question = (
        FigureQuestion.objects.select_for_update(of=("self",))
        .select_related("observation")
        .get(pk=question.pk)
    )
    if question.answered_at is not None:
        raise AnsweredAlready
    question.answer, question.answered_at, question.answered_by = nfc(text).strip(), at, by
    question.save(update_fields=["answer", "answered_at", "answered_by"])
    record(
        Kind.FIGURE_ANSWERED,
        question.observation,
        by=by,
        at=at,
        unit_code=question.to_unit.code,
        question=question.pk,
    )
    return question
