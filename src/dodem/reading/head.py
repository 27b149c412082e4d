"""The head of an official paper: number, kind, issuer, place and day, subject, signer, papers cited."""

import re
from dataclasses import dataclass
from datetime import date

from dodem.vietnam.legal import KINDS, NUMBER, Citation, find_citations

_TOP = 2500
_FOOT = 1800
_LINES_OF_HEAD = 30
DIRECTIVE_KINDS = frozenset(
    {
        "Nghị quyết",
        "Chỉ thị",
        "Kết luận",
        "Thông báo",
        "Quyết định",
        "Kế hoạch",
        "Công điện",
        "Công văn",
        "Chương trình",
        "Hướng dẫn",
    }
)
_NUMBER = re.compile(rf"(?:Số|SỐ)\s*:?\s*(?P<number>{NUMBER})|\A\s*(?P<bare>{NUMBER})", re.MULTILINE)
_PLACE_DAY = re.compile(
    r"(?P<place>(?:TP\.?\s*|Thành phố\s+)?[A-ZĐ][\w.À-ỹ]*(?:[ \t]+[A-ZĐ][\w.À-ỹ]*){0,4})\s*,\s*"
    r"ngày\s+(?P<d>\d{1,2})\s+tháng\s+(?P<m>\d{1,2})\s+năm\s+(?P<y>\d{4})",
    re.IGNORECASE,
)
_DAY = re.compile(r"(?<!\w)(?:ngày\s+)?(?P<d>\d{1,2})[/-](?P<m>\d{1,2})[/-](?P<y>20\d\d)")
_ISO_DAY = re.compile(r"(?<!\d)(?P<y>20\d\d)-(?P<m>\d{2})-(?P<d>\d{2})(?!\d)")
_ISSUERS = re.compile(
    r"(?:ỦY BAN NHÂN DÂN|UỶ BAN NHÂN DÂN|UBND|HỘI ĐỒNG NHÂN DÂN|THÀNH ỦY|TỈNH ỦY|BAN CHỈ ĐẠO"
    r"|BAN CHẤP HÀNH|BỘ CHÍNH TRỊ|BAN BÍ THƯ"
    r"|THỦ TƯỚNG CHÍNH PHỦ|CHÍNH PHỦ|VĂN PHÒNG|BỘ [A-ZĐÀ-Ỹ]+|SỞ [A-ZĐÀ-Ỹ]+|ĐẢNG ỦY|QUỐC HỘI"
    r"|CÔNG AN)[A-ZĐÀ-Ỹ ,.\-–]*"
)
_NATION = re.compile(
    r"CỘNG H[ÒO]À XÃ HỘI CHỦ NGHĨA VIỆT NAM|Độc lập\s*-\s*Tự do.*|ĐẢNG CỘNG SẢN VIỆT NAM", re.IGNORECASE
)
_SUBJECT_LINE = re.compile(r"\A\s*(?:V/v|Về việc|Về)\s*:?\s*(?P<subject>.{5,400})", re.IGNORECASE)
_SIGN = re.compile(
    r"(?m)^\s*(?:KT\.|TM\.|TL\.|TUQ\.)?\s*(?:CHỦ TỊCH|PHÓ CHỦ TỊCH|BÍ THƯ|PHÓ BÍ THƯ|GIÁM ĐỐC"
    r"|PHÓ GIÁM ĐỐC|CHÁNH VĂN PHÒNG|PHÓ CHÁNH VĂN PHÒNG|BỘ TRƯỞNG|THỨ TRƯỞNG|THỦ TƯỚNG|PHÓ THỦ TƯỚNG"
    r"|TRƯỞNG BAN|PHÓ TRƯỞNG BAN)[^\n]*$"
)
_PERSON = re.compile(r"\s*(?:\([^)]*\)\s*)?(?P<name>[A-ZÀ-ỸĐ][a-zà-ỹ]+(?:\s+[A-ZÀ-ỸĐ][a-zà-ỹ]+){1,4})\s*\Z")


@dataclass(frozen=True)
class Head:
    """What stands above and below the body of a paper; None for what was not found."""

    number: str | None
    kind: str | None
    issuer: str | None
    issued_on: date | None
    place: str | None
    subject: str | None
    signer: str | None
    cited: tuple[Citation, ...]

    @property
    def is_directive(self) -> bool:
        """An official paper of a kind that assigns work, not a report about one."""
        return self.kind in DIRECTIVE_KINDS and (self.number is not None or self.issuer is not None)


def read_head(text: str) -> Head:
    """The head of the paper; for a press report mostly None, with its day when one is written."""
    top = text[:_TOP]
    head_lines = [line.strip() for line in top.splitlines() if line.strip()][:_LINES_OF_HEAD]
    number = _number(top)
    kind = _kind(head_lines, number)
    place_day = _PLACE_DAY.search(top)
    return Head(
        number=number,
        kind=kind,
        issuer=_issuer(head_lines),
        issued_on=_day(place_day) or _day(_ISO_DAY.search(top[:300])) or _day(_DAY.search(top[:600])),
        place=" ".join(place_day["place"].split()) if place_day else None,
        subject=_subject(head_lines, kind),
        signer=_signer(text[-_FOOT:]),
        cited=tuple(find_citations(text)),
    )


def _number(top: str) -> str | None:
    match = _NUMBER.search(top)
    return "".join((match["number"] or match["bare"]).split()) if match else None


def _kind(head_lines: list[str], number: str | None) -> str | None:
    for line in head_lines:
        for kind, _ in sorted(KINDS, key=lambda k: -len(k[0])):
            if line.upper().startswith(kind.upper()) and (line.upper() == line or len(line) <= len(kind) + 3):
                return kind
    if number:
        symbols = set(number.replace("/", "-").split("-"))
        for kind, abbreviation in KINDS:
            if abbreviation in symbols:
                return kind
        # A letter has no kind in its number: "1234/UBND-KT".
        return "Công văn"
    return None


def _issuer(head_lines: list[str]) -> str | None:
    for position, line in enumerate(head_lines[:8]):
        cleaned = _NATION.sub("", line.split(" | ")[0]).strip()
        match = _ISSUERS.match(cleaned)
        if not match or cleaned.upper() != cleaned:
            continue
        name = match[0].strip(" ,-–*")
        following = head_lines[position + 1] if position + 1 < len(head_lines) else ""
        if re.match(r"(?:THÀNH PHỐ|TỈNH|PHƯỜNG|XÃ)\s", following) and following.upper() == following:
            name += " " + _NATION.sub("", following.split(" | ")[0]).strip(" *-–")
        return " ".join(name.split())
    return None


def _subject(head_lines: list[str], kind: str | None) -> str | None:
    for position, line in enumerate(head_lines):
        for cell in line.split(" | "):
            if (match := _SUBJECT_LINE.match(cell)) and not cell.endswith(":"):
                return match["subject"].strip(" .-–")
        if kind and line.upper() == kind.upper() and position + 1 < len(head_lines):
            return re.sub(r"\A(?:Về việc|Về)\s+", "", head_lines[position + 1]).strip(" .-–") or None
    return None


def _signer(foot: str) -> str | None:
    """The person below the last signing title."""
    titles = list(_SIGN.finditer(foot))
    if not titles:
        return None
    for line in foot[titles[-1].end() :].splitlines():
        if match := _PERSON.match(line):
            return match["name"]
    return None


def _day(match: re.Match[str] | None) -> date | None:
    if match is None:
        return None
    try:
        return date(int(match["y"]), int(match["m"]), int(match["d"]))
    except ValueError:
        return None
