"""``dodem check``: what is not right at this site, and how to mend it. Looks, changes nothing."""

from __future__ import annotations

import os
import shutil
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import SystemCheckError
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor

from dodem.audit.verify import verify

ROOM_NEEDED = 2 * 1024**3  # bytes


@dataclass(frozen=True)
class Remark:
    """``grave``: the centre must not be used like this. Otherwise advice."""

    message: str
    grave: bool = True


def run() -> int:
    """Print every remark. Returns 1 when one of them is grave."""
    remarks = [remark for examine in EXAMINATIONS for remark in examine()]
    for remark in remarks:
        print(f"{'LỖI ' if remark.grave else 'NÊN '} {remark.message}")
    if not remarks:
        print("Mọi thứ đều ổn.")
    return 1 if any(remark.grave for remark in remarks) else 0


def database() -> Iterator[Remark]:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError as error:
        yield Remark(f"Không mở được cơ sở dữ liệu: {error}. Xem lại DATABASE_URL.")
        return
    if connection.vendor == "postgresql" and connection.pg_version < 150000:  # type: ignore[attr-defined]
        yield Remark("PostgreSQL cũ hơn bản 15. Hãy nâng cấp máy chủ cơ sở dữ liệu.")
    executor = MigrationExecutor(connection)
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        yield Remark("Cơ sở dữ liệu chưa theo bản cài đặt. Khởi động lại bằng dodem up để nâng cấp.")


def ledger() -> Iterator[Remark]:
    for fault in verify(heads=settings.DODEM_DATA / "ledger.heads").faults[:3]:
        yield Remark(f"Sổ nhật ký: {fault.message} Giữ nguyên máy và báo thanh tra.")


def disk() -> Iterator[Remark]:
    if not os.access(settings.DODEM_DATA, os.W_OK):
        yield Remark(f"Không ghi được vào {settings.DODEM_DATA}. Cấp quyền ghi cho người chạy dodem.")
    free = shutil.disk_usage(settings.DODEM_DATA).free
    if free < ROOM_NEEDED:
        yield Remark(f"Đĩa chỉ còn {free // 1024**2} MB. Cần ít nhất {ROOM_NEEDED // 1024**2} MB.")


def worker() -> Iterator[Remark]:
    beat = settings.DODEM_DATA / "worker.beat"
    if not beat.exists() or time.time() - beat.stat().st_mtime > 60:
        yield Remark("Tiến trình nền không chạy: tệp mới sẽ không được nạp. Chạy dodem up.", grave=False)


def protection() -> Iterator[Remark]:
    try:
        call_command("check", deploy=not settings.DODEM_SAMPLE, fail_level="WARNING")
    except SystemCheckError as error:
        yield Remark(str(error).strip())
    if not settings.DODEM_SAMPLE and not settings.SESSION_COOKIE_SECURE:
        yield Remark("Chưa bật HTTPS: đặt DODEM_HTTPS=1 sau máy chủ có chứng thư.", grave=False)
    if settings.DODEM_SAMPLE and settings.ALLOWED_HOSTS and "*" in settings.ALLOWED_HOSTS:
        yield Remark("Dữ liệu mẫu có mật khẩu ai cũng biết: không mở cho mạng ngoài.")


def definitions() -> Iterator[Remark]:
    from dodem.indicators import definitions as indicator_definitions

    for fault in indicator_definitions.faults():
        yield Remark(f"Định nghĩa: {fault}")


EXAMINATIONS: list[Callable[[], Iterator[Remark]]] = [database, disk, ledger, worker, protection, definitions]
