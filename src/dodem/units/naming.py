"""How a unit's names become the keys that lists sort by and search finds. Pure."""

from collections.abc import Iterable

from dodem.vietnam.text import fold, nfc, sort_key

COMMUNE_PREFIXES = ("Phường ", "Xã ", "Đặc khu ", "Thị trấn ", "Huyện ")


def short_of(name: str) -> str:
    """ "Phường Sài Gòn" gives "Sài Gòn"; a numbered unit ("Phường 9") and any other name stay whole."""
    for prefix in COMMUNE_PREFIXES:
        rest = name.removeprefix(prefix)
        if rest != name and not rest[0].isdigit():
            return rest
    return name


def order_key(*, name: str, short_name: str) -> str:
    """Sorts "Phường An Đông" among the A's, and "Sở Tư pháp" by its whole name, as a Vietnamese list does."""
    return sort_key(f"{short_name} {name}" if name.endswith(short_name) else name)


def search_key(names: Iterable[str]) -> str:
    """Every name once, folded, between bars: "|phuong sai gon|sai gon|"."""
    folded = dict.fromkeys(key for key in map(fold, names) if key)
    return "|" + "|".join(folded) + "|" if folded else ""


def clean(text: str) -> str:
    """NFC, with runs of white space as one space."""
    return " ".join(nfc(text).split())
