"""Colours can be read: contrast by the WCAG formula, in light and dark, from the tokens themselves."""

import re
from pathlib import Path

import pytest

import dodem

STATIC = Path(dodem.__file__).parent / "static"
TOKENS = (STATIC / "tokens.css").read_text(encoding="utf-8")


def theme(selector):
    block = TOKENS.split(selector + " {", 1)[1].split("\n  }", 1)[0]
    return dict(re.findall(r"(--[\w-]+):\s*(#[0-9a-f]{3,6})\b", block))


LIGHT = theme(":root")
THEMES = {"light": LIGHT, "dark": LIGHT | theme(':root[data-theme="dark"]')}


def luminance(colour):
    digits = colour[1:] if len(colour) == 7 else "".join(c * 2 for c in colour[1:])
    channels = [int(digits[i : i + 2], 16) / 255 for i in (0, 2, 4)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one, other):
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def test_the_formula_gives_the_known_ends():
    assert contrast("#000", "#fff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)


TEXT = [
    ("--ink", "--paper", 12), ("--ink-2", "--paper", 7), ("--ink-3", "--paper", 4.5),
    ("--ink-3", "--surface", 4.5), ("--link", "--paper", 4.5), ("--link", "--hover", 4.5),
    ("--on-accent", "--accent", 4.5), ("--on-bar", "--bar", 7),
    ("--on-bar-2", "--bar", 4.5), ("--ink", "--mark-2", 4.5), ("--ink", "--selected", 7),
    *[(f"--{kind}-t", "--paper", 6) for kind in ("late", "risk", "ok", "done", "none")],
    *[(f"--{kind}-t", "--surface", 6) for kind in ("late", "risk", "ok", "done", "none")],
    *[(f"--{kind}-t", f"--{kind}-b", 4.5) for kind in ("late", "risk", "ok", "done", "none")],
    *[("--ink", f"--{kind}-b", 7) for kind in ("late", "risk", "ok", "done", "none")],
    *[(f"--{ramp}-on-{step}", f"--{ramp}-{step}", 3.8) for ramp in ("seq", "heat") for step in range(1, 6)],
    ("--risk-on", "--risk-s", 4.5), ("--surface", "--done-s", 4.5), ("--surface", "--late-s", 4.5),
    ("--surface", "--ok-s", 4.4),
]  # fmt: skip

SHAPES = [
    ("--control", "--surface", 3),
    ("--focus", "--paper", 3),
    ("--late-s", "--paper", 3),
    ("--ok-s", "--paper", 3),
]


@pytest.mark.parametrize("name", THEMES)
@pytest.mark.parametrize(("front", "back", "least"), [*TEXT, *SHAPES])
def test_text_and_shapes_stand_out_from_what_lies_under_them(name, front, back, least):
    tokens = THEMES[name]
    assert contrast(tokens[front], tokens[back]) >= least


@pytest.mark.parametrize("path", sorted(STATIC.glob("*.css")), ids=lambda path: path.name)
def test_the_styles_keep_to_what_the_oldest_supported_browsers_know(path):
    """Chrome 109, Firefox ESR 115, Safari 15.6: no nesting, colour mixing or other late arrivals."""
    css = re.sub(r"/\*.*?\*/", "", path.read_text(encoding="utf-8"), flags=re.DOTALL)
    assert not re.search(
        r"color-mix\(|light-dark\(|@scope|subgrid|oklch\(|:popover-open|@starting-style|(?<!-)\b&", css
    )
    assert "@import" not in css
    assert not re.search(r"url\((?!fonts/)", css)


def test_every_token_that_is_used_is_defined():
    defined = set(re.findall(r"(--[\w-]+)\s*:", TOKENS))
    for path in STATIC.glob("*.css"):
        used = set(re.findall(r"var\((--[\w-]+)", path.read_text(encoding="utf-8")))
        assert used <= defined, (path.name, used - defined)


def test_the_styles_close_every_block_they_open():
    for path in STATIC.glob("*.css"):
        css = re.sub(r"/\*.*?\*/", "", path.read_text(encoding="utf-8"), flags=re.DOTALL)
        assert css.count("{") == css.count("}"), path.name
