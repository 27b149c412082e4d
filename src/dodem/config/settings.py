"""The one settings module. What a site may change comes from ``environment``; the rest is decided here."""

from pathlib import Path
from urllib.parse import urlsplit

from csp.constants import NONE, SELF
from django.utils.translation import gettext_lazy as _

from dodem.config import environment
from dodem.config.environment import Mode
from dodem.config.logs import configure as configure_logs

ENVIRONMENT = environment.read()
PACKAGE = Path(__file__).resolve().parent.parent

# Ours ------------------------------------------------------------------------------------------
DODEM_DATA = ENVIRONMENT.data_dir
DODEM_SAMPLE = ENVIRONMENT.mode is Mode.SAMPLE
DODEM_SAMPLE_PASSWORD = "dodem-thanh-pho-mau" if DODEM_SAMPLE else ""
DODEM_TRUSTED_PROXY = ENVIRONMENT.trusted_proxy
DODEM_MAX_UPLOAD = 100 * 1024 * 1024
DODEM_MAX_EVIDENCE = 20 * 1024 * 1024

# Django ----------------------------------------------------------------------------------------
SECRET_KEY = ENVIRONMENT.secret_key
DEBUG = ENVIRONMENT.debug
ALLOWED_HOSTS = ENVIRONMENT.allowed_hosts
ROOT_URLCONF = "dodem.config.urls"
WSGI_APPLICATION = "dodem.config.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
DATABASES = {"default": ENVIRONMENT.database}
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.locmem.LocMemCache"
        if ENVIRONMENT.mode is Mode.TEST
        else "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "cache",
    }
}

INSTALLED_APPS = [
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "django.forms",
    "template_partials",
    "csp",
    "dodem.access",  # before allauth: our templates come first
    "allauth",
    "allauth.account",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "allauth.mfa",
    "allauth.usersessions",
    "dodem.pages",
    "dodem.audit",
    "dodem.units",
    "dodem.registers",
    "dodem.directives",
    "dodem.feedback",
    "dodem.indicators",
    "dodem.pipeline",
    "dodem.boards",
    "dodem.api",
    "dodem.sample",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "dodem.pages.middleware.ChosenLanguageMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "dodem.access.middleware.ActivityMiddleware",
    "dodem.access.middleware.OriginMiddleware",
    "dodem.access.middleware.DenyByDefaultMiddleware",
]

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [PACKAGE / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "dodem.pages.context.page",
                "dodem.access.context.navigation",
            ],
            "builtins": ["dodem.pages.templatetags.dodem", "template_partials.templatetags.partials"],
        },
    }
]
FORM_RENDERER = "dodem.pages.forms.PageRenderer"

# Language and time -------------------------------------------------------------------------------
LANGUAGE_CODE = "vi"
LANGUAGES = [("vi", _("Tiếng Việt")), ("en", "English")]
LOCALE_PATHS = [PACKAGE / "locale"]
TIME_ZONE = "Asia/Ho_Chi_Minh"
USE_TZ = True
USE_I18N = True

# Files -------------------------------------------------------------------------------------------
STATIC_URL = "/static/"
STATIC_ROOT = DODEM_DATA / "static"
STATICFILES_DIRS = [PACKAGE / "static"]
MEDIA_ROOT = DODEM_DATA / "files"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if ENVIRONMENT.mode is Mode.TEST
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}
WHITENOISE_MAX_AGE = 3600
FILE_UPLOAD_HANDLERS = ["dodem.access.uploads.BoundedUploadHandler"]
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024

# Sign-in -------------------------------------------------------------------------------------------
AUTH_USER_MODEL = "access.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "dodem.access.passwords.NotTheName",
        "OPTIONS": {"user_attributes": ("username", "display_name")},
    },
    {"NAME": "dodem.access.passwords.LongEnough", "OPTIONS": {"min_length": 12}},
    {"NAME": "dodem.access.passwords.NotCommon"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "boards:home"
LOGOUT_REDIRECT_URL = "account_login"
ACCOUNT_ADAPTER = "dodem.access.adapters.AccountAdapter"
SOCIALACCOUNT_ADAPTER = "dodem.access.adapters.OpenIdAdapter"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_RATE_LIMITS = {"login": "60/m/ip", "login_failed": "30/m/ip,5/5m/key"}
ACCOUNT_FORMS = {
    "login": "dodem.access.sign_in_forms.SignInForm",
    "reauthenticate": "dodem.access.sign_in_forms.ConfirmPasswordForm",
    "change_password": "dodem.access.sign_in_forms.ChangePasswordForm",
}
MFA_ADAPTER = "dodem.access.adapters.MfaAdapter"
MFA_FORMS = {
    "authenticate": "dodem.access.sign_in_forms.CodeForm",
    "reauthenticate": "dodem.access.sign_in_forms.ConfirmCodeForm",
    "activate_totp": "dodem.access.sign_in_forms.ActivateForm",
}
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
MFA_TOTP_ISSUER = "Dodem"
USERSESSIONS_TRACK_ACTIVITY = True
SOCIALACCOUNT_PROVIDERS = {
    "openid_connect": {
        "APPS": [
            {
                "provider_id": "vneid",
                "name": "VNeID",
                "client_id": ENVIRONMENT.openid_client_id,
                "secret": ENVIRONMENT.openid_client_secret,
                "settings": {"server_url": ENVIRONMENT.openid_server},
            }
        ]
        if ENVIRONMENT.openid_server
        else []
    }
}

# Mail ------------------------------------------------------------------------------------------------
_smtp = urlsplit(ENVIRONMENT.smtp_url)
EMAIL_BACKEND = (
    "django.core.mail.backends.smtp.EmailBackend"
    if ENVIRONMENT.smtp_url
    else "django.core.mail.backends.dummy.EmailBackend"
)
EMAIL_HOST, EMAIL_PORT = _smtp.hostname or "", _smtp.port or 25
EMAIL_HOST_USER, EMAIL_HOST_PASSWORD = _smtp.username or "", _smtp.password or ""
EMAIL_USE_TLS = _smtp.scheme == "smtps"

# Protection ------------------------------------------------------------------------------------------
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        # A form may lead on to the single sign-on server, where one is named.
        "form-action": [SELF, *([ENVIRONMENT.openid_origin] if ENVIRONMENT.openid_server else [])],
        "manifest-src": [SELF],
        "worker-src": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    }
}
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_AGE = 12 * 3600
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = ENVIRONMENT.behind_https
CSRF_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "dodem.pages.views.csrf_failure"
if ENVIRONMENT.behind_https:
    SECURE_SSL_REDIRECT = True
    SECURE_REDIRECT_EXEMPT = ["^healthz$"]
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    SECURE_HSTS_SECONDS = 365 * 24 * 3600
SILENCED_SYSTEM_CHECKS = (
    [] if ENVIRONMENT.behind_https else ["security.W004", "security.W008", "security.W012", "security.W016"]
)

LOGGING_CONFIG = None
configure_logs(debug=DEBUG)
