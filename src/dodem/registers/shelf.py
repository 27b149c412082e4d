"""Where this centre keeps the data plane's store and its inboxes."""

from __future__ import annotations

from pathlib import Path

from django.conf import settings

from dodem.dataplane.store import Store


def open_store() -> Store:
    """The store under the data directory. Cheap; safe in many processes at once."""
    return Store(store_root())


def store_root() -> Path:
    return Path(settings.DODEM_DATA) / "store"


def inbox() -> Path:
    """The folder in which each source has its own, named by its code."""
    return Path(settings.DODEM_DATA) / "inbox"
