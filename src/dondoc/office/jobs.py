"""Work that goes on in the background: each name of a job mapped to the action it runs."""

from __future__ import annotations

from procrastinate import JobContext
from procrastinate.contrib.django import app
from procrastinate.jobs import Status

from dondoc.office.access import Actor, Viewer
from dondoc.office.actions.intake import READ_JOB, read_document
from dondoc.office.queries import documents

READER = "Bộ đọc văn bản"
TAKE_UP_JOB = "jobs.take_up"
SILENCE = 30  # seconds without a sign of life after which a worker counts as gone
ATTEMPTS = 3
KEPT_HOURS = 24  # how long the row of a finished job stays; what it did stands in the log


@app.task(name=READ_JOB, retry=ATTEMPTS)
def read(document_id: int) -> None:
    """Read a document that was taken in."""
    office_id = documents.office_of(document_id)
    actor = Actor(Viewer(user_id=None, office_id=office_id, role="officer"), READER)
    read_document(document_id, actor=actor)


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
    await jobs.delete_old_jobs(nb_hours=KEPT_HOURS)
