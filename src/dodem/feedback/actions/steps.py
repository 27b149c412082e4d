"""The one place where a step is written and the case's standing moved on."""

from __future__ import annotations

from dataclasses import asdict
from datetime import datetime
from typing import Any

from dodem.access.models import User
from dodem.feedback import catalogue, workflow
from dodem.feedback.models import Case, CaseStep
from dodem.feedback.workflow import Step
from dodem.units.models import Unit


def lock(case: Case) -> Case:
    """The case as it is now, held until the transaction ends."""
    return Case.objects.select_for_update(of=("self",)).select_related("unit").get(pk=case.pk)


def take_step(
    case: Case, kind: Step, *, at: datetime, by: User | None = None, unit: Unit | None = None, **facts: Any
) -> CaseStep:
    """Write a step of a locked case and save where it leaves the case. Raises InvalidMove.

    ``unit`` is whom the case is with from now on, when that changes; ``facts`` are further fields of the
    step.
    """
    days = catalogue.clocks().days_to_reopen
    workflow.check_move(case.standing, kind, at=at, days_to_reopen=days)
    if unit is not None:
        facts["from_unit"], case.unit = case.unit, unit
    step = CaseStep.objects.create(case=case, kind=kind, at=at, by=by, unit=case.unit, **facts)
    for name, value in asdict(workflow.after(case.standing, step)).items():
        setattr(case, name, value)
    case.save()
    return step
