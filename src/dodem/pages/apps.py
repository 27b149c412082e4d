from django.apps import AppConfig


class PagesConfig(AppConfig):
    name = "dodem.pages"
    label = "pages"
