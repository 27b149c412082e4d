"""Addresses of the same page in another order or at another place."""

from django.http import HttpRequest


def with_query(request: HttpRequest, **changes: object) -> str:
    """This page's address with parts of its query changed; ``None`` drops one. Always starts with "?"."""
    query = request.GET.copy()
    for name, value in changes.items():
        if value is None:
            query.pop(name, None)
        else:
            query[name] = str(value)
    return f"?{query.urlencode()}"
