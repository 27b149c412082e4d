"""Which words of an address name a ward, a district, a province. Reads; decides nothing."""

from dataclasses import dataclass, field

from rapidfuzz.distance import OSA

from dodem.vietnam.address_words import (
    BREAK,
    FULL_WORDS,
    MARKER_PAIRS,
    MARKERS,
    MARKERS_AFTER,
    NUMBERED,
    PAIR_OPENERS,
    STREET_WORDS,
    Kind,
    Words,
)
from dodem.vietnam.gazetteer import HCMC, Names

LONGEST = 5  # words of a name, its marker included: "thanh pho ho chi minh"

_CITY = (
    "tphcm|tp hcm|hcm|hcmc|ho chi minh|tp ho chi minh|thanh pho ho chi minh|tphochiminh|thanh pho hcm|"
    "ho chi minh city|hcm city|sai gon|saigon|tp sai gon|sg|tp sg"
)
_PROVINCES = {
    **dict.fromkeys(_CITY.split("|"), HCMC),
    **dict.fromkeys(("binh duong", "bd"), "Bình Dương"),
    **dict.fromkeys(("ba ria vung tau", "br vt", "brvt"), "Bà Rịa - Vũng Tàu"),
}
_ENDINGS = frozenset(name.split()[-1] for name in _PROVINCES)
_PROVINCE_TITLES = ("tinh ", "t ", "tp ", "thanh pho ")


@dataclass(frozen=True, slots=True)
class WardMention:
    """A ward, commune, township or special zone that words `start` to `end` name.

    `kind` is None where only the name stands. `known`: a unit of the city has or had this name. `clean`:
    nothing follows that could be the rest of a longer name. `spelt_out`: its kind is a full word.
    """

    kind: Kind | None
    key: str
    start: int
    end: int
    known: bool = True
    clean: bool = True
    spelt_out: bool = True


@dataclass(slots=True)
class Parts:
    """What is named. `district` is a key of Names.districts, `other_district` one the city never had."""

    wards: list[WardMention] = field(default_factory=list)
    district: str = ""
    district_span: tuple[int, int] = (0, 0)
    district_is_bare: bool = False
    other_district: str = ""
    province: str = ""
    other_province: str = ""
    city_at: int = -1  # word at which the city of today is named


def read_parts(words: Words, names: Names) -> Parts:
    """Find the parts of an address: provinces first, then names with a marker, then names that stand bare."""
    reader = _Reader(words, names)
    reader.read_provinces()
    reader.read_marked()
    reader.read_bare()
    return reader.parts


class _Reader:
    """One pass over one address; `taken` marks the words that have been understood."""

    def __init__(self, words: Words, names: Names) -> None:
        self.words = words
        self.names = names
        self.folded = words.folded
        self.taken = [False] * len(words.folded)
        self.segments = _segments(words.folded)
        self.parts = Parts()

    # Provinces

    def read_provinces(self) -> None:
        ending = [(start, end) for start, end in self.segments if self._may_end_province(end)]
        for start, end in ending:
            self._read_province(start, end, whole=True)
        start, end = self.segments[-1]
        if (start, end) not in ending:
            return
        for at in range(max(start + 1, end - LONGEST), end):
            if self.taken[at] or self._read_province(at, end, whole=False):
                break

    def _may_end_province(self, end: int) -> bool:
        last = self.folded[end - 1] if end else ""
        return last in _ENDINGS or last in self.names.other_province_endings

    def _read_province(self, start: int, end: int, *, whole: bool) -> bool:
        if not 0 < end - start <= LONGEST:
            return False
        text = " ".join(self.folded[start:end])
        province = _PROVINCES.get(text)
        titled = False
        if province is None and text.startswith(_PROVINCE_TITLES):
            title = self._marker_length(start) or 1
            text, titled = " ".join(self.folded[start + title : end]), True
            province = _PROVINCES.get(text)
        elsewhere = self.names.other_provinces.get(text) if province is None else None
        if province is None and elsewhere is None:
            return False
        if not whole and not titled and not self._may_end_with_province(start, province):
            return False
        if elsewhere is not None:
            if not titled and (text in self.names.present or text in self.names.former):
                return False  # "Phú Thọ" and "Hòa Bình" are wards here too
            self.parts.other_province = elsewhere
        elif province == HCMC:
            self.parts.city_at = start
            self.parts.province = self.parts.province or HCMC
        else:
            self.parts.province = str(province)
        self._take(start, end)
        return True

    def _may_end_with_province(self, at: int, province: str | None) -> bool:
        """Whether a name that ends a longer segment is the province, not a street or a ward of that name."""
        if province == HCMC and (self._marker_length(at) or "hcm" in self.folded[at]):
            return True
        before = self.folded[at - 1]
        if before in STREET_WORDS or before in MARKERS:
            return False
        return province == HCMC or any(word in MARKERS for word in self.folded[:at])

    # Names with a marker

    def read_marked(self) -> None:
        at = 0
        while at < len(self.folded):
            word = self.folded[at]
            may_mark = word in MARKERS or word in PAIR_OPENERS or word in MARKERS_AFTER
            at = self._read_marker(at) if may_mark and not self.taken[at] else at + 1

    def _read_marker(self, at: int) -> int:
        """Read the marker at `at` with its name; return the word to go on from."""
        length = self._marker_length(at)
        marker = " ".join(self.folded[at : at + length])
        kind = MARKERS.get(marker)
        after = MARKERS_AFTER.get(self.folded[at])
        if length == 1 and not self.words.is_marker_spelling(at):
            return at + 1
        if kind is not None:
            end = self._read_name(at, at + length, marker, kind)
            if end:
                return end
        if after is not None:
            self._read_name_before(at, after)
        return at + 1

    def _read_name(self, marker_at: int, start: int, marker: str, kind: Kind) -> int:
        """Read the name that follows a marker; 0 when none does."""
        limit = self._name_limit(start)
        for end in range(limit, start, -1):
            key = " ".join(self.folded[start:end])
            if key.isdigit() and marker not in NUMBERED:
                continue
            if kind == "district":
                if key in self.names.districts:
                    self._set_district(key, marker_at, end)
                    return end
            elif key in self.names.former or key in self.names.present:
                self.parts.wards.append(
                    WardMention(kind, key, marker_at, end, True, self._is_clean(end), marker in FULL_WORDS)
                )
                self._take(marker_at, end)
                return end
        return self._read_unknown(marker_at, start, limit, marker, kind)

    def _read_unknown(self, marker_at: int, start: int, limit: int, marker: str, kind: Kind) -> int:
        opens = marker_at == 0 or self.folded[marker_at - 1] == BREAK or self.taken[marker_at - 1]
        if limit == start or not (opens or marker in FULL_WORDS):
            return 0
        if self._is_marker(start) or self.folded[start] == "lo":
            return 0  # "Nguyen Tri Phuong, phuong 5" without its comma; "Xa lo Ha Noi"
        limit = next((at for at in range(start + 1, limit) if self._is_marker(at)), limit)
        key = " ".join(self.folded[start:limit])
        if kind == "district":
            near = self._near_district(key)
            if near:
                self._set_district(near, marker_at, limit)
                return limit
            if not self.folded[start].isdigit():
                self.parts.other_district = self.words.said(marker_at, limit)
                self._take(marker_at, limit)
            return limit
        if key.isdigit() and marker not in FULL_WORDS:
            return 0  # "P.502" is a room
        self.parts.wards.append(WardMention(kind, key, marker_at, limit, known=False))
        return limit

    def _near_district(self, key: str) -> str:
        """The one district a slip of one letter away, for names long enough to tell; otherwise nothing."""
        near = [name for name in self.names.districts if OSA.distance(key, name, score_cutoff=1) <= 1]
        return near[0] if len(near) == 1 and len(key) >= 6 else ""

    def _read_name_before(self, at: int, kind: Kind) -> None:
        """English order: "Ben Nghe Ward"."""
        for start in range(max(self._segment_start(at), at - LONGEST), at):
            key = " ".join(self.folded[start:at])
            if key.isdigit() or any(self.taken[start:at]):
                continue
            if kind == "district" and key in self.names.districts:
                return self._set_district(key, start, at + 1)
            if kind != "district" and (key in self.names.former or key in self.names.present):
                self.parts.wards.append(WardMention(kind, key, start, at + 1))
                return self._take(start, at + 1)
        return None

    # Names without a marker

    def read_bare(self) -> None:
        if not self.parts.district:
            self._read_bare_district()
        if not any(mention.known for mention in self.parts.wards):
            self._read_bare_ward()

    def _read_bare_district(self) -> None:
        for start, end in reversed(self.segments):
            first = self._first_free(start, end)
            if first == end or any(self.taken[first:end]):
                continue
            key = " ".join(self.folded[first:end])
            if key in self.names.districts and not key.isdigit():
                self._set_district(key, first, end, bare=True)
                return
            break
        self._read_trailing_district()

    def _read_trailing_district(self) -> None:
        """A district at the end of an address without commas: "2 truong son p 2 tan binh"."""
        end = len(self.folded)
        while end and (self.taken[end - 1] or self.folded[end - 1] == BREAK):
            end -= 1
        start = self._segment_start(end)
        for at in range(max(start + 2, end - LONGEST), end):
            key = " ".join(self.folded[at:end])
            before = self.folded[at - 1]
            if key in self.names.districts and not key.isdigit() and not any(self.taken[at:end]):
                if before not in STREET_WORDS and not before.isdigit():
                    self._set_district(key, at, end, bare=True)
                return

    def _read_bare_ward(self) -> None:
        for start, end in reversed(self.segments):
            free = end
            while free > start and self.taken[free - 1]:
                free -= 1
            if free == start or any(self.taken[start:free]):
                continue
            key = " ".join(self.folded[start:free])
            if self._is_name(key):
                self._add_bare(key, start, free)
                return
            if free < end or end == len(self.folded):
                self._read_ward_before_district(start, free)
            if self.parts.wards:
                return

    def _read_ward_before_district(self, start: int, end: int) -> None:
        """ "12 nguyen hue ben nghe quan 1": a ward of that district after a street, with no comma between."""
        district = self.names.districts.get(self.parts.district)
        if district is None or self.parts.district_span[0] != end:
            return
        for at in range(max(start + 2, end - LONGEST), end):
            key = " ".join(self.folded[at:end])
            before, earlier = self.folded[at - 1], self.folded[at - 2]
            if key in district.places and not key.isdigit():
                if not (before.isdigit() or earlier.isdigit() or {before, earlier} & STREET_WORDS):
                    self._add_bare(key, at, end)
                return

    def _is_name(self, key: str) -> bool:
        return not key.isdigit() and (key in self.names.former or key in self.names.present)

    def _add_bare(self, key: str, start: int, end: int) -> None:
        self.parts.wards.append(WardMention(None, key, start, end))
        self._take(start, end)

    # Where words stand

    def _segment_start(self, at: int) -> int:
        while at and self.folded[at - 1] != BREAK:
            at -= 1
        return at

    def _first_free(self, start: int, end: int) -> int:
        while start < end and self.taken[start]:
            start += 1
        return start

    def _name_limit(self, start: int) -> int:
        """Where the name that begins at `start` must end at the latest."""
        end = start
        while end < min(start + LONGEST, len(self.folded)):
            if self.folded[end] == BREAK or self.taken[end]:
                break
            end += 1
        return end

    def _is_marker(self, at: int) -> bool:
        length = self._marker_length(at)
        return length == 2 or (length == 1 and self.words.is_marker_spelling(at))

    def _marker_length(self, at: int) -> int:
        """Words of the marker at `at`: "thị trấn" two, "phường" one, none 0."""
        if self.folded[at] in PAIR_OPENERS and tuple(self.folded[at : at + 2]) in MARKER_PAIRS:
            return 2
        return 1 if self.folded[at] in MARKERS else 0

    def _is_clean(self, end: int) -> bool:
        """Whether nothing follows a name that could still belong to it."""
        if end == len(self.folded) or self.folded[end] == BREAK or self.taken[end] or self._is_marker(end):
            return True
        return self.folded[end].isdigit() or self.folded[end] in STREET_WORDS

    def _set_district(self, key: str, start: int, end: int, *, bare: bool = False) -> None:
        known = self.names.districts.get(self.parts.district)
        if known is None or len(self.names.districts[key].codes) < len(known.codes):
            self.parts.district, self.parts.district_span = key, (start, end)
            self.parts.district_is_bare = bare
        self._take(start, end)

    def _take(self, start: int, end: int) -> None:
        self.taken[start:end] = [True] * (end - start)


def _segments(folded: list[str]) -> list[tuple[int, int]]:
    found = []
    start = 0
    for at, word in enumerate(folded):
        if word == BREAK:
            found.append((start, at))
            start = at + 1
    found.append((start, len(folded)))
    return found
