"""What Django asks of the app before anything else: its name."""

from django.apps import AppConfig


class OfficeConfig(AppConfig):
    """The one Django app of Đôn Đốc."""

    name = "dondoc.office"
    label = "office"
