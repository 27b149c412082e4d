"""One figure, opened: formula as executed, register version, every delivery behind it, release."""

from __future__ import annotations

from datetime import date, datetime
from typing import Literal, cast

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from ninja import Schema

from dodem.api.conditional import settle
from dodem.api.problems import Problem, not_found
from dodem.api.resources.figures import (
    FigureNumber,
    FigureSummary,
    release_asked,
    router,
    said_of,
    summaries,
    with_release,
)
from dodem.api.resources.indicators import FormulaText, in_words
from dodem.api.words import Said, Text, spoken, told
from dodem.indicators.formulas import formula, sql
from dodem.indicators.models import Observation
from dodem.indicators.reopen import Opened, reopen
from dodem.registers.models import Delivery
from dodem.registers.queries import standings
from dodem.vietnam.errors import UserError

Origin = Literal["web upload", "inbox", "application"]


class DefinitionUsed(Schema):
    """The definition by which the figure was counted; today's may differ."""

    digest: str = told("SHA-256 của định nghĩa.", "SHA-256 of the definition.")
    version: int | None = told(
        "Bản định nghĩa; null khi kho không còn giữ.", "Its version; null where the store no longer holds it."
    )
    title: Text | None = told("Tên chỉ số khi đó.", "The indicator's title then.")
    formula: FormulaText | None = told("Công thức bằng lời.", "The formula in words.")
    sql: str | None = told("Câu lệnh như đã chạy.", "The query as it ran.")
    checked_by: str | None = told("Ai soát định nghĩa.", "Who checked the definition.")
    reviewed_on: date | None = told("Ngày soát.", "Day of the review.")


class DeliveryUsed(Schema):
    """One file, or one reading of our own tables, kept byte for byte."""

    key: str = told("Mã lần nhận.", "Key of the delivery.")
    sha256: str = told("SHA-256 của các byte như đã nhận.", "SHA-256 of the bytes as received.")
    bytes: int = told("Dung lượng, byte.", "Size in bytes.")
    rows: int = told("Số dòng dữ liệu.", "Rows of data.")
    received_at: datetime = told("Lúc nhận.", "When it was received.")
    origin: Origin = told("Đến bằng đường nào.", "How it came.")


class VersionUsed(Schema):
    """The register version that was counted."""

    key: str = told("Địa chỉ phiên bản danh mục.", "Address of the register version.")
    register_code: str = told("Mã danh mục.", "Code of the register.")
    as_of: date = told("Ngày dựng tính theo.", "The day it was built for.")
    built_at: datetime = told("Lúc dựng.", "When it was built.")
    records: int = told("Số bản ghi được nhận.", "Records accepted.")
    rejected: int = told("Số dòng bị giữ lại.", "Rows kept out.")
    findings: int = told("Số lỗi dữ liệu.", "Findings.")
    definition_digest: str = told("SHA-256 của định nghĩa danh mục.", "SHA-256 of the register's definition.")
    sha256: str = told("SHA-256 của bản kê phiên bản.", "SHA-256 of the version's manifest.")
    deliveries: list[DeliveryUsed] = told(
        "Các lần nhận làm nên phiên bản, cũ trước.", "The deliveries it was built from, oldest first."
    )


class ReleaseOf(Schema):
    """The release that published the figure."""

    number: int = told("Số bản số liệu.", "Number of the release.")
    published_at: datetime = told("Lúc công bố.", "When it was published.")
    manifest_sha256: str = told("SHA-256 của bản kê.", "SHA-256 of its manifest.")
    url: str = told("Địa chỉ của bản số liệu.", "Address of the release.")


class FigureDetail(FigureSummary):
    """A figure with all that it was made of."""

    definition: DefinitionUsed = told("Định nghĩa đã dùng.", "The definition used.")
    version: VersionUsed = told("Phiên bản danh mục đã dùng.", "The register version used.")
    published_in: ReleaseOf = told("Bản số liệu đã công bố.", "The release that published it.")
    replaces: int | None = told("Số liệu mà số này sửa.", "The figure this one corrects.")
    replaced_by: int | None = told(
        "Số liệu đã sửa số này; null khi đang hiệu lực.",
        "The figure that corrected this one; null while in force.",
    )
    records: str = told("Địa chỉ các bản ghi phía sau.", "Address of the records behind it.")


@router.get(
    "/{int:id}",
    response=FigureDetail,
    operation_id="getFigure",
    url_name="figure",
    **spoken(
        Said("Mở một số liệu", "Open a figure"),
        Said(
            "Một số liệu với toàn bộ nguồn gốc. Số đã bị sửa vẫn mở được đúng như khi công bố.",
            "A figure with its whole lineage. One that was corrected still opens exactly as published.",
        ),
    ),
)
def figure(request: HttpRequest, response: HttpResponse, id: FigureNumber) -> FigureDetail:
    observation = load(id)
    state = standings(now=timezone.now())
    settle(request, response, observation.pk, release_asked(None), said_of(state))
    shown = next(iter(summaries([observation], state)), None)
    if shown is None:
        raise nothing_there()
    opened = open_if_kept(observation)
    release = observation.release
    replacement = Observation.objects.filter(replaces=observation).values_list("pk", flat=True).first()
    return FigureDetail(
        **shown.model_dump(),
        definition=definition_of(observation, opened),
        version=version_of(observation, opened),
        published_in=ReleaseOf(
            number=release.number,
            published_at=timezone.localtime(release.published_at),
            manifest_sha256=release.manifest_sha256,
            url=f"/api/v1/releases/{release.number}",
        ),
        replaces=observation.replaces_id,
        replaced_by=replacement,
        records=f"/api/v1/figures/{observation.pk}/records",
    )


def load(pk: int) -> Observation:
    """An observation with all that opening it needs. Raises Problem."""
    found = (
        with_release(Observation.objects.all())
        .select_related("unit", "release__scopes", "version__source")
        .filter(pk=pk)
        .first()
    )
    if found is None:
        raise nothing_there()
    return found


def nothing_there() -> Problem:
    return not_found(Said("Không có số liệu nào mang số hiệu này.", "No figure has this number."))


def open_if_kept(observation: Observation) -> Opened | None:
    try:
        return reopen(observation)
    except UserError:
        return None


def definition_of(observation: Observation, opened: Opened | None) -> DefinitionUsed:
    if opened is None:
        return DefinitionUsed(
            digest=observation.definition_digest,
            version=None,
            title=None,
            formula=None,
            sql=None,
            checked_by=None,
            reviewed_on=None,
        )
    used = opened.indicator
    vi, en = (formula(used, opened.register, language=language) for language in ("vi", "en"))
    return DefinitionUsed(
        digest=observation.definition_digest,
        version=used.definition_version,
        title=Text.of(used.title),
        formula=in_words(vi, en),
        sql=sql(used),
        checked_by=used.checked_by,
        reviewed_on=used.reviewed_on,
    )


def version_of(observation: Observation, opened: Opened | None) -> VersionUsed:
    version = observation.version
    keys = opened.version.delivery_ids if opened else ()
    deliveries = Delivery.objects.filter(key__in=keys).order_by("received_at", "pk")
    return VersionUsed(
        key=version.key,
        register_code=version.source.code,
        as_of=version.as_of,
        built_at=timezone.localtime(version.built_at),
        records=version.records,
        rejected=version.rejected,
        findings=version.findings_count,
        definition_digest=version.definition_digest,
        sha256=version.manifest_sha256,
        deliveries=[
            DeliveryUsed(
                key=one.key,
                sha256=one.sha256,
                bytes=one.bytes,
                rows=one.rows,
                received_at=timezone.localtime(one.received_at),
                origin=cast(Origin, one.origin),
            )
            for one in deliveries
        ],
    )
