from django.apps import AppConfig


class ReportsConfig(AppConfig):
    name = "duly.reports"
    label = "reports"
