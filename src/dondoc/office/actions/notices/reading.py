"""What a person does with notices: reads them, and says how to be told."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from dondoc.office.access import Refused, Viewer
from dondoc.office.actions.notices.mailing import checked_address
from dondoc.office.models import MailWish, Notice, NoticeWish, User


class WishRefused(Refused):
    """One cannot be told like this."""


def mark_read(ids: Iterable[int] | None, *, viewer: Viewer, now: datetime) -> int:
    """Mark some of one's own notices as read, or all of them (None); gives how many were unread until now.

    Whoever acts for another reads that person's notices without marking them: that person has not seen them.
    """
    if viewer.stands_for_id is not None:
        return 0
    rows = Notice.objects.filter(user=viewer.user_id, office=viewer.office_id, read_at__isnull=True)
    return (rows if ids is None else rows.filter(pk__in=list(ids))).update(read_at=now)


def set_wish(*, mail: str, address: str, viewer: Viewer) -> None:
    """Say how one wants to be told, and at which address."""
    if viewer.stands_for_id is not None or viewer.user_id is None:
        raise WishRefused(_("You are acting for somebody else, whose own settings these are. Stop that first."))
    if mail not in MailWish.values:
        raise WishRefused(_("There is no such way of being told. Choose one from the list."))
    try:
        address = checked_address(address)
    except ValidationError as error:
        raise WishRefused(_("This is no mail address. Write it like ten@tinh.gov.vn.")) from error
    if not address and mail == MailWish.AT_ONCE:
        raise WishRefused(_("A mail at once needs an address to go to. Write yours."))
    with transaction.atomic():
        User.objects.filter(pk=viewer.user_id).update(email=address)
        NoticeWish.objects.update_or_create(office_id=viewer.office_id, user_id=viewer.user_id, defaults={"mail": mail})
