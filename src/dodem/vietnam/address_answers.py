"""The answers an address can get, each with its reason as a Vietnamese sentence."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from dodem.vietnam import units
from dodem.vietnam.gazetteer import District, Place
from dodem.vietnam.units import Commune

Status = Literal["exact", "split", "ambiguous", "outside", "current"]

_SINCE = "từ 01/07/2025"
_NAMED = 6  # how many places a sentence lists before it counts the rest


@dataclass(frozen=True, slots=True)
class Resolution:
    """What an address says about the units of today.

    `exact`: it names a former unit that went whole into `unit_code`. `current`: it names a present unit.
    `split`: a former unit whose land several share, the `candidates`. `ambiguous`: several readings, or none.
    `outside`: another province. `unit_code` is None unless exact or current; `candidates` holds it too.
    `matched` is the words the answer rests on, without the signs between them.
    """

    status: Status
    unit_code: str | None
    candidates: tuple[str, ...]
    reason: str
    matched: str = ""


def present(unit: Commune, *, namesakes: Sequence[Place] = ()) -> Resolution:
    """The address names a unit of today. `namesakes`: former units of that name that went elsewhere."""
    reason = f"Địa chỉ đã ghi theo đơn vị hiện nay: {unit.name}."
    if namesakes:
        reason += f" Trước 01/07/2025, tên này còn chỉ {_list(place.label for place in namesakes)}."
    return Resolution("current", unit.code, (unit.code,), reason)


def former(place: Place, *, misread: str = "") -> Resolution:
    """The address names one former unit. `misread` is what was written when that was a slip of the pen."""
    was = f"Hiểu “{misread}” là {place.label}: " if misread else f"{place.label} "
    if place.merged_into:
        was += f"đã nhập vào {place.merged_into}, "
    if len(place.codes) == 1:
        reason = f"{was}nay là {unit_name(place.codes[0])} {_SINCE}."
        if unit_name(place.codes[0]) != place.name:
            reason = f"{was}nay thuộc {unit_name(place.codes[0])} {_SINCE}."
        return Resolution("exact", place.codes[0], place.codes, reason)
    reason = f"{was}được chia về {_list(map(unit_name, place.codes))} {_SINCE}; cần vị trí để chọn."
    if place.land_only:
        reason += f" Riêng {_list(map(unit_name, sorted(place.land_only)))} chỉ nhận đất, không nhận dân."
    return Resolution("split", None, place.codes, reason)


def district_alone(district: District) -> Resolution:
    """Only a district is named; Côn Đảo alone became one unit."""
    if len(district.codes) == 1:
        reason = f"{district.name} nay là {unit_name(district.codes[0])} {_SINCE}."
        return Resolution("exact", district.codes[0], district.codes, reason)
    reason = f"Địa chỉ mới nêu {district.name}, chưa nêu phường, xã; cần thêm tên phường, xã."
    return Resolution("ambiguous", None, district.codes, reason)


def district_or_ward(district: District, places: Sequence[Place], communes: Sequence[Commune]) -> Resolution:
    """A name without its kind, which a district bore and wards bear or bore."""
    candidates = _codes(_candidates(places, communes), district.codes)
    if len(candidates) == 1:
        return district_alone(district)
    labels = [f"{unit.name} hiện nay" for unit in communes] + [place.label for place in places]
    reason = f"Tên này có thể chỉ {_list([*labels, f'cả {district.name} cũ'], last='hoặc')}"
    return Resolution("ambiguous", None, candidates, f"{reason}; cần ghi rõ phường, xã.")


def several(name: str, places: Sequence[Place], communes: Sequence[Commune] = ()) -> Resolution:
    """Several places bear the name; those of today come first."""
    labels = [f"{unit.name} hiện nay" for unit in communes] + [place.label for place in places]
    reason = f"Tên “{name}” có thể chỉ {_list(labels, last='hoặc')}; cần thêm quận, huyện cũ hoặc vị trí."
    return Resolution("ambiguous", None, _candidates(places, communes), reason)


def not_of_district(name: str, district: District, elsewhere: Sequence[Place]) -> Resolution:
    """A known name beside a district that never had it."""
    reason = f"{district.name} không có phường, xã tên “{name}”"
    if not elsewhere:
        return Resolution("ambiguous", None, district.codes, f"{reason}; cần kiểm tra lại địa chỉ.")
    reason += f"; tên này có ở {_list(dict.fromkeys(place.district for place in elsewhere))}."
    return Resolution("ambiguous", None, _candidates(elsewhere), reason)


def unread(name: str, places: Sequence[Place], communes: Sequence[Commune]) -> Resolution:
    """A name that no unit has, or one followed by words that may belong to it."""
    reason = f"Không có phường, xã nào tên đúng như “{name}”; cần kiểm tra lại địa chỉ."
    return Resolution("ambiguous", None, _candidates(places, communes), reason)


def outside(province: str, matched: str) -> Resolution:
    """The address is in another province."""
    return Resolution("outside", None, (), f"Địa chỉ thuộc {province}, ngoài Thành phố Hồ Chí Minh.", matched)


def unknown_district(name: str, namesakes: Sequence[Resolution]) -> Resolution:
    """A district that was never in the city, and no province that would settle where it is.

    `namesakes`: what the wards of the address would be if they were here.
    """
    reason = f"Không có “{name}” trong các quận, huyện cũ của Thành phố; cần kiểm tra lại địa chỉ."
    return Resolution("ambiguous", None, _codes(*(ward.candidates for ward in namesakes)), reason, name)


def nothing(*, city_named: bool) -> Resolution:
    """No ward and no district could be read."""
    if city_named:
        return Resolution("ambiguous", None, (), "Địa chỉ mới nêu thành phố, tỉnh; cần thêm tên phường, xã.")
    return Resolution("ambiguous", None, (), "Không đọc được tên phường, xã nào trong địa chỉ.")


def conflicting(answers: Sequence[Resolution]) -> Resolution:
    """Names in one address that lead to different units."""
    matched = " / ".join(answer.matched for answer in answers)
    reason = f"Địa chỉ nêu nhiều phường, xã không khớp nhau: {matched}; cần kiểm tra lại."
    return Resolution("ambiguous", None, _codes(*(answer.candidates for answer in answers)), reason, matched)


def unit_name(code: str) -> str:
    """Name of a unit of today: "Phường Sài Gòn"."""
    return units.commune(code).name


def _candidates(places: Sequence[Place], communes: Sequence[Commune] = ()) -> tuple[str, ...]:
    return _codes([unit.code for unit in communes], *(place.codes for place in places))


def _codes(*groups: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(code for group in groups for code in group))


def _list(names: Iterable[str], *, last: str = "và") -> str:
    """ "A, B và C"; past six names the rest are counted."""
    named = list(names)
    if len(named) > _NAMED:
        return f"{', '.join(named[:_NAMED])} và {len(named) - _NAMED} nơi khác"
    return f"{', '.join(named[:-1])} {last} {named[-1]}" if len(named) > 1 else "".join(named)
