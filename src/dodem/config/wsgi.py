"""The web application, for the centre's own server and for any other WSGI server."""

import os
from collections.abc import Callable, Iterable
from typing import Any

from django.core.wsgi import get_wsgi_application

Application = Callable[[dict[str, Any], Any], Iterable[bytes]]


def headers_alone(application: Application) -> Application:
    """Answer HEAD without a body: neither Django nor waitress takes it off, and it would be read as the next
    answer on the same connection."""

    def answer(environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        body = application(environ, start_response)
        if environ["REQUEST_METHOD"] != "HEAD":
            return body
        if hasattr(body, "close"):
            body.close()
        return []

    return answer


os.environ.setdefault("DJANGO_SETTINGS_MODULE", "dodem.config.settings")
application = headers_alone(get_wsgi_application())
