"""Ask about a figure, see it at the unit it goes to, answer it once."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from dodem.access.models import User
from dodem.access.roles import Role
from dodem.audit.kinds import Kind
from dodem.audit.models import Event
from dodem.indicators import actions, queries
from dodem.indicators.models import FigureQuestion, Observation
from dodem.pipeline import own_tables
from tests import factories
from tests.web import walk_one
from tests.web.walk_one import NOW, dossier, drop, file_of, round_of_work

pytestmark = pytest.mark.django_db
In = Callable[[User], Client]
QUESTION = "Vì sao tháng này thấp hơn tháng trước?"


@pytest.fixture(autouse=True)
def ward_figure(tmp_path: Path, settings: object, monkeypatch: pytest.MonkeyPatch) -> Observation:
    monkeypatch.setattr(own_tables, "TABLES", {})
    walk_one.open_centre(tmp_path, settings)
    drop("a.csv", file_of(dossier(1, returned="")))
    round_of_work()
    found = queries.current(["dossiers_on_time"], [factories.SAI_GON], now=NOW)
    return Observation.objects.get(pk=found["dossiers_on_time", factories.SAI_GON].id)


def ask(observation: Observation, by: User, kind: str = "explain") -> FigureQuestion:
    return actions.ask(
        observation=observation, kind=FigureQuestion.Kind(kind), text=QUESTION, due_on=None, by=by, at=NOW
    )


def test_a_leader_asks_the_head_of_the_ward_answers_and_both_are_in_the_ledger(
    client_for: In, ward_figure: Observation
) -> None:
    leader = factories.user(role=Role.LEADER)
    head = factories.user(role=Role.UNIT_HEAD, unit=factories.SAI_GON)
    due = timezone.localdate() + timedelta(days=3)

    answer = client_for(leader).post(
        reverse("indicators:ask", args=[ward_figure.pk]),
        {"kind": "explain", "text": QUESTION, "due_on": due.isoformat()},
    )
    question = FigureQuestion.objects.get()
    assert answer.status_code == 302
    assert (question.to_unit.code, question.due_on) == (factories.SAI_GON, due)
    assert queries.open_questions_to([question.to_unit]) == [question]

    client = client_for(head)
    assert QUESTION in client.get(reverse("indicators:questions")).content.decode()
    assert QUESTION in client.get(question.get_absolute_url()).content.decode()
    client.post(reverse("indicators:answer", args=[question.pk]), {"text": "Do nghỉ lễ, sẽ xong trong tuần."})

    question.refresh_from_db()
    assert question.answered_by == head
    page = client_for(leader).get(ward_figure.get_absolute_url()).content.decode()
    assert "đã trả lời" in page
    kinds = [event.kind for event in Event.objects.filter(object_type="observation").order_by("number")]
    assert kinds == [Kind.FIGURE_QUESTIONED, Kind.FIGURE_ANSWERED]
    assert QUESTION not in "".join(Event.objects.values_list("data", flat=True))


def test_a_wrong_figure_is_reported_to_whose_data_it_is(ward_figure: Observation) -> None:
    question = ask(ward_figure, factories.user(role=Role.LEADER), kind="wrong")
    assert question.to_unit == walk_one.source().owner


def test_a_question_is_answered_once(ward_figure: Observation) -> None:
    leader = factories.user(role=Role.LEADER)
    question = ask(ward_figure, leader)
    actions.answer(question=question, text="Đã rõ nguyên nhân.", by=leader, at=NOW)
    with pytest.raises(actions.AnsweredAlready):
        actions.answer(question=question, text="Trả lời lần nữa.", by=leader, at=NOW)
    assert Event.objects.filter(kind=Kind.FIGURE_ANSWERED).count() == 1


def test_another_ward_sees_neither_the_question_nor_its_page(
    client_for: In, ward_figure: Observation
) -> None:
    question = ask(ward_figure, factories.user(role=Role.LEADER))
    elsewhere = client_for(factories.user(role=Role.UNIT_HEAD, unit=factories.BEN_THANH))

    assert QUESTION not in elsewhere.get(reverse("indicators:questions")).content.decode()
    assert elsewhere.get(question.get_absolute_url()).status_code == 404
    answer = elsewhere.post(reverse("indicators:answer", args=[question.pk]), {"text": "Tôi trả lời thay."})
    assert answer.status_code == 404
    assert elsewhere.get(reverse("indicators:ask", args=[ward_figure.pk])).status_code == 404


def test_what_is_too_short_or_too_late_is_said_and_nothing_typed_is_lost(
    client_for: In, ward_figure: Observation
) -> None:
    client = client_for(factories.user(role=Role.LEADER))
    answer = client.post(
        reverse("indicators:ask", args=[ward_figure.pk]),
        {"kind": "wrong", "text": "Sai rồi", "due_on": "2020-01-01"},
    )
    body = answer.content.decode()
    assert answer.status_code == 422
    assert "ít nhất 10 ký tự" in body
    assert "Ngày này đã qua" in body
    assert "Sai rồi" in body
    assert not FigureQuestion.objects.exists()
