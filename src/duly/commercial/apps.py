from django.apps import AppConfig


class CommercialConfig(AppConfig):
    name = "duly.commercial"
    label = "commercial"
