from django.apps import AppConfig


class CollectionsConfig(AppConfig):
    name = "duly.collections"
    label = "collections"
