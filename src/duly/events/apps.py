from django.apps import AppConfig


class EventsConfig(AppConfig):
    name = "duly.events"
    label = "events"

    def ready(self) -> None:
        """Let the kernel's actions leave their events here."""
        from duly.events.actions import record
        from duly.kernel.actions import record_with

        record_with(record)
