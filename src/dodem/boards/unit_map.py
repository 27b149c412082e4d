"""The block of the board that shows one indicator at every commune: map, legend, the five worst."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from dodem.boards import outlines
from dodem.boards.book import Book
from dodem.boards.comparing import comparable, in_words, out_of, worst_first
from dodem.boards.outlines import Painted
from dodem.boards.scales import FIRST, SCALES
from dodem.indicators.figures import Figure
from dodem.indicators.queries import indicator_list
from dodem.pages import hexmap
from dodem.pages.formats import number
from dodem.pages.ramps import LegendRow
from dodem.registers.words import in_language
from dodem.units.models import Unit
from dodem.vietnam.units import tiles

UID = "map"
WORST = 5


@dataclass(frozen=True)
class Asked:
    """Which indicator colours the map, and whether true outlines are wanted instead of tiles."""

    colour: str = FIRST
    true_outlines: bool = False

    @classmethod
    def of(cls, *, colour: str, view: str) -> Asked:
        """From an address; what is unknown there falls back."""
        return cls(colour if colour in SCALES else FIRST, view == "that")


@dataclass(frozen=True)
class UnitMap:
    """``few`` and ``unknown`` units are hatched: too few cases for a share, or no figure at all. ``first`` is
    the unit read out before one is pointed at. ``views``: (words, address, is current), empty without
    outlines.
    """

    code: str
    title: str
    choices: Sequence[tuple[str, str]]
    views: Sequence[tuple[str, str, bool]]
    shows_outlines: bool
    drawing: SafeString
    legend: Sequence[LegendRow]
    few: int
    unknown: int
    first: tuple[str, str]
    worst: Sequence[Figure]
    city: Figure | None
    known: int
    count: int

    @property
    def hatched(self) -> int:
        return self.few + self.unknown

    @property
    def city_value(self) -> Decimal | None:
        return comparable(self.city)

    @property
    def is_share(self) -> bool:
        return any(one.denominator is not None for one in self.worst)


def unit_map(book: Book, communes: Sequence[Unit], asked: Asked, *, city: str) -> UnitMap:
    """The block for one indicator. One query; two more where outlines are drawn."""
    scale = SCALES[asked.colour]
    figures = {unit.code: book.figure(asked.colour, unit.code) for unit in communes}
    values = [comparable(one) for one in figures.values()]
    ranked = worst_first(one for one in figures.values() if one)
    ranks = ranks_of(ranked)
    painted = [
        Painted(
            code=unit.code,
            name=unit.display_name,
            fill=scale.ramp.fill(comparable(figures[unit.code])),
            says=says(figures[unit.code], ranks.get(unit.code), len(ranked)),
            href=reverse("boards:unit", args=[unit.code]),
        )
        for unit in communes
    ]
    worst = ranked[0].unit.code if ranked else ""
    titles = choices()
    title = dict(titles)[asked.colour]
    imported = outlines.imported_at()
    label = _("Bản đồ đơn vị, tô theo: %(title)s") % {"title": title}
    if imported and asked.true_outlines:
        drawing = outlines.outline_map(
            outlines.drawn(imported=imported), painted, label=label, highlight=worst, uid=UID
        )
    else:
        drawing = hexmap.hexmap(cells(painted), label=label, highlight=worst, uid=UID)
    return UnitMap(
        code=asked.colour,
        title=title,
        choices=titles,
        views=views(asked) if imported else [],
        shows_outlines=bool(imported and asked.true_outlines),
        drawing=drawing,
        legend=scale.ramp.legend(values, show=scale.show),
        few=sum(
            one is not None and one.value is not None and comparable(one) is None for one in figures.values()
        ),
        unknown=sum(one is None or one.value is None for one in figures.values()),
        first=next(((one.name, one.says) for one in painted if one.code == worst), ("", "")),
        worst=ranked[:WORST],
        city=book.figure(asked.colour, city),
        known=len(ranked),
        count=len(communes),
    )


def cells(painted: Sequence[Painted]) -> list[hexmap.Cell]:
    """The tiles of the units that have one."""
    by_code = {one.code: one for one in painted}
    return [
        hexmap.Cell(tile=tile, name=one.name, fill=one.fill, says=one.says, href=one.href)
        for tile in tiles()
        if (one := by_code.get(tile.code))
    ]


def views(asked: Asked) -> list[tuple[str, str, bool]]:
    here = f"{reverse('boards:leader')}?chi-so={asked.colour}"
    return [
        (_("Ô bằng nhau"), f"{here}#ban-do", not asked.true_outlines),
        (_("Bản đồ thật"), f"{here}&ban-do=that#ban-do", asked.true_outlines),
    ]


def choices() -> list[tuple[str, str]]:
    """(code, title) of what the map can show, in the order of SCALES."""
    titles = {one.code: in_language(one.title) for one in indicator_list()}
    return [(code, titles[code]) for code in SCALES if code in titles]


def ranks_of(worst_first: Sequence[Figure]) -> dict[str, int]:
    """Rank by unit, 1 the best; equals share the better rank."""
    best: dict[Decimal | None, int] = {}
    for rank, one in enumerate(reversed(worst_first), start=1):
        best.setdefault(one.known, rank)
    return {one.unit.code: best[one.known] for one in worst_first}


def says(figure: Figure | None, rank: int | None, among: int) -> str:
    """ "94,4% (212/225), hạng 12/165"; "ít (3/4)"; "chưa có số". Rank 1 is the best."""
    words = in_words(figure)
    if figure and figure.value is not None and (parts := out_of(figure)):
        words = f"{words} ({parts})"
    if rank is None:
        return words
    place = _("hạng %(rank)s/%(among)s") % {"rank": number(rank), "among": number(among)}
    return f"{words}, {place}"
