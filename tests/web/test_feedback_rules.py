"""The rules of a case that can be said without a database."""

from __future__ import annotations

import io
import struct
import zlib
from dataclasses import dataclass
from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from dodem.feedback import catalogue, codes, deadlines, photos, routing, workflow
from dodem.feedback.catalogue import Clock
from dodem.feedback.deadlines import Pace
from dodem.feedback.headline import headline
from dodem.feedback.kinds import Basis
from dodem.feedback.photos import UnusablePhoto
from dodem.feedback.workflow import InvalidMove, Standing, State, Step
from dodem.vietnam.addresses import resolve
from dodem.vietnam.calendar import WorkingCalendar
from tests.factories import NOON, SAI_GON
from tests.web.feedback_cases import a_picture

CALENDAR = WorkingCalendar.load()
DAYS = 7


@dataclass(frozen=True)
class Happened:
    """A step without a database."""

    kind: str
    at: datetime
    rating: int | None = None
    reason: str = ""


# Clocks ------------------------------------------------------------------------------------------


def test_the_clocks_are_those_of_the_decisions_they_cite() -> None:
    clocks = catalogue.clocks()
    assert clocks.routing_minutes == 5
    assert clocks.answers["standard"].days == 5
    assert "1478/QĐ-UBND" in clocks.answers["standard"].basis
    assert catalogue.categories()["legal_texts"].clock.days == 15


@pytest.mark.parametrize(
    ("received_on", "counted", "days", "due_on"),
    [
        (date(2026, 11, 16), "calendar", 5, date(2026, 11, 23)),  # Monday; the fifth day is a Saturday
        (date(2026, 11, 18), "calendar", 5, date(2026, 11, 23)),  # Wednesday; the fifth day is the Monday
        (date(2026, 6, 10), "working", 5, date(2026, 6, 17)),
        (date(2026, 11, 18), "working", 5, date(2026, 11, 26)),  # 24 November is off, too
        (date(2026, 4, 25), "calendar", 5, date(2026, 5, 4)),  # 30 April and 1 May are off, then a weekend
    ],
)
def test_a_due_day_never_falls_on_a_day_off(received_on: date, counted: str, days: int, due_on: date) -> None:
    clock = Clock("c", days, counted, "")  # type: ignore[arg-type]
    assert deadlines.due_on(received_on=received_on, clock=clock, calendar=CALENDAR) == due_on


@given(st.dates(date(2025, 7, 1), date(2027, 12, 1)), st.integers(1, 30))
def test_more_days_never_make_an_earlier_due_day(received_on: date, days: int) -> None:
    def due(n: int) -> date:
        return deadlines.due_on(
            received_on=received_on, clock=Clock("c", n, "calendar", ""), calendar=CALENDAR
        )

    assert received_on < due(days) <= due(days + 1)
    assert CALENDAR.is_working_day(due(days))


def test_the_promise_counts_working_days_and_names_the_holidays_between() -> None:
    promise = deadlines.promise(due_on=date(2026, 5, 4), today=date(2026, 4, 28), calendar=CALENDAR)
    assert promise.working_days_left == 2
    assert [day for day, _ in promise.days_off] == [date(2026, 4, 30), date(2026, 5, 1)]


def test_an_answer_on_the_due_day_is_in_time_and_a_day_later_is_not() -> None:
    due_on = date(2026, 11, 23)
    assert deadlines.pace(due_on=due_on, answered_on=due_on, today=due_on) == Pace.ANSWERED_IN_TIME
    assert deadlines.pace(due_on=due_on, answered_on=date(2026, 11, 24), today=due_on) == Pace.ANSWERED_LATE
    assert deadlines.pace(due_on=due_on, answered_on=None, today=due_on) == Pace.DUE_SOON
    assert deadlines.pace(due_on=due_on, answered_on=None, today=date(2026, 11, 24)) == Pace.OVERDUE


# Workflow ----------------------------------------------------------------------------------------


def standing_after(*kinds: Step, rating: int | None = None) -> Standing:
    """The standing after steps a day apart, from NOON on."""
    steps = [
        Happened(kind, NOON + timedelta(days=n), rating if kind == Step.RATED else None)
        for n, kind in enumerate(kinds)
    ]
    return workflow.replay(steps)


@pytest.mark.parametrize(
    ("kinds", "days_later", "state"),
    [
        ((), 0, State.AT_DESK),
        ((Step.ROUTED,), 1, State.IN_PROGRESS),
        ((Step.ROUTED, Step.RETURNED), 2, State.AT_DESK),
        ((Step.ROUTED, Step.PROGRESS), 2, State.IN_PROGRESS),
        ((Step.ROUTED, Step.ANSWERED), 2, State.AWAITING_CITIZEN),
        ((Step.ROUTED, Step.ANSWERED), 1 + DAYS, State.CLOSED),
        ((Step.ROUTED, Step.ANSWERED, Step.RATED), 3, State.CLOSED),
        ((Step.ROUTED, Step.ANSWERED, Step.REOPENED), 3, State.IN_PROGRESS),
        ((Step.ROUTED, Step.ANSWERED, Step.RATED, Step.REOPENED, Step.ANSWERED), 5, State.AWAITING_CITIZEN),
        ((Step.ROUTED, Step.DECLINED), 2, State.AWAITING_CITIZEN),
        ((Step.REFERRED,), 1, State.REFERRED),
        ((Step.WITHDRAWN,), 1, State.WITHDRAWN),
        ((Step.ROUTED, Step.JOINED), 2, State.JOINED),
    ],
)
def test_the_state_follows_from_what_happened(kinds: tuple[Step, ...], days_later: int, state: State) -> None:
    standing = standing_after(*kinds, rating=4)
    assert workflow.state_of(standing, at=NOON + timedelta(days=days_later), days_to_reopen=DAYS) == state


def test_the_first_answer_stays_the_first_when_the_case_is_reopened_and_answered_again() -> None:
    standing = standing_after(Step.ROUTED, Step.ANSWERED, Step.REOPENED, Step.ANSWERED)
    assert standing.first_answered_at == NOON + timedelta(days=1)
    assert standing.answered_at == NOON + timedelta(days=3)
    assert standing.reopened_at is not None


def test_of_several_ratings_of_one_answer_the_lowest_counts_and_a_new_answer_starts_anew() -> None:
    def after(*ratings: int | None) -> int | None:
        kinds = [Happened(Step.ROUTED, NOON), Happened(Step.ANSWERED, NOON)]
        for n, rating in enumerate(ratings, start=1):
            at = NOON + timedelta(hours=n)
            kinds += (
                [Happened(Step.RATED, at, rating)]
                if rating
                else [Happened(Step.REOPENED, at), Happened(Step.ANSWERED, at)]
            )
        return workflow.replay(kinds).rating

    assert after(5, 2, 4) == 2
    assert after(1, None) == 1
    assert after(1, None, 5) == 5


@pytest.mark.parametrize(
    ("kinds", "step"),
    [
        ((), Step.ANSWERED),
        ((Step.ROUTED,), Step.RATED),
        ((Step.ROUTED,), Step.COMPLAINED),
        ((Step.ROUTED,), Step.ROUTED),
        ((Step.ROUTED, Step.ANSWERED), Step.ANSWERED),
        ((Step.ROUTED, Step.ANSWERED), Step.WITHDRAWN),
        ((Step.ROUTED, Step.ANSWERED), Step.TRANSFERRED),
        ((Step.WITHDRAWN,), Step.ROUTED),
        ((Step.REFERRED,), Step.ANSWERED),
    ],
)
def test_a_step_that_does_not_fit_where_the_case_stands_is_refused(
    kinds: tuple[Step, ...], step: Step
) -> None:
    with pytest.raises(InvalidMove):
        workflow.check_move(
            standing_after(*kinds), step, at=NOON + timedelta(days=len(kinds)), days_to_reopen=DAYS
        )


def test_an_answer_can_be_judged_until_the_very_moment_the_days_are_over() -> None:
    standing = standing_after(Step.ROUTED, Step.ANSWERED)
    end = NOON + timedelta(days=1 + DAYS)
    assert workflow.may_judge(standing, at=end - timedelta(seconds=1), days_to_reopen=DAYS)
    assert not workflow.may_judge(standing, at=end, days_to_reopen=DAYS)


# Routing -----------------------------------------------------------------------------------------


def test_the_unit_the_sender_chose_wins_over_the_address() -> None:
    resolution = resolve("12 Lê Lợi, Phường Bến Thành", on=date(2026, 11, 20))
    assert routing.choose_unit(chosen=SAI_GON, resolution=resolution).unit_code == SAI_GON


def test_an_address_that_means_one_unit_is_routed_there_with_the_reason() -> None:
    resolution = resolve("45 Đồng Khởi, P. Bến Nghé, Quận 1", on=date(2026, 11, 20))
    route = routing.choose_unit(chosen=None, resolution=resolution)
    assert (route.unit_code, route.basis) == (SAI_GON, Basis.ADDRESS)
    assert route.reason == resolution.reason


@pytest.mark.parametrize("address", ["", "gần chợ", "12 đường số 8"])
def test_an_address_that_leaves_a_doubt_goes_to_the_desk_and_never_to_a_guess(address: str) -> None:
    resolution = resolve(address, on=date(2026, 11, 20)) if address else None
    route = routing.choose_unit(chosen=None, resolution=resolution)
    assert (route.unit_code, route.basis) == (None, Basis.DESK)


def test_one_place_has_one_key_however_it_is_written() -> None:
    assert routing.place_key("Hẻm 120 đường số 8, P. Hiệp Bình") == routing.place_key("hem 120 ĐƯỜNG số 8")


# Codes -------------------------------------------------------------------------------------------


def test_a_code_has_no_letters_that_are_taken_for_one_another() -> None:
    made = {codes.new_code(on=date(2026, 4, 22)) for _ in range(300)}
    assert all(code.startswith("PA-2604-") and len(code) == 12 for code in made)
    assert not set("OI01") & {letter for code in made for letter in code[8:]}


@pytest.mark.parametrize("typed", ["PA-2604-7K3M", "pa 2604 7k3m", " pa–2604–7k3m ", "PA.2604.7K3M"])
def test_a_code_is_read_however_it_is_typed(typed: str) -> None:
    assert codes.read_code(typed) == "PA-2604-7K3M"


@pytest.mark.parametrize("typed", ["PA-2604-7K3O", "PA-2604-7K3", "7K3M", "PA-2604-7K3M-X", ""])
def test_what_cannot_be_a_code_is_none(typed: str) -> None:
    assert codes.read_code(typed) is None


def test_a_form_sent_again_finds_the_same_secret_and_another_form_another() -> None:
    assert codes.secret_for("a" * 20) == codes.secret_for("a" * 20) != codes.secret_for("b" * 20)


# Words and pictures ------------------------------------------------------------------------------


def test_the_headline_is_the_first_sentence_cut_between_words() -> None:
    assert headline("Hẻm ngập nước. Ba ngày rồi.") == "Hẻm ngập nước"
    assert headline("chữ " * 60).endswith("chữ…")
    assert len(headline("chữ " * 60)) <= 91


def clean(content: bytes) -> photos.CleanPhoto:
    return photos.clean(io.BytesIO(content), name="anh.jpg", size=len(content))


def test_a_photo_is_kept_without_what_the_telephone_wrote_beside_it() -> None:
    exif = Image.Exif()
    exif[0x010F] = "Hãng máy"
    exif.get_ifd(0x8825)[1] = "N"  # where it was taken
    kept = clean(a_picture(exif=exif))
    with Image.open(io.BytesIO(kept.content)) as image:
        assert not image.getexif()
        assert b"Exif" not in kept.content
        assert image.format == "JPEG"


def test_a_photo_taken_sideways_is_turned_upright() -> None:
    exif = Image.Exif()
    exif[0x0112] = 6
    kept = clean(a_picture(width=60, height=40, exif=exif))
    assert (kept.width, kept.height) == (40, 60)


def test_a_large_photo_is_made_smaller_and_a_transparent_one_gets_white_paper() -> None:
    kept = clean(a_picture(width=4000, height=1000))
    assert (kept.width, kept.height) == (1600, 400)
    written = io.BytesIO()
    Image.new("RGBA", (8, 8), (0, 0, 0, 0)).save(written, "PNG")
    with Image.open(io.BytesIO(clean(written.getvalue()).content)) as image:
        assert image.convert("RGB").getpixel((4, 4)) == (255, 255, 255)


def png_of(width: int, height: int) -> bytes:
    """A PNG file that says it is so large, and has next to nothing in it."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", head)
        + chunk(b"IDAT", zlib.compress(b"\0"))
        + chunk(b"IEND", b"")
    )


@pytest.mark.parametrize("width", [8_000, 14_000, 60_000])
def test_a_picture_that_would_unpack_to_too_much_is_refused_before_it_is_unpacked(width: int) -> None:
    with pytest.raises(UnusablePhoto, match="quá nhiều điểm ảnh"):
        clean(png_of(width, 8_000))


@pytest.mark.parametrize(
    "content", [b"", b"%PDF-1.7", b"\xff\xd8\xff\xe0 torn", a_picture()[:200], a_picture(shape="GIF")]
)
def test_what_is_no_photo_is_refused_in_words(content: bytes) -> None:
    with pytest.raises(UnusablePhoto, match="không mở được"):
        clean(content)
