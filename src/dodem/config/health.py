"""Whether the centre lives, for machines: the database answers and the worker has been seen lately."""

from __future__ import annotations

import time

from django.conf import settings
from django.db import connection
from django.http import HttpRequest, JsonResponse

from dodem import __version__

WORKER_SILENT_AFTER = 60  # seconds


def healthz(request: HttpRequest) -> JsonResponse:
    """200 when all is well, 503 otherwise; says which part is not. Tells no secret and touches no record."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    beat = settings.DODEM_DATA / "worker.beat"
    worker_lives = beat.exists() and time.time() - beat.stat().st_mtime < WORKER_SILENT_AFTER
    return JsonResponse(
        {"version": __version__, "database": "ok", "worker": "ok" if worker_lives else "silent"},
        status=200 if worker_lives else 503,
    )
