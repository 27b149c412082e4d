"""A cell's text, tidied and read as its field's type, written as DuckDB SQL.

A shape is pinned by a pattern before any cast: lax casts read the same text differently from engine to
engine. Text that has no such shape, or names a day that does not exist, is read as missing.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType

from dodem.dataplane.vocabulary import FieldType

Write = Callable[[str], str]  # from the SQL of a text to the SQL of what it becomes

_UNSEEN = r"\x{00AD}\x{200B}-\x{200F}\x{FEFF}"
# Stray space, or anything but ASCII and the composed Latin letters, which NFC leaves alone.
_UNTIDY = r"^ |  | $|[^ -~\x{00C0}-\x{02FF}\x{1E00}-\x{1EFF}]"

_DAY_FIRST = r"\d{1,2}/\d{1,2}/\d{4}"
_YEAR_FIRST = r"\d{4}-\d{2}-\d{2}"
_SECONDS = r"\d{2}:\d{2}:\d{2}(\.\d+)?"
_ZONE = r"(Z|[+-]\d{2}:\d{2})"


def tidy(text: str) -> str:
    """NFC, unseen characters dropped, every run of space one space, none outside; empty is missing.

    One cheap test comes before the work: most cells are tidy as they stand.
    """
    squeezed = (
        f"regexp_replace(regexp_replace(nfc_normalize({text}), '[{_UNSEEN}]', '', 'g'), "
        r"'[\s\x{00A0}]+', ' ', 'g')"
    )
    return (
        f"CASE WHEN {text} = '' THEN NULL WHEN NOT regexp_matches({text}, '{_UNTIDY}') THEN {text} "
        f"ELSE nullif(trim({squeezed}), '') END"
    )


STEPS: Mapping[str, Write] = MappingProxyType(
    {
        "upper": "upper({})".format,
        "lower": "lower({})".format,
        "drop_spaces": "nullif(replace({}, ' ', ''), '')".format,
        "digits_only": "nullif(regexp_replace({}, '[^0-9]', '', 'g'), '')".format,
        "dash_is_missing": (
            "CASE WHEN lower({0}) IN ('-', '–', '—', 'n/a', 'null', 'không có') THEN NULL ELSE {0} END".format
        ),
    }
)


def _by_shape(*cases: tuple[str, str]) -> Write:
    """The first pattern that fits the whole text says how it is read; @ stands for the text."""

    def write(text: str) -> str:
        whens = (
            f"WHEN regexp_full_match({text}, '{shape}') THEN {reading.replace('@', text)}"
            for shape, reading in cases
        )
        return f"CASE {' '.join(whens)} END"

    return write


_DATE = _by_shape(
    (_YEAR_FIRST, "try_cast(@ AS DATE)"),
    (
        rf"{_DAY_FIRST}( \d{{1,2}}:\d{{2}}(:\d{{2}})?)?",
        "CAST(try_strptime(split_part(@, ' ', 1), '%d/%m/%Y') AS DATE)",
    ),
    (r"\d{1,2}-\d{1,2}-\d{4}", "CAST(try_strptime(@, '%d-%m-%Y') AS DATE)"),
    (rf"{_YEAR_FIRST}[ T](\d{{2}}:\d{{2}}|{_SECONDS})", "try_cast(left(@, 10) AS DATE)"),
    (rf"{_YEAR_FIRST}[ T]{_SECONDS}{_ZONE}", "CAST(try_cast(@ AS TIMESTAMPTZ) AS DATE)"),
)

# Kept as wall time in Asia/Ho_Chi_Minh, which has had no clock changes since 1975.
_DATETIME = _by_shape(
    (rf"{_YEAR_FIRST}([ T](\d{{2}}:\d{{2}}|{_SECONDS}))?", "try_cast(@ AS TIMESTAMP)"),
    (rf"{_YEAR_FIRST}[ T]{_SECONDS}{_ZONE}", "CAST(try_cast(@ AS TIMESTAMPTZ) AS TIMESTAMP)"),
    (rf"{_DAY_FIRST} \d{{1,2}}:\d{{2}}:\d{{2}}", "try_strptime(@, '%d/%m/%Y %H:%M:%S')"),
    (rf"{_DAY_FIRST} \d{{1,2}}:\d{{2}}", "try_strptime(@, '%d/%m/%Y %H:%M')"),
    (_DAY_FIRST, "try_strptime(@, '%d/%m/%Y')"),
)

# 1.234.567 and 1,234,567 are grouped thousands; a single group such as 1.234 is read the same way.
_INTEGER = _by_shape(
    (r"-?\d{1,18}", "try_cast(@ AS BIGINT)"),
    (
        r"-?\d{1,3}((\.\d{3}){1,5}|(,\d{3}){1,5})",
        "try_cast(replace(replace(@, '.', ''), ',', '') AS BIGINT)",
    ),
)

_LIST = (
    "list_filter(list_transform(string_split({}, '|'), lambda one: trim(one)), lambda one: one <> '')"
).format

# Choice, unit and yes/no are read through a dictionary of distinct values instead (see ``dictionaries``).
READ_AS: Mapping[FieldType, Write] = MappingProxyType(
    {
        FieldType.TEXT: str,
        FieldType.CODE: str,
        FieldType.DATE: _DATE,
        FieldType.DATETIME: _DATETIME,
        FieldType.INTEGER: _INTEGER,
        FieldType.MONEY: _INTEGER,
        FieldType.LIST: _LIST,
    }
)
