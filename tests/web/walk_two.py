"""A directive of our own making, and the people and tasks that tests of walk two begin with."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from dodem.access.models import User
from dodem.access.roles import Role
from dodem.directives import actions
from dodem.directives.models import Directive, Programme, Task
from tests import factories

PAPER = """ỦY BAN NHÂN DÂN THÀNH PHỐ HỒ CHÍ MINH
Số: 915/TB-UBND
Thành phố Hồ Chí Minh, ngày 02 tháng 11 năm 2026

THÔNG BÁO
Về triển khai sổ theo dõi nhiệm vụ dùng chung thực hiện Nghị quyết 57

Cuộc họp ghi nhận kết quả bước đầu của các đơn vị.
Chủ tịch Ủy ban nhân dân Thành phố yêu cầu:
1. Giao Sở Y tế chủ trì, phối hợp với Sở Tài chính xây dựng kế hoạch kết nối dữ liệu khám bệnh, \
hoàn thành trước ngày 15 tháng 12 năm 2026.
2. Giao Sở Tài chính rà soát kinh phí bảo trì thiết bị, báo cáo kết quả trước ngày 30 tháng 11 năm 2026.
3. Các sở, ngành khẩn trương cử cán bộ đầu mối theo dõi nhiệm vụ.
"""

MORNING = datetime(2026, 11, 3, 8, 0, tzinfo=factories.VIETNAM)


def paper(*, text: str = PAPER, by: User | None = None, at: datetime = MORNING) -> Directive:
    """A directive taken in as pasted text, its tasks drafted."""
    return actions.add_directive(content=text.encode(), filename="thong-bao.txt", by=by, at=at).directive


def reviewer() -> User:
    return factories.user(role=Role.STANDING_OFFICE, name="Trần Văn Rà")


def officer(unit: str = factories.HEALTH) -> User:
    return factories.user(role=Role.OFFICER, unit=unit, name="Lê Thị Làm")


def task(
    *,
    unit: str = factories.HEALTH,
    due_on: date | None = date(2026, 11, 30),
    at: datetime = MORNING,
    title: str = "Kết nối dữ liệu khám bệnh",
    by: User | None = None,
    programme: str = "",
    helpers: tuple[str, ...] = (),
) -> Task:
    """A task assigned by hand on 3 November 2026."""
    programmes = []
    if programme:
        actions.load_programmes()
        programmes = [Programme.objects.get(code=programme)]
    return actions.assign_task(
        title=title,
        lead_unit=factories.unit(unit),
        coordinating=[factories.unit(code) for code in helpers],
        programmes=programmes,
        due_on=due_on,
        by=by,
        at=at,
    )


def days_later(days: int, *, hour: int = 9) -> datetime:
    return (MORNING + timedelta(days=days)).replace(hour=hour)
