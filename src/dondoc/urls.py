"""The addresses of the site."""

from django.urls import include, path

from dondoc.office.api.figures import api

urlpatterns = [path("api/", api.urls), path("", include("dondoc.office.web.urls"))]
