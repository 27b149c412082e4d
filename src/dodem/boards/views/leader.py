"""The leader's board, and its map by itself when only the colour changes."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_GET

from dodem.access.roles import Permission
from dodem.access.rules import can
from dodem.access.web import needs
from dodem.boards.leader import board_map, leader_board
from dodem.boards.unit_map import Asked
from dodem.pages.parts import render_page, wants

MAP = "ban-do"  # id of the block that htmx redraws


@needs(Permission.BOARD_SEE)
@require_GET
def leader(request: HttpRequest) -> HttpResponse:
    now = timezone.now()
    asked = Asked.of(colour=request.GET.get("chi-so", ""), view=request.GET.get("ban-do", ""))
    context: dict[str, object] = {"nav": "board"}
    if wants(request, MAP):
        context["map"] = board_map(map_asked=asked, now=now)
    else:
        board = leader_board(request.user, map_asked=asked, now=now)  # type: ignore[arg-type]
        context |= {
            "board": board,
            "map": board.map,
            "may_deliver": bool(can(request.user, Permission.SOURCE_DELIVER)),
            "may_review": bool(can(request.user, Permission.DIRECTIVE_REVIEW)),
            "may_see_tasks": bool(can(request.user, Permission.TASK_SEE)),
        }
    return render_page(request, "boards/leader.html", context, parts={MAP: "map"})
