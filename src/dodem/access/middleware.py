"""Around every request: where it came from, that its address declares who may enter, who was seen when."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

from allauth.usersessions.models import UserSession
from django.core.exceptions import ImproperlyConfigured
from django.http import HttpRequest, HttpResponse

from dodem.audit import origin


class OriginMiddleware:
    """Names the door for the ledger: every event of this request says it came by the web, and from where."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        with origin.entering(f"web {request.META.get('REMOTE_ADDR', '')}".strip()):
            return self.get_response(request)


class DenyByDefaultMiddleware:
    """Refuses any view that does not declare its permission, however it was wired."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., HttpResponse], args: Any, kwargs: Any
    ) -> None:
        if not hasattr(view, "declaration"):
            raise ImproperlyConfigured(
                f"{request.path} declares no permission: wrap its view in needs, signed_in or public"
            )


class ActivityMiddleware:
    """Keeps "last seen" of the session list true to minutes; allauth's own writes at every request."""

    EVERY = 300  # seconds

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.user.is_authenticated:
            now = int(time.time())
            if now - request.session.get("seen_at", 0) >= self.EVERY:
                request.session["seen_at"] = now
                UserSession.objects.create_from_request(request)
        return self.get_response(request)
