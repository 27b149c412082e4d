"""Who may ask: a token with its scope, or for open data anyone, each within a limit; what answers carry."""

from __future__ import annotations

from functools import wraps
from typing import Any, cast

from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone, translation
from django.utils.cache import patch_cache_control, patch_vary_headers
from ninja.security import HttpBearer

from dodem.access.limits import Limit, TooMany
from dodem.access.web import View, public
from dodem.api import problems
from dodem.api.actions import note_use
from dodem.api.conditional import settle_by_content
from dodem.api.models import Scope, State, Token
from dodem.api.problems import Kinds, Problem
from dodem.api.secrets import digest_of
from dodem.api.words import Said

BY_TOKEN = Limit("api.token", times=600, seconds=60)
BY_ADDRESS = Limit("api.address", times=120, seconds=60)
ANYONE = "anyone"
BAD = {
    State.EXPIRED: Said("Mã này đã hết hạn.", "This token has expired."),
    State.REVOKED: Said("Mã này đã bị thu hồi.", "This token has been revoked."),
}
OPEN = public("open data, or the API asks for its own token")


class Bearer(HttpBearer):
    """A living token with ``scope``. In the contract each scope is a scheme, named by its class."""

    scope: Scope

    def authenticate(self, request: HttpRequest, token: str) -> Token:
        """Gives the token, within its limit. Raises Problem or TooMany."""
        held = living_token(request, token)
        if self.scope not in held.scopes:
            detail = Said("Mã này chưa có phạm vi {scope}.", "This token lacks the scope {scope}.")
            raise Problem(Kinds.NOT_IN_SCOPE, detail.about(scope=self.scope.value))
        return held


class FiguresToken(Bearer):
    scope = Scope.FIGURES
    openapi_description = "A token with the scope figures"


class RecordsToken(Bearer):
    scope = Scope.RECORDS
    openapi_description = "A token with the scope records"


class ReleasesToken(Bearer):
    scope = Scope.RELEASES
    openapi_description = "A token with the scope releases"


class AnyToken(HttpBearer):
    """Open data: anyone, within the limit of their address; whoever sends a token has the token's limit."""

    openapi_description = "Open data: any token, or none"

    def __call__(self, request: HttpRequest) -> Token | str | None:
        if "Authorization" in request.headers:
            held: Token | None = super().__call__(request)
            return held
        BY_ADDRESS.spend(address_of(request))
        return ANYONE

    def authenticate(self, request: HttpRequest, token: str) -> Token:
        return living_token(request, token)


OPEN_DATA = AnyToken()
NO_TOKEN_EITHER: dict[str, Any] = {
    "security": [{}]
}  # beside AnyToken, in the contract: sending none is fine too


def living_token(request: HttpRequest, secret: str) -> Token:
    now = timezone.now()
    token = Token.objects.select_related("unit").filter(digest=digest_of(secret)).first()
    if token is None or token.state(at=now) is not State.LIVING:
        BY_ADDRESS.spend(address_of(request))
        unknown = Said("Không có mã nào như vậy.", "There is no such token.")
        raise Problem(
            Kinds.BAD_TOKEN,
            BAD[token.state(at=now)] if token else unknown,
            headers={"WWW-Authenticate": 'Bearer realm="dodem", error="invalid_token"'},
        )
    BY_TOKEN.spend(str(token.pk))
    note_use(token=token, on=timezone.localdate(now))
    return token


def address_of(request: HttpRequest) -> str:
    return str(request.META.get("REMOTE_ADDR", ""))


def door(view: View) -> View:
    """Around every address under ``/api/``: language, HEAD as GET, refusals in one shape, ETag."""

    @wraps(view)
    def entered(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        with translation.override(translation.get_language_from_request(request)):
            response = read(view, request, *args, **kwargs)
            if response.status_code == 200 and "ETag" not in response:
                response = settle_by_content(request, response)
            refusal = problems.of_status(response)
            if refusal is not None:
                response = refusal.answer(request)
        if response.status_code < 400:
            shared = {"private" if "Authorization" in request.headers else "public": True}
            patch_cache_control(response, no_cache=True, **shared)
        patch_vary_headers(response, ["Accept-Language", "Authorization"])
        return without_body(response) if request.method == "HEAD" else response

    entered.csrf_exempt = True  # type: ignore[attr-defined]  # asks for no cookie, so none can be abused
    return OPEN(entered)


def without_body(response: HttpResponse) -> HttpResponse:
    """The answer to HEAD. waitress would send the body along, to be misread as the next answer."""
    response["Content-Length"] = len(response.content)
    response.content = b""
    return response


def read(view: View, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
    method = request.method
    try:
        request.method = "GET" if method == "HEAD" else method
        return cast(HttpResponse, view(request, *args, **kwargs))
    except Problem as error:
        return error.answer(request)
    except TooMany as error:
        return problems.too_many(error).answer(request)
    except Http404:
        return problems.not_found().answer(request)
    finally:
        request.method = method
