"""Django settings. Business choices (terms, rights, limits, prefixes) live in tables, not here.

Everything that differs between installations comes in through the environment, which `duly.site.boot` fills from the
home folder: DULY_SECRET_KEY, DULY_DB_*, DULY_HOME, DULY_SMTP_URL, DULY_HTTPS, DULY_HOSTS.
"""

from __future__ import annotations

import os
import secrets

CAPABILITIES = [
    "kernel",
    "events",
    "access",
    "parties",
    "catalog",
    "ledger",
    "receivables",
    "invoicing",
    "payments",
    "banking",
    "matching",
    "collections",
    "commercial",
    "office",
    "reports",
]

DEBUG = False
SECRET_KEY = os.environ.get("DULY_SECRET_KEY") or secrets.token_urlsafe(48)
ALLOWED_HOSTS = os.environ.get("DULY_HOSTS", "localhost,127.0.0.1,[::1]").split(",")
HTTPS = os.environ.get("DULY_HTTPS") == "1"

USE_TZ = True
TIME_ZONE = "UTC"
LANGUAGE_CODE = "en"
USE_I18N = False
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

INSTALLED_APPS = [
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    *(f"duly.{name}" for name in CAPABILITIES),
    "duly.desk",
    "duly.site.apps.SiteConfig",
]
AUTH_USER_MODEL = "access.User"
AUTHENTICATION_BACKENDS = ["duly.access.backend.DulyBackend"]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
]

DATABASES = {
    "default": {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": os.environ.get("DULY_DB_NAME", "duly"),
        "USER": os.environ.get("DULY_DB_USER", "duly"),
        "PASSWORD": os.environ.get("DULY_DB_PASSWORD", ""),
        "HOST": os.environ.get("DULY_DB_HOST", ""),
        "PORT": os.environ.get("DULY_DB_PORT", ""),
        "CONN_MAX_AGE": 600,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": {"application_name": "duly"},
    }
}

ROOT_URLCONF = "duly.site.urls"
WSGI_APPLICATION = "duly.site.wsgi.application"
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "duly.desk.web.csp.ContentSecurityPolicyMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "duly.desk.web.session.SessionLifetimeMiddleware",
]
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.jinja2.Jinja2",
        "DIRS": [],
        "APP_DIRS": False,
        "OPTIONS": {"environment": "duly.desk.web.jinja.environment", "autoescape": True},
    }
]

STATIC_URL = "/static/"
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = False

SESSION_ENGINE = "django.contrib.sessions.backends.db"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_AGE = 12 * 3600
SESSION_COOKIE_SECURE = HTTPS
SESSION_COOKIE_NAME = "__Host-duly" if HTTPS else "duly"
CSRF_COOKIE_SECURE = HTTPS
CSRF_COOKIE_NAME = "__Host-duly-csrf" if HTTPS else "duly-csrf"
CSRF_COOKIE_HTTPONLY = True
CSRF_USE_SESSIONS = False
CSRF_FAILURE_VIEW = "duly.desk.web.errors.csrf_failure"
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = HTTPS
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
DATA_UPLOAD_MAX_MEMORY_SIZE = 10 * 1024 * 1024
FILE_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"

DULY_HOME = os.environ.get("DULY_HOME", "")
DULY_SMTP_URL = os.environ.get("DULY_SMTP_URL", "")
DULY_DEMO = os.environ.get("DULY_DEMO") == "1"
