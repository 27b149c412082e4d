"""Take a directive in and let the reader draft tasks from it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from importlib.resources import files as resources

import yaml
from django.db import transaction
from django.utils.translation import gettext as _

from dodem.access.models import User
from dodem.audit.kinds import Kind
from dodem.audit.ledger import record
from dodem.directives import files, proposals
from dodem.directives.models import Directive, Programme
from dodem.directives.secrecy import classified_level
from dodem.reading.documents import read_document
from dodem.reading.head import read_head
from dodem.vietnam.errors import UserError
from dodem.vietnam.text import fold, nfc

TITLE = 600  # characters


class ClassifiedRefused(UserError):
    """The paper bears a level of secrecy and must not enter."""

    def __init__(self, level: str) -> None:
        super().__init__(
            _(
                "Văn bản có dấu độ mật “%(level)s” nên không được đưa vào hệ thống này và không được "
                "lưu lại. Hãy theo dõi nhiệm vụ của văn bản này theo quy định về bảo vệ bí mật nhà nước."
            )
            % {"level": level}
        )


class IssueDateUnknown(UserError):
    """Neither the paper nor the person says when it was issued."""

    def __init__(self) -> None:
        super().__init__(
            _(
                "Không đọc được ngày ban hành trong văn bản. Hãy ghi ngày ban hành rồi gửi lại, "
                "vì hạn của nhiệm vụ tính từ ngày này."
            )
        )


@dataclass(frozen=True)
class Added:
    """``is_new`` is False when the same bytes had been added before; then nothing was changed."""

    directive: Directive
    is_new: bool


@transaction.atomic
def add_directive(
    *,
    content: bytes,
    filename: str,
    by: User | None,
    at: datetime,
    issued_on: date | None = None,
    document_number: str = "",
    kind: str = "",
    issuer: str = "",
    title: str = "",
    source_url: str = "",
    citation: str = "",
    is_sample: bool = False,
) -> Added:
    """Keep a document as received, read its text and head, and draft its tasks. The same bytes twice are one.

    What a person states goes before what the head of the paper says. Raises UnreadableDocument,
    ClassifiedRefused (nothing is kept then) and IssueDateUnknown.
    """
    document = read_document(content, filename)
    text = nfc(document.text.replace("\r\n", "\n"))
    if level := classified_level(text):
        raise ClassifiedRefused(level)
    head = read_head(text)
    issued_on = issued_on or head.issued_on
    if issued_on is None:
        raise IssueDateUnknown
    kept = files.keep([content], name=filename, media_type=document.media)
    facts = {
        "document_number": (nfc(document_number) or head.number or "")[:80],
        "kind": (nfc(kind) or head.kind or "")[:60],
        "issuer": (nfc(issuer) or head.issuer or "")[:300],
        "title": (nfc(title) or opening_capital(head.subject or "") or first_words(text))[:TITLE],
    }
    directive, is_new = Directive.objects.get_or_create(
        sha256=kept.sha256,
        defaults={
            **facts,
            "issued_on": issued_on,
            "text": text,
            "file_name": kept.name,
            "file_size": kept.size,
            "media_type": kept.media_type,
            "source_url": source_url,
            "citation": nfc(citation),
            "added_at": at,
            "added_by": by,
            "is_sample": is_sample,
            "search_key": fold(" ".join(facts.values()))[:1200],
        },
    )
    if is_new:
        record(
            Kind.DIRECTIVE_ADDED,
            directive,
            by=by,
            at=at,
            number=directive.document_number,
            issued_on=issued_on.isoformat(),
            sha256=kept.sha256,
        )
        propose_drafts(directive=directive, by=by, at=at)
    return Added(directive, is_new)


@transaction.atomic
def propose_drafts(*, directive: Directive, by: User | None, at: datetime) -> int:
    """Let the reader draft the tasks of a directive that has none yet; returns how many there are now."""
    directive = Directive.objects.select_for_update().get(pk=directive.pk)
    if directive.drafts.exists():
        return directive.drafts.count()
    drafts = proposals.draft_all(directive)
    record(Kind.DRAFTS_PROPOSED, directive, by=by, at=at, drafts=len(drafts))
    return len(drafts)


def opening_capital(subject: str) -> str:
    """A subject as a title: in a paper it goes on after "Về" with a small letter."""
    return subject[:1].upper() + subject[1:]


def first_words(text: str) -> str:
    """The first line that says something, for a paper without a subject."""
    return next((line.strip() for line in text.splitlines() if len(line.split()) > 2), text.strip())


@transaction.atomic
def load_programmes() -> int:
    """Bring the table up to definitions/programmes.yaml; returns how many there are. Safe to repeat."""
    source = resources("dodem").joinpath("definitions", "programmes.yaml").read_text(encoding="utf-8")
    rows = yaml.safe_load(source)["programmes"]
    for position, row in enumerate(rows):
        Programme.objects.update_or_create(
            code=row["code"],
            defaults={
                "title": row["title"]["vi"],
                "title_en": row["title"]["en"],
                "document": row["document"],
                "position": position,
            },
        )
    return len(rows)
