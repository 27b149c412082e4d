"""``.venv/bin/python -m tests.contracts.write_tables`` writes docs/permissions.md and docs/addresses.md."""

import os
from pathlib import Path

import django

if __name__ == "__main__":
    os.environ["DJANGO_SETTINGS_MODULE"] = "tests.settings"
    django.setup()

    from dodem.access import table

    table.write(Path(__file__).resolve().parents[2] / "docs")
