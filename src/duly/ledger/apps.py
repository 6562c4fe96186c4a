from django.apps import AppConfig


class LedgerConfig(AppConfig):
    name = "duly.ledger"
    label = "ledger"
