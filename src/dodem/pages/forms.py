"""How Django forms look here: one renderer for every form, so that a view needs no markup of its own.

``FORM_RENDERER = "dodem.pages.forms.PageRenderer"`` makes ``{{ form }}`` and ``{{
form.due_on.as_field_group }}`` come out as the components ``form.html`` and ``field.html``: label, hint,
error, control, in that order.
"""

from django.forms import BoundField, CheckboxInput, ClearableFileInput, FileInput, Widget
from django.forms.renderers import TemplatesSetting
from django.utils.safestring import SafeString

_PLAIN = ("radioselect", "checkboxselectmultiple")


class PageRenderer(TemplatesSetting):
    form_template_name = "components/form.html"
    field_template_name = "components/field.html"


def control(field: BoundField) -> SafeString:
    """The field's widget with the class its kind needs, beside any class the form gave it."""
    own = field.field.widget.attrs.get("class", "")
    return field.as_widget(attrs={"class": f"{_css_class(field.field.widget)} {own}".strip()})


def _css_class(widget: Widget) -> str:
    match widget:
        case CheckboxInput():
            return "check"
        case FileInput() | ClearableFileInput():
            return "in in--file"
        case _:
            return "in"


def layout(field: BoundField) -> str:
    """Which shape ``field.html`` gives a field: ``choices``, ``check``, ``file`` or ``line``."""
    if field.use_fieldset:
        return "choices"
    match field.field.widget:
        case CheckboxInput():
            return "check"
        case FileInput():
            return "file"
        case _:
            return "line"


def anchor(field: BoundField) -> str:
    """The id of the field's first control, where a link from the error summary leads."""
    return str(field.subwidgets[0].id_for_label if field.use_fieldset else field.id_for_label)
