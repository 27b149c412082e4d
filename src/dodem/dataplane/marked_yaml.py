"""Read YAML so that every complaint can name the file and the line.

A `Sheet` is one mapping. Its keys are taken one by one by the type they should have; `finish` refuses what
was not taken, so a misspelt key is an error and never a silent default.
"""

from __future__ import annotations

import difflib
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

import yaml

from dodem.vietnam.errors import UserError

# libyaml reads twenty files in a tenth of the time; every process that starts reads them.
LOADER: type[yaml.SafeLoader] | type[yaml.CSafeLoader] = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class DefinitionError(UserError):
    """A definition that cannot be used: says file, line, what is wrong and what to write instead."""

    def __init__(self, message: str, *, origin: str, line: int) -> None:
        super().__init__(f"{origin}, dòng {line}: {message}")
        self.origin, self.line = origin, line


@dataclass(frozen=True, slots=True)
class Words:
    """One text in the two languages of the product."""

    vi: str
    en: str

    def in_language(self, language: str) -> str:
        return self.en if language == "en" else self.vi


@dataclass(frozen=True, slots=True)
class Located:
    """A piece of text and the line of the file it starts on."""

    text: str
    line: int


class Sheet:
    """One YAML mapping under reading."""

    def __init__(self, node: yaml.MappingNode, *, origin: str) -> None:
        self._origin = origin
        self.line = node.start_mark.line + 1
        self._left: dict[str, yaml.Node] = {}
        self._taken: list[str] = []
        for key, value in node.value:
            name = str(key.value)
            if name in self._left:
                raise self.error(f"mục “{name}” viết hai lần; hãy bỏ một.", line=key.start_mark.line + 1)
            self._left[name] = value

    def error(self, message: str, *, line: int | None = None) -> DefinitionError:
        return DefinitionError(message, origin=self._origin, line=line or self.line)

    def has(self, key: str) -> bool:
        return key in self._left

    def peek(self, key: str) -> str:
        """The scalar under `key` without taking it; empty when there is none."""
        node = self._left.get(key)
        return str(node.value) if isinstance(node, yaml.ScalarNode) else ""

    def text(self, key: str, *, default: str | None = None) -> str:
        return self.located(key, default=default).text

    def located(self, key: str, *, default: str | None = None) -> Located:
        if default is not None and not self.has(key):
            return Located(default, self.line)
        node = self._take(key)
        if not isinstance(node, yaml.ScalarNode) or not node.value.strip():
            raise self.error(f"“{key}” phải là một đoạn chữ.", line=_line(node))
        # A folded block starts on the line after its marker.
        return Located(node.value.strip(), _line(node) + (1 if node.style in {">", "|"} else 0))

    def one_of(self, key: str, allowed: Collection[str], *, default: str | None = None) -> str:
        if default is not None and not self.has(key):
            return default
        node = self._left.get(key)
        value = self.text(key)
        if value not in allowed:
            assert node is not None
            raise self.error(
                f"“{key}: {value}” không dùng được; hãy chọn một trong: {', '.join(sorted(allowed))}.",
                line=_line(node),
            )
        return value

    def whole(self, key: str, *, default: int | None = None) -> int:
        if default is not None and not self.has(key):
            return default
        node = self._take(key)
        try:
            return int(str(node.value))
        except ValueError:
            raise self.error(f"“{key}” phải là một số nguyên.", line=_line(node)) from None

    def flag(self, key: str, *, default: bool) -> bool:
        if not self.has(key):
            return default
        node = self._take(key)
        if node.value not in {"true", "false"}:
            raise self.error(f"“{key}” phải là true hoặc false.", line=_line(node))
        return bool(node.value == "true")

    def day(self, key: str) -> date:
        node = self._take(key)
        try:
            return date.fromisoformat(str(node.value))
        except ValueError:
            raise self.error(f"“{key}” phải là một ngày viết như 2026-11-22.", line=_line(node)) from None

    def texts(self, key: str) -> tuple[str, ...]:
        """A list of texts; absent means empty."""
        if not self.has(key):
            return ()
        node = self._take(key)
        if not isinstance(node, yaml.SequenceNode) or any(
            not isinstance(item, yaml.ScalarNode) for item in node.value
        ):
            raise self.error(f"“{key}” phải là một danh sách, ví dụ [a, b].", line=_line(node))
        return tuple(str(item.value) for item in node.value)

    def words(self, key: str) -> Words:
        inner = self.sheet(key)
        both = Words(vi=inner.text("vi"), en=inner.text("en"))
        inner.finish()
        return both

    def sheet(self, key: str) -> Sheet:
        return self._as_sheet(self._take(key), key)

    def sheets(self, key: str) -> tuple[Sheet, ...]:
        """A list of mappings; absent means empty."""
        if not self.has(key):
            return ()
        node = self._take(key)
        if not isinstance(node, yaml.SequenceNode):
            raise self.error(f"“{key}” phải là một danh sách.", line=_line(node))
        return tuple(self._as_sheet(item, key) for item in node.value)

    def finish(self) -> None:
        """Refuse keys that nobody took."""
        for name, node in self._left.items():
            near = difflib.get_close_matches(name, self._taken, n=1)
            hint = f" Có phải ý là “{near[0]}”?" if near else ""
            raise self.error(f"không có mục nào tên “{name}”.{hint}", line=_line(node))

    def _take(self, key: str) -> yaml.Node:
        if key not in self._left:
            raise self.error(f"thiếu mục “{key}”.")
        self._taken.append(key)
        return self._left.pop(key)

    def _as_sheet(self, node: yaml.Node, key: str) -> Sheet:
        if not isinstance(node, yaml.MappingNode):
            raise self.error(f"“{key}” phải gồm các mục con dạng “tên: giá trị”.", line=_line(node))
        return Sheet(node, origin=self._origin)


def read_sheet(text: str, *, origin: str) -> Sheet:
    """Read one YAML document that is a mapping. Raises DefinitionError, also for YAML that does not parse."""
    try:
        node = yaml.compose(text, Loader=LOADER)
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        raise DefinitionError(
            f"không đọc được YAML ({error.problem}); hãy xem lại thụt lề và dấu nháy.",
            origin=origin,
            line=line,
        ) from error
    if not isinstance(node, yaml.MappingNode):
        raise DefinitionError(
            "tệp phải gồm các mục dạng “tên: giá trị”, bắt đầu bằng “code: …”.", origin=origin, line=1
        )
    return Sheet(node, origin=origin)


def _line(node: yaml.Node) -> int:
    return int(node.start_mark.line) + 1
