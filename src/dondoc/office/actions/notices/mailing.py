"""Mails: sent, tried again, or given up; what became of each stands in its row.

Nothing that is recorded depends on a mail: one that cannot be sent undoes nothing, and one that nobody needs any more
is not sent. A mail is handed to the server at least once; a worker that is killed while sending may send it twice.
"""

from __future__ import annotations

import smtplib
from datetime import date, datetime, timedelta

from django.conf import settings
from django.core.mail import EmailMessage
from django.core.validators import validate_email
from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _

from dondoc.office.access import Actor, Refused, require
from dondoc.office.actions.notices.telling import queue
from dondoc.office.models import Mail, MailOutcome
from dondoc.office.queries import notices
from dondoc.office.reports.mails import letter

DIGEST_REACHES_BACK = timedelta(days=14)  # what nobody has read by then is no news


class MailNotSent(Exception):
    """The mail could not be sent this time; whoever runs the job tries again."""


class MailRefused(Refused):
    """A mail cannot be sent again."""


def send_mail(mail_id: int, *, on: date, now: datetime, last_try: bool) -> None:
    """Send one mail, or write down why not; raises `MailNotSent` while another try is worth it.

    Without a configured server it waits. What it tells of is looked at again first: notices that were read, and calls
    for work on a duty that was closed or handed over meanwhile, are left out; a mail without any is not needed.
    """
    with transaction.atomic():
        mail = Mail.objects.select_for_update(of=("self",)).filter(pk=mail_id, outcome=MailOutcome.WAITING).first()
        if mail is None or not settings.DONDOC_MAIL_READY:
            return
        rows = notices.still_news(mail, on=on)
        if not (rows and mail.user.email):
            Mail.objects.filter(pk=mail_id).update(outcome=MailOutcome.NOT_NEEDED, error="")
            return
        Mail.objects.filter(pk=mail_id).update(tries=mail.tries + 1)
    with translation.override(settings.LANGUAGE_CODE):
        subject, text = letter(rows, name=str(mail.user), office=mail.office.name, site=settings.DONDOC_SITE_URL)
        try:
            _hand_over(mail, subject, text)
        except (smtplib.SMTPException, OSError) as error:
            lasting = last_try or _is_lasting(error)
            outcome = MailOutcome.FAILED if lasting else MailOutcome.WAITING
            Mail.objects.filter(pk=mail_id).update(outcome=outcome, error=_said(error)[:300])
            if lasting:
                return
            raise MailNotSent(type(error).__name__) from None
    Mail.objects.filter(pk=mail_id).update(outcome=MailOutcome.SENT, sent_at=now, error="")


def _hand_over(mail: Mail, subject: str, text: str) -> None:
    host = settings.DEFAULT_FROM_EMAIL.rpartition("@")[2].strip("> ")
    # The same name at each try: a mail program that gets it twice shows it once.
    headers = {"Message-ID": f"<mail-{mail.pk}.{mail.made_at:%Y%m%d%H%M%S}@{host}>", "Auto-Submitted": "auto-generated"}
    EmailMessage(subject, text, to=[mail.user.email], headers=headers).send()


def _is_lasting(error: Exception) -> bool:
    """Say whether the server will answer the same next time: it knows no such address, or no such user."""
    return any(500 <= code < 600 for code in _codes(error))


def _codes(error: Exception) -> list[int]:
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        return [code for code, _text in error.recipients.values()]
    return [error.smtp_code] if isinstance(error, smtplib.SMTPResponseException) else []


def _said(error: Exception) -> str:
    """Say why a mail was not taken; never in the words of the server, which may quote the mail."""
    code = next(iter(_codes(error)), 0)
    if isinstance(error, smtplib.SMTPAuthenticationError):
        return _("The mail server did not accept the user name and the password (%(code)d).") % {"code": code}
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        return _("The mail server refused the address (%(code)d).") % {"code": code}
    if code:
        return _("The mail server did not take the mail (%(code)d).") % {"code": code}
    if isinstance(error, smtplib.SMTPServerDisconnected):
        return _("The connection broke off before the mail was taken.")
    return _("The mail server cannot be reached.")


def give_up_mail(mail_id: int) -> None:
    """Write down that a mail was given up because the worker ended again and again while sending it."""
    with translation.override(settings.LANGUAGE_CODE):
        said = _("The program ended while it was sending this mail.")
    Mail.objects.filter(pk=mail_id, outcome=MailOutcome.WAITING).update(outcome=MailOutcome.FAILED, error=said)


def send_again(mail_id: int, *, actor: Actor) -> None:
    """Put a mail that failed in the queue once more, with as many tries as a new one."""
    require(actor, "administrator")
    with transaction.atomic():
        found = Mail.objects.filter(pk=mail_id, office=actor.office_id, outcome=MailOutcome.FAILED)
        if not found.update(outcome=MailOutcome.WAITING, tries=0, error=""):
            raise MailRefused(_("This mail has not failed, or waits again already. Reload the page."))
        queue(mail_id)


def make_digests(*, on: date, now: datetime) -> int:
    """Make the mails of the day for those who want them together: what they have not read and not been mailed yet.

    One for each person and office on a day, however often it is asked for; none while no mail can be sent.
    """
    if not settings.DONDOC_MAIL_READY:
        return 0
    with transaction.atomic():
        count = 0
        for (office_id, user_id), keys in notices.for_digests(since=now - DIGEST_REACHES_BACK, on=on).items():
            mail = Mail.objects.create(office_id=office_id, user_id=user_id, made_at=now)
            mail.notices.set(keys)
            queue(mail.pk)
            count += 1
        return count


def wake_waiting() -> int:
    """Put the mails in the queue that wait and that no job will send: there was no mail server until now."""
    if not settings.DONDOC_MAIL_READY:
        return 0
    with transaction.atomic():
        waiting = notices.forgotten_mails()
        for mail_id in waiting:
            queue(mail_id)
        return len(waiting)


def checked_address(text: str) -> str:
    """Give a mail address as it is kept; Django's own check refuses what is none."""
    address = text.strip()
    if address:
        validate_email(address)
    return address
