from django.apps import AppConfig


class PartiesConfig(AppConfig):
    name = "duly.parties"
    label = "parties"
