from django.apps import AppConfig


class OfficeConfig(AppConfig):
    name = "duly.office"
    label = "office"
