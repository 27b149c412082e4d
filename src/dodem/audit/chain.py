"""How one event is bound to the one before it. Pure: what is hashed is spelled out here and nowhere else."""

import hashlib
import json
from collections.abc import Mapping
from datetime import UTC, datetime

GENESIS = "0" * 64


def canonical(data: Mapping[str, object]) -> str:
    """JSON with sorted keys and no spaces, so that equal data has equal text."""
    return json.dumps(data, sort_keys=True, ensure_ascii=False, separators=(",", ":"))


def digest(
    *,
    previous_hash: str,
    number: int,
    at: datetime,
    kind: str,
    actor_id: int | None,
    role: str,
    object_type: str,
    object_key: str,
    unit_code: str,
    data: str,
    origin: str,
) -> str:
    """SHA-256 over the previous hash and every column of the event, as hexadecimal."""
    line = json.dumps(
        [
            previous_hash,
            number,
            at.astimezone(UTC).isoformat(timespec="microseconds"),
            kind,
            actor_id,
            role,
            object_type,
            object_key,
            unit_code,
            data,
            origin,
        ],
        ensure_ascii=False,
        separators=(",", ":"),
    )
    return hashlib.sha256(line.encode()).hexdigest()
