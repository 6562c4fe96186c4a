from django.apps import AppConfig


class MatchingConfig(AppConfig):
    name = "duly.matching"
    label = "matching"
