"""Work that goes on in the background: each name of a job mapped to the action it runs."""

from __future__ import annotations

from asgiref.sync import sync_to_async
from procrastinate import JobContext
from procrastinate.contrib.django import app
from procrastinate.jobs import Job, Status

from dondoc.office.actions.intake import READ_JOB, give_up, read_or_fail
from dondoc.office.queries import documents

TAKE_UP_JOB = "jobs.take_up"
SILENCE = 30  # seconds without a sign of life after which a worker counts as gone
ATTEMPTS = 3
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


def _given_up(job: Job) -> None:
    if job.task_name == READ_JOB:
        document_id = int(str(job.task_kwargs["document_id"]))
        give_up(document_id, office_id=documents.office_of(document_id))
