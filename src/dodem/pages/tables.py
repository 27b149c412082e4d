"""Keep a table a table when narrow screens lay its rows out as blocks.

``.t--stack`` and ``.t--rows`` change the display of rows and cells below 40 rem, and some browsers then
forget what they are; explicit roles keep them for people who listen to the page.
"""

import re

_ROLES = {
    "table": "table",
    "thead": "rowgroup",
    "tbody": "rowgroup",
    "tfoot": "rowgroup",
    "tr": "row",
    "td": "cell",
}
_OPENING = re.compile(r"<(table|thead|tbody|tfoot|tr|td|th)\b(?![^>]*\brole=)([^>]*)>")


def with_roles(html: str) -> str:
    """Add ``role`` to every element of the tables in ``html`` that has none; ``th`` by its ``scope``."""

    def add(match: re.Match[str]) -> str:
        name, attributes = match.groups()
        role = _ROLES.get(name) or ("rowheader" if 'scope="row"' in attributes else "columnheader")
        return f'<{name} role="{role}"{attributes}>'

    return _OPENING.sub(add, html)
