from django.apps import AppConfig


class DeskConfig(AppConfig):
    name = "duly.desk"
    label = "desk"

    def ready(self) -> None:
        """Let the frame ask the desk's queries."""
        from duly.desk.queries.frame import frame_facts
        from duly.desk.web.frame import tell_frame_with

        tell_frame_with(frame_facts)
