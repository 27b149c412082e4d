"""The table of roles and the list of addresses as Markdown: docs/permissions.md and docs/addresses.md.

``python -m tests.contracts.write_tables`` writes both; a contract test fails while they are stale.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from django.urls import URLPattern, URLResolver, get_resolver
from django.utils.translation import override

from dodem.access.roles import CITY_WIDE, TABLE, Permission, Role
from dodem.access.web import Declaration


@dataclass(frozen=True)
class Address:
    """One address: its path as the patterns write it, the name to reverse it by, and what it asks for."""

    path: str
    name: str
    parameters: dict[str, str]
    declaration: Declaration | None

    @property
    def asks(self) -> str:
        asked = self.declaration
        if asked is None:
            return "**nothing declared**"
        if asked.permission:
            return f"`{asked.permission}`" + (", on the object" if asked.on_object else "")
        return f"nothing: {asked.public_because}" if asked.public_because else "a sign-in"


def addresses(patterns: Sequence[URLPattern | URLResolver] | None = None) -> list[Address]:
    """Every address of the project, by path."""
    found = walk(get_resolver().url_patterns if patterns is None else patterns, path="", spaces=())
    return sorted(found, key=lambda address: address.path)


def walk(
    patterns: Sequence[URLPattern | URLResolver],
    *,
    path: str,
    spaces: tuple[str, ...],
    above: Mapping[str, str] | None = None,
) -> Iterator[Address]:
    for pattern in patterns:
        here = path + str(pattern.pattern)
        parameters = {**(above or {}), **parameters_of(pattern)}
        if isinstance(pattern, URLResolver):
            inner = (*spaces, pattern.namespace) if pattern.namespace else spaces
            yield from walk(pattern.url_patterns, path=here, spaces=inner, above=parameters)
        else:
            yield Address(
                path=f"/{here}",
                name=":".join((*spaces, pattern.name or "")),
                parameters=parameters,
                declaration=getattr(pattern.callback, "declaration", None),
            )


def parameters_of(pattern: URLPattern | URLResolver) -> dict[str, str]:
    """The parameters of one piece of an address: name and kind."""
    kinds = {name: type(converter).__name__ for name, converter in pattern.pattern.converters.items()}
    return dict.fromkeys(pattern.pattern.regex.groupindex, "") | kinds


def permissions_page() -> str:
    """Who may do what, one row a permission."""
    with override("vi"):
        heads = [f"{role.label}<br>`{role.value}`" for role in Role]
        rows = [
            [f"{item.label}<br>`{item.value}`", *("✓" if item in TABLE[role] else "" for role in Role)]
            for item in Permission
        ]
    everywhere = ", ".join(f"`{item.value}`" for item in Permission if item in CITY_WIDE)
    return (
        "# Who may do what\n\n"
        "Written by `python -m tests.contracts.write_tables` from `dodem.access.roles.TABLE`, which is the "
        "rule itself.\n\n"
        "A role is held at a unit and holds for everything beneath it. Held anywhere, these hold everywhere, "
        f"because the city compares openly: {everywhere}. "
        "Personal data needs `personal.see`, a stated purpose, and leaves an event in the ledger.\n\n"
        + markdown_table(["Permission", *heads], rows)
    )


def addresses_page() -> str:
    """What each address asks for."""
    rows = [[f"`{address.path}`", f"`{address.name}`", address.asks] for address in addresses()]
    return (
        "# What each address asks for\n\n"
        "Written by `python -m tests.contracts.write_tables` from the patterns themselves. An address that "
        "declares nothing is refused at run time and fails the contract test. *On the object*: whoever "
        "lacks the permission at its unit gets 404, as if it did not exist.\n\n"
        + markdown_table(["Address", "Name", "Asks for"], rows)
    )


def markdown_table(head: list[str], rows: list[list[str]]) -> str:
    lines = [head, ["---"] * len(head), *rows]
    return "".join(f"| {' | '.join(cells)} |\n" for cells in lines)


PAGES = {"permissions.md": permissions_page, "addresses.md": addresses_page}


def write(folder: Path) -> None:
    for name, page in PAGES.items():
        (folder / name).write_text(page(), encoding="utf-8")
