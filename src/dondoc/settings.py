"""Django's settings; everything that differs between offices comes from the environment (see README)."""

from __future__ import annotations

import os
from pathlib import Path
from urllib.parse import unquote, urlsplit

from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured
from psycopg.conninfo import conninfo_to_dict

HERE = Path(__file__).parent


def database(url: str) -> dict[str, object]:
    """Turn a PostgreSQL address into Django's way of writing it."""
    parts = conninfo_to_dict(url) if url else {}
    known = {"dbname": "NAME", "user": "USER", "password": "PASSWORD", "host": "HOST", "port": "PORT"}
    settings = {name: str(parts.pop(key, "") or "") for key, name in known.items()}
    # Compiling a plan costs more than it saves on our short queries with many small subqueries.
    parts["options"] = f"{parts.get('options', '')} -c jit=off".strip()
    return {
        "ENGINE": "django.db.backends.postgresql",
        **settings,
        "OPTIONS": parts,
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
    }


def mail_server(url: str) -> tuple[str, int, str, str, bool, bool]:
    """Read the address of a mail server: host, port, user, password, STARTTLS, TLS from the first byte.

    `smtp://host:25` talks in the open (a server on the same machine), `smtp+tls://user:password@host` begins with
    STARTTLS, `smtps://user:password@host` is encrypted from the beginning. Anything else is refused.
    """
    parts = urlsplit(url)
    ports = {"": 0, "smtp": 25, "smtp+tls": 587, "smtps": 465}
    if parts.scheme not in ports or bool(parts.scheme) != bool(parts.hostname):
        raise ImproperlyConfigured("DONDOC_MAIL_URL: smtp://host, smtp+tls://user:password@host, smtps://…")
    user, password = unquote(parts.username or ""), unquote(parts.password or "")
    port = parts.port or ports[parts.scheme]
    return parts.hostname or "", port, user, password, parts.scheme == "smtp+tls", parts.scheme == "smtps"


DEBUG = os.environ.get("DONDOC_DEBUG") == "1"
PLACEHOLDER_KEY = "not for use: `dondoc serve` makes one in DONDOC_HOME"  # enough for commands; the site refuses it
SECRET_KEY = os.environ.get("DONDOC_SECRET_KEY") or PLACEHOLDER_KEY
ALLOWED_HOSTS = [host.strip() for host in os.environ.get("DONDOC_HOSTS", "127.0.0.1,localhost,[::1]").split(",")]
CSRF_TRUSTED_ORIGINS = [origin for origin in os.environ.get("DONDOC_ORIGINS", "").split(",") if origin]
DATABASES = {"default": database(os.environ.get("DATABASE_URL", ""))}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
AUTH_USER_MODEL = "office.User"

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "allauth",
    "allauth.account",
    "csp",
    "django_htmx",
    "procrastinate.contrib.django",
    "dondoc.office",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "dondoc.office.web.frame.LanguageMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "csp.middleware.CSPMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "dondoc.office.web.frame.RefusalMiddleware",
]
ROOT_URLCONF = "dondoc.urls"
WSGI_APPLICATION = "dondoc.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [HERE / "office" / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "django.template.context_processors.i18n",
                "dondoc.office.web.frame.frame",
            ],
        },
    }
]

AUTHENTICATION_BACKENDS = [
    "django.contrib.auth.backends.ModelBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "dondoc.office.actions.people.LongEnough", "OPTIONS": {"min_length": 14}},
    {"NAME": "dondoc.office.actions.people.NotCommon"},
]
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_ADAPTER = "dondoc.office.web.people.AccountAdapter"
ACCOUNT_FORMS = {"change_password": "dondoc.office.web.people.PasswordForm"}
ACCOUNT_RATE_LIMITS = {"login_failed": "5/m/ip,5/300s/key"}
# Behind another web server everybody would seem to come from one address, and be locked out together.
ALLAUTH_TRUSTED_PROXY_COUNT = 1 if os.environ.get("DONDOC_HTTPS") == "1" else 0
ACCOUNT_LOGOUT_ON_GET = False
LOGIN_REDIRECT_URL = "/today/"
LOGIN_URL = "account_login"
CSRF_FAILURE_VIEW = "dondoc.office.web.frame.stale"

LANGUAGE_CODE = "vi"
LANGUAGES = [("vi", "Tiếng Việt"), ("en", "English")]
LOCALE_PATHS = [HERE / "office" / "locale"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "Asia/Ho_Chi_Minh"
DATE_INPUT_FORMATS = ["%Y-%m-%d", "%d/%m/%Y", "%d-%m-%Y", "%d.%m.%Y"]

STATIC_URL = "/static/"
STATIC_ROOT = os.environ.get("DONDOC_STATIC") or None
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = DEBUG

# A document is held in memory only: nothing of a refused secret may be left in a temporary folder.
FILE_UPLOAD_HANDLERS = ["dondoc.office.web.uploads.BoundedMemoryUploadHandler"]
DONDOC_UPLOAD_LIMIT = int(os.environ.get("DONDOC_UPLOAD_LIMIT") or 50 * 1024 * 1024)
DATA_UPLOAD_MAX_MEMORY_SIZE = 20 * 1024 * 1024

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
    }
}
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CONTENT_TYPE_NOSNIFF = True
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_AGE = 12 * 60 * 60  # a working day: whoever leaves a shared machine is signed out by the next morning
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = os.environ.get("DONDOC_HTTPS") == "1"
SECURE_HSTS_SECONDS = 365 * 24 * 60 * 60 if os.environ.get("DONDOC_HTTPS") == "1" else 0
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if os.environ.get("DONDOC_HTTPS") == "1" else None

# Mail: without both of these it waits, and the administrators' page says so.
DONDOC_SITE_URL = os.environ.get("DONDOC_SITE_URL", "").rstrip("/")
_mail = mail_server(os.environ.get("DONDOC_MAIL_URL", ""))
EMAIL_HOST, EMAIL_PORT, EMAIL_HOST_USER, EMAIL_HOST_PASSWORD, EMAIL_USE_TLS, EMAIL_USE_SSL = _mail
EMAIL_TIMEOUT = 20
DEFAULT_FROM_EMAIL = os.environ.get("DONDOC_MAIL_FROM") or f"don-doc@{urlsplit(DONDOC_SITE_URL).hostname or EMAIL_HOST}"
DONDOC_MAIL_READY = bool(EMAIL_HOST and DONDOC_SITE_URL)

PROCRASTINATE_IMPORT_PATHS = ["dondoc.office.jobs"]

# Request bodies, local variables and rows never reach a log: they may hold the text of a document.
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"discreet": {"()": "dondoc.logs.Discreet"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "discreet"}},
    "loggers": {
        "django": {"handlers": ["console"], "level": "WARNING", "propagate": False},
        "procrastinate": {"handlers": ["console"], "level": "WARNING", "propagate": False},
    },
}
