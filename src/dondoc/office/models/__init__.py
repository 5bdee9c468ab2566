"""Tables and constraints only: what may be known is here, what it means is above."""

from dondoc.office.models.agencies import (
    Agency,
    AgencyLevel,
    AgencyMember,
    AgencyName,
    AgencyParent,
    Succession,
    SuccessionKind,
)
from dondoc.office.models.claims import Claim, ClaimBinding, ClaimSettlement, SettlementKind
from dondoc.office.models.clauses import Clause, ClauseRelease
from dondoc.office.models.compilations import Compilation, CompilationSection, Passage
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
from dondoc.office.models.duties import (
    AssigneeAnswer,
    AssigneeAnswerKind,
    Change,
    Duty,
    DutyAssignee,
    DutyBearer,
    DutyDue,
    DutyRole,
    DutySpan,
    Product,
)
from dondoc.office.models.extensions import Extension, ExtensionDecision, ExtensionVerdict
from dondoc.office.models.frames import Frame
from dondoc.office.models.history import LogEntry
from dondoc.office.models.indicators import Direction, Indicator, Target
from dondoc.office.models.issued import Issued, IssuedFile
from dondoc.office.models.measures import Measure
from dondoc.office.models.notices import CalendarFeed, Mail, MailOutcome, MailWish, Notice, NoticeWish
from dondoc.office.models.obstacles import Obstacle, ObstacleEnd, ObstacleEndKind
from dondoc.office.models.offices import Hierarchy, Letterhead, Office
from dondoc.office.models.parameters import OfficeParameter
from dondoc.office.models.people import Deputy, Grant, Holding, Person, Post, Role, User
from dondoc.office.models.petitions import Petition
from dondoc.office.models.programmes import Programme, ProgrammeEnd, ProgrammeName, ProgrammeTask
from dondoc.office.models.progress import Period, PeriodDue, Progress, ProgressStep, ProgressStepKind
from dondoc.office.models.readings import Proposal, Reading, ReadingFailure, Review, Verdict
from dondoc.office.models.reminders import Reminder
from dondoc.office.models.removals import Backup, ExpungeRequest, Expunging, Withdrawal
from dondoc.office.models.saved_views import LastLook, SavedView
from dondoc.office.models.scales import Scale, ScaleBand, ScaleCriterion
from dondoc.office.models.tasks import (
    LineageKind,
    Task,
    TaskClause,
    TaskClauseEnd,
    TaskKind,
    TaskLineage,
    TaskOrigin,
    TaskProduct,
)
from dondoc.office.models.urges import LadderStep, Urge, UrgeAnswer, UrgeReceipt

__all__ = [
    "Agency",
    "AgencyLevel",
    "AgencyMember",
    "AgencyName",
    "AgencyParent",
    "AssigneeAnswer",
    "AssigneeAnswerKind",
    "Backup",
    "CalendarFeed",
    "Change",
    "Claim",
    "ClaimBinding",
    "ClaimSettlement",
    "Clause",
    "ClauseRelease",
    "Compilation",
    "CompilationSection",
    "Definition",
    "DefinitionGroup",
    "DefinitionState",
    "DeliveredFile",
    "Delivery",
    "DeliverySource",
    "Deputy",
    "Direction",
    "Document",
    "DocumentHeader",
    "DocumentLink",
    "DocumentPage",
    "DocumentWords",
    "Duty",
    "DutyAssignee",
    "DutyBearer",
    "DutyDue",
    "DutyRole",
    "DutySpan",
    "ExpungeRequest",
    "Expunging",
    "Extension",
    "ExtensionDecision",
    "ExtensionVerdict",
    "FileOutcome",
    "Frame",
    "Grant",
    "Hierarchy",
    "Holding",
    "Indicator",
    "Issued",
    "IssuedFile",
    "LadderStep",
    "LastLook",
    "Letterhead",
    "LineageKind",
    "LinkKind",
    "LogEntry",
    "Mail",
    "MailOutcome",
    "MailWish",
    "Measure",
    "Note",
    "Notice",
    "NoticeWish",
    "Obstacle",
    "ObstacleEnd",
    "ObstacleEndKind",
    "Office",
    "OfficeParameter",
    "Original",
    "Passage",
    "Period",
    "PeriodDue",
    "Person",
    "Petition",
    "Post",
    "Product",
    "Programme",
    "ProgrammeEnd",
    "ProgrammeName",
    "ProgrammeTask",
    "Progress",
    "ProgressStep",
    "ProgressStepKind",
    "Proposal",
    "Reading",
    "ReadingFailure",
    "Reminder",
    "Review",
    "Role",
    "SavedView",
    "Scale",
    "ScaleBand",
    "ScaleCriterion",
    "SettlementKind",
    "Side",
    "StateClass",
    "Succession",
    "SuccessionKind",
    "Target",
    "Task",
    "TaskClause",
    "TaskClauseEnd",
    "TaskKind",
    "TaskLineage",
    "TaskOrigin",
    "TaskProduct",
    "Urge",
    "UrgeAnswer",
    "UrgeReceipt",
    "User",
    "Verdict",
    "Withdrawal",
    "Workflow",
    "WorkflowMove",
    "WorkflowState",
]
