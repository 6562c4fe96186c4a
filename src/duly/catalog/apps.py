from django.apps import AppConfig


class CatalogConfig(AppConfig):
    name = "duly.catalog"
    label = "catalog"
