"""Notices: what a person is told, by which channel, and what became of it. They point to work and never hold its state.

These rows are no records of the office: they can be deleted at any time without changing what is owed.
"""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class Notice(models.Model):
    """Something that a person is told on the page, and by mail where the person wants it so."""

    office = models.ForeignKey("office.Office", on_delete=models.CASCADE, related_name="+")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="notices")
    kind = models.SlugField(max_length=40)
    title = models.CharField(max_length=300)
    text = models.TextField(blank=True)
    url = models.CharField(max_length=300)
    duty = models.ForeignKey("office.Duty", null=True, on_delete=models.CASCADE, related_name="+")
    made_at = models.DateTimeField()
    read_at = models.DateTimeField(null=True)

    class Meta:
        indexes = (models.Index(fields=("user", "office", "-made_at"), name="notice_latest_first"),)


class MailWish(models.TextChoices):
    """When a person wants mail."""

    AT_ONCE = "at_once", _("each at once")
    DIGEST = "digest", _("once a day, together")
    NEVER = "never", _("no mail")


class NoticeWish(models.Model):
    """How a person wants to be told; without a row: once a day, together."""

    office = models.ForeignKey("office.Office", on_delete=models.CASCADE, related_name="+")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="notice_wishes")
    mail = models.CharField(max_length=10, choices=MailWish.choices, default=MailWish.DIGEST)

    class Meta:
        constraints = (models.UniqueConstraint(fields=("office", "user"), name="noticewish_one_each"),)


class MailOutcome(models.TextChoices):
    """What became of a mail."""

    WAITING = "waiting", _("waiting to be sent")
    SENT = "sent", _("sent")
    FAILED = "failed", _("failed")
    NOT_NEEDED = "not_needed", _("not needed any more")


class Mail(models.Model):
    """One mail with one notice or a day's digest: sent, tried again, or given up, and why."""

    office = models.ForeignKey("office.Office", on_delete=models.CASCADE, related_name="+")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    notices = models.ManyToManyField("office.Notice", related_name="mails")
    outcome = models.CharField(max_length=10, choices=MailOutcome.choices, default=MailOutcome.WAITING)
    tries = models.PositiveSmallIntegerField(default=0)
    error = models.CharField(max_length=300, blank=True)
    made_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True)


class CalendarFeed(models.Model):
    """A secret address under which a calendar program reads due days: a person's own, or an agency's."""

    office = models.ForeignKey("office.Office", on_delete=models.CASCADE, related_name="+")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="calendar_feeds")
    agency = models.ForeignKey("office.Agency", null=True, on_delete=models.CASCADE, related_name="+")
    secret_digest = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True)
