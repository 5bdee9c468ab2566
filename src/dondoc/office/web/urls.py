"""Addresses of the pages. Each name is the noun it shows, or noun_verb."""

from allauth.account import views as account
from django.urls import path, register_converter
from django.urls.converters import IntConverter
from django.views.i18n import set_language

from dondoc.office.web import (
    agencies,
    board,
    claims,
    clauses,
    deliveries,
    documents,
    duties,
    entry,
    extensions,
    figures,
    history,
    issued,
    links,
    obstacles,
    offices,
    readings,
    register,
    tasks,
    urges,
)


class Key(IntConverter):
    """The key of a record: a number that the database can hold."""

    regex = "[0-9]{1,18}"


register_converter(Key, "id")

urlpatterns = [
    path("", board.show, name="board"),
    path("documents/", register.listing, name="documents"),
    path("documents/add/", deliveries.add, name="document_add"),
    path("documents/<id:document_id>/", documents.show, name="document"),
    path("documents/<id:document_id>/text/", documents.text, name="document_text"),
    path("documents/<id:document_id>/links/", links.add, name="link_add"),
    path("links/<id:link_id>/", links.change, name="link_change"),
    path("links/<id:link_id>/end/", links.end, name="link_end"),
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
    path("documents/<id:document_id>/clauses/", clauses.listing, name="clauses"),
    path("clauses/<id:clause_id>/", clauses.show, name="clause"),
    path("clauses/<id:clause_id>/concrete/", clauses.concrete, name="clause_concrete"),
    path("clauses/<id:clause_id>/task/", clauses.task, name="clause_task"),
    path("clauses/<id:clause_id>/indicator/", clauses.indicator, name="clause_indicator"),
    path("clauses/<id:clause_id>/urge/", urges.clause, name="clause_urge"),
    path("clauses/links/<id:link_id>/end/", clauses.link_end, name="clause_link_end"),
    path("indicators/<id:indicator_id>/target/", clauses.indicator_target, name="indicator_target"),
    path("targets/<id:target_id>/", clauses.target, name="target"),
    path("urges/", urges.listing, name="urges"),
    path("duties/<id:duty_id>/urge/", urges.duty, name="duty_urge"),
    path("originals/<id:original_id>/", documents.original, name="original"),
    path("documents/<id:document_id>/merge/", readings.merge, name="reading_merge"),
    path("documents/<id:document_id>/news/", readings.news, name="reading_news"),
    path("documents/<id:document_id>/pages/<id:number>/", readings.picture, name="document_picture"),
    path("proposals/<id:proposal_id>/", readings.proposal, name="proposal"),
    path("proposals/<id:proposal_id>/accept/", readings.accept, name="proposal_accept"),
    path("proposals/<id:proposal_id>/change/", readings.change, name="proposal_change"),
    path("proposals/<id:proposal_id>/refuse/", readings.refuse, name="proposal_refuse"),
    path("proposals/<id:proposal_id>/split/", readings.split, name="proposal_split"),
    path("proposals/<id:proposal_id>/withdraw/", readings.withdraw, name="proposal_withdraw"),
    path("claims/", claims.listing, name="claims"),
    path("claims/<id:claim_id>/settle/", claims.settle, name="claim_settle"),
    path("claims/<id:claim_id>/bind/", readings.bind, name="claim_bind"),
    path("tasks/", tasks.listing, name="tasks"),
    path("tasks/add/", entry.add, name="task_add"),
    path("tasks/<id:task_id>/", tasks.show, name="task"),
    path("duties/<id:duty_id>/", duties.show, name="duty"),
    path("duties/<id:duty_id>/extension/", extensions.ask, name="extension_ask"),
    path("duties/<id:duty_id>/obstacle/", obstacles.name, name="obstacle_name"),
    path("extensions/", extensions.listing, name="extensions"),
    path("extensions/<id:extension_id>/", extensions.decide, name="extension_decide"),
    path("extensions/<id:extension_id>/take-back/", extensions.take_back, name="extension_take_back"),
    path("obstacles/", obstacles.listing, name="obstacles"),
    path("obstacles/<id:obstacle_id>/end/", obstacles.end, name="obstacle_end"),
    path("figures/<str:key>", figures.rows, name="figure_rows"),
    path("agencies/", agencies.listing, name="agencies"),
    path("agencies/reform/", agencies.reform, name="agency_reform"),
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
