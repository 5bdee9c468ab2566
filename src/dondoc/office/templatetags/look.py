"""What templates need to show a number or a bar of states; nothing here counts or decides."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from django import template
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from dondoc.office.charts import Bar
from dondoc.rules.text import vi_number

register = template.Library()

DEEDS = {
    "set_password": gettext_noop("set the password of an account"),
    "disable_account": gettext_noop("ended the roles of an account"),
    "accept_proposal": gettext_noop("accepted a proposal: it became a task"),
    "add_agency": gettext_noop("entered an agency"),
    "add_task": gettext_noop("entered a task"),
    "ask_extension": gettext_noop("asked for a later due day"),
    "granted_extension": gettext_noop("granted a later due day"),
    "refused_extension": gettext_noop("refused a later due day"),
    "taken_back_extension": gettext_noop("took the request for a later due day back"),
    "name_obstacle": gettext_noop("named what holds work up"),
    "end_obstacle": gettext_noop("recorded that an obstacle is no more"),
    "bring_frame": gettext_noop("brought a Word file as the frame of reports"),
    "end_frame": gettext_noop("ended a frame of reports"),
    "begin_compilation": gettext_noop("began a report"),
    "write_passage": gettext_noop("wrote a passage of a report"),
    "take_passage_away": gettext_noop("took a passage of a report away"),
    "take_over_progress": gettext_noop("took agencies' words over into a report"),
    "move_passage": gettext_noop("moved a passage of a report"),
    "lay_down_section": gettext_noop("laid down a section of a report"),
    "add_section": gettext_noop("added a section to a report"),
    "move_section": gettext_noop("moved a section of a report"),
    "bind_claim": gettext_noop("named the figure that a stated number is held against"),
    "correct_change": gettext_noop("corrected a recorded step"),
    "correct_header": gettext_noop("corrected the particulars of a document"),
    "define": gettext_noop("laid down how a list is counted"),
    "name_states": gettext_noop("laid down what states are called"),
    "fail_to_read": gettext_noop("could not read a document"),
    "find_duplicate": gettext_noop("was given a file that is here already"),
    "found_office": gettext_noop("founded the office"),
    "grant_role": gettext_noop("gave an account its role"),
    "hand_over_duty": gettext_noop("handed a duty over to another agency"),
    "hold_post": gettext_noop("recorded who holds a post"),
    "end_holding": gettext_noop("recorded that a post is not held any more"),
    "tie_account": gettext_noop("said whose an account is"),
    "lay_down_deputy": gettext_noop("laid down who stands in for somebody"),
    "end_deputy": gettext_noop("ended that somebody stands in for another"),
    "issue_report": gettext_noop("issued a report"),
    "lay_down_programme": gettext_noop("laid down a list"),
    "lay_down_workflow": gettext_noop("laid down the states of tasks"),
    "add_link": gettext_noop("recorded what a document does to another"),
    "change_link": gettext_noop("corrected what a document does to another"),
    "end_link": gettext_noop("ended a link between two documents"),
    "link_documents": gettext_noop("linked two documents"),  # in older logs
    "merge_proposals": gettext_noop("accepted several proposals as one task"),
    "name_person": gettext_noop("named the person who does the work"),
    "answer_naming": gettext_noop("recorded a named person's answer"),
    "add_duty": gettext_noop("added an agency to a task"),
    "move_duty": gettext_noop("recorded a new state of a duty"),
    "open_delivery": gettext_noop("began to put files in"),
    "place_agency": gettext_noop("placed an agency under another"),
    "put_on_programme": gettext_noop("put a task on a list"),
    "name_product": gettext_noop("named what is to come of a task"),
    "rename_list": gettext_noop("gave a list another name"),
    "end_list": gettext_noop("ended a list"),
    "take_off_programme": gettext_noop("took a task off a list"),
    "read_document": gettext_noop("read a document"),
    "refuse_file": gettext_noop("refused a file"),
    "refuse_proposal": gettext_noop("refused a proposal"),
    "rename_agency": gettext_noop("renamed an agency"),
    "revoke_role": gettext_noop("ended the role of an account"),
    "set_due": gettext_noop("set a due day"),
    "record_event": gettext_noop("recorded that an event happened"),
    "end_recurrence": gettext_noop("ended what recurs"),
    "make_occurrence": gettext_noop("made a round of recurring work"),
    "lay_down_parameter": gettext_noop("laid down a parameter"),
    "lay_down_measure": gettext_noop("laid down how a rate is worked out"),
    "lay_down_scale": gettext_noop("laid down the scale of the scoreboard"),
    "end_scale": gettext_noop("ended a scale of the scoreboard"),
    "set_letterhead": gettext_noop("set the letterhead of reports"),
    "settle_claim": gettext_noop("settled a difference between stated numbers"),
    "split_proposal": gettext_noop("accepted a proposal as several tasks"),
    "split_task": gettext_noop("split a task"),
    "succeed_agency": gettext_noop("recorded the successor of an agency"),
    "take_in": gettext_noop("put a document in"),
    "withdraw_change": gettext_noop("withdrew a recorded step"),
    "withdraw_decision": gettext_noop("withdrew the decision on a proposal"),
    "add_indicator": gettext_noop("laid an indicator down"),
    "set_target": gettext_noop("set a target"),
    "correct_target": gettext_noop("corrected a target"),
    "withdraw_target": gettext_noop("withdrew a target"),
    "make_concrete": gettext_noop("recorded that a document makes a clause concrete"),
    "tie_task": gettext_noop("tied a task to a clause"),
    "untie_task": gettext_noop("said that a task was tied to a document by mistake"),
    "release_clause": gettext_noop("marked a clause as needing nothing"),
    "end_release": gettext_noop("ended the mark that a clause needs nothing"),
    "urge_clause": gettext_noop("urged an agency about a clause"),
    "urge_duty": gettext_noop("urged an agency about a duty"),
    "receive_urge": gettext_noop("recorded that an urge was received"),
    "answer_urge": gettext_noop("answered an urge"),
    "send_reminder": gettext_noop("reminded an agency of a duty"),
    "lay_down_ladder": gettext_noop("laid down the steps of urging"),
    "withdraw_document": gettext_noop("withdrew a document"),
    "put_document_back": gettext_noop("put a withdrawn document back"),
    "ask_expunging": gettext_noop("asked for a document to be expunged"),
    "take_back_expunging": gettext_noop("took back that a document be expunged"),
    "expunge": gettext_noop("expunged a document"),
    "make_backup": gettext_noop("made a backup"),
    "open_period": gettext_noop("opened a period of reporting"),
    "complete_period": gettext_noop("added duties to a period of reporting"),
    "submit_progress": gettext_noop("reported progress"),
    "enter_progress": gettext_noop("entered a report of progress from an agency's paper"),
    "return_progress": gettext_noop("gave a report of progress back"),
    "accept_progress": gettext_noop("accepted a report of progress"),
    "write_note": gettext_noop("wrote a note on a document"),
}
"""The deeds of the log in words. A deed that is missing here is shown by its name in the log."""


@register.filter
def deed(action: str) -> str:
    """Say in words what an entry of the log records."""
    return _(DEEDS[action]) if action in DEEDS else action


@register.filter
def shown(value: object) -> object:
    """Write a number as Vietnamese papers do (1.234,5); words stay as they are."""
    if isinstance(value, bool) or not isinstance(value, int | float | Decimal):
        return value
    return vi_number(Decimal(str(value)) if isinstance(value, float) else value)


@register.filter
def kind(thing: object) -> str:
    """Name the class of a block or run of a report ("heading", "figurerun"), for a template to choose by."""
    return type(thing).__name__.lower()


@register.inclusion_tag("parts/bar.html")
def bar(groups: Sequence[Bar], name: str) -> dict[str, Any]:
    """Draw a list of (label, state class, figure) as one bar, each part as long as its share.

    The counts stand beside it in words; the lengths, in percent of the width, are of the drawing only.
    """
    whole = sum(figure.value or 0 for _label, _class, figure in groups)
    parts, at = [], Decimal(0)
    for label, state_class, figure in groups:
        if not figure.value:
            continue
        width = Decimal(100) * figure.value / whole
        parts.append(
            {
                "class": state_class,
                "label": label,
                "count": figure.value,
                "x": f"{at:.3f}%",
                "width": f"{width:.3f}%",
            }
        )
        at += width
    return {"segments": parts, "name": name}
