"""What the gallery page shows: each component with made-up content, some of it drawn from a fixed seed."""

import re
from datetime import datetime, timedelta
from pathlib import Path
from random import Random
from typing import Any

from django import forms
from django.contrib.staticfiles import finders
from django.core.paginator import Paginator
from django.utils import timezone

from dodem.pages import charts, formats, hexmap, lines
from dodem.pages.charts import Beat, Column, Part
from dodem.pages.ramps import Bad, Ramp
from dodem.vietnam import units

ON_TIME = Ramp(limits=(85, 90, 93, 96), bad=Bad.LOW)


class ExampleForm(forms.Form):
    title = forms.CharField(
        label="Nội dung", help_text="Viết như đang kể: cái gì, từ bao giờ.", max_length=120
    )
    due_on = forms.DateField(
        label="Hạn hoàn thành", error_messages={"required": "Câu gốc không ghi hạn: chọn một ngày"}
    )
    kind = forms.ChoiceField(
        label="Việc gì", choices=[("road", "Đường, vỉa hè"), ("light", "Đèn, điện")], widget=forms.RadioSelect
    )
    evidence = forms.FileField(label="Bằng chứng", required=False, help_text="PDF, ảnh, XLSX, tối đa 20 MB.")
    public = forms.BooleanField(label="Cho mọi người cùng xem, không hiện tên", required=False)


def gallery_context() -> dict[str, Any]:
    """Everything ``pages/gallery.html`` needs. The same on every call but for today's date."""
    chance = Random(79)  # noqa: S311 (made-up content, not a secret)
    rates = {tile.code: round(min(chance.gauss(93.5, 3.4), 99.6), 1) for tile in units.tiles()}
    unknown = chance.sample(sorted(rates), 3)
    names = {commune.code: commune.name for commune in units.communes()}
    cells = [
        _cell(tile, names[tile.code], None if tile.code in unknown else rates[tile.code])
        for tile in units.tiles()
    ]
    worst = min((code for code in rates if code not in unknown), key=lambda code: rates[code])
    weeks = [round(88 + week * 0.55 + chance.uniform(-0.8, 0.8), 1) for week in range(12)]
    now = timezone.now()
    return {
        "now": now,
        "today": timezone.localdate(),
        "statuses": [
            ("late", "Quá hạn"),
            ("risk", "Sắp hạn"),
            ("ok", "Đúng tiến độ"),
            ("done", "Hoàn thành đúng hạn"),
            ("done-late", "Hoàn thành trễ"),
            ("none", "Chưa có số"),
        ],
        "parts": [
            Part(148, "done", "Hoàn thành đúng hạn"),
            Part(21, "done-late", "Hoàn thành trễ"),
            Part(287, "ok", "Đúng tiến độ"),
            Part(78, "risk", "Sắp hạn"),
            Part(18, "late", "Quá hạn"),
        ],
        "weeks": weeks,
        "broken": [*weeks[:4], None, None, *weeks[6:]],
        "week_line": lines.line(
            weeks,
            label=f"Đúng hạn 12 tuần, tuần này {formats.percent(weeks[-1])}",
            axis=lines.scale(weeks, [95], cut_at=100),
            names=["tuần 6", "tuần 11", "tuần 17"],
            show=lambda value: formats.percent(value, 0) if value == int(value) else formats.percent(value),
            target=[95] * 12,
            target_name="mục tiêu 95%",
            small=True,
        ),
        "budget_line": lines.line(
            [week * 0.75 for week in range(16)],
            label="Giải ngân luỹ kế 16 tuần so lộ trình",
            axis=lines.Scale((0, 20, 40, 60)),
            names=["01/01", "01/03", "01/05", "30/06"],
            show=lambda value: formats.percent(value, 0),
            target=[week * 2.2 for week in range(26)],
            target_name="lộ trình",
            slots=26,
            filled=True,
            small=True,
        ),
        "peer_strip": charts.strip(
            [rates[code] for code in sorted(rates)[:24]],
            95.6,
            label="Đúng hạn 95,6%, trung vị nhóm 93,4%",
            low=85,
            high=100,
            median=93.4,
        ),
        "beats": [chance.choices(list(Beat), weights=(8, 2, 1))[0] for _ in range(30)],
        "columns": [
            Column(f"T{day}", count, href="#cot", highlight=count > 25)
            for day, count in zip(range(2, 8), (6, 14, 1, 0, 20, 33), strict=True)
        ],
        "map": hexmap.hexmap(cells, label="Bản đồ 168 đơn vị, số mẫu", highlight=worst),
        "map_legend": ON_TIME.legend(
            (rates[code] for code in rates if code not in unknown),
            show=lambda limit: formats.percent(limit, 0),
        ),
        "map_unknown": len(unknown),
        "map_worst": names[worst],
        "map_worst_says": f"{formats.percent(rates[worst])} đúng hạn",
        "crumbs": [("Nhiệm vụ", "#"), ("Đề án 204", "#"), ("NV-2026-0142", None)],
        "tabs": [
            ("Việc của tôi", 12, "#", True),
            ("Cả phường", 1047, "#", False),
            ("Đã đóng", None, "#", False),
        ],
        "steps": [("Đã nhận", "done"), ("Đang xử lý", "now"), ("Trả lời", "")],
        "entries": _entries(now),
        "files": [
            {
                "name": "Biên bản nghiệm thu, gói 3.pdf",
                "url": "#",
                "who": "Phường Bình Dương",
                "at": now - timedelta(days=1),
                "size": 1_468_006,
                "sha256": "4be1" + "0" * 56 + "90c2",
                "grade": "reconciled",
            }
        ],
        "reds": [
            {
                "status": "late",
                "title": "Hoàn tất phân bổ vốn khoa học, công nghệ",
                "url": "#",
                "where": "Sở Tài chính.",
                "ask": "9 đơn vị chưa gửi danh mục; cần quyết: thu hồi hay gia hạn.",
                "due": "Quá 72 ngày",
                "due_note": "hạn đầu tháng 2",
            },
            {
                "status": "none",
                "title": "Triển khai cơ chế thử nghiệm có kiểm soát",
                "url": "#",
                "where": "Sở Khoa học và Công nghệ.",
                "ask": "Câu gốc ghi “sớm”; cần ấn định hạn.",
                "due": "Chưa có hạn",
                "due_note": "giao 14/01",
            },
        ],
        "operands": [
            ("", "39.683", "hồ sơ trả đúng hạn", "#"),
            ("÷", "41.208", "hồ sơ đến hạn trong tuần", "#"),
            ("=", "96,3%", "làm tròn một số lẻ", ""),
        ],
        "form": ExampleForm(),
        "wrong_form": ExampleForm({"title": "Hẻm ngập", "due_on": ""}, auto_id="wrong_%s"),
        "page": Paginator(range(2318), 50).page(3),
        "icons": _icons(),
    }


def _cell(tile: units.Tile, name: str, rate: float | None) -> hexmap.Cell:
    says = "chưa có số" if rate is None else f"{formats.percent(rate)} đúng hạn"
    return hexmap.Cell(tile=tile, name=name, fill=ON_TIME.fill(rate), says=says, href="#ban-do")


def _entries(now: datetime) -> list[dict[str, Any]]:
    return [
        {"at": now + timedelta(days=7), "status": "none", "title": "Hạn hoàn thành", "future": True},
        {
            "at": now - timedelta(hours=2),
            "status": "ok",
            "title": "Cập nhật 151/168 đơn vị",
            "detail": "Sở KH&CN",
        },
        {
            "at": now - timedelta(days=8),
            "status": "done",
            "title": "Xác nhận từ văn bản",
            "detail": "Văn phòng",
        },
    ]


def _icons() -> list[str]:
    """Names of every icon in the sprite, as the tag takes them."""
    sprite = Path(str(finders.find("icons.svg"))).read_text(encoding="utf-8")
    return re.findall(r'id="i-([\w-]+)"', sprite)
