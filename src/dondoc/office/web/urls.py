"""Addresses of the pages. Each name is the noun it shows, or noun_verb."""

from allauth.account import views as account
from django.urls import path, register_converter
from django.urls.converters import IntConverter
from django.views.i18n import set_language

from dondoc.office.web import (
    agencies,
    board,
    deliveries,
    documents,
    duties,
    figures,
    history,
    issued,
    offices,
    readings,
    tasks,
)


class Key(IntConverter):
    """The key of a record: a number that the database can hold."""

    regex = "[0-9]{1,18}"


register_converter(Key, "id")

urlpatterns = [
    path("", board.show, name="board"),
    path("documents/", documents.listing, name="documents"),
    path("documents/add/", deliveries.add, name="document_add"),
    path("documents/<id:document_id>/", documents.show, name="document"),
    path("documents/<id:document_id>/note/", documents.note, name="document_note"),
    path("documents/<id:document_id>/reading/", readings.show, name="reading"),
    path("documents/<id:document_id>/head/", readings.head, name="document_head"),
    path("documents/<id:document_id>/accept/", readings.accept_all, name="reading_accept"),
    path("documents/<id:document_id>/again/", deliveries.again, name="document_again"),
    path("deliveries/", deliveries.listing, name="deliveries"),
    path("deliveries/begin/", deliveries.begin, name="delivery_begin"),
    path("deliveries/<id:delivery_id>/", deliveries.show, name="delivery"),
    path("deliveries/<id:delivery_id>/files/", deliveries.receive, name="delivery_files"),
    path("deliveries/<id:delivery_id>/progress/", deliveries.progress, name="delivery_progress"),
    path("originals/<id:original_id>/", documents.original, name="original"),
    path("proposals/<id:proposal_id>/", readings.proposal, name="proposal"),
    path("proposals/<id:proposal_id>/accept/", readings.accept, name="proposal_accept"),
    path("proposals/<id:proposal_id>/change/", readings.change, name="proposal_change"),
    path("proposals/<id:proposal_id>/refuse/", readings.refuse, name="proposal_refuse"),
    path("claims/<id:claim_id>/bind/", readings.bind, name="claim_bind"),
    path("tasks/", tasks.listing, name="tasks"),
    path("tasks/add/", tasks.add, name="task_add"),
    path("tasks/<id:task_id>/", tasks.show, name="task"),
    path("duties/<id:duty_id>/", duties.show, name="duty"),
    path("figures/<str:key>", figures.rows, name="figure_rows"),
    path("agencies/", agencies.listing, name="agencies"),
    path("agencies/<id:agency_id>/", agencies.show, name="agency"),
    path("report/", issued.report, name="report"),
    path("report/docx/", issued.docx, name="report_docx"),
    path("report/issue/", issued.issue, name="report_issue"),
    path("issued/<id:issued_id>/", issued.content, name="issued"),
    path("history/", history.listing, name="history"),
    path("office/", offices.switch, name="office_switch"),
    path("language/", set_language, name="set_language"),
    path("login/", account.LoginView.as_view(), name="account_login"),
    path("password/", account.PasswordChangeView.as_view(success_url="/"), name="account_change_password"),
    path("logout/", account.LogoutView.as_view(), name="account_logout"),
]
