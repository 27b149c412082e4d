"""From an address, old or new, to the unit of today: exactly, or with candidates; never a silent guess.

A unit code is given only where one reading is left. A split ward, a name that several places bear, a ward
that its district never had: each is answered with its candidates and a sentence that says why.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from functools import cache, lru_cache
from typing import TypeVar

from rapidfuzz import fuzz
from rapidfuzz.distance import OSA

from dodem.vietnam import address_answers as answers
from dodem.vietnam.address_answers import Resolution, Status
from dodem.vietnam.address_parts import Parts, WardMention, read_parts
from dodem.vietnam.address_words import Kind, Words, read_words
from dodem.vietnam.gazetteer import HCMC, District, Names, Place, bare_name, load_names
from dodem.vietnam.units import REFORM_ON, Commune

__all__ = ["Gazetteer", "Resolution", "Status", "resolve"]

ALIKE = 84  # rapidfuzz ratio from which a name inside a known district counts as mistyped
APART = 5  # by which the best likeness must lead the next
LONG_NAME = 10  # letters from which two slips of the pen are allowed, one before

Named = TypeVar("Named", Place, Commune)


def resolve(address: str, *, on: date) -> Resolution:
    """Resolve one address with the gazetteer that ships; see Gazetteer.resolve."""
    return Gazetteer.load().resolve(address, on=on)


class Gazetteer:
    """Names of units, present and former, with the answers already worked out for them."""

    def __init__(self, names: Names) -> None:
        self._names = names
        # Millions of addresses hold a few thousand (ward, district) pairs: each pair is decided once.
        self._decide = lru_cache(maxsize=50_000)(self._decide_ward)

    @classmethod
    def load(cls) -> "Gazetteer":
        """The gazetteer of definitions/units, built once for the process."""
        return _shipped()

    def resolve(self, address: str, *, on: date) -> Resolution:
        """Resolve an address written on day `on`. The answer is a unit of today.

        Before 1 July 2025 a name can only mean a former unit. From that day on, a ward named with its kind
        and directly followed by the city, with no district between, is read as the present form of address.
        """
        words = read_words(address)
        parts = read_parts(words, self._names)
        reformed = on >= REFORM_ON
        if parts.other_province and parts.city_at < 0:
            return answers.outside(parts.other_province, words.said(0, len(words.folded)))
        if parts.other_district and not parts.district:
            namesakes = [self._read(mention, parts, words, reformed=reformed) for mention in parts.wards]
            return answers.unknown_district(parts.other_district, namesakes)
        mentions = [mention for mention in parts.wards if mention.known] or parts.wards[-1:]
        if not mentions:
            return self._without_ward(parts, words, reformed=reformed)
        found = [self._read(mention, parts, words, reformed=reformed) for mention in mentions]
        return found[0] if len(found) == 1 else _reconcile(found, mentions)

    def _read(self, mention: WardMention, parts: Parts, words: Words, *, reformed: bool) -> Resolution:
        said = words.said(mention.start, mention.end)
        needed = not mention.known or mention.key in self._names.told_apart_by_marks
        answer = self._decide(
            mention.kind,
            mention.key,
            said if needed else "",
            parts.district,
            parts.province,
            reformed,
            mention.kind is not None and mention.end <= parts.city_at <= mention.end + 1,
            mention.known and mention.clean,
        )
        if parts.district and parts.district_span[0] >= mention.end:
            said = f"{said}, {words.said(*parts.district_span)}"
        return Resolution(answer.status, answer.unit_code, answer.candidates, answer.reason, said)

    def _decide_ward(
        self,
        kind: Kind | None,
        key: str,
        written: str,
        district_key: str,
        province: str,
        reformed: bool,
        city_follows: bool,
        sure: bool,
    ) -> Resolution:
        district = self._names.districts.get(district_key)
        communes = self._present(kind, key, written, province) if reformed else []
        if district is not None:
            return self._inside(district, kind, key, written, communes)
        places = self._former(kind, key, written, province, reformed=reformed)
        name = written or self._names.proper(key)
        if not sure:
            return answers.unread(name, places, communes)
        return _by_name(name, places, communes, present_form=city_follows)

    def _inside(
        self, district: District, kind: Kind | None, key: str, written: str, communes: Sequence[Commune]
    ) -> Resolution:
        """A ward named together with its former district."""
        name = written or self._names.proper(key)
        places = list(district.places.get(key, ()))
        # "phường" is often written for a commune that became one: inside a district the kind only chooses.
        places = _spelt([place for place in places if place.kind == kind] or places, written)
        if len(places) == 1:
            return answers.former(places[0])
        if places:
            return answers.several(name, places)
        here = [unit for unit in communes if unit.code in district.codes]
        if len(here) == 1:
            return _present_in(district, here[0], key, name)
        if key in self._names.former or key in self._names.present or key.isdigit():
            elsewhere = () if key.isdigit() else self._names.former.get(key, ())
            return answers.not_of_district(name, district, elsewhere)
        near = _most_alike(key, district)
        return answers.former(near, misread=name) if near else answers.not_of_district(name, district, ())

    def _former(
        self, kind: Kind | None, key: str, written: str, province: str, *, reformed: bool
    ) -> list[Place]:
        """Former units of that name. Since the reform the city's name stands for all three old provinces."""
        anywhere = not province or (province == HCMC and reformed)
        places = [
            place
            for place in self._names.former.get(key, ())
            if kind in (None, place.kind) and (anywhere or place.province == province)
        ]
        return _spelt(places, written)

    def _present(self, kind: Kind | None, key: str, written: str, province: str) -> list[Commune]:
        communes = [
            unit
            for unit in self._names.present.get(key, ())
            if kind in (None, unit.kind) and province in ("", HCMC, unit.former_area)
        ]
        return _spelt(communes, written)

    def _without_ward(self, parts: Parts, words: Words, *, reformed: bool) -> Resolution:
        district = self._names.districts.get(parts.district)
        if district is None:
            return answers.nothing(city_named=bool(parts.province))
        answer = answers.district_alone(district)
        if parts.district_is_bare:
            communes = self._present(None, parts.district, "", parts.province) if reformed else []
            places = self._former(None, parts.district, "", parts.province, reformed=reformed)
            answer = answers.district_or_ward(district, places, communes)
        return replace(answer, matched=words.said(*parts.district_span))


@cache
def _shipped() -> Gazetteer:
    return Gazetteer(load_names())


def _by_name(
    name: str, places: Sequence[Place], communes: Sequence[Commune], *, present_form: bool
) -> Resolution:
    """A ward named without a district."""
    if len(communes) == 1:
        others = [place for place in places if place.codes != (communes[0].code,)]
        if present_form or not others:
            return answers.present(communes[0], namesakes=others)
        return answers.several(name, others, communes)
    if communes or len({place.codes for place in places}) > 1:
        return answers.several(name, places, communes)
    return answers.former(places[0]) if places else answers.unread(name, (), ())


def _present_in(district: District, unit: Commune, key: str, name: str) -> Resolution:
    """A unit of today beside an old district, unless "Vĩnh Lộc" may be Vĩnh Lộc B without its letter."""
    longer = [
        place for known, places in district.places.items() if known.startswith(f"{key} ") for place in places
    ]
    if all(place.codes == (unit.code,) for place in longer):
        return answers.present(unit)
    return answers.several(name, longer, (unit,))


def _spelt(found: list[Named], written: str) -> list[Named]:
    """Those spelt as written, marks included, if the writer used marks and some are; otherwise all."""
    if written.isascii():
        return found
    said = written.lower()
    return [unit for unit in found if said.endswith(bare_name(unit.name).lower())] or found


def _most_alike(key: str, district: District) -> Place | None:
    """The place of the district whose name was plainly meant by a mistyped `key`; None when two could be."""
    likeness = sorted((fuzz.ratio(key, name), name) for name in district.places if not name.isdigit())
    if not likeness or likeness[-1][0] < ALIKE:
        return None
    best, name = likeness[-1]
    if len(likeness) > 1 and best - likeness[-2][0] < APART:
        return None
    slips_allowed = 2 if len(name) >= LONG_NAME else 1
    same_suffix = len(key.split()[-1]) > 1 or key.split()[-1] == name.split()[-1]  # "Phước Long A" is not B
    places = district.places[name]
    slip = OSA.distance(key, name) <= slips_allowed and same_suffix
    return places[0] if slip and len(places) == 1 else None


def _reconcile(found: Sequence[Resolution], mentions: Sequence[WardMention]) -> Resolution:
    """Several wards in one address: one reading that fits them all, or all as candidates."""
    spelt_out = [answer for answer, mention in zip(found, mentions, strict=True) if mention.spelt_out]
    if 0 < len(spelt_out) < len(found):  # "P.5 chung cư A, Phường 9": the abbreviation may be a room
        found = spelt_out
    common = set(found[0].candidates).intersection(*(answer.candidates for answer in found))
    for answer in found:
        if answer.unit_code is not None and common == {answer.unit_code}:
            return answer
    if all(answer.candidates == found[0].candidates for answer in found):
        return found[-1]
    return answers.conflicting(found)
