"""One object for each address that has parameters: what the sweep of addresses × roles opens.

Whoever adds an address with parameters adds it to a group here. A group makes its objects and says for each
address how it is reversed and where its object is guarded.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from io import BytesIO
from pathlib import Path
from typing import Any

from dodem.access.roles import Role
from dodem.api import actions as api
from dodem.api.models import Scope
from dodem.directives import actions as directives
from dodem.directives.actions import Proof
from dodem.feedback import photo_files
from dodem.indicators import actions as indicators
from dodem.indicators.models import FigureQuestion, Observation, Release
from dodem.registers.models import Delivery, Finding, RegisterVersion
from dodem.units.models import Unit
from tests import factories
from tests.factories import SAI_GON
from tests.web import feedback_cases, walk_one, walk_two


@dataclass(frozen=True)
class Target:
    """``kwargs`` to reverse an address with; ``unit``: where its object is guarded, None if nowhere."""

    kwargs: dict[str, Any]
    unit: Unit | None = None


Targets = dict[str, Target]


def all_targets(data: Path, settings: object) -> Targets:
    """Every address with parameters that asks for a permission, with an object of its own kind."""
    targets: Targets = {}
    for group in GROUPS:
        targets |= group(data, settings)
    return targets


def people(_data: Path, _settings: object) -> Targets:
    person = factories.user()
    held = factories.grant(person, role=Role.OFFICER, unit=SAI_GON)
    one = Target({"username": person.username})
    return {
        "access:person": one,
        "access:grant": one,
        "access:set_active": one,
        "access:reset_password": one,
        "access:revoke": Target({"username": person.username, "pk": held.pk}),
    }


def units(_data: Path, _settings: object) -> Targets:
    ward = factories.unit(SAI_GON)
    former = Unit.objects.filter(parent=ward, valid_to__isnull=False).first()
    return {
        "boards:unit": Target({"code": SAI_GON}, ward),
        "boards:manage_unit": Target({"code": SAI_GON}, ward),
        "boards:former": Target({"pk": former.pk}, former),
    }


def directives_and_tasks(_data: Path, _settings: object) -> Targets:
    paper = walk_two.paper()
    task = walk_two.task(unit=SAI_GON)
    picture = feedback_cases.a_picture()
    proof = Proof(name="hien-truong.jpg", file=BytesIO(picture), size=len(picture))
    update = directives.post_update(
        task=task, note="Đang làm", proofs=[proof], by=None, at=walk_two.days_later(1)
    )
    city, ward = factories.unit(factories.CITY), factories.unit(SAI_GON)
    whole = Target({"pk": paper.pk}, city)
    draft = Target({"pk": paper.drafts.first().pk}, city)
    work = Target({"code": task.code}, ward)
    return {
        **dict.fromkeys(named("directives", "directive original review add_draft confirm_all"), whole),
        **dict.fromkeys(
            [
                f"directives:{verb}_draft"
                for verb in ("edit", "reject", "merge", "restore", "split", "confirm")
            ],
            draft,
        ),
        **dict.fromkeys(named("directives", "task update start close return reassign withdraw"), work),
        "directives:evidence": Target({"pk": update.evidence.first().pk}, ward),
    }


def cases(_data: Path, _settings: object) -> Targets:
    case = feedback_cases.a_case()
    report = case.reports.get()
    photo = photo_files.keep(
        feedback_cases.a_photo(), at=factories.NOON, submission_digest=report.submission_digest
    )
    photo_files.attach(submission_digest=report.submission_digest, report=report)
    ward = factories.unit(SAI_GON)
    one = Target({"code": case.code}, ward)
    return {
        **dict.fromkeys(named("feedback", "case transfer refer complaint reveal assign answer decline"), one),
        "feedback:photo": Target({"code": case.code, "pk": photo.pk}, ward),
    }


def figures(data: Path, settings: object) -> Targets:
    """One release over a file with a good line and a bad one."""
    walk_one.open_centre(data, settings)
    walk_one.drop("ho-so.csv", walk_one.file_of(walk_one.dossier(1), walk_one.dossier(2, received="hôm qua")))
    walk_one.round_of_work()
    observation = Observation.objects.get(
        indicator="dossiers_on_time", unit__code=SAI_GON, period_start="2026-11-01"
    )
    delivery = Delivery.objects.get(source__code="dossiers")
    version = RegisterVersion.objects.get(source__code="dossiers")
    finding = Finding.objects.filter(unit__code=SAI_GON).first() or Finding.objects.first()
    ward, owner = factories.unit(SAI_GON), delivery.source.owner
    asker = factories.user(role=Role.LEADER)
    question = indicators.ask(
        observation=observation,
        kind=FigureQuestion.Kind.WRONG,
        text="Số này cao hơn báo cáo tuần.",
        by=asker,
        at=walk_one.NOW,
        due_on=walk_one.NOW.date(),
    )
    one = Target({"pk": observation.pk}, ward)
    flaw = Target({"pk": finding.pk}, finding.unit)
    asked = Target({"pk": question.pk}, question.to_unit)
    line = Target({"pk": observation.pk, "key": delivery.key, "line": 2}, ward)
    return {
        "pipeline:release": Target({"number": Release.objects.latest("number").number}),
        "registers:source": Target({"code": "dossiers"}),
        "registers:upload": Target({"code": "dossiers"}, owner),
        "registers:delivery": Target({"key": delivery.key}),
        "registers:original": Target({"key": delivery.key}, owner),
        "registers:version": Target({"key": version.key}),
        **dict.fromkeys(named("registers", "finding unmask_finding"), flaw),
        **dict.fromkeys(named("indicators", "figure records records_csv ask"), one),
        **dict.fromkeys(named("indicators", "row unmask_row"), line),
        **dict.fromkeys(named("indicators", "question answer"), asked),
        "indicators:published": Target({"code": "dossiers_on_time_city"}),
    }


def tokens(_data: Path, _settings: object) -> Targets:
    ward = factories.unit(SAI_GON)
    token, _secret = api.issue_token(
        name="Kho dữ liệu thành phố",
        scopes=[next(iter(Scope))],
        unit=ward,
        expires_at=factories.NOON + timedelta(days=90),
        by=factories.user(role=Role.ADMINISTRATOR),
        at=factories.NOON,
    )
    return {"api:revoke_token": Target({"pk": token.pk}, ward)}


def named(space: str, words: str) -> list[str]:
    return [f"{space}:{word}" for word in words.split()]


GROUPS: list[Callable[[Path, object], Targets]] = [
    people,
    units,
    directives_and_tasks,
    cases,
    figures,
    tokens,
]
