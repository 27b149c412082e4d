"""Whom a request comes from, and the objects its address names, for the access decorators."""

from __future__ import annotations

from typing import cast

from django.forms import Form
from django.http import HttpRequest
from django.shortcuts import get_object_or_404

from dodem.access.models import User
from dodem.access.roles import Permission
from dodem.access.rules import can
from dodem.directives.models import Directive, Draft, Evidence, Task


def directive(pk: int) -> Directive:
    return get_object_or_404(Directive, pk=pk)


def draft(pk: int) -> Draft:
    return get_object_or_404(Draft.objects.select_related("directive"), pk=pk)


def task(code: str) -> Task:
    found = Task.objects.select_related("lead_unit", "directive", "assigned_by", "withdrawn_by")
    return get_object_or_404(found.prefetch_related("coordinating", "programmes"), code=code)


def evidence(pk: int) -> Evidence:
    found = Evidence.objects.exclude(sha256="").select_related("update__task__lead_unit")
    return get_object_or_404(found, pk=pk)


def who(request: HttpRequest) -> User:
    """The person behind an access decorator: always signed in."""
    return cast(User, request.user)


def refuse_beyond_reach(request: HttpRequest, form: Form, field: str) -> None:
    """Give the form an error when its unit lies where this person may not assign tasks."""
    verdict = can(request.user, Permission.TASK_ASSIGN, form.cleaned_data[field])
    if not verdict:
        form.add_error(field, verdict.reason)
