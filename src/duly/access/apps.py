from django.apps import AppConfig


class AccessConfig(AppConfig):
    name = "duly.access"
    label = "access"
