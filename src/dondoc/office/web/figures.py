"""A number opened to its rows, beside the page or on a page of its own."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from dondoc.office import figures
from dondoc.office.here import Here
from dondoc.office.web.frame import page


@page
def rows(request: HttpRequest, here: Here, key: str) -> HttpResponse:
    """Show the rows that a number counts, with the sentence that defines it."""
    if key not in figures.FIGURES:
        raise Http404
    arguments = {name: given for name in figures.figure(key).takes if (given := request.GET.get(name))}
    number = figures.value(key, **here.moment, arguments=arguments)
    found = figures.rows(key, **here.moment, arguments=arguments) if number.value is not None else []
    context = {"figure": number, "says": figures.figure(key).says, "rows": found, "noun": key.split(".", maxsplit=1)[0]}
    return render(request, "figures/rows.html", context)
