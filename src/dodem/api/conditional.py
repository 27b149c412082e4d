"""ETags: ask whether the caller has the answer already, before working it out."""

from __future__ import annotations

import hashlib
import json

from django.http import HttpRequest, HttpResponse
from django.utils.cache import get_conditional_response
from django.utils.http import quote_etag

from dodem import __version__


class Settled(Exception):
    """The caller's condition has been answered: nothing has changed, or what was to hold does not."""

    def __init__(self, response: HttpResponse) -> None:
        super().__init__(response.status_code)
        self.response = response


def settle(request: HttpRequest, response: HttpResponse, *facts: object) -> None:
    """Give the answer its strong ETag: the question, and the ``facts`` that alone decide what it says.

    Raises Settled where the caller's If-None-Match or If-Match decides.
    """
    asked = sorted((name, values) for name, values in request.GET.lists())
    seal = json.dumps([__version__, request.path, asked, *facts], default=str)
    response["ETag"] = quote_etag(hashlib.sha256(seal.encode()).hexdigest()[:32])
    answer = get_conditional_response(request, etag=response["ETag"], response=response)
    if answer is not None and answer is not response:
        raise Settled(answer)


def settle_by_content(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """The same for an answer that no single fact decides: the ETag is the hash of its bytes."""
    response["ETag"] = quote_etag(hashlib.sha256(response.content).hexdigest()[:32])
    return get_conditional_response(request, etag=response["ETag"], response=response) or response
