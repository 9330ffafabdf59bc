"""Which templates Django draws forms with."""

from django.forms.renderers import TemplatesSetting


class Renderer(TemplatesSetting):
    """Forms and fields in the house's markup; named in settings as FORM_RENDERER."""

    form_template_name = "forms/form.html"
    field_template_name = "forms/field.html"
