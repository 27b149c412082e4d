"""Read what a site may set from outside: the only place besides the command line that asks the environment.

Every variable starts with ``DODEM_`` but for ``DATABASE_URL``, which is a convention of its own.
"""

import os
import secrets
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from urllib.parse import unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

SECRET_LENGTH = 50


class Mode(StrEnum):
    """SAMPLE: demonstration and training. SITE: a city's own data. TEST: the test suite."""

    SAMPLE = "sample"
    SITE = "site"
    TEST = "test"


@dataclass(frozen=True)
class Environment:
    mode: Mode
    data_dir: Path
    debug: bool
    secret_key: str
    allowed_hosts: list[str]
    database: dict[str, object]
    behind_https: bool
    trusted_proxy: str
    smtp_url: str
    openid_server: str
    openid_client_id: str
    openid_client_secret: str

    @property
    def openid_origin(self) -> str:
        """Scheme and host of the single sign-on server."""
        parts = urlsplit(self.openid_server)
        return f"{parts.scheme}://{parts.netloc}"


def read() -> Environment:
    """Return the settings of this process. Raises ImproperlyConfigured with what to do about it."""
    mode = Mode(os.environ.get("DODEM_MODE", Mode.SITE))
    data_dir = Path(os.environ.get("DODEM_DATA", "var")).resolve()
    debug = os.environ.get("DODEM_DEBUG", "") == "1"
    hosts = [host for host in os.environ.get("DODEM_HOSTS", "").split(",") if host]
    secret = os.environ.get("DODEM_SECRET_KEY", "")
    if mode is Mode.SITE:
        refuse_unsafe_site(secret=secret, hosts=hosts, debug=debug)
    return Environment(
        mode=mode,
        data_dir=data_dir,
        debug=debug,
        secret_key=secret or own_secret(data_dir, mode),
        allowed_hosts=hosts or ["localhost", "127.0.0.1", "[::1]", "testserver"],
        database=database(os.environ.get("DATABASE_URL", ""), data_dir),
        behind_https=os.environ.get("DODEM_HTTPS", "") == "1",
        trusted_proxy=os.environ.get("DODEM_TRUSTED_PROXY", ""),
        smtp_url=os.environ.get("DODEM_SMTP_URL", ""),
        openid_server=os.environ.get("DODEM_OPENID_SERVER", ""),
        openid_client_id=os.environ.get("DODEM_OPENID_CLIENT_ID", ""),
        openid_client_secret=os.environ.get("DODEM_OPENID_CLIENT_SECRET", ""),
    )


def refuse_unsafe_site(*, secret: str, hosts: list[str], debug: bool) -> None:
    """A site with a city's own data does not start half protected."""
    faults = []
    if len(secret) < SECRET_LENGTH:
        faults.append(
            f"DODEM_SECRET_KEY phải dài ít nhất {SECRET_LENGTH} ký tự. Tạo khóa bằng lệnh: "
            'python3 -c "import secrets; print(secrets.token_urlsafe(64))"'
        )
    if not hosts or "*" in hosts:
        faults.append(
            "DODEM_HOSTS phải ghi rõ tên miền của hệ thống, cách nhau bằng dấu phẩy, không dùng dấu *. "
            "Ví dụ: DODEM_HOSTS=dieuhanh.tphcm.gov.vn"
        )
    if debug:
        faults.append("DODEM_DEBUG=1 chỉ dùng khi lập trình. Hãy bỏ biến này.")
    if faults:
        raise ImproperlyConfigured(
            "Chưa khởi động được với dữ liệu thật của thành phố:\n- "
            + "\n- ".join(faults)
            + "\nMuốn chạy thử với dữ liệu mẫu: dodem up --sample city"
        )


def own_secret(data_dir: Path, mode: Mode) -> str:
    """A secret made at the first start and kept beside the sample data; never a default one."""
    if mode is Mode.TEST:
        return secrets.token_urlsafe(64)
    path = data_dir / "secret.key"
    if not path.exists():
        data_dir.mkdir(parents=True, exist_ok=True)
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "w") as handle:
            handle.write(secrets.token_urlsafe(64))
    return path.read_text().strip()


def database(url: str, data_dir: Path) -> dict[str, object]:
    """SQLite under the data directory, or the PostgreSQL server that DATABASE_URL names."""
    if not url:
        return {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": data_dir / "dodem.sqlite3",
            "CONN_MAX_AGE": 600,
            "OPTIONS": {
                "timeout": 20,
                "transaction_mode": "IMMEDIATE",
                "init_command": (
                    "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON; "
                    "PRAGMA cache_size=-65536; PRAGMA mmap_size=268435456; PRAGMA temp_store=MEMORY;"
                ),
            },
        }
    parts = urlsplit(url)
    if parts.scheme not in {"postgres", "postgresql"}:
        raise ImproperlyConfigured(
            "DATABASE_URL phải có dạng postgresql://người_dùng:mật_khẩu@máy:5432/tên_csdl. "
            "Bỏ trống để dùng SQLite trong thư mục dữ liệu."
        )
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.lstrip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": parts.hostname or "",
        "PORT": str(parts.port or ""),
        "CONN_MAX_AGE": 600,
        "CONN_HEALTH_CHECKS": True,
    }
