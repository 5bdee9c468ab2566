"""Saved views: a list of tasks as somebody set it up, kept under a name, for oneself or for the office."""

from django.conf import settings
from django.db import models


class SavedView(models.Model):
    """Filters, order, columns and shape of a list under a name. It is no record of the office."""

    office = models.ForeignKey("office.Office", on_delete=models.CASCADE, related_name="+")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="saved_views")
    name = models.CharField(max_length=120)
    query = models.CharField(max_length=2000)
    is_shared = models.BooleanField(default=False)
    made_at = models.DateTimeField()

    class Meta:
        constraints = (models.UniqueConstraint(fields=("office", "user", "name"), name="savedview_one_name_each"),)


class LastLook(models.Model):
    """When a person last looked at the first page, so that it can say what changed since."""

    office = models.ForeignKey("office.Office", on_delete=models.CASCADE, related_name="+")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    looked_at = models.DateTimeField()
    before_at = models.DateTimeField(null=True, help_text="the look before that one, of an earlier visit")

    class Meta:
        constraints = (models.UniqueConstraint(fields=("office", "user"), name="lastlook_one_each"),)
