from django.apps import AppConfig


class BoardsConfig(AppConfig):
    name = "dodem.boards"
