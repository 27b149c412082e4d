"""Keep cleaned photos on disk, by hash, and give up those whose form was never sent."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from functools import partial

from django.core.files.base import ContentFile, File
from django.core.files.storage import default_storage
from django.db import transaction

from dodem.feedback.models import CaseStep, Photo, Report
from dodem.feedback.photos import CleanPhoto

MOST = 5  # photos of one report, or of one answer


def keep(
    photo: CleanPhoto, *, at: datetime, submission_digest: str = "", step: CaseStep | None = None
) -> Photo:
    """Write the file if it is new, then its row."""
    row = Photo(
        submission_digest=submission_digest,
        step=step,
        sha256=photo.sha256,
        width=photo.width,
        height=photo.height,
        size=len(photo.content),
        added_at=at,
    )
    if not default_storage.exists(row.path):
        default_storage.save(row.path, ContentFile(photo.content))
    row.save()
    return row


def keep_all(photos: Iterable[CleanPhoto], *, at: datetime, step: CaseStep) -> None:
    """The photos of an answer."""
    for photo in photos:
        keep(photo, at=at, step=step)


def attach(*, submission_digest: str, report: Report) -> int:
    """Give the photos that a form collected to the report it made; how many."""
    waiting = Photo.objects.filter(submission_digest=submission_digest, report=None, step=None)
    return waiting.update(report=report)


def open_file(photo: Photo) -> File[bytes]:
    """The photo's file. Raises FileNotFoundError when the disk has lost it."""
    return default_storage.open(photo.path)


@transaction.atomic
def discard_abandoned(*, before: datetime) -> int:
    """Forget the photos of forms never sent; how many. A file that another row still names stays."""
    abandoned = Photo.objects.filter(report=None, step=None, added_at__lt=before)
    paths = {photo.sha256: photo.path for photo in abandoned}
    count, _ = abandoned.delete()
    still_used = set(Photo.objects.filter(sha256__in=paths).values_list("sha256", flat=True))
    unused = [path for sha256, path in paths.items() if sha256 not in still_used]
    transaction.on_commit(partial(_unlink, unused))
    return count


def staged(submission_digest: str) -> list[Photo]:
    """The photos a form has collected so far."""
    return list(Photo.objects.filter(submission_digest=submission_digest, report=None, step=None))


@transaction.atomic
def stage(
    *, submission_digest: str, photos: Iterable[CleanPhoto], drop: Iterable[str], at: datetime
) -> list[Photo]:
    """Keep the photos of a form that is not accepted yet and leave out those dropped; the same photo twice
    is one.
    """
    waiting = Photo.objects.filter(submission_digest=submission_digest, report=None, step=None)
    waiting.filter(pk__in=list(drop)).delete()
    known = {photo.sha256 for photo in waiting}
    for photo in photos:
        if photo.sha256 not in known and len(known) < MOST:
            keep(photo, at=at, submission_digest=submission_digest)
            known.add(photo.sha256)
    return staged(submission_digest)


def _unlink(paths: list[str]) -> None:
    for path in paths:
        default_storage.delete(path)
