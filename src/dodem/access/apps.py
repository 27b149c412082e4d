from django.apps import AppConfig


class AccessConfig(AppConfig):
    name = "dodem.access"

    def ready(self) -> None:
        from dodem.access import sign_in  # noqa: F401  connects allauth's signals to the ledger
