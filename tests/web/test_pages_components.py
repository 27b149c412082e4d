"""The tags and components that every page is built from."""

from datetime import UTC, date, datetime

import pytest
from django import forms
from django.core.paginator import Paginator
from django.template import Context, Template
from django.test import RequestFactory, override_settings
from django.utils import translation

EVIL = '<script>alert("x")</script>'


@pytest.fixture(autouse=True)
def _vietnamese():
    with translation.override("vi"):
        yield


def render(source, path="/", **values):
    return Template(source).render(Context({"request": RequestFactory().get(path), **values}))


def test_a_number_that_opens_is_a_link_to_its_figure_and_asks_for_the_panel():
    html = render("{% num 94.36|pct '/so/DVC-01/' tone='late' %}")
    assert html == '<a class="num num--late" href="/so/DVC-01/" data-panel>94,4%</a>'


def test_a_number_that_leads_to_a_list_or_stays_on_the_page_opens_no_panel():
    assert "data-panel" not in render("{% num 38 '/nhiem-vu/' panel=False %}")
    assert "data-panel" not in render("{% num 38 '#can-quyet' %}")


def test_a_number_that_the_reader_may_not_open_is_plain_text():
    assert render("{% num value '' %}", value=EVIL) == "&lt;script&gt;alert(&quot;x&quot;)&lt;/script&gt;"


@pytest.mark.parametrize(("tag", "wrong"), [("status", "overdue"), ("grade", "guessed"), ("shape", "star")])
def test_a_misspelt_name_raises_instead_of_showing_nothing(tag, wrong):
    arguments = "'chữ'" if tag == "status" else ""
    with pytest.raises((ValueError, KeyError), match=wrong):
        render(f"{{% {tag} '{wrong}' {arguments} %}}")


def test_a_status_has_a_shape_a_word_and_a_colour():
    html = render("{% status 'risk' 'Còn 7 ngày' fill=True %}")
    assert 'class="st st--risk st--fill"' in html
    assert "#s-risk" in html
    assert "Còn 7 ngày" in html


@pytest.mark.parametrize(
    ("on_sample_site", "tag", "shown"),
    [
        (True, "{% sample %}", True),
        (False, "{% sample %}", False),
        (True, "{% sample when=False %}", False),
        (False, "{% sample when=True %}", True),
    ],
)
def test_the_sample_mark_follows_the_object_where_it_is_asked_and_the_site_otherwise(
    on_sample_site, tag, shown
):
    with override_settings(DODEM_SAMPLE=on_sample_site):
        assert ("dữ liệu mẫu" in render(tag)) is shown


def test_a_published_figure_names_its_day_and_publisher():
    html = render("{% published on publisher %}", on=date(2025, 12, 25), publisher="Báo SGGP")
    assert "đã công bố 25/12/2025, Báo SGGP" in html


def test_a_component_sees_only_what_it_is_given_and_escapes_it():
    html = render(
        "{% component 'section' title=evil %}{{ evil }}{% endcomponent %}",
        evil=EVIL,
        note="không được truyền",
    )
    assert html.count("&lt;script&gt;") == 2
    assert "<script" not in html
    assert "không được truyền" not in html


def test_a_slot_hands_markup_to_a_component_beside_its_content():
    html = render(
        "{% slot as actions %}<a href='/x'>Sửa</a>{% endslot %}"
        "{% component 'page_head' title='Việc' actions=actions %}<span>Hạn</span>{% endcomponent %}"
    )
    assert "<a href='/x'>Sửa</a>" in html
    assert '<p class="head__meta mt2"><span>Hạn</span></p>' in html


def test_an_unknown_component_is_an_error():
    from django.template import TemplateDoesNotExist

    with pytest.raises(TemplateDoesNotExist, match=r"components/nothing\.html"):
        render("{% component 'nothing' %}{% endcomponent %}")


def test_a_figure_that_is_not_known_shows_words_and_no_link():
    html = render(
        "{% component 'figure' label='Hài lòng' missing='ít' %}7 lượt chấm, cần từ 10{% endcomponent %}"
    )
    assert '<span class="mut">ít</span>' in html
    assert "<a" not in html


def test_a_table_keeps_its_roles_when_css_lays_it_out_as_blocks():
    html = render(
        "{% table 'Nguồn' %}<table><thead><tr><th scope=\"col\">A</th></tr></thead>"
        '<tbody><tr><th scope="row">B</th><td class="r">1</td></tr></tbody></table>{% endtable %}'
    )
    for role in ("table", "rowgroup", "row", "columnheader", "rowheader", "cell"):
        assert f'role="{role}"' in html
    assert '<td role="cell" class="r">' in html
    assert 'role="group" aria-label="Nguồn"' in html


SORTS = [
    # address, field, leads to, aria-sort
    ("/?q=a", "due", "?q=a&amp;sort=due", None),
    ("/?sort=due&page=4", "due", "?sort=-due", "ascending"),
    ("/?sort=-due", "due", "?sort=due", "descending"),
    ("/?sort=unit", "due", "?sort=due", None),
]


@pytest.mark.parametrize(("path", "field", "leads_to", "order"), SORTS)
def test_a_sortable_head_turns_the_order_and_goes_back_to_the_first_page(path, field, leads_to, order):
    html = render("{% sort_th 'Hạn' field %}", path=path, field=field)
    assert f'href="{leads_to}"' in html
    assert (f'aria-sort="{order}"' in html) if order else ("aria-sort" not in html)


def test_pages_keep_the_filters_and_mark_where_one_is():
    page = Paginator(range(2318), 50).page(3)
    html = render("{% pagination page %}", path="/?q=ngập&page=3", page=page)
    assert "101–150 trong 2.318" in html
    assert '<b aria-current="page">3</b>' in html
    assert 'href="?q=ng%E1%BA%ADp&amp;page=4" rel="next"' in html
    assert "hx-get" not in html


def test_pages_can_swap_a_part_and_need_not_push_history():
    page = Paginator(range(100), 50).page(1)
    html = render("{% pagination page target='ban-ghi' push=False %}", page=page)
    assert 'hx-target="#ban-ghi"' in html
    assert "hx-push-url" not in html


def test_a_list_of_one_page_says_how_long_it_is():
    html = render("{% pagination page %}", page=Paginator(range(7), 50).page(1))
    assert "7 dòng" in html
    assert "<nav" not in html


class ReportForm(forms.Form):
    text = forms.CharField(label="Chuyện gì", help_text="Viết như đang kể.", widget=forms.Textarea)
    kind = forms.ChoiceField(label="Loại", choices=[("a", "Rác"), ("b", "Đèn")], widget=forms.RadioSelect)
    note = forms.CharField(
        label="Ghi chú", required=False, widget=forms.TextInput(attrs={"class": "in--auto"})
    )
    public = forms.BooleanField(label="Cho cùng xem", required=False)
    photo = forms.FileField(label="Ảnh", required=False)


def test_a_field_has_its_label_hint_error_and_control_in_that_order():
    html = str(ReportForm({"kind": "a"})["text"].as_field_group())
    places = [html.index(piece) for piece in ("<label", "Viết như đang kể.", 'class="msg"', "<textarea")]
    assert places == sorted(places)
    assert 'aria-invalid="true"' in html
    assert 'aria-describedby="id_text_helptext id_text_error"' in html
    assert 'id="id_text_helptext"' in html
    assert 'id="id_text_error"' in html


def test_each_kind_of_field_gets_its_own_shape():
    form = ReportForm()
    assert "<fieldset" in form["kind"].as_field_group()
    assert 'type="radio"' in form["kind"].as_field_group()
    assert 'class="check"' in form["public"].as_field_group()
    assert 'data-picked-for="id_photo"' in form["photo"].as_field_group()
    assert 'class="in in--auto"' in form["note"].as_field_group()
    assert "(không bắt buộc)" in form["note"].as_field_group()


def test_a_refused_form_begins_with_links_to_each_thing_to_mend():
    html = str(ReportForm({}))
    assert "Còn 2 chỗ cần sửa" in html
    assert 'role="alert" tabindex="-1"' in html
    assert '<a href="#id_text">Chuyện gì:' in html
    assert "errsum" not in str(ReportForm())


def test_every_link_of_the_summary_leads_to_an_element_of_the_form():
    import re

    html = str(ReportForm({}))
    targets = re.findall(r'<a href="#([^"]+)">', html)
    assert targets
    assert all(f'id="{target}"' in html for target in targets)


def test_a_timeline_shows_each_entry_in_the_time_of_the_city():
    entries = [
        {"at": datetime(2025, 4, 22, 23, 0, tzinfo=UTC), "status": "ok", "title": EVIL, "detail": "Sở Y tế"}
    ]
    html = render("{% include 'components/timeline.html' %}", entries=entries)
    assert "23/04/2025<br>06:00" in html
    assert "#s-ok" in html
    assert "<script" not in html
