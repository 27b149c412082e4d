"""Sample people in every role at every unit, all with one printed password."""

from __future__ import annotations

import random
from datetime import datetime

from django.conf import settings
from django.contrib.auth.hashers import make_password

from dodem.access.models import Grant, User
from dodem.access.roles import Role
from dodem.audit.kinds import Kind
from dodem.audit.ledger import Entry
from dodem.sample.story import CITY, Place, Story
from dodem.sample.words import GIVEN, MIDDLE, SURNAMES
from dodem.units.models import Unit

CITY_PEOPLE = [
    ("lanhdao", Role.LEADER, "Lãnh đạo Thành phố"),
    ("thuongtruc", Role.STANDING_OFFICE, "Chuyên viên Cơ quan thường trực"),
    ("dulieu", Role.DATA_STEWARD, "Phụ trách dữ liệu"),
    ("thanhtra", Role.INSPECTOR, "Thanh tra viên"),
    ("quantri", Role.ADMINISTRATOR, "Quản trị hệ thống"),
]
UNIT_PEOPLE = [
    ("truong", Role.UNIT_HEAD, "Người đứng đầu"),
    ("canbo", Role.OFFICER, "Chuyên viên"),
    ("solieu", Role.DATA_STEWARD, "Đầu mối số liệu"),
]
# One ward and one department whose accounts are printed, so that a visitor can try every role.
SHOWN_WARD, SHOWN_DEPARTMENT = "26740", "H29.KHCN"


def name(chance: random.Random) -> str:
    return f"{chance.choice(SURNAMES)} {chance.choice(MIDDLE)} {chance.choice(GIVEN)}"


def username(prefix: str, code: str) -> str:
    return f"{prefix}.{code.removeprefix('H29.').lower()}"


def make_people(story: Story, *, at: datetime) -> tuple[dict[tuple[str, Role], User], list[Entry]]:
    """Users and grants. Returns them by (unit code, role) and the ledger's entries."""
    chance = story.chance("people")
    password = make_password(
        settings.DODEM_SAMPLE_PASSWORD
    )  # one hash for all: sample accounts share a password
    city = Unit.objects.get(code=CITY, valid_to__isnull=True)
    posts: list[tuple[str, Role, str, Place]] = [
        (login, role, position, Place(city.pk, CITY, city.name, 0)) for login, role, position in CITY_PEOPLE
    ]
    posts += [
        (username(prefix, place.code), role, position, place)
        for place in story.places
        for prefix, role, position in UNIT_PEOPLE
    ]
    users = User.objects.bulk_create(
        [
            User(
                username=login,
                password=password,
                display_name=name(chance),
                position=f"{position}, {place.name}",
                is_sample=True,
            )
            for login, _role, position, place in posts
        ],
        batch_size=500,
    )
    Grant.objects.bulk_create(
        [
            Grant(user=user, role=role, unit_id=place.pk, granted_at=at)
            for user, (_login, role, _position, place) in zip(users, posts, strict=True)
        ],
        batch_size=500,
    )
    entries = [
        Entry(Kind.GRANTED, "user", login, at=at, unit_code=place.code, data={"granted": role.value})
        for login, role, _position, place in posts
    ]
    people = {(place.code, role): user for user, (_l, role, _p, place) in zip(users, posts, strict=True)}
    return people, entries


def printed_accounts(story: Story) -> str:
    """The accounts a visitor is told of at the start."""
    shown = [(login, position) for login, _role, position in CITY_PEOPLE]
    for place in story.places:
        if place.code in {SHOWN_WARD, SHOWN_DEPARTMENT}:
            shown += [
                (username(prefix, place.code), f"{position}, {place.name}")
                for prefix, _role, position in UNIT_PEOPLE
            ]
    lines = [f"  {login:<16}{position}" for login, position in shown]
    return "\n".join(
        ["Tài khoản mẫu (dữ liệu mẫu), mật khẩu chung: " + settings.DODEM_SAMPLE_PASSWORD, *lines, ""]
    )
