from django.apps import AppConfig


class KernelConfig(AppConfig):
    name = "duly.kernel"
    label = "kernel"
