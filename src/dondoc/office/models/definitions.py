"""Workflows, their states, and the dated definitions by which states are counted and named."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from dondoc.office.models.facts import Fact, Recorded


class StateClass(models.TextChoices):
    """The five classes into which every state falls."""

    WAITING = "waiting", _("waiting")
    ACTIVE = "active", _("active")
    DONE = "done", _("done")
    DEFERRED = "deferred", _("deferred")
    DROPPED = "dropped", _("dropped")


class Side(models.TextChoices):
    """Whose turn it is, or whose step a move is."""

    BEARER = "bearer", _("the agency that owes")
    ASSIGNER = "assigner", _("the office that assigned")
    EITHER = "either", _("either of the two")


class Workflow(Recorded):
    """A life that a duty can lead: its states and the moves between them."""

    office = models.ForeignKey("office.Office", on_delete=models.PROTECT, related_name="+")
    key = models.SlugField(max_length=80)
    name = models.CharField(max_length=200)

    class Meta:
        constraints = (models.UniqueConstraint(fields=("office", "key"), name="workflow_one_key_each"),)


class WorkflowState(Fact):
    """A state of a workflow; `rank` orders states from the least to the most advanced.

    `waits_for` says whose step comes next while a duty stands so; the basis says on what ground it is called so.
    """

    workflow = models.ForeignKey("office.Workflow", on_delete=models.PROTECT, related_name="states")
    code = models.SlugField(max_length=40)
    label = models.CharField(max_length=200)
    state_class = models.CharField(max_length=10, choices=StateClass.choices)
    rank = models.PositiveSmallIntegerField()
    waits_for = models.CharField(max_length=10, choices=Side.choices, default=Side.BEARER)
    basis = models.ForeignKey("office.Document", null=True, on_delete=models.PROTECT, related_name="+")
    basis_words = models.CharField(max_length=300, blank=True, help_text="a basis that is not in the register")


class WorkflowMove(Fact):
    """A move that a workflow allows from a day on, by whom, and whether it must say why."""

    workflow = models.ForeignKey("office.Workflow", on_delete=models.PROTECT, related_name="moves")
    from_state = models.SlugField(max_length=40)
    to_state = models.SlugField(max_length=40)
    by = models.CharField(max_length=10, choices=Side.choices, default=Side.EITHER)
    needs_reason = models.BooleanField(default=False)
    within = models.SlugField(
        max_length=40, blank=True, help_text="the parameter that says within how many working days of being assigned"
    )


class Definition(Fact):
    """From a day on, which states count as what, in whose words; one programme may have its own."""

    workflow = models.ForeignKey("office.Workflow", on_delete=models.PROTECT, related_name="definitions")
    programme = models.ForeignKey("office.Programme", null=True, on_delete=models.PROTECT, related_name="definitions")
    name = models.CharField(max_length=200)
    sentence = models.TextField()
    basis = models.ForeignKey("office.Document", null=True, on_delete=models.PROTECT, related_name="+")


class DefinitionGroup(Recorded):
    """A group that a definition counts apart, with its label in the words of the source."""

    definition = models.ForeignKey("office.Definition", on_delete=models.PROTECT, related_name="groups")
    code = models.SlugField(max_length=40)
    label = models.CharField(max_length=300)
    state_class = models.CharField(max_length=10, choices=StateClass.choices)
    order = models.PositiveSmallIntegerField()

    class Meta:
        constraints = (models.UniqueConstraint(fields=("definition", "code"), name="definitiongroup_one_code_each"),)


class DefinitionState(Recorded):
    """That a definition counts a state of the workflow in a group; each state in one group only."""

    definition = models.ForeignKey("office.Definition", on_delete=models.PROTECT, related_name="counted")
    group = models.ForeignKey("office.DefinitionGroup", on_delete=models.PROTECT, related_name="states")
    state = models.SlugField(max_length=40)

    class Meta:
        constraints = (models.UniqueConstraint(fields=("definition", "state"), name="definitionstate_in_one_group"),)
