"""Every template of the project keeps to the content policy, and every component can be rendered."""

import re
from pathlib import Path

import pytest
from django.conf import settings
from django.template import Context, engines
from django.template.loader import get_template
from django.test import RequestFactory
from django.utils import translation

import dodem
from dodem.pages.gallery import gallery_context

PACKAGE = Path(dodem.__file__).parent
TEMPLATES = sorted(PACKAGE.glob("**/templates/**/*.html"))
COMPONENTS = sorted(path.name for path in (PACKAGE / "templates" / "components").glob("*.html"))

COMMENT = re.compile(r"{% comment %}.*?{% endcomment %}|{#.*?#}", re.DOTALL)
TAG = re.compile(r"{%.*?%}|{{.*?}}", re.DOTALL)


def markup(path):
    """The template without comments, its tags blanked so that their quotes do not look like attributes."""
    return TAG.sub("X", COMMENT.sub("", path.read_text(encoding="utf-8")))


def name(path):
    return str(path.relative_to(PACKAGE))


@pytest.mark.parametrize("path", TEMPLATES, ids=name)
def test_no_template_holds_inline_style_script_or_handler(path):
    html = markup(path)
    assert not re.search(r"\sstyle\s*=", html)
    assert not re.search(r"<style\b", html)
    assert not re.search(r"<script\b(?![^>]*\bsrc=)", html)
    assert not re.search(r"<[^>]*\son[a-z]+\s*=", html)
    assert not re.search(r"\bhx-on|hx-vals=.js:|javascript:", html)


@pytest.mark.parametrize("path", TEMPLATES, ids=name)
def test_no_template_asks_another_site_for_anything(path):
    outside = re.findall(r'(?:src|href|action|srcset)="(?:https?:)?//[^"]+', markup(path))
    assert not outside, outside


@pytest.mark.parametrize("path", TEMPLATES, ids=name)
def test_every_template_compiles_and_is_composed_unicode(path):
    import unicodedata

    source = path.read_text(encoding="utf-8")
    engines["django"].from_string(source)
    assert unicodedata.is_normalized("NFC", source)


@pytest.fixture(scope="module")
def gallery_html():
    from dodem.pages import views

    request = RequestFactory().get("/thanh-phan/")
    with translation.override("vi"):
        return views.gallery(request).content.decode()


def test_the_gallery_shows_every_component(gallery_html):
    """A component nobody put into the gallery is one that nobody looked at."""
    source = (PACKAGE / "pages/templates/pages/gallery.html").read_text(encoding="utf-8")
    every = "\n".join(path.read_text(encoding="utf-8") for path in TEMPLATES if "/components/" in str(path))
    frame = "\n".join(
        (PACKAGE / "templates" / base).read_text(encoding="utf-8")
        for base in ("base.html", "base_frame.html")
    )
    by_tag = {"sort_th.html": "sort_th", "pagination.html": "pagination", "form.html": "{{ form }}"}
    by_renderer = {"field.html"}
    for component in COMPONENTS:
        stem = component.removesuffix(".html")
        shown = (
            f'component "{stem}"' in source
            or f"components/{component}" in source + every + frame
            or by_tag.get(component, "\0") in source
            or component in by_renderer
        )
        assert shown, f"{component} is in no page of the gallery"


def test_the_gallery_leaves_no_name_unresolved_and_no_duplicate_id(gallery_html):
    ids = re.findall(r'\sid="([^"]+)"', gallery_html)
    assert len(ids) == len(set(ids)), sorted({i for i in ids if ids.count(i) > 1})
    assert "{{" not in gallery_html
    assert "{%" not in gallery_html
    assert "None" not in re.sub(r"<[^>]+>", "", gallery_html)


def test_every_link_within_the_gallery_leads_somewhere(gallery_html):
    ids = set(re.findall(r'\sid="([^"]+)"', gallery_html))
    targets = set(re.findall(r'href="#([^"]+)"', gallery_html))
    assert targets <= ids, targets - ids


def test_every_class_a_template_uses_has_a_rule():
    css = "".join(path.read_text(encoding="utf-8") for path in (PACKAGE / "static").glob("*.css"))
    known = set(re.findall(r"\.(-?[_a-zA-Z][\w-]*)", css))
    for path in TEMPLATES:
        if "/templates/components/" not in str(path) and "/pages/" not in str(path):
            continue
        for value in re.findall(r'class="([^"]*)"', markup(path)):
            for used in value.split():
                assert "X" in used or used in known, f"{name(path)}: .{used}"


@pytest.mark.parametrize(
    "page", ["403.html", "403_csrf.html", "404.html", "429.html", "500.html", "offline.html"]
)
@pytest.mark.parametrize("language", ["vi", "en"])
def test_problem_pages_come_without_any_context(page, language):
    with translation.override(language):
        html = get_template(page).render({})
    assert f'<html lang="{language}"' in html
    assert "<h1" in html
    assert 'href="/' in html


def test_the_offline_page_names_no_user():
    html = get_template("offline.html").render({"user": "Nguyễn Thị Thử"})
    assert "Nguyễn" not in html


def test_the_content_policy_forbids_inline_code():
    directives = settings.CONTENT_SECURITY_POLICY["DIRECTIVES"]
    for directive in ("script-src", "style-src"):
        assert "'unsafe-inline'" not in directives[directive]
        assert "'unsafe-eval'" not in directives[directive]


def test_the_context_of_the_gallery_is_the_same_on_every_call():
    first, second = gallery_context(), gallery_context()
    assert first["map"] == second["map"]
    assert first["beats"] == second["beats"]
    assert isinstance(Context(first), Context)
