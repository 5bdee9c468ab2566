"""Tables and constraints only: what may be known is here, what it means is above."""

from dondoc.office.models.agencies import (
    Agency,
    AgencyCode,
    AgencyLevel,
    AgencyMember,
    AgencyName,
    AgencyParent,
    Succession,
    SuccessionKind,
)
from dondoc.office.models.claims import Claim, ClaimBinding
from dondoc.office.models.definitions import (
    Definition,
    DefinitionGroup,
    DefinitionState,
    StateClass,
    Workflow,
    WorkflowMove,
    WorkflowState,
)
from dondoc.office.models.documents import (
    Clause,
    Document,
    DocumentHeader,
    DocumentLink,
    LinkKind,
    Note,
    Original,
)
from dondoc.office.models.duties import Change, Duty, DutyBearer, DutyDue, DutyRole
from dondoc.office.models.history import LogEntry
from dondoc.office.models.issued import Issued
from dondoc.office.models.offices import Hierarchy, Letterhead, Office
from dondoc.office.models.people import Grant, Holding, Person, Post, Role, User
from dondoc.office.models.petitions import Petition
from dondoc.office.models.programmes import Programme, ProgrammeTask
from dondoc.office.models.readings import Proposal, Reading, Review, Verdict
from dondoc.office.models.tasks import LineageKind, Task, TaskClause, TaskKind, TaskLineage, TaskOrigin

__all__ = [
    "Agency",
    "AgencyCode",
    "AgencyLevel",
    "AgencyMember",
    "AgencyName",
    "AgencyParent",
    "Change",
    "Claim",
    "ClaimBinding",
    "Clause",
    "Definition",
    "DefinitionGroup",
    "DefinitionState",
    "Document",
    "DocumentHeader",
    "DocumentLink",
    "Duty",
    "DutyBearer",
    "DutyDue",
    "DutyRole",
    "Grant",
    "Hierarchy",
    "Holding",
    "Issued",
    "Letterhead",
    "LineageKind",
    "LinkKind",
    "LogEntry",
    "Note",
    "Office",
    "Original",
    "Person",
    "Petition",
    "Post",
    "Programme",
    "ProgrammeTask",
    "Proposal",
    "Reading",
    "Review",
    "Role",
    "StateClass",
    "Succession",
    "SuccessionKind",
    "Task",
    "TaskClause",
    "TaskKind",
    "TaskLineage",
    "TaskOrigin",
    "User",
    "Verdict",
    "Workflow",
    "WorkflowMove",
    "WorkflowState",
]
