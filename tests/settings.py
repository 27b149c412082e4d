"""The product's one settings module, read in test mode; a server named by DATABASE_URL is used as it is."""

import os
import tempfile

os.environ["DODEM_MODE"] = "test"
os.environ.setdefault("DODEM_DATA", tempfile.mkdtemp(prefix="dodem-test-"))

from dodem.config.settings import *  # noqa: F403

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STATIC_ROOT.mkdir(parents=True, exist_ok=True)  # noqa: F405 (whitenoise warns of a missing directory)
