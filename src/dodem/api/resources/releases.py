"""Releases: what was published when, and the manifest that names all it was counted from."""

from __future__ import annotations

import json
from datetime import date, datetime
from typing import Annotated

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from ninja import Query, Router, Schema

from dodem.api.asked import AskedPage
from dodem.api.conditional import settle
from dodem.api.cursors import next_link, place_in
from dodem.api.doors import ReleasesToken
from dodem.api.problems import not_found
from dodem.api.words import Said, spoken, told, told_in_path
from dodem.indicators.models import Release

router = Router(tags=["releases"], auth=ReleasesToken())
ReleaseNumber = Annotated[int, told_in_path("Số bản số liệu.", "Number of the release.")]


class ReleaseSummary(Schema):
    """One publication."""

    number: int = told("Số thứ tự.", "Its number.")
    published_at: datetime = told("Lúc công bố.", "When it was published.")
    as_of: date = told("Ngày chốt số liệu.", "The day its figures hold for.")
    observations_added: int = told("Bao nhiêu số mới hoặc sửa.", "How many figures it added or corrected.")
    manifest_sha256: str = told("SHA-256 của bản kê.", "SHA-256 of its manifest.")
    figures: str = told(
        "Địa chỉ các số liệu đúng như bản này.", "Address of the figures as this release left them."
    )
    url: str = told("Địa chỉ của bản này.", "Address of the release.")


class ReleaseVersion(Schema):
    """A register version that was counted."""

    key: str = told("Địa chỉ phiên bản danh mục.", "Address of the register version.")
    sha256: str = told("SHA-256 của bản kê phiên bản.", "SHA-256 of the version's own manifest.")


class Definition(Schema):
    """A definition that was counted by."""

    indicator: str = told("Mã chỉ số.", "Code of the indicator.")
    digest: str = told("SHA-256 của định nghĩa.", "SHA-256 of the definition.")


class ReleaseDetail(ReleaseSummary):
    """A release with what it was counted from."""

    versions: list[ReleaseVersion] = told("Các phiên bản danh mục đã dùng.", "The register versions counted.")
    definitions: list[Definition] = told("Các định nghĩa đã dùng.", "The definitions counted by.")
    manifest: str = told(
        "Nguyên văn bản kê; SHA-256 của các byte UTF-8 này là manifest_sha256.",
        "The manifest, byte for byte: the SHA-256 of these UTF-8 bytes is manifest_sha256.",
    )


class ReleasePage(Schema):
    items: list[ReleaseSummary] = told("Mới nhất trước.", "The newest first.")
    next: str | None = told(
        "Địa chỉ trang sau; null ở trang cuối.", "Address of the next page; null on the last."
    )


class AskedReleases(AskedPage):
    pass


@router.get(
    "",
    response=ReleasePage,
    operation_id="listReleases",
    url_name="releases",
    **spoken(
        Said("Danh sách bản số liệu", "List releases"),
        Said(
            "Mỗi bản là một lần công bố; bản đã công bố không đổi.",
            "Each is one publication; once published it never changes.",
        ),
    ),
)
def releases(request: HttpRequest, response: HttpResponse, asked: Query[AskedReleases]) -> ReleasePage:
    place = place_in(request)
    chosen = Release.objects.defer("manifest").order_by("-number")
    if place:
        chosen = chosen.filter(number__lt=place["below"])
    listed = list(chosen[: asked.limit + 1])
    settle(request, response, [one.number for one in listed])
    shown = listed[: asked.limit]
    more = next_link(request, below=shown[-1].number) if len(listed) > asked.limit else None
    return ReleasePage(items=[summary(one) for one in shown], next=more)


@router.get(
    "/{int:number}",
    response=ReleaseDetail,
    operation_id="getRelease",
    url_name="release",
    **spoken(
        Said("Một bản số liệu", "One release"),
        Said(
            "Bản số liệu với bản kê mọi thứ nó được tính từ đó.",
            "A release with the manifest of all it was counted from.",
        ),
    ),
)
def release(request: HttpRequest, response: HttpResponse, number: ReleaseNumber) -> ReleaseDetail:
    found = Release.objects.filter(number=number).first()
    if found is None:
        raise not_found(Said("Chưa có bản số liệu số này.", "There is no release of this number."))
    settle(request, response, found.manifest_sha256)
    manifest = json.loads(found.manifest)
    return ReleaseDetail(
        **summary(found).model_dump(),
        versions=[ReleaseVersion(key=key, sha256=digest) for key, digest in manifest["versions"].items()],
        definitions=[Definition(indicator=code, digest=one) for code, one in manifest["definitions"].items()],
        manifest=found.manifest,
    )


def summary(release: Release) -> ReleaseSummary:
    return ReleaseSummary(
        number=release.number,
        published_at=timezone.localtime(release.published_at),
        as_of=release.as_of,
        observations_added=release.observations_added,
        manifest_sha256=release.manifest_sha256,
        figures=f"/api/v1/figures?release={release.number}",
        url=f"/api/v1/releases/{release.number}",
    )
