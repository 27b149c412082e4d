"""A report is received: kept, made a case, and sent to a unit, all at once."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.db import IntegrityError, transaction
from django.utils import timezone

from dodem.access.models import User
from dodem.audit.kinds import Kind as Event
from dodem.audit.ledger import record
from dodem.feedback import catalogue, codes, deadlines, photo_files, routing
from dodem.feedback.actions.steps import take_step
from dodem.feedback.headline import headline
from dodem.feedback.kinds import Channel, Kind
from dodem.feedback.models import Case, Report, Sender
from dodem.feedback.routing import Route
from dodem.feedback.workflow import Step
from dodem.units.models import Unit
from dodem.vietnam.addresses import resolve
from dodem.vietnam.calendar import WorkingCalendar
from dodem.vietnam.text import fold
from dodem.vietnam.units import CITY

TRIES = 8  # a code met twice in a month of a million is drawn again


@dataclass(frozen=True)
class NewReport:
    """What a person sent. ``unit_code`` is the unit they chose; ``wants_desk``: none of those proposed."""

    kind: Kind
    category: str
    text: str
    is_shared: bool
    address: str = ""
    unit_code: str | None = None
    wants_desk: bool = False
    name: str = ""
    phone: str = ""
    channel: Channel = Channel.WEB
    language: str = "vi"


@dataclass(frozen=True)
class Received:
    """``secret`` makes the sender's link; ``is_repeat``: this form had already been received, nothing was
    added.
    """

    report: Report
    secret: str
    is_repeat: bool


def receive_report(*, new: NewReport, submission: str, at: datetime, by: User | None = None) -> Received:
    """Keep a report, open its case and route it; photos sent with the same ``submission`` become its own.

    The same submission sent again, were it at the same moment, gives the first report back.
    """
    secret = codes.secret_for(submission)
    for _ in range(TRIES):
        known = (
            Report.objects.select_related("case").filter(submission_digest=codes.digest(submission)).first()
        )
        if known:
            return Received(known, secret, is_repeat=True)
        try:
            with transaction.atomic():
                report = _receive(new, submission=submission, secret=secret, at=at, by=by)
        except IntegrityError:
            continue  # the code was taken, or the same form came in beside this one: look again
        return Received(report, secret, is_repeat=False)
    raise RuntimeError("no free report code was found")


def _receive(new: NewReport, *, submission: str, secret: str, at: datetime, by: User | None) -> Report:
    today = timezone.localdate(at)
    route = route_of(new, on=today)
    code = codes.new_code(on=today)
    case = open_case(new, code=code, route=route, at=at)
    report = Report.objects.create(
        code=code,
        secret_digest=codes.digest(secret),
        submission_digest=codes.digest(submission),
        case=case,
        kind=new.kind,
        category=new.category,
        text=new.text,
        address=new.address,
        basis=route.basis,
        basis_words=route.reason,
        is_shared=new.is_shared,
        channel=new.channel,
        language=new.language,
        received_at=at,
    )
    if new.name or new.phone:
        Sender.objects.create(report=report, name=new.name, phone=new.phone)
    photos = photo_files.attach(submission_digest=report.submission_digest, report=report)
    record(
        Event.REPORT_RECEIVED,
        case,
        by=by,
        at=at,
        unit_code=case.unit.code,
        report=code,
        sent_as=new.kind.value,
        category=new.category,
        channel=new.channel.value,
        routed_by=route.basis.value,
        photos=photos,
    )
    return report


def route_of(new: NewReport, *, on: date) -> Route:
    """Where a report goes, by what its sender chose and by its address as units stand on a day."""
    resolution = resolve(new.address, on=on) if new.address and not new.wants_desk else None
    return routing.choose_unit(chosen=new.unit_code, resolution=resolution)


def open_case(new: NewReport, *, code: str, route: Route, at: datetime) -> Case:
    """A case for one report, with its unit or at the city's desk."""
    today = timezone.localdate(at)
    clock = catalogue.categories()[new.category].clock
    due_on = deadlines.due_on(received_on=today, clock=clock, calendar=WorkingCalendar.load())
    living = Unit.objects.valid(on=today)
    unit = living.filter(code=route.unit_code).first() if route.unit_code else None
    case = Case.objects.create(
        code=code,
        unit=living.get(code=CITY),
        kind=new.kind,
        category=new.category,
        title=headline(new.text),
        place_key=routing.place_key(new.address),
        search_key=fold(f"{code} {new.text} {new.address}"),
        opened_at=at,
        due_on=due_on,
        current_due_on=due_on,
    )
    if unit:
        take_step(case, Step.ROUTED, at=at, unit=unit, note=route.reason)
    return case
