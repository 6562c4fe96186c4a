from django.apps import AppConfig


class SiteConfig(AppConfig):
    name = "duly.site"
    label = "site"

    def ready(self) -> None:
        """Join the capabilities that do not know each other."""
        from duly.site.wiring import connect

        connect()
