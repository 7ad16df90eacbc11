"""How is Django set up for the web app? Everything that does not depend on which site is served."""

from __future__ import annotations

from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
PAGES = sorted(folder for folder in HERE.glob("**/templates") if folder.is_dir())
LOCAL = ("localhost", "127.0.0.1", "[::1]")
SELF = "'self'"
# htmx would write a <style> and evaluate text from attributes; 422 and 409 are forms to be shown again.
HTMX = (
    '{"includeIndicatorStyles":false,"allowEval":false,"historyCacheSize":0,"refreshOnHistoryMiss":true,'
    '"responseHandling":[{"code":"204","swap":false},{"code":"[23]..","swap":true},'
    '{"code":"(409|422)","swap":true},{"code":"[45]..","swap":false,"error":true}]}'
)


def settings(secret: str, *, url: str = "", hosts: tuple[str, ...] = LOCAL, is_debug: bool = False) -> dict[str, Any]:
    """Django's settings. secret: signs cookies. url: the address that people type; https makes cookies secure.

    hosts: the names under which this server answers.
    """
    is_secure = url.startswith("https://")
    return {
        "DEBUG": is_debug,
        "SECRET_KEY": secret,
        "ALLOWED_HOSTS": list(hosts),
        "ROOT_URLCONF": "cartera.web.urls",
        "DATABASE_ROUTERS": ["cartera.web.router.Served"],
        "MIDDLEWARE": [
            "cartera.web.middleware.packed",
            "cartera.web.middleware.answered",
            "django.middleware.security.SecurityMiddleware",
            "django.middleware.clickjacking.XFrameOptionsMiddleware",
            "csp.middleware.CSPMiddleware",
            "django.contrib.sessions.middleware.SessionMiddleware",
            "django.middleware.csrf.CsrfViewMiddleware",
            "django.contrib.auth.middleware.AuthenticationMiddleware",
            "django_htmx.middleware.HtmxMiddleware",
            "cartera.web.middleware.spoken",
            "cartera.web.middleware.read",
        ],
        "TEMPLATES": [
            {
                "BACKEND": "django.template.backends.django.DjangoTemplates",
                "DIRS": [str(folder) for folder in PAGES],
                "OPTIONS": {
                    "libraries": {"cartera": "cartera.web.tags"},
                    "builtins": ["cartera.web.tags"],
                    "context_processors": ["django.template.context_processors.csrf"],
                },
            }
        ],
        "SESSION_ENGINE": "cartera.web.sessions",
        "SESSION_COOKIE_NAME": "__Host-cartera" if is_secure else "cartera",
        "SESSION_COOKIE_AGE": 14 * 24 * 3600,
        "SESSION_COOKIE_HTTPONLY": True,
        "SESSION_COOKIE_SAMESITE": "Lax",
        "SESSION_COOKIE_SECURE": is_secure,
        "CSRF_COOKIE_NAME": "__Host-csrf" if is_secure else "csrftoken",
        "CSRF_COOKIE_SECURE": is_secure,
        "CSRF_COOKIE_HTTPONLY": True,
        "CSRF_TRUSTED_ORIGINS": [url.rstrip("/")] if url else [],
        "CSRF_FAILURE_VIEW": "cartera.web.refusals.csrf_failed",
        "SECURE_SSL_REDIRECT": is_secure,
        "SECURE_HSTS_SECONDS": 31_536_000 if is_secure else 0,
        "SECURE_HSTS_INCLUDE_SUBDOMAINS": is_secure,
        "SILENCED_SYSTEM_CHECKS": ["security.W021"],  # the preload list is for whoever owns the whole domain
        "PASSWORD_RESET_TIMEOUT": 24 * 3600,
        "SECURE_REFERRER_POLICY": "same-origin",
        "X_FRAME_OPTIONS": "DENY",
        "CONTENT_SECURITY_POLICY": {
            "DIRECTIVES": {
                "default-src": [SELF], "script-src": [SELF], "style-src": [SELF], "img-src": [SELF, "data:"],
                "object-src": ["'none'"], "frame-ancestors": ["'none'"], "base-uri": ["'none'"], "form-action": [SELF],
            }
        },
        "PASSWORD_HASHERS": ["django.contrib.auth.hashers.Argon2PasswordHasher"],
        "AUTH_PASSWORD_VALIDATORS": [
            {
                "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
                "OPTIONS": {"min_length": 10},
            },
            {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
            {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
        ],
        "AUTHENTICATION_BACKENDS": ["django.contrib.auth.backends.ModelBackend"],
        "LOGIN_URL": "/sign-in",
        "USE_I18N": True,
        "FILE_UPLOAD_HANDLERS": [
            "cartera.web.receiving.Bounded",
            "django.core.files.uploadhandler.MemoryFileUploadHandler",
            "django.core.files.uploadhandler.TemporaryFileUploadHandler",
        ],
        "FILE_UPLOAD_MAX_MEMORY_SIZE": 5 * 1024 * 1024,
        "DATA_UPLOAD_MAX_MEMORY_SIZE": 10 * 1024 * 1024,
        "DATA_UPLOAD_MAX_NUMBER_FIELDS": 5_000,
        "LOGGING_CONFIG": None,
    }  # fmt: skip
