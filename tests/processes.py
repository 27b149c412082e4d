"""Tests of several processes on one database of their own, SQLite or PostgreSQL as the run is."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import psycopg

ROOT = Path(__file__).resolve().parent.parent
PREPARE = """
from django.core.management import call_command
from django.utils import timezone
from dodem.units.actions import load_definitions
call_command("migrate", verbosity=0)
load_definitions(at=timezone.now())
"""


@dataclass(frozen=True)
class Template:
    """A migrated database nobody writes to: ``data_dir`` holds the SQLite file, ``url`` names the other."""

    data_dir: Path
    url: str


@dataclass(frozen=True)
class OwnDatabase:
    """A copy of the template. ``run`` waits, ``start`` does not."""

    data_dir: Path
    url: str

    def start(self, script: str, *arguments: str) -> subprocess.Popen[str]:
        """A Python process with Django set up, running ``script`` with ``sys.argv[1:]`` as given."""
        return subprocess.Popen(
            [sys.executable, "-c", f"import django; django.setup()\n{script}", *arguments],
            cwd=ROOT,
            env=environment(self.data_dir, self.url),
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )

    def run(self, script: str, *arguments: str) -> str:
        """What the script printed. Fails with its error output if it failed."""
        return finish(self.start(script, *arguments))


def finish(process: subprocess.Popen[str]) -> str:
    """Wait for a started script and return what it printed."""
    out, error = process.communicate(timeout=120)
    assert process.returncode == 0, error
    return out


def environment(data_dir: Path, url: str) -> dict[str, str]:
    return os.environ | {
        "PYTHONPATH": os.pathsep.join([str(ROOT), str(ROOT / "src"), os.environ.get("PYTHONPATH", "")]),
        "PYTHONWARNINGS": "default",
        "DODEM_DATA": str(data_dir),
        "DATABASE_URL": url,
    }


def make_template(data_dir: Path) -> Template:
    given = os.environ.get("DATABASE_URL", "")
    url = named(given, f"dodem_template_{os.getpid()}") if given else ""
    if given:
        create(given, url)
    OwnDatabase(data_dir, url).run(PREPARE)
    return Template(data_dir, url)


@contextmanager
def copy_of(template: Template, data_dir: Path) -> Iterator[OwnDatabase]:
    if not template.url:
        for part in template.data_dir.glob("dodem.sqlite3*"):
            shutil.copy(part, data_dir)
        yield OwnDatabase(data_dir, "")
        return
    url = named(template.url, f"dodem_own_{os.getpid()}_{abs(hash(data_dir)) % 10**8}")
    create(template.url, url, like=template.url)
    try:
        yield OwnDatabase(data_dir, url)
    finally:
        drop(template.url, url)


def named(url: str, database: str) -> str:
    """The same server, another database."""
    return urlunsplit(urlsplit(url)._replace(path=f"/{database}"))


def name_of(url: str) -> str:
    return urlsplit(url).path.lstrip("/")


def create(server: str, url: str, *, like: str = "") -> None:
    drop(server, url)
    template = f' TEMPLATE "{name_of(like)}"' if like else ""
    with psycopg.connect(named(server, "postgres"), autocommit=True) as connection:
        connection.execute(f'CREATE DATABASE "{name_of(url)}"{template}')


def drop(server: str, url: str) -> None:
    with psycopg.connect(named(server, "postgres"), autocommit=True) as connection:
        connection.execute(f'DROP DATABASE IF EXISTS "{name_of(url)}" WITH (FORCE)')
