"""Papers: the list, taking one in, reading one with its tasks marked, its file as received."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core import signing
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import Count, OuterRef, Subquery
from django.db.models.functions import Coalesce
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from dodem.access.roles import Permission
from dodem.access.uploads import was_too_large
from dodem.access.web import needs
from dodem.directives import actions, files
from dodem.directives.actions.directives import IssueDateUnknown
from dodem.directives.forms import DirectiveForm
from dodem.directives.marking import Mark, lay_out
from dodem.directives.models import Directive, Draft, Task
from dodem.directives.models.reach import sees_all
from dodem.directives.views import load
from dodem.directives.views.load import who
from dodem.directives.wording import status_of
from dodem.vietnam.errors import UserError

PAGE = 30
KEPT = signing.Signer(salt="directives.kept")


@needs(Permission.DIRECTIVE_SEE)
@require_GET
def directives(request: HttpRequest) -> HttpResponse:
    query = request.GET.get("q", "").strip()
    waiting = Draft.objects.waiting().filter(directive=OuterRef("pk")).order_by().values("directive")
    tasks = (
        Task.objects.visible_to(who(request)).filter(directive=OuterRef("pk")).order_by().values("directive")
    )
    rows = (
        Directive.objects.visible_to(who(request))
        .matching(query)
        .defer("text")
        .annotate(
            waiting=Coalesce(Subquery(waiting.annotate(count=Count("pk")).values("count")), 0),
            assigned=Coalesce(Subquery(tasks.annotate(count=Count("pk")).values("count")), 0),
        )
        .order_by("-issued_on", "-pk")
    )
    may_review = sees_all(who(request), Permission.DIRECTIVE_REVIEW)
    if request.GET.get("cho") and may_review:
        rows = rows.filter(waiting__gt=0)
    page = Paginator(rows, PAGE).get_page(request.GET.get("page"))
    context = {"nav": "directive", "page": page, "query": query, "may_review": may_review}
    return render(request, "directives/directives.html", context)


@needs(Permission.DIRECTIVE_REVIEW)
@require_http_methods(["GET", "POST"])
def add(request: HttpRequest) -> HttpResponse:
    if not sees_all(who(request), Permission.DIRECTIVE_REVIEW):
        raise PermissionDenied(_("Văn bản chỉ đạo được đưa vào và rà soát ở cấp thành phố."))
    if request.method == "GET":
        return render(request, "directives/add.html", {"nav": "directive", "form": DirectiveForm()})
    form = DirectiveForm(request.POST, request.FILES)
    if was_too_large(request):
        form.add_error(
            "file", _("Tệp quá lớn. Văn bản chỉ đạo thường dưới 20 MB: hãy nén lại hoặc dán phần chữ.")
        )
    kept = None
    if form.is_valid():
        try:
            content, filename, kept = _received(form.cleaned_data)
            added = actions.add_directive(
                content=content,
                filename=filename,
                by=who(request),
                at=timezone.now(),
                **{
                    name: form.cleaned_data[name]
                    for name in ("issued_on", "document_number", "kind", "issuer", "title", "source_url")
                },
            )
        except IssueDateUnknown as error:
            form.add_error("issued_on", str(error))
            kept = kept or _keep(content, filename)
        except UserError as error:
            form.add_error(None, str(error))
        else:
            _say_added(request, added)
            return redirect("directives:review", pk=added.directive.pk)
    context = {"nav": "directive", "form": form, "kept": kept}
    return render(request, "directives/add.html", context, status=422)


def _received(data: dict[str, Any]) -> tuple[bytes, str, dict[str, str] | None]:
    """The bytes, their name, and the token of a file that an earlier try had brought."""
    if data["text"]:
        return data["text"].encode(), "van-ban-dan.txt", None
    if data["file"]:
        return data["file"].read(), data["file"].name, None
    try:
        sha256, name = KEPT.unsign(data["kept"]).split("/", 1)
        return files.path_of(sha256).read_bytes(), name, {"token": data["kept"], "name": name}
    except (signing.BadSignature, OSError) as error:
        raise UserError(_("Không còn giữ tệp đã gửi. Hãy chọn lại tệp.")) from error


def _keep(content: bytes, filename: str) -> dict[str, str] | None:
    """Keep an uploaded file for the next try, so that it need not be chosen again."""
    if filename == "van-ban-dan.txt":
        return None
    kept = files.keep([content], name=filename)
    return {"token": KEPT.sign(f"{kept.sha256}/{kept.name}"), "name": kept.name}


def _say_added(request: HttpRequest, added: actions.Added) -> None:
    if not added.is_new:
        day = timezone.localtime(added.directive.added_at)
        messages.info(
            request,
            _("Văn bản này đã được đưa vào ngày %(day)s. Đây là bản đã có, không tạo bản mới.")
            % {"day": f"{day:%d/%m/%Y}"},
        )
        return
    count = added.directive.drafts.count()
    if count:
        messages.success(
            request, _("Đã đọc văn bản và đề xuất %(count)d nhiệm vụ. Chưa giao việc nào.") % {"count": count}
        )
    else:
        messages.warning(
            request,
            _("Đã lưu văn bản, nhưng máy không thấy câu nào giao việc. Hãy thêm việc bằng tay nếu có."),
        )


@needs(Permission.DIRECTIVE_SEE, on=load.directive)
@require_GET
def directive(request: HttpRequest, paper: Directive) -> HttpResponse:
    """The text, each sentence that gave a task marked and linked to it; ``?nv=`` lights one up."""
    today = timezone.localdate()
    tasks = list(
        Task.objects.visible_to(who(request))
        .filter(directive=paper)
        .with_state(on=today)
        .select_related("lead_unit")
        .order_by("start", "pk")
    )
    wanted = request.GET.get("nv", "")
    marks = [
        Mark(
            start=task.start,
            end=task.end,
            number=number,
            href=reverse("directives:task", args=[task.code]),
            anchor=f"nv-{task.code}",
            label=_("Đến nhiệm vụ %(code)s") % {"code": task.code},
            css="is-on" if task.code == wanted else "",
        )
        for number, task in enumerate(tasks, start=1)
        if task.start is not None and task.end is not None
    ]
    context = {
        "nav": "directive",
        "directive": paper,
        "paragraphs": lay_out(paper.text, marks),
        "tasks": [
            (number, task, status_of(task.stage, task.timing, due_on=task.due_on, on=today))
            for number, task in enumerate(tasks, start=1)
        ],
        "wanted": wanted,
        "may_review": sees_all(who(request), Permission.DIRECTIVE_REVIEW),
    }
    return render(request, "directives/directive.html", context)


@needs(Permission.DIRECTIVE_SEE, on=load.directive)
@require_GET
def original(request: HttpRequest, paper: Directive) -> FileResponse:
    """The bytes exactly as they were received."""
    return download(files.path_of(paper.sha256), name=paper.file_name)


def download(path: Any, *, name: str) -> FileResponse:
    """A file to be saved, never shown in the page. Raises Http404 when the bytes are gone."""
    try:
        stream = path.open("rb")
    except FileNotFoundError as error:
        raise Http404 from error
    response = FileResponse(
        stream, as_attachment=True, filename=name, content_type="application/octet-stream"
    )
    response["X-Content-Type-Options"] = "nosniff"
    return response
