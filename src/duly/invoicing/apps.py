from django.apps import AppConfig


class InvoicingConfig(AppConfig):
    name = "duly.invoicing"
    label = "invoicing"
