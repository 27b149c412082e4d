"""Permissions at the web door. Every address declares one of: ``needs``, ``signed_in``, ``public``."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import wraps
from typing import Any, Protocol

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponseBase
from django.urls import URLPattern, URLResolver

from dodem.access.models import User
from dodem.access.roles import Permission
from dodem.access.rules import can
from dodem.audit import origin
from dodem.units.models import Unit

View = Callable[..., HttpResponseBase]


class StaffRequest(HttpRequest):
    """What a view gets behind ``needs`` or ``signed_in``: its user has an account."""

    user: User


@dataclass(frozen=True)
class Declaration:
    """What an address asks for: a permission (perhaps on an object), a sign-in, or nothing and why."""

    permission: Permission | None = None
    on_object: bool = False
    public_because: str = ""


class Guarded(Protocol):
    """An object that knows at which units each permission on it is to be held (any one of them)."""

    def guarding_units(self, permission: Permission) -> Iterable[Unit]: ...


def needs(permission: Permission, *, on: Callable[..., Guarded] | None = None) -> Callable[[View], View]:
    """Ask ``can`` before the view. ``on`` loads the object from the address's arguments (raising Http404)
    and is passed on as the view's second argument in their place; whoever may not touch it gets 404, so that
    an address never tells what exists elsewhere. Without ``on`` the refusal is 403 with its reason.
    """

    def decorate(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, **kwargs: Any) -> HttpResponseBase:
            if not request.user.is_authenticated:
                return redirect_to_login(request.get_full_path())
            if on is None:
                verdict = can(request.user, permission)
                if not verdict:
                    raise PermissionDenied(verdict.reason)
                origin.acting_as(verdict.role)
                return view(request, **kwargs)
            subject = on(**kwargs)
            verdict = can(request.user, permission, subject.guarding_units(permission))
            if not verdict:
                raise Http404(verdict.reason)
            origin.acting_as(verdict.role)
            return view(request, subject)

        guarded.declaration = Declaration(permission=permission, on_object=on is not None)  # type: ignore[attr-defined]
        return guarded

    return decorate


def signed_in(view: View) -> View:
    """Anyone with an account: their own settings."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not request.user.is_authenticated:
            return redirect_to_login(request.get_full_path())
        return view(request, *args, **kwargs)

    guarded.declaration = Declaration()  # type: ignore[attr-defined]
    return guarded


def public(because: str) -> Callable[[View], View]:
    """Open to everyone, and for this reason."""

    def decorate(view: View) -> View:
        @wraps(view)
        def opened(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            return view(request, *args, **kwargs)

        opened.declaration = Declaration(public_because=because)  # type: ignore[attr-defined]
        return opened

    return decorate


def declared(
    patterns: list[URLPattern | URLResolver], *, by: Callable[[View], View]
) -> list[URLPattern | URLResolver]:
    """The same addresses of somebody else's package, each view wrapped by ``signed_in`` or ``public(…)``."""
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            declared(pattern.url_patterns, by=by)
        elif not hasattr(pattern.callback, "declaration"):
            pattern.callback = by(pattern.callback)
    return patterns
