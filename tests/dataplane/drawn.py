"""Tables drawn in a test: a header, a rule, rows; cells between bars, a dash for missing."""

from __future__ import annotations


def rows(drawing: str) -> list[dict[str, str]]:
    lines = [line.strip() for line in drawing.strip().splitlines() if line.strip()]
    names = [cell.strip() for cell in lines[0].split("|")]
    found = []
    for line in lines[1:]:
        if set(line) <= set("-+| "):
            continue
        cells = [cell.strip() for cell in line.split("|")]
        found.append({name: "" if cell == "-" else cell for name, cell in zip(names, cells, strict=True)})
    return found
