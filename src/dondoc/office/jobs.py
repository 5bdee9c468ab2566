"""Work that goes on in the background: each name of a job mapped to the action it runs."""

from __future__ import annotations

from asgiref.sync import sync_to_async
from django.utils import timezone
from procrastinate import JobContext
from procrastinate.contrib.django import app
from procrastinate.jobs import Job, Status
from procrastinate.retry import BaseRetryStrategy, RetryDecision

from dondoc.office.access import by_itself
from dondoc.office.actions.dues import make_occurrences
from dondoc.office.actions.intake import READ_JOB, give_up, read_or_fail
from dondoc.office.actions.notices import (
    MAIL_JOB,
    MailNotSent,
    give_up_mail,
    make_digests,
    send_mail,
    wake_waiting,
)
from dondoc.office.actions.progress import complete_period
from dondoc.office.actions.reminders import send_reminders
from dondoc.office.queries import documents, offices, progress
from dondoc.rules.ladder import goes_out_on

TAKE_UP_JOB = "jobs.take_up"
ROUNDS_JOB = "dues.rounds"
REMINDERS_JOB = "reminders.send"
REMINDERS_FROM = 7  # o'clock on working days: from then on the reminders of the day go out
PERIODS_JOB = "progress.complete"
SILENCE = 30  # seconds without a sign of life after which a worker counts as gone
ATTEMPTS = 3
MAIL_WAITS = (60, 900, 7200)  # seconds before the second, third and fourth try of a mail
MAIL_ROUND_JOB = "notices.round"
DIGEST_FROM = 7  # o'clock: from then on the mails of the day are made, once for each person
KEPT_HOURS = 24  # how long the row of a finished job stays; what it did stands in the log


@app.task(name=READ_JOB, retry=ATTEMPTS, pass_context=True)
def read(context: JobContext, document_id: int) -> None:
    """Read a document that was taken in; where that fails for good, it is written down."""
    office_id = documents.office_of(document_id)
    try:
        read_or_fail(document_id, office_id=office_id)
    except Exception:  # any error: last door
        if context.job.attempts >= ATTEMPTS:
            give_up(document_id, office_id=office_id)
        raise


@app.periodic(cron="* * * * *")
@app.task(name=TAKE_UP_JOB, queueing_lock=TAKE_UP_JOB, pass_context=True)
async def take_up(context: JobContext, timestamp: int) -> None:
    """Take up again what a worker that was killed left half done; a job that kills every worker is given up."""
    jobs = context.app.job_manager
    for job in await jobs.get_stalled_jobs(seconds_since_heartbeat=SILENCE):
        if job.attempts < ATTEMPTS:
            await jobs.retry_job(job)
        else:
            await jobs.finish_job(job, Status.FAILED, delete_job=False)
            await sync_to_async(_given_up)(job)
    await jobs.delete_old_jobs(nb_hours=KEPT_HOURS)


class Growing(BaseRetryStrategy):
    """Tries a mail again after growing waits, when the failure is one that may pass."""

    def get_retry_decision(self, *, exception: BaseException, job: Job) -> RetryDecision | None:
        """Say when the job is tried again; None: not any more."""
        if not isinstance(exception, MailNotSent) or job.attempts >= len(MAIL_WAITS):
            return None
        return RetryDecision(retry_in={"seconds": MAIL_WAITS[job.attempts]})


@app.task(name=MAIL_JOB, retry=Growing(), pass_context=True)
def send(context: JobContext, mail_id: int) -> None:
    """Send a mail; what became of it stands in its row."""
    last_try = context.job.attempts >= len(MAIL_WAITS)
    send_mail(mail_id, on=timezone.localdate(), now=timezone.now(), last_try=last_try)


@app.periodic(cron="*/5 * * * *")
@app.task(name=MAIL_ROUND_JOB, queueing_lock=MAIL_ROUND_JOB)
def mail_round(timestamp: int) -> None:
    """Make the mails of the day once its hour has come, and take up mails that no job is there for."""
    now = timezone.now()
    if timezone.localtime(now).hour >= DIGEST_FROM:
        make_digests(on=timezone.localdate(now), now=now)
    wake_waiting()


def _given_up(job: Job) -> None:
    if job.task_name == MAIL_JOB:
        give_up_mail(int(str(job.task_kwargs["mail_id"])))
    if job.task_name == READ_JOB:
        document_id = int(str(job.task_kwargs["document_id"]))
        give_up(document_id, office_id=documents.office_of(document_id))


@app.periodic(cron="7 * * * *")
@app.task(name=ROUNDS_JOB, queueing_lock=ROUNDS_JOB)
def make_rounds(timestamp: int) -> None:
    """Make the rounds of recurring work that fall due before long, in every office.

    Every hour, not once a day: a machine that sleeps at midnight would miss the day. What was made is not made again.
    """
    for office_id in offices.ids():
        make_occurrences(on=timezone.localdate(), actor=by_itself(office_id))


@app.periodic(cron="27 * * * *")
@app.task(name=PERIODS_JOB, queueing_lock=PERIODS_JOB)
def complete_periods(timestamp: int) -> None:
    """Add the duties that were assigned since to the periods for which reports are still taken in."""
    on = timezone.localdate()
    for office_id, period_id in progress.running(on=on):
        complete_period(period_id, on=on, actor=by_itself(office_id))


@app.periodic(cron="17 * * * *")
@app.task(name=REMINDERS_JOB, queueing_lock=REMINDERS_JOB)
def remind(timestamp: int) -> None:
    """Send the reminders of the day in every office, on working days from a decent hour on; none goes out twice."""
    now = timezone.localtime()
    if now.hour >= REMINDERS_FROM and goes_out_on(now.date()):
        for office_id in offices.ids():
            send_reminders(on=now.date(), actor=by_itself(office_id))
