"""``/api/`` for machines, where what does not exist answers as a problem too; the tokens' page for people."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, path

from dodem.access.web import declared
from dodem.api.contract import API
from dodem.api.doors import OPEN, door
from dodem.api.views import machines, reference, tokens

app_name = "api"
v1, ninja_name, v1_name = API.urls
urlpatterns: list[URLPattern | URLResolver] = [
    path("quan-tri/api/", tokens.tokens, name="tokens"),
    path("quan-tri/api/moi/", tokens.issue, name="issue_token"),
    path("quan-tri/api/<int:pk>/thu-hoi/", tokens.revoke, name="revoke_token"),
    path("api/v1/docs", OPEN(reference.reference), name="docs"),
    path("api/v1/openapi.json", door(machines.openapi), name="openapi"),
    path("api/v1/", (declared(v1, by=door), ninja_name, v1_name)),
    path("api/", door(machines.nowhere), name="root"),
    path("api/<path:rest>", door(machines.nowhere), name="nowhere"),
]
