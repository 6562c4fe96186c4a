from django.apps import AppConfig


class BankingConfig(AppConfig):
    name = "duly.banking"
    label = "banking"
