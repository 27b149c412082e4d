"""Bring a data directory up to the installed package: tables, static files, definitions, the sample city.

Every step can be repeated; a start that was cut off is finished by the next one.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable

from django.conf import settings
from django.core.management import call_command
from django.utils import timezone


def run(*, sample: str) -> None:
    """Prepare and say what is being done. ``sample`` is "city", "ward" or "none"."""
    step("Tạo và nâng cấp cơ sở dữ liệu", lambda: call_command("migrate", verbosity=0, interactive=False))
    step("Tạo bảng đệm", lambda: call_command("createcachetable", verbosity=0))
    step(
        "Gom tệp giao diện",
        lambda: call_command(
            "collectstatic", verbosity=0, interactive=False, clear=settings.STATIC_ROOT.exists()
        ),
    )
    step("Nạp đơn vị và định nghĩa", load_definitions)
    if sample != "none":
        from dodem.sample import make

        make.make(scale=sample, at=timezone.now(), say=lambda what, work: step(what, work))


def load_definitions() -> None:
    from dodem.directives.actions import load_programmes
    from dodem.registers.actions import load_sources
    from dodem.units.actions import load_definitions as load_units

    load_units(at=timezone.now())
    load_programmes()
    load_sources()


def step(what: str, work: Callable[[], object]) -> None:
    """Do one piece of work, with a line that says which and how long it took."""
    started = time.monotonic()
    sys.stdout.write(f"  {what} … ")
    sys.stdout.flush()
    work()
    sys.stdout.write(f"{time.monotonic() - started:.1f} giây\n")
    sys.stdout.flush()
