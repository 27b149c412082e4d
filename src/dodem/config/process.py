"""The children of ``dodem up``: ``prepare``, ``web`` and ``worker``, each one process."""

from __future__ import annotations

import os
import signal
import socket
import sys
import threading
from types import FrameType

WEB_THREADS = 8
REQUEST_LIMIT = 300 * 1024 * 1024  # bytes; above it the server itself answers 413


def main(arguments: list[str]) -> int:
    role, argument, *lifeline = arguments
    if lifeline:
        hold_lifeline(int(lifeline[0]))
    setup()
    if role == "prepare":
        from dodem.config import prepare

        prepare.run(sample=argument)
    elif role == "web":
        serve_web(socket.socket(fileno=int(argument)))
    elif role == "worker":
        work()
    return 0


def setup() -> None:
    import django
    from django.core.exceptions import ImproperlyConfigured

    try:
        django.setup()
    except ImproperlyConfigured as error:
        print(error, file=sys.stderr)
        raise SystemExit(2) from None


def hold_lifeline(descriptor: int) -> None:
    """Leave when the parent does: the pipe ends only when the process that holds its other end is gone."""

    def wait() -> None:
        os.read(descriptor, 1)
        os._exit(1)

    threading.Thread(target=wait, daemon=True).start()


def serve_web(listener: socket.socket) -> None:
    from django.conf import settings
    from waitress.server import create_server

    from dodem.config.wsgi import application

    listener.setblocking(False)
    server = create_server(
        application,
        sockets=[listener],
        threads=WEB_THREADS,
        connection_limit=500,
        channel_timeout=60,
        max_request_body_size=REQUEST_LIMIT,
        ident=None,
        url_scheme="https" if settings.SESSION_COOKIE_SECURE else "http",
        trusted_proxy=settings.DODEM_TRUSTED_PROXY or None,
        trusted_proxy_headers={"x-forwarded-for", "x-forwarded-proto"}
        if settings.DODEM_TRUSTED_PROXY
        else set(),
        clear_untrusted_proxy_headers=True,
    )
    signal.signal(signal.SIGTERM, leave)
    server.run()


def work() -> None:
    from dodem.audit import origin
    from dodem.pipeline import worker

    stop = threading.Event()
    signal.signal(signal.SIGTERM, lambda signum, frame: stop.set())
    with origin.entering("worker"):
        worker.run(stop=stop)


def leave(signum: int, frame: FrameType | None) -> None:
    raise SystemExit(0)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
