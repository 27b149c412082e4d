"""The text a reader of a web page sees: blocks as lines, table rows as cells, no scripts or menus."""

from html.parser import HTMLParser


def _names(names: str) -> frozenset[str]:
    return frozenset(names.split())


_BLOCKS = _names(
    """
    address article aside blockquote br caption dd div dl dt figcaption figure h1 h2 h3 h4 h5 h6 header
    hr li main ol p pre section table tbody thead tfoot tr ul
    """
)
_UNSEEN = frozenset(
    ("script", "style", "noscript", "template", "svg", "nav", "footer", "form", "button", "head")
)
_VOID = frozenset(("br", "hr", "img", "input", "meta", "link", "wbr"))


class _VisibleText(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.lines: list[str] = [""]
        self._unseen = 0
        self._items: list[int | None] = []
        self._cells = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _UNSEEN:
            self._unseen += 1
        elif tag in _BLOCKS:
            self._break()
        if tag in ("ul", "ol"):
            self._items.append(0 if tag == "ol" else None)
        elif tag == "li" and self._items:
            count = self._items[-1]
            if count is None:
                self.lines[-1] += "- "
            else:
                self._items[-1] = count + 1
                self.lines[-1] += f"{count + 1}. "
        elif tag == "tr":
            self._cells = 0
        elif tag in ("td", "th"):
            self.lines[-1] += " | " if self._cells else ""
            self._cells += 1

    def handle_endtag(self, tag: str) -> None:
        if tag in _UNSEEN:
            self._unseen = max(0, self._unseen - 1)
        elif tag in _BLOCKS and tag not in _VOID:
            self._break()
        if tag in ("ul", "ol") and self._items:
            self._items.pop()

    def handle_data(self, data: str) -> None:
        if not self._unseen:
            space = " " if data[:1].isspace() else ""
            tail = " " if data[-1:].isspace() and data.strip() else ""
            self.lines[-1] += space + " ".join(data.split()) + tail

    def _break(self) -> None:
        # Paragraphs inside a cell stay on the line of their row.
        if self._cells and self.lines[-1].strip():
            self.lines[-1] += " "
            return
        if self.lines[-1].strip():
            self.lines.append("")


class _Rows(_VisibleText):
    """As above, closing the line of a row when the row ends."""

    def handle_endtag(self, tag: str) -> None:
        if tag == "tr":
            self._cells = 0
        super().handle_endtag(tag)


def visible_text(markup: str) -> str:
    """The visible text of a page, one line a block."""
    parser = _Rows()
    parser.feed(markup)
    parser.close()
    return "\n".join(" ".join(line.split()) for line in parser.lines if line.strip())
