from django.apps import AppConfig


class AccessConfig(AppConfig):
    name = "duly.access"
    label = "access"

    def ready(self) -> None:
        """Let acts beyond their actor's right wait here as proposals."""
        from duly.access.actions.proposals import keep_proposal
        from duly.kernel.actions import propose_with

        propose_with(keep_proposal)
