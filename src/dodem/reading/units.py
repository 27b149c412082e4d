"""Names of bodies in Vietnamese papers: where they stand, and which unit of the directory each one is.

Finding and matching are apart: `find_mentions` is a grammar of names and needs no list of units;
`UnitDirectory.match` answers with the codes a name can mean, several when it can mean several.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from dodem.reading.verbs import ACTIONS, ADVERBS
from dodem.vietnam.text import fold


@dataclass(frozen=True)
class UnitMention:
    """A body named at text[start:end]. `name` is its full form ("Sở Xây dựng" in "các Sở Y tế, Xây dựng")."""

    text: str
    start: int
    end: int
    codes: tuple[str, ...] = ()
    name: str = ""


# ------------------------------------------------------------------ names as tables
FIELDS = (
    "Khoa học(?:,| và| -|&) ?Công nghệ|Nông nghiệp(?: và| -) Môi trường|Giáo dục(?: và| -) Đào tạo"
    "|Văn hóa(?: và| -) Thể thao"
    "|Văn hóa, Thể thao(?: và)? Du lịch|Dân tộc(?: và| -) Tôn giáo|Thông tin(?: và| -) Truyền thông"
    "|Kế hoạch(?: và| -) Đầu tư"
    "|Tài nguyên(?: và| -) Môi trường|Quy hoạch(?: và| -) Kiến trúc|Giao thông [Vv]ận tải"
    "|Giao thông [Cc]ông chánh"
    "|Nông nghiệp(?: và| -) Phát triển nông thôn|Lao động(?:,| -) Thương binh(?: và| -) Xã hội"
    "|An toàn [Tt]hực phẩm"
    "|Tài chính|Nội vụ|Tư pháp|Xây dựng|Y tế|Công [Tt]hương|Du lịch|Ngoại vụ"
    "|KH ?[&-] ?CN|KHCN|NN ?[&-] ?MT|NNMT|GD ?[&-] ?ĐT|GDĐT|VH ?[&-] ?TT|VHTT|VH, ?TT ?(?:&|và) ?DL"
    "|TN ?[&-] ?MT|TT ?[&-] ?TT|TTTT|KH ?[&-] ?ĐT|DT ?[&-] ?TG|QH ?- ?KT|GTVT|LĐ ?- ?TB ?(?:&|và) ?XH"
)
CITY = r"(?:TP\.?\s?HCM|TPHCM|TP\.?\s*Hồ Chí Minh|[Tt]hành phố Hồ Chí Minh|[Tt]hành phố|TP)(?!\w)"
_NAME = r"(?!TP)[A-ZÀ-ỸĐ][\wÀ-ỹ]*(?:\s+(?!TP|Thành phố)[A-ZÀ-ỸĐ][\wÀ-ỹ]*)*"
_COMMUNE = r"(?:[Xx]ã|[Pp]hường|[Đđ]ặc khu)"
COMMUNES = rf"(?:{_COMMUNE}(?:\s*(?:,|/|-|và|,\s*và)\s*(?:các\s+)?{_COMMUNE}|\s+{_COMMUNE})+|{_COMMUNE})"
_ALL = r"(?:[Tt]ất cả\s+)?(?:[Cc]ác|[Tt]ừng|[Mm]ỗi|[Mm]ọi|[Tt]oàn bộ|168)(?:\s+168)?"
TITLES = (
    r"(?:(?:[Đđ]ồng chí|[Cc]ác đồng chí)\s+)?(?:[Pp]hó\s+)?(?:[Gg]iám đốc|[Cc]hủ tịch|[Tt]hủ trưởng"
    r"|[Bb]í thư|[Bb]ộ trưởng|[Cc]hánh|[Tt]rưởng"
    r"|[Ll]ãnh đạo|[Nn]gười đứng đầu|[Tt]hống đốc|[Tt]ổng [Gg]iám đốc|[Cc]ục trưởng"
    r"|[Hh]iệu trưởng)\s+(?:các\s+)?"
)
ACTORS = (
    "cơ quan nhà nước|cơ quan báo chí|cơ quan chuyên môn|cơ quan hành chính|cơ quan|đơn vị sự nghiệp"
    "|đơn vị|địa phương|cấp ủy đảng|cấp ủy"
    "|cấp chính quyền|chính quyền|mặt trận tổ quốc|mặt trận|đoàn thể|tổ chức chính trị - xã hội"
    "|tổ chức đảng|tổ chức|doanh nghiệp nhà nước|doanh nghiệp"
    "|sở|ban quản lý|ban|ngành|phường|xã|đặc khu|quận|huyện|bộ|tỉnh|thành phố|tập đoàn|tổng công ty"
    "|công ty|chủ đầu tư|nhà thầu|nhà đầu tư"
    "|trường đại học|trường học|trường|bệnh viện|cơ sở y tế|cơ sở giáo dục|viện|hội|hiệp hội"
    "|thành viên ban chỉ đạo|thành viên|ngân hàng|cấp"
)
_ACTOR = rf"(?i:(?:{ACTORS}))(?!\w)"
_TAIL = (
    r"(?:\s+(?:có\s+)?liên quan|\s+trực thuộc(?:\s+[Tt]rung ương)?|\s+nêu trên"
    r"|\s+trên địa bàn(?:\s+[Tt]hành phố)?"
    rf"|\s+(?:của\s+)?{CITY}|\s+(?:trong\s+)?toàn hệ thống chính trị|\s+khác)*"
)
_STOP = (
    rf"(?:{ACTIONS}|{ADVERBS}|và|với|cùng|về|là|được|đã|tại|trong|của|theo|vừa|do|cho|để|có|vào|từ"
    rf"|các|trước|sau)"
)
_STOP_VERBS = rf"(?:{ACTIONS}|{ADVERBS}|với|cùng|là|được|đã|tại|trong|theo|để|có|vào|từ)"
# A tail of a name nobody has a list of: capitalised words, or lower-case ones that are no verb.
_FREE = rf"(?:\s+(?!(?i:{_STOP})(?!\w))[\wÀ-ỹ&-]+){{0,7}}"
_PROPER_TAIL = (
    rf"(?:\s+{_NAME}(?:\s+(?!(?i:{_STOP})(?!\w))[a-zà-ỹđ]+(?=\s+[A-ZÀ-ỸĐ])\s+{_NAME}"
    rf"|\s+(?!(?i:{_STOP})(?!\w))[a-zà-ỹđ]+)*)?"
)
_COMMITTEE = r"(?:UBND|[ỦU]y ban [Nn]hân dân|Uỷ ban [Nn]hân dân|HĐND|Hội đồng [Nn]hân dân)"

# (name of the line, pattern). The longest match at a place wins.
NAMES: tuple[tuple[str, str], ...] = (
    ("committee of many", rf"(?:Văn phòng\s+)?{_COMMITTEE}\s+(?:{_ALL}\s+)?{COMMUNES}(?!\s+{_NAME}){_TAIL}"),
    (
        "committee of one",
        rf"(?:Văn phòng\s+)?{_COMMITTEE}\s+(?:{_COMMUNE}|[Qq]uận|[Hh]uyện|[Tt]ỉnh"
        rf"|[Tt]hành phố)\s+(?:{_NAME}|\d+)",
    ),
    ("committee of a level", rf"{_COMMITTEE}\s+(?:các\s+)?cấp\s+(?:xã|huyện|tỉnh)"),
    (
        "committee of provinces",
        rf"{_COMMITTEE}\s+các\s+tỉnh(?:,\s*thành phố)?(?:\s+trực thuộc\s+[Tt]rung ương)?(?:\s+(?:khu vực"
        rf"|vùng|ven biển|phía)\s+(?:\w+\s?){{1,4}}(?=[,.;:]|\Z))?",
    ),
    ("committee of a province", rf"{_COMMITTEE}\s+(?:tỉnh|phường|xã|đặc khu)(?!\w)"),
    ("two committees", r"(?:Văn phòng\s+)?HĐND\s+và\s+UBND(?:\s+(?:phường|xã|đặc khu|tỉnh))?"),
    (
        "party organ",
        rf"(?:Ban\s+(?:Tổ chức|Tuyên giáo(?:\s+và\s+Dân vận)?|Dân vận|Nội chính|Kinh tế|Thường vụ"
        rf"|Chính sách, chiến lược)|Ủy ban Kiểm tra|Văn phòng|Trường Chính trị)\s+(?:Tỉnh ủy"
        rf"|Thành ủy(?:\s+{CITY})?|Trung ương|Đảng ủy)|Tỉnh ủy",
    ),
    (
        "section of a commune",
        rf"Phòng\s+{_NAME}(?:(?:\s*[-–,]\s*"
        rf"|\s+và\s+){_NAME}(?:\s+(?:hội|thao|nghệ|hóa|trường|thị"
        rf"|tư"
        rf"|sản))?|\s+[a-zà-ỹđ]+(?=\s*[-–,]\s*[A-ZÀ-ỸĐ]))*(?:\s+[a-zà-ỹđ]+(?=\s+(?:phường"
        rf"|xã)))?",
    ),
    (
        "committee of the city",
        rf"(?:(?:Đoàn ĐBQH\s+và\s+)?Văn phòng\s+(?:Đoàn\s+\S+\s+và\s+)?)?{_COMMITTEE}(?:\s+{CITY})?",
    ),
    ("department", rf"[Ss]ở\s+(?:{FIELDS})(?!\w)(?:\s+{CITY})?"),
    ("department of any name", rf"Sở\s+{_NAME}(?:\s+và\s+{_NAME}|\s+[a-zà-ỹđ]+(?=\s+[A-ZÀ-ỸĐ]))?"),
    ("ministry", rf"Bộ\s+(?:{FIELDS}|Công an|Quốc phòng|Ngoại giao)(?!\w)"),
    (
        "government",
        r"(?:Chính phủ|Văn phòng Chính phủ|Thủ tướng(?:\s+Chính phủ)?|Quốc hội|Bộ Chính trị"
        r"|Ban Bí thư|Trung ương|Ngân hàng Nhà nước(?:\s+[Cc]hi nhánh[^,.;]{0,40})?)",
    ),
    (
        "police",
        rf"Công an(?:\s+{CITY}|\s+(?:phường|xã|đặc khu|tỉnh|cấp xã)(?:\s+{_NAME})?"
        rf"|\s+các\s+{COMMUNES})?",
    ),
    ("inspectorate", rf"Thanh tra(?:\s+{CITY}|\s+[Cc]hính phủ)"),
    (
        "party committee",
        rf"(?:Văn phòng\s+|Ban\s+[A-ZĐ][\wÀ-ỹ ,-]{{3,40}}?\s+"
        rf"|Ủy ban Kiểm tra\s+|Ban Thường vụ\s+"
        rf"|Đảng ủy\s+)?Thành ủy(?:\s+{CITY})?",
    ),
    (
        "party committees",
        rf"Đảng ủy\s+(?:(?:các\s+)?{COMMUNES}|UBND(?:\s+{CITY}|\s+tỉnh)?"
        rf"|[A-ZĐ][\wÀ-ỹ ]{{3,40}}?)(?=[\s,.;:])",
    ),
    (
        "fatherland front",
        rf"(?:Ủy ban\s+)?(?:MTTQ|Mặt trận Tổ quốc)(?:\s+Việt Nam)?(?:\s+{CITY}|\s+các cấp"
        rf"|\s+cấp xã)?(?:\s+và các\s+(?:tổ chức chính trị - xã hội|đoàn thể))?",
    ),
    (
        "mass organisation",
        rf"(?:Thành đoàn|Liên đoàn Lao động|Hội Nông dân"
        rf"|Hội Liên hiệp Phụ nữ|Hội Cựu chiến binh"
        rf"|Liên hiệp các Hội [^,.;]{{3,40}}?)(?:\s+{CITY})?",
    ),
    ("military", rf"(?:Bộ Tư lệnh|Bộ Chỉ huy [Qq]uân sự|Bộ Chỉ huy Bộ đội Biên phòng)(?:\s+{CITY})?"),
    (
        "service in the city",
        rf"(?:Kho bạc Nhà nước(?:\s+Khu vực\s+\w+)?"
        rf"|Bảo hiểm [Xx]ã hội|Thuế|Cục Thuế|Hải quan"
        rf"|Cục Hải quan|Viện Kiểm sát nhân dân|Tòa án nhân dân"
        rf"|Cục Thống kê|Thống kê)\s+{CITY}",
    ),
    (
        "steering committee",
        rf"(?:(?:Cơ quan|Tổ)\s+(?:[Tt]hường trực"
        rf"|giúp việc)\s+)?Ban [Cc]hỉ đạo(?:\s+(?:[Tt]rung ương"
        rf"|{CITY}|57|Đề án 06))*",
    ),
    ("working group", rf"Tổ (?:công tác|giúp việc|chuyên gia)(?:\s+{_NAME})?"),
    (
        "body of the city",
        rf"(?:Viện Nghiên cứu [Pp]hát triển|Trung tâm Phục vụ [Hh]ành chính công"
        rf"|Trung tâm Điều hành [Tt]hông minh"
        rf"|Trung tâm Chuyển đổi số|Trung tâm Báo chí|Khu Công nghệ cao"
        rf"|Ban Quản lý\s+(?:[Cc]ác\s+)?(?:[Kk]hu|[Dd]ự án|[Đđ]ường sắt)"
        rf"(?:\s+(?!(?i:{_STOP_VERBS})(?!\w)|TP|[Tt]hành phố)[\wÀ-ỹ&-]+){{0,9}})(?:\s+{CITY})?",
    ),
    (
        "body of any name",
        rf"(?:Ban Quản lý|Ban Giám sát|Trung tâm|Viện|Chi cục|Cục|Tổng cục|Đại học|Trường Đại học|Trường"
        rf"|Bệnh viện|Quỹ|Khu Công nghệ cao"
        rf"|Tập đoàn|Tổng [Cc]ông ty|Công ty|Hiệp hội|Liên minh|Đài|Báo|Học viện|Văn phòng|ĐHQG"
        rf"|Ngân hàng)(?:{_PROPER_TAIL}|{_FREE})(?:\s+{CITY})?",
    ),
    ("one commune", rf"(?:[Pp]hường|[Xx]ã|[Đđ]ặc khu)\s+{_NAME}"),
    ("level", r"(?:chính quyền\s+)?[Cc]ấp xã"),
    ("group", rf"{_ALL}\s+{_ACTOR}(?:\s*(?:,|-|–|/|và|,\s*và)\s*(?:các\s+)?{_ACTOR}|\s+ngành)*{_TAIL}"),
    (
        "group without article",
        rf"(?:[Ss]ở|[Bb]ộ)(?:,\s*ban)?,\s*(?:ban\s+)?ngành{_TAIL}"
        rf"|{COMMUNES}(?<=ã|g|u)(?=\s)",
    ),
    (
        "the city",
        r"(?:UBND\s+)?(?:TP\.?\s?HCM|TPHCM|TP\.?\s*Hồ Chí Minh|Thành phố Hồ Chí Minh|Thành phố"
        r"|TP)(?!\w)",
    ),
)
_NAMES = tuple((name, re.compile(rf"(?<!\w)(?:{TITLES})?(?:{words})(?!\w)")) for name, words in NAMES)
_LIST_OF_DEPARTMENTS = re.compile(
    rf"(?<!\w)(?:[Cc]ác\s+)?[Ss]ở\s*:?\s*(?P<first>{FIELDS})(?P<rest>(?:\s*(?:,|;|và"
    rf"|,\s*và)\s*(?:{FIELDS})(?!\w))+)"
)
_FIELD = re.compile(rf"(?<!\w)(?:{FIELDS})(?!\w)")
# Names too common to be a body of their own, alone.
_TOO_SHORT = re.compile(
    r"(?i:phường|xã|đặc khu|văn phòng|trường|trung tâm|viện|cục|công ty|quỹ|báo|đài|ngân hàng|đại học)"
)


def find_mentions(text: str, directory: "UnitDirectory | None" = None) -> list[UnitMention]:
    """Every body named in the text, left to right, the longest name at each place."""
    return [
        UnitMention(
            text[start:end], start, end, directory.match(name) if directory else (), " ".join(name.split())
        )
        for start, end, name in _named(text)
    ]


@lru_cache(maxsize=512)
def _named(text: str) -> tuple[tuple[int, int, str], ...]:
    """(start, end, full name) of every body; cached, for one clause is asked about several times."""
    found: list[tuple[int, int, str]] = []
    for match in _LIST_OF_DEPARTMENTS.finditer(text):
        for field in _FIELD.finditer(text, match.start("first"), match.end()):
            start = match.start() if field.start() == match.start("first") else field.start()
            found.append((start, field.end(), f"Sở {field[0]}"))
    covered = [(start, end) for start, end, _ in found]
    for _, pattern in _NAMES:
        for match in pattern.finditer(text):
            if not _TOO_SHORT.fullmatch(match[0]) and not any(
                a < match.end() and match.start() < b for a, b in covered
            ):
                found.append((match.start(), match.end(), match[0]))
    longest: list[tuple[int, int, str]] = []
    for start, end, name in sorted(found, key=lambda f: (f[0], -f[1])):
        if not longest or start >= longest[-1][1]:
            longest.append((start, end, name))
    return tuple(longest)


# ------------------------------------------------------------------ matching
ABBREVIATIONS: tuple[tuple[str, str], ...] = (
    (r"tp\.?\s*hcm|tphcm|tp\.?\s*hồ chí minh|thành phố hồ chí minh|tp(?:\.|(?!\w))", "thành phố"),
    (r"uỷ ban", "ủy ban"),
    (r"ubnd", "ủy ban nhân dân"),
    (r"hđnd", "hội đồng nhân dân"),
    (r"mttq", "mặt trận tổ quốc"),
    (r"kh\s*(?:&|-|và)\s*cn|khcn", "khoa học và công nghệ"),
    (r"nn\s*(?:&|-|và)?\s*mt", "nông nghiệp và môi trường"),
    (r"gd\s*(?:&|-|và)?\s*đt", "giáo dục và đào tạo"),
    (r"vh\s*(?:&|-|và)?\s*tt", "văn hóa và thể thao"),
    (r"dt\s*(?:&|-|và)?\s*tg", "dân tộc và tôn giáo"),
    (r"vp", "văn phòng"),
    (r"catp", "công an thành phố"),
    (r"hoá", "hóa"),
)
_ABBREVIATIONS = tuple((re.compile(rf"(?<!\w)(?:{short})(?!\w)"), full) for short, full in ABBREVIATIONS)
_TITLE = re.compile(
    r"\A(?:(?:đồng chí|các đồng chí|phó|giám đốc|chủ tịch|thủ trưởng|bí thư|bộ trưởng|chánh|trưởng"
    r"|lãnh đạo|người đứng đầu|tổng giám đốc|các|toàn bộ|tất cả|từng|mỗi|mọi|những|168)\s+)+"
)
_EXTRAS = re.compile(
    r"\s+(?:(?:có\s+)?liên quan|trực thuộc|nêu trên|trên địa bàn(?:\s+thành phố)?|của thành phố)\Z"
)
_CITY_TAIL = re.compile(r"\s+(?:của\s+)?thành phố\Z")
_COMMUNE_WORDS = re.compile(
    r"(?:(?:ủy ban nhân dân|chính quyền)\s+)?(?:(?:các|168)\s+)*(?:(?:xã|phường|đặc khu|và|cấp xã"
    r"|thành phố|các)\s*)+"
)
_DEPARTMENT_WORDS = re.compile(r"(?:(?:sở|ban|ngành|và|các|thành phố|cơ quan|đơn vị)\s*)+")
_BOTH_WORDS = re.compile(
    r"(?:(?:sở|ban|ngành|và|các|thành phố|cơ quan|đơn vị|địa phương|xã|phường|đặc khu|ủy ban nhân dân"
    r"|cấp)\s*)+"
)


def canonical(name: str) -> str:
    """The name in lower case with abbreviations written out, titles and list words taken off."""
    key = " ".join(name.lower().split())
    for pattern, full in _ABBREVIATIONS:
        key = pattern.sub(full, key)
    key = re.sub(r"[,;:./()\"“”–-]|&", lambda m: " và " if m[0] == "&" else " ", key)
    key = " ".join(key.split())
    key = re.sub(
        r"(?<=khoa học) (?=công nghệ)|(?<=giáo dục) (?=đào tạo)|(?<=nông nghiệp) (?=môi trường)"
        r"|(?<=văn hóa) (?=thể thao)|(?<=dân tộc) (?=tôn giáo)",
        " và ",
        key,
    )
    key = _TITLE.sub("", key)
    return _EXTRAS.sub("", key)


class UnitDirectory:
    """Which unit a name means: built once from (code, name, aliases) and asked often."""

    def __init__(
        self,
        units: Iterable[tuple[str, str, tuple[str, ...]]],
        *,
        city: str = "79",
        communes: str = "79-CX",
        departments: str = "79-SN",
    ) -> None:
        self._groups = (communes, departments)
        self._exact: dict[str, list[str]] = {}
        self._folded: dict[str, list[str]] = {}
        for code, name, aliases in units:
            for words in (name, *aliases):
                key = canonical(words)
                for form in {key, _CITY_TAIL.sub("", key)}:
                    _put(self._exact, form, code)
                    _put(self._folded, fold(form), code)
        self._known = {code for codes in self._exact.values() for code in codes}
        self._city = city

    def match(self, mention: str) -> tuple[str, ...]:
        """The codes of the units that the words can mean: () none, one, or several when in doubt."""
        key = canonical(mention)
        without_city = _CITY_TAIL.sub("", key)
        # "UBND phường X" is phường X; "Công an phường X" is another body.
        unit_itself = re.sub(r"\Aủy ban nhân dân (?=(?:phường|xã|đặc khu) )", "", key)
        for form in (key, unit_itself, without_city):
            if codes := self._exact.get(form):
                return tuple(codes)
        if group := self._group(key, mention):
            return group
        for form in (key, unit_itself, without_city):
            if codes := self._folded.get(fold(form)):
                return tuple(codes)
        if key in ("ủy ban nhân dân thành phố", "ủy ban nhân dân", "thành phố") and self._city in self._known:
            return (self._city,)
        return ()

    def _group(self, key: str, mention: str) -> tuple[str, ...]:
        communes, departments = self._groups
        names_communes = re.search(r"(?<!\w)(?:xã|phường|đặc khu)(?!\w)", key)
        if names_communes and _COMMUNE_WORDS.fullmatch(key) and communes in self._known:
            return (communes,)
        if (
            re.search(r"(?<!\w)sở(?!\w)", key)
            and _DEPARTMENT_WORDS.fullmatch(key)
            and departments in self._known
        ):
            return (departments,)
        names_both = re.search(r"(?<!\w)sở(?!\w)", key) and (names_communes or "địa phương" in key)
        if names_both and _BOTH_WORDS.fullmatch(key) and {communes, departments} <= self._known:
            return (departments, communes)
        return ()


def _put(table: dict[str, list[str]], key: str, code: str) -> None:
    codes = table.setdefault(key, [])
    if code not in codes:
        codes.append(code)
