"""What falls due in the days ahead: a list to work from, so it is read from the tasks themselves."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import Count
from django.urls import reverse
from django.utils.translation import gettext as _

from dodem.access.models import User
from dodem.directives.models import Task
from dodem.pages.charts import Column
from dodem.pages.formats import english, short_day
from dodem.vietnam.calendar import WorkingCalendar

DAYS = 8
VIETNAMESE = ("T2", "T3", "T4", "T5", "T6", "T7", "CN")
ENGLISH = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")


@dataclass(frozen=True)
class DueSoon:
    """The columns of days off are highlighted; ``warnings`` names those on which something falls due."""

    columns: Sequence[Column]
    until: date
    warnings: Sequence[str]
    url: str

    @property
    def total(self) -> int:
        return sum(column.count for column in self.columns)

    @property
    def highest(self) -> int:
        return max((column.count for column in self.columns), default=0)


def due_soon(user: User, *, on: date, calendar: WorkingCalendar) -> DueSoon:
    """Open tasks due today and on the seven days after. One query."""
    last = on + timedelta(days=DAYS - 1)
    tasks: Any = Task.objects.visible_to(user).with_state(on=on).open().filter(due_on__range=(on, last))
    counted: dict[date, int] = dict(
        tasks.order_by().values_list("due_on").annotate(count=Count("pk")).values_list("due_on", "count")
    )
    url = f"{reverse('directives:tasks')}?trang_thai=sap-han&sort=due"
    days = [on + timedelta(days=ahead) for ahead in range(DAYS)]
    columns = [
        Column(
            name=f"{(ENGLISH if english() else VIETNAMESE)[day.weekday()]} {short_day(day, on)}",
            count=counted.get(day, 0),
            href=url if counted.get(day) else "",
            highlight=not calendar.is_working_day(day),
        )
        for day in days
    ]
    warnings = [
        _("%(count)s việc rơi vào %(day)s (%(name)s)")
        % {
            "count": counted[day],
            "day": short_day(day, on),
            "name": calendar.day_off_name(day) or _("cuối tuần"),
        }
        for day in days
        if counted.get(day) and not calendar.is_working_day(day)
    ]
    return DueSoon(columns, last, warnings, url)
