"""Every refusal of the API in one shape: RFC 9457, ``application/problem+json``, in the caller's language."""

from __future__ import annotations

import json
import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import Enum
from typing import Any, TypeVar, cast

from django.http import Http404, HttpRequest, HttpResponse
from ninja import NinjaAPI, Schema
from ninja.errors import AuthenticationError, HttpError, ValidationError

from dodem.access.limits import TooMany
from dodem.api.words import Said, told

MEDIA_TYPE = "application/problem+json"
DOCS = "/api/v1/docs"
log = logging.getLogger("django.request")
E = TypeVar("E", bound=Exception)


@dataclass(frozen=True)
class Kind:
    """``code`` names the kind in ``type`` and never changes; ``says`` is its title."""

    code: str
    status: int
    says: Said


class Kinds(Enum):
    NO_TOKEN = Kind("no-token", 401, Said("Cần mã truy cập", "A token is needed"))
    BAD_TOKEN = Kind("bad-token", 401, Said("Mã truy cập không dùng được", "The token cannot be used"))
    NOT_IN_SCOPE = Kind(
        "not-in-scope", 403, Said("Mã truy cập không mở phần này", "The token does not open this")
    )
    NOT_FOUND = Kind("not-found", 404, Said("Không có gì ở đây", "Nothing is here"))
    METHOD = Kind("method-not-allowed", 405, Said("Chỉ đọc bằng GET hoặc HEAD", "Read with GET or HEAD only"))
    GONE = Kind("gone", 410, Said("Không còn lưu", "No longer kept"))
    CHANGED = Kind(
        "precondition-failed", 412, Said("Điều kiện không còn đúng", "The condition no longer holds")
    )
    INVALID = Kind("invalid-parameters", 422, Said("Tham số chưa đúng", "Parameters are not right"))
    TOO_MANY = Kind("too-many-requests", 429, Said("Hỏi quá nhanh", "Too many requests"))
    FAULT = Kind("internal-error", 500, Said("Lỗi của hệ thống", "A fault of ours"))


class Fault(Schema):
    """One parameter that is not right."""

    name: str = told("Tên tham số.", "Name of the parameter.")
    detail: str = told("Sai thế nào.", "What is wrong with it.")


class ProblemDetails(Schema):
    """A refusal, after RFC 9457."""

    type: str = told(
        "Loại lỗi: địa chỉ nơi giải thích.", "Kind of the problem: the address that explains it."
    )
    title: str = told("Tên loại lỗi.", "Name of the kind.")
    status: int = told("Mã trạng thái HTTP.", "HTTP status code.")
    detail: str = told("Chuyện gì với yêu cầu này.", "What is the matter with this request.")
    instance: str = told("Địa chỉ đã gọi.", "The address that was asked.")
    errors: list[Fault] = told(
        "Từng tham số chưa đúng; chỉ có ở loại invalid-parameters.",
        "Each parameter that is not right; with invalid-parameters only.",
        default=[],
    )


class Problem(Exception):
    """Raised anywhere in a resource, answered as problem details."""

    def __init__(
        self,
        kind: Kinds,
        detail: Said,
        *,
        errors: Mapping[str, Said] | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> None:
        super().__init__(detail.en)
        self.kind = kind.value
        self.detail = detail
        self.errors = errors or {}
        self.headers = headers or {}

    def answer(self, request: HttpRequest) -> HttpResponse:
        body: dict[str, Any] = {
            "type": f"{DOCS}#{self.kind.code}",
            "title": str(self.kind.says),
            "status": self.kind.status,
            "detail": str(self.detail),
            "instance": request.get_full_path(),
        }
        if self.errors:
            body["errors"] = [{"name": name, "detail": str(said)} for name, said in self.errors.items()]
        response = HttpResponse(
            json.dumps(body, ensure_ascii=False), status=self.kind.status, content_type=MEDIA_TYPE
        )
        response["Cache-Control"] = "no-store"
        for name, value in self.headers.items():
            response[name] = value
        return response


def not_found(what: Said | None = None) -> Problem:
    return Problem(
        Kinds.NOT_FOUND,
        what or Said("Địa chỉ này không có trong API.", "There is no such address in the API."),
    )


def invalid(name: str, vi: str, en: str) -> Problem:
    """One parameter that is not right."""
    return Problem(
        Kinds.INVALID,
        Said("Hãy sửa tham số rồi gọi lại.", "Mend the parameter and ask again."),
        errors={name: Said(vi, en)},
    )


def too_many(error: TooMany) -> Problem:
    return Problem(
        Kinds.TOO_MANY,
        Said("Hãy chờ {wait} giây rồi gọi lại.", "Wait {wait} seconds and ask again.").about(
            wait=error.retry_after
        ),
        headers={"Retry-After": str(error.retry_after)},
    )


def no_token() -> Problem:
    detail = Said(
        "Gửi mã trong tiêu đề Authorization: Bearer …; mã do người quản trị cấp.",
        "Send the token in the header Authorization: Bearer …; an administrator issues it.",
    )
    return Problem(Kinds.NO_TOKEN, detail, headers={"WWW-Authenticate": 'Bearer realm="dodem"'})


def method_not_allowed() -> Problem:
    detail = Said("API này chỉ cho đọc.", "This API is for reading only.")
    return Problem(Kinds.METHOD, detail, headers={"Allow": "GET, HEAD"})


def precondition_failed() -> Problem:
    return Problem(
        Kinds.CHANGED,
        Said("Nội dung khác với If-Match đã gửi.", "The content differs from the If-Match sent."),
    )


def fault() -> Problem:
    return Problem(
        Kinds.FAULT,
        Said(
            "Lỗi đã được ghi lại. Hãy thử lại sau ít phút.", "It has been noted. Try again in a few minutes."
        ),
    )


WRONG = {
    "missing": Said("Thiếu tham số này.", "This parameter is missing."),
    "unknown_parameter": Said("Không có tham số tên này.", "There is no parameter of this name."),
    "int_parsing": Said("Cần một số nguyên.", "A whole number is needed."),
    "bool_parsing": Said("Cần true hoặc false.", "true or false is needed."),
    "literal_error": Said("Chỉ nhận: {expected}.", "One of: {expected}."),
    "greater_than_equal": Said("Nhỏ nhất là {ge}.", "At least {ge}."),
    "less_than_equal": Said("Lớn nhất là {le}.", "At most {le}."),
    "string_pattern_mismatch": Said("Chưa đúng dạng {pattern}.", "Not of the form {pattern}."),
    "string_too_long": Said("Dài nhất {max_length} ký tự.", "At most {max_length} characters."),
    "too_long": Said("Nhiều nhất {max_length} giá trị.", "At most {max_length} values."),
}
A_DAY = Said("Cần một ngày có thật, dạng 2026-11-20.", "A real day is needed, as 2026-11-20.")
NOT_USABLE = Said("Giá trị này không dùng được.", "This value cannot be used.")


def of_validation(error: ValidationError) -> Problem:
    """pydantic's errors in words of ours."""
    faults: dict[str, Said] = {}
    for one in error.errors:
        kind, context = str(one["type"]), one.get("ctx", {})
        said = A_DAY if kind.startswith("date_") else WRONG.get(kind, NOT_USABLE)
        names = [part for part in one["loc"] if isinstance(part, str)]
        faults[str(context.get("name", names[-1]))] = said.about(**context)
    return Problem(
        Kinds.INVALID,
        Said("Hãy sửa các tham số rồi gọi lại.", "Mend the parameters and ask again."),
        errors=faults,
    )


def of_status(response: HttpResponse) -> Problem | None:
    """What a plain refusal of the framework means, in our shape."""
    match response.status_code:
        case 405:
            return method_not_allowed()
        case 412:
            return precondition_failed()
        case _:
            return None


def of_framework(error: HttpError) -> Problem:
    return fault() if error.status_code >= 500 else not_found()


def of_the_unforeseen(error: Exception) -> Problem:
    """A fault of ours: the log has it whole, the caller learns nothing of it."""
    log.error("API fault", exc_info=error, extra={"status_code": 500})
    return fault()


def answer_in(api: NinjaAPI) -> None:
    """Make ``api`` answer every exception as problem details."""
    handle(api, Problem, lambda error: error)
    handle(api, TooMany, too_many)
    handle(api, AuthenticationError, lambda error: no_token())
    handle(api, ValidationError, of_validation)
    handle(api, Http404, lambda error: not_found())
    handle(api, HttpError, of_framework)
    handle(api, Exception, of_the_unforeseen)


def handle(api: NinjaAPI, kind: type[E], problem: Callable[[E], Problem]) -> None:
    def answer(request: HttpRequest, error: E | type[E]) -> HttpResponse:
        return problem(cast(E, error)).answer(request)

    api.add_exception_handler(kind, answer)
