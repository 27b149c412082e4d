"""How Vietnamese papers name each other: kinds of document, numbers, citations."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

# Kind of document → abbreviation in its number (Decree 30/2020/NĐ-CP, appendix III; party papers: HD 36).
KINDS: tuple[tuple[str, str], ...] = (
    ("Nghị quyết liên tịch", "NQLT"), ("Nghị quyết", "NQ"), ("Nghị định", "NĐ"), ("Chỉ thị", "CT"),
    ("Kết luận", "KL"), ("Thông báo", "TB"), ("Quyết định", "QĐ"), ("Kế hoạch", "KH"), ("Công điện", "CĐ"),
    ("Công văn", "CV"), ("Thông tư liên tịch", "TTLT"), ("Thông tư", "TT"), ("Chương trình", "CTr"),
    ("Hướng dẫn", "HD"), ("Quy định", "QĐi"), ("Quy chế", "QC"), ("Tờ trình", "TTr"), ("Báo cáo", "BC"),
    ("Đề án", "ĐA"), ("Giấy mời", "GM"), ("Phương án", "PA"), ("Luật", "L"), ("Pháp lệnh", "PL"),
)  # fmt: skip
_KIND = "|".join(kind for kind, _ in sorted(KINDS, key=lambda k: -len(k[0])))
NUMBER = r"\d+[A-Za-z]?\s*(?:/20\d\d)?\s*[-/][A-ZĐƯ][\wĐƯđư&]*(?:[-/.][A-ZĐƯ0-9][\wĐƯđư&]*)*"
_DATE = (
    r"(?:\s*,?\s*(?:ký\s+|ban\s+hành\s+)?ngày\s+"
    r"(?P<d>\d{1,2})(?:\s*[-/.]\s*|\s+tháng\s+)(?P<m>\d{1,2})(?:\s*[-/.]\s*|\s+năm\s+)(?P<y>\d{4}))?"
)
_CITATION = re.compile(
    rf"(?<!\w)(?P<kind>{_KIND})\s+(?:số\s*:?\s*)?(?P<number>{NUMBER}"
    rf"|\d+(?![\d.,%]))(?P<issuer>\s+của\s+[^,.;()]{{3,60}}?)?{_DATE}",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Citation:
    """Another document named at text[start:end]; `number` as written, the date when it is given."""

    start: int
    end: int
    kind: str
    number: str
    issued_on: date | None


def find_citations(text: str) -> Iterator[Citation]:
    """Every citation "Kind [số] number[, ngày …]" in the text."""
    for match in _CITATION.finditer(text):
        issued_on = None
        if match["d"]:
            try:
                issued_on = date(int(match["y"]), int(match["m"]), int(match["d"]))
            except ValueError:
                issued_on = None
        # Without a date the lazy issuer group must not swallow the words after the number.
        end = match.end() if issued_on else match.end("number")
        kind = match["kind"][0].upper() + match["kind"][1:].lower()
        yield Citation(match.start(), end, kind, "".join(match["number"].split()), issued_on)
