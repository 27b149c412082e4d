"""Views that belong to no domain: theme, offline page, service worker, a refused form, the gallery."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseServerError
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_GET, require_POST

from dodem.pages.context import THEME_COOKIE, THEMES
from dodem.pages.gallery import gallery_context

YEAR = 365 * 24 * 3600


@require_POST
def set_theme(request: HttpRequest) -> HttpResponse:
    """Keep the chosen theme in a cookie and go back to the page. An unknown theme changes nothing."""
    back = request.POST.get("next", "")
    safe = url_has_allowed_host_and_scheme(
        back, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    response = redirect(back if safe else "/")
    theme = request.POST.get("theme", "")
    if theme in THEMES:
        # Not HttpOnly: the theme button of ui.js writes the same cookie without leaving the page.
        response.set_cookie(
            THEME_COOKIE, theme, max_age=YEAR, samesite="Lax", secure=settings.SESSION_COOKIE_SECURE
        )
    return response


@require_GET
def offline(request: HttpRequest) -> HttpResponse:
    """What the service worker shows when the network is gone: the same for everyone, nothing personal."""
    return HttpResponse(render_to_string("offline.html"))


@require_GET
@cache_control(public=True, max_age=0)
def service_worker(request: HttpRequest) -> HttpResponse:
    """The service worker, served from the root so that it may answer for every page."""
    response = render(request, "sw.js", content_type="text/javascript")
    response["Service-Worker-Allowed"] = "/"
    return response


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Signed in, yet not allowed. The exception's text is the reason, in words for the reader."""
    return render(request, "403.html", {"exception": str(exception)}, status=403)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """No such page, or one that this person is not to know of: the answer is the same."""
    return render(request, "404.html", status=404)


def server_error(request: HttpRequest) -> HttpResponse:
    """A fault of ours. Asks no context processor and no database: either may be what failed."""
    return HttpResponseServerError(render_to_string("500.html"))


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form came without a valid token: usually an old page or cookies switched off. Nothing was saved."""
    return render(request, "403_csrf.html", status=403)


@require_GET
def gallery(request: HttpRequest) -> HttpResponse:
    """Every component in every state, on made-up content. The project's URLs keep it for staff."""
    return render(request, "pages/gallery.html", gallery_context())
