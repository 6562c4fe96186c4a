from django.apps import AppConfig


class ReceivablesConfig(AppConfig):
    name = "duly.receivables"
    label = "receivables"
