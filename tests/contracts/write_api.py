"""``.venv/bin/python -m tests.contracts.write_api`` writes src/dodem/api/openapi.json from the code."""

import os
from pathlib import Path

import django

if __name__ == "__main__":
    os.environ["DJANGO_SETTINGS_MODULE"] = "tests.settings"
    django.setup()

    from dodem.api import contract

    file = Path(__file__).resolve().parents[2] / "src" / "dodem" / "api" / "openapi.json"
    file.write_text(contract.text(contract.document()), encoding="utf-8")
