"""What every list may be asked, and that a misspelt filter is refused rather than ignored."""

from __future__ import annotations

from typing import Any

from pydantic import BaseModel, ValidationInfo, model_validator
from pydantic_core import PydanticCustomError

from dodem.api.words import told

MOST = 500


class Asked(BaseModel):
    """Base of all query parameters."""

    @model_validator(mode="before")
    @classmethod
    def refuse_the_unknown(cls, data: Any, info: ValidationInfo) -> Any:
        given = info.context["request"].GET if info.context else {}
        for name in given:
            if name not in cls.model_fields:
                raise PydanticCustomError("unknown_parameter", "unknown parameter {name}", {"name": name})
        return data


class AskedPage(Asked):
    limit: int = told("Số mục một trang.", "How many items to a page.", default=100, ge=1, le=MOST)
    cursor: str | None = told(
        "Chỗ đọc tiếp: lấy nguyên từ next của trang trước.",
        "Where to go on: taken as it is from next of the page before.",
        default=None,
    )
