"""Documents: the original bytes, the text as it stood in them, the header as we know it, clauses, links, notes."""

from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import F, Func, Value
from django.utils.translation import gettext_lazy as _

from dondoc.office.models.facts import Fact, Recorded


class Original(Recorded):
    """The bytes of a file as they came, kept once per office whoever brings them."""

    office = models.ForeignKey("office.Office", on_delete=models.PROTECT, related_name="+")
    sha256 = models.CharField(max_length=64)
    filename = models.CharField(max_length=255)
    media_type = models.CharField(max_length=120)
    size = models.PositiveBigIntegerField()
    content = models.BinaryField()

    digested = ("content",)

    class Meta:
        constraints = (models.UniqueConstraint(fields=("office", "sha256"), name="original_kept_once"),)


class Document(Recorded):
    """An official document: its text is never altered, its header may be corrected by a further row."""

    office = models.ForeignKey("office.Office", on_delete=models.PROTECT, related_name="+")
    original = models.OneToOneField("office.Original", on_delete=models.PROTECT, related_name="document")
    text = models.TextField()
    received_on = models.DateField()
    is_sample = models.BooleanField(default=False)

    digested = ("text",)

    class Meta:
        indexes = (models.Index(fields=("office", "received_on"), name="document_by_day_received"),)


class DocumentHeader(Fact):
    """What stands at a document's head and foot; effective_on is the day it was issued, or else received.

    A number alone names nothing (59-NQ/TW exists twice): the key is issuer, kind, number, and year or term.
    """

    document = models.ForeignKey("office.Document", on_delete=models.PROTECT, related_name="headers")
    number = models.CharField(max_length=80, blank=True)
    kind = models.CharField(max_length=80, blank=True)
    issuer = models.ForeignKey("office.Agency", null=True, on_delete=models.PROTECT, related_name="+")
    issuer_name = models.CharField(max_length=300, blank=True)
    issued_on = models.DateField(null=True)
    term = models.CharField(max_length=40, blank=True)
    subject = models.TextField(blank=True)
    signer = models.CharField(max_length=200, blank=True)
    signer_position = models.CharField(max_length=300, blank=True)
    recipients = models.JSONField(default=list)
    incoming_number = models.CharField(max_length=40, blank=True)
    received_on = models.DateField(null=True, help_text="only where the day noted at intake was wrong")
    short_title = models.CharField(max_length=200, blank=True)
    folded = models.TextField(blank=True)


class LinkKind(models.TextChoices):
    """What one document does to another."""

    IMPLEMENTS = "implements", _("implements")
    MAKES_CONCRETE = "makes_concrete", _("makes concrete")
    AMENDS = "amends", _("amends")
    REPLACES = "replaces", _("replaces")
    CITES = "cites", _("cites")


class DocumentLink(Fact):
    """That a document implements, makes concrete, amends, replaces or cites another, and where it says so."""

    document = models.ForeignKey("office.Document", on_delete=models.PROTECT, related_name="links")
    kind = models.CharField(max_length=20, choices=LinkKind.choices)
    target = models.ForeignKey("office.Document", null=True, on_delete=models.PROTECT, related_name="links_in")
    target_number = models.CharField(max_length=80)
    target_clause = models.ForeignKey("office.Clause", null=True, on_delete=models.PROTECT, related_name="links_in")
    start = models.PositiveIntegerField(null=True)
    end = models.PositiveIntegerField(null=True)

    class Meta(Fact.Meta):
        indexes = (models.Index(fields=("target_number",), name="documentlink_by_number"),)


class Note(Recorded):
    """A leader's note on a document (bút phê)."""

    document = models.ForeignKey("office.Document", on_delete=models.PROTECT, related_name="notes")
    author = models.ForeignKey("office.User", on_delete=models.PROTECT, related_name="+")
    written_on = models.DateField()
    text = models.TextField()


class Tokens(models.Field):
    """The different words of a text, for the index that finds texts by their words (a tsvector without places)."""

    def db_type(self, connection: object) -> str:
        return "tsvector"


class DocumentWords(models.Model):
    """By what a document is listed and found, as its head was known for a time. No record: it can be made again.

    One row for each row of the head: `recorded_at` is the head's, `replaced_at` that of the row which corrected it.
    `head` and `folded` are the words of the head, and of head and text, in one line (`rules.search`); the keys are
    what lists are ordered by.
    """

    header = models.OneToOneField(
        "office.DocumentHeader", primary_key=True, on_delete=models.CASCADE, related_name="words"
    )
    document = models.ForeignKey("office.Document", on_delete=models.CASCADE, related_name="+")
    office = models.ForeignKey("office.Office", on_delete=models.CASCADE, related_name="+", db_index=False)
    recorded_at = models.DateTimeField()
    replaced_at = models.DateTimeField(null=True)
    day = models.DateField(help_text="issued, or else received")
    issued_on = models.DateField(null=True)
    received_on = models.DateField()
    kind = models.TextField(help_text="in small letters")
    number_key = models.TextField()
    issuer_key = models.TextField()
    signer_key = models.TextField()
    incoming_key = models.TextField()
    hierarchy = models.CharField(max_length=10)
    head = models.TextField()
    folded = models.TextField()
    tokens = models.GeneratedField(
        expression=Func(
            Func(Func(F("folded"), function="btrim"), Value(" "), function="string_to_array"),
            function="array_to_tsvector",
        ),
        output_field=Tokens(),
        db_persist=True,
    )

    class Meta:
        indexes = (
            models.Index(fields=("office", "day", "document"), name="words_by_day"),
            models.Index(fields=("office", "received_on", "document"), name="words_by_received"),
            models.Index(fields=("office", "number_key", "document"), name="words_by_number"),
            models.Index(fields=("office", "issuer_key", "day", "document"), name="words_by_issuer"),
            models.Index(fields=("office", "kind", "day", "document"), name="words_by_kind"),
            GinIndex(fields=("tokens",), name="words_by_word"),
        )


class DocumentPage(models.Model):
    """Where the words of a document stand on one page of its paper. No record: reading the file makes it again.

    `places` holds, for each word, where it begins and ends in the text and its four edges on the page
    (see `reader.model.Page`), packed and compressed.
    """

    document = models.ForeignKey("office.Document", on_delete=models.PROTECT, related_name="pages")
    number = models.PositiveIntegerField()
    width = models.FloatField(help_text="points, 1/72 inch")
    height = models.FloatField(help_text="points, 1/72 inch")
    is_scanned = models.BooleanField(default=False)
    places = models.BinaryField()

    class Meta:
        constraints = (models.UniqueConstraint(fields=("document", "number"), name="documentpage_one_number_each"),)
