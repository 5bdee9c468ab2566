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
from dondoc.office.models.claims import Claim, ClaimBinding, ClaimSettlement, SettlementKind
from dondoc.office.models.clauses import Clause
from dondoc.office.models.definitions import (
    Definition,
    DefinitionGroup,
    DefinitionState,
    Side,
    StateClass,
    Workflow,
    WorkflowMove,
    WorkflowState,
)
from dondoc.office.models.deliveries import DeliveredFile, Delivery, DeliverySource, FileOutcome
from dondoc.office.models.documents import (
    Document,
    DocumentHeader,
    DocumentLink,
    DocumentPage,
    DocumentWords,
    LinkKind,
    Note,
    Original,
)
from dondoc.office.models.duties import Change, Duty, DutyBearer, DutyDue, DutyRole
from dondoc.office.models.extensions import Extension, ExtensionDecision, ExtensionVerdict
from dondoc.office.models.history import LogEntry
from dondoc.office.models.indicators import Direction, Indicator, Target
from dondoc.office.models.issued import Issued
from dondoc.office.models.obstacles import Obstacle, ObstacleEnd, ObstacleEndKind
from dondoc.office.models.offices import Hierarchy, Letterhead, Office
from dondoc.office.models.people import Grant, Holding, Person, Post, Role, User
from dondoc.office.models.petitions import Petition
from dondoc.office.models.programmes import Programme, ProgrammeTask
from dondoc.office.models.readings import Proposal, Reading, ReadingFailure, Review, Verdict
from dondoc.office.models.removals import Backup, ExpungeRequest, Expunging, Withdrawal
from dondoc.office.models.tasks import LineageKind, Task, TaskClause, TaskKind, TaskLineage, TaskOrigin
from dondoc.office.models.urges import Urge

__all__ = [
    "Agency",
    "AgencyCode",
    "AgencyLevel",
    "AgencyMember",
    "AgencyName",
    "AgencyParent",
    "Backup",
    "Change",
    "Claim",
    "ClaimBinding",
    "ClaimSettlement",
    "Clause",
    "Definition",
    "DefinitionGroup",
    "DefinitionState",
    "DeliveredFile",
    "Delivery",
    "DeliverySource",
    "Direction",
    "Document",
    "DocumentHeader",
    "DocumentLink",
    "DocumentPage",
    "DocumentWords",
    "Duty",
    "DutyBearer",
    "DutyDue",
    "DutyRole",
    "ExpungeRequest",
    "Expunging",
    "Extension",
    "ExtensionDecision",
    "ExtensionVerdict",
    "FileOutcome",
    "Grant",
    "Hierarchy",
    "Holding",
    "Indicator",
    "Issued",
    "Letterhead",
    "LineageKind",
    "LinkKind",
    "LogEntry",
    "Note",
    "Obstacle",
    "ObstacleEnd",
    "ObstacleEndKind",
    "Office",
    "Original",
    "Person",
    "Petition",
    "Post",
    "Programme",
    "ProgrammeTask",
    "Proposal",
    "Reading",
    "ReadingFailure",
    "Review",
    "Role",
    "SettlementKind",
    "Side",
    "StateClass",
    "Succession",
    "SuccessionKind",
    "Target",
    "Task",
    "TaskClause",
    "TaskKind",
    "TaskLineage",
    "TaskOrigin",
    "Urge",
    "User",
    "Verdict",
    "Withdrawal",
    "Workflow",
    "WorkflowMove",
    "WorkflowState",
]
