"""The doors of the public pages: open to everyone, and discreet about who came in."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import Http404, HttpRequest, HttpResponseBase

from dodem.access.limits import Limit
from dodem.access.web import View, public
from dodem.audit import origin
from dodem.feedback import codes
from dodem.feedback.models import Report

# Each is counted by network address: a household or a kiosk shares one.
ATTEMPTS = Limit("feedback-attempt", times=60, seconds=3600)
REPORTS = Limit("feedback-report", times=10, seconds=3600)
LOOK_UPS = Limit("feedback-look-up", times=30, seconds=3600)
JUDGEMENTS = Limit("feedback-judgement", times=30, seconds=3600)


def citizen(because: str, *, secret: bool = False) -> Callable[[View], View]:
    """A page for everyone. The ledger, which is for ever, notes the door and not the visitor's address.

    ``secret``: the address itself opens something, so it is not kept by caches and not indexed. That it is
    not passed on to other sites is the policy of the whole site ("same-origin").
    """

    def decorate(view: View) -> View:
        @wraps(view)
        def entered(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            with origin.entering("public page"):
                response = view(request, *args, **kwargs)
            if secret:
                response["Cache-Control"] = "no-store, private"
                response["X-Robots-Tag"] = "noindex, nofollow"
            return response

        return public(because)(entered)

    return decorate


def visitor(request: HttpRequest) -> str:
    """What limits are counted by."""
    return str(request.META.get("REMOTE_ADDR", ""))


def load_report(secret: str) -> Report:
    """The report a secret link opens. Raises Http404."""
    found = (
        Report.objects.select_related("case__unit")
        .filter(secret_digest=codes.digest(secret), withdrawn_at=None)
        .first()
    )
    if found is None:
        raise Http404
    return found
