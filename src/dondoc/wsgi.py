"""The door through which a web server calls the site."""

import os

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "dondoc.settings")

application = get_wsgi_application()
if settings.SECRET_KEY == settings.PLACEHOLDER_KEY:
    raise ImproperlyConfigured(
        "DONDOC_SECRET_KEY is not set: anybody could make themselves a log-in. "
        "Set it to a long random text, or start the site with `dondoc serve`."
    )
