from django.apps import AppConfig


class DeskConfig(AppConfig):
    name = "duly.desk"
    label = "desk"
