"""How does somebody get a new password? By a link that is good once and for a day; an owner hands it on."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from cartera.app.workspace.access import signins
from cartera.app.workspace.access.told import PEOPLE, tell, tell_everywhere
from cartera.errors import CarteraError
from cartera.tongue import say, say_many

if TYPE_CHECKING:
    from cartera.app.scope import Scope
    from cartera.ledger.book import Book
    from cartera.ledger.models import User

RESET = "reset"
LEAST = 10


def reset_path(scope: Scope, book: Book, secret: str, number: int, *, by: str, is_keeper: bool = False) -> str:
    """The path of a link with which the member sets a new password. is_keeper: who asks holds the whole server.

    CarteraError: the person is in another workspace as well, whose owner did not ask. LookupError: no such member.
    """
    from django.db import transaction

    from cartera.ledger.models import Membership

    scope.require(PEOPLE)
    with transaction.atomic(using=book.alias):
        rows = Membership.objects.using(book.alias).filter(workspace_id=book.workspace_id, pk=number)
        member = rows.select_related("user").first()
        if member is None:
            raise LookupError(number)
        if not is_keeper:
            _refuse_elsewhere(book, member.user)
        tell(book, RESET, by=by, person=member.user.email)
    return path_for(secret, member.user)


def path_for(secret: str, user: User) -> str:
    """The path of the person's link; worth nothing once its password changed or a day has passed."""
    from django.utils.encoding import force_bytes
    from django.utils.http import urlsafe_base64_encode

    return f"/{RESET}/{urlsafe_base64_encode(force_bytes(user.pk))}/{_tokens(secret).make_token(user)}"


def person_of(alias: str, secret: str, code: str, token: str) -> User | None:
    """Whose link it is, None for one that is good no more or never was."""
    from django.utils.http import urlsafe_base64_decode

    from cartera.ledger.models import User

    try:
        number = int(urlsafe_base64_decode(code))
    except (ValueError, OverflowError):
        return None
    user = User.objects.using(alias).filter(pk=number, is_active=True).first() if number < 1 << 62 else None
    return user if user is not None and _tokens(secret).check_token(user, token) else None


def set_password(alias: str, key: bytes, user: User, password: str, *, but: str | None = None) -> None:
    """The person's new password; all its sign-ins end, but one. CarteraError: it is too easy to guess."""
    from django.db import transaction

    require_strong(password, user)
    user.set_password(password)
    with transaction.atomic(using=alias):
        user.save(using=alias, update_fields=["password"])
        signins.end_all(alias, user.pk, but=but)
        tell_everywhere(alias, key, user, "password")


def set_by_link(alias: str, key: bytes, user: User, password: str) -> None:
    """The same for who followed a link: its API keys end as well, for somebody else may have made them.

    CarteraError: it is too easy to guess.
    """
    from django.db import transaction

    from cartera.app.workspace.access.keys import revoke_everywhere

    with transaction.atomic(using=alias):
        set_password(alias, key, user, password)
        count = revoke_everywhere(alias, user.pk)
        if count:
            tell_everywhere(alias, key, user, "revoke", keys=count)


def require_strong(password: str, user: Any = None) -> None:
    """Nothing for a password that will do. CarteraError: it is short, known to everybody, or the person's own name."""
    from django.contrib.auth.password_validation import validate_password
    from django.core.exceptions import ValidationError

    try:
        validate_password(password, user)
    except ValidationError as problem:
        code = str(problem.error_list[0].code)
        raise CarteraError(
            _why(code, len(password)), where="password", fix=say("Take four words that nobody would put together.")
        ) from None


def _why(code: str, length: int) -> str:
    """What is wrong with a password, in words."""
    if code == "password_too_short":
        return say_many(
            "a password of {count} letter can be guessed; it needs {least}.",
            "a password of {count} letters can be guessed; it needs {least}.", count=length, least=LEAST,
        )  # fmt: skip
    if code == "password_too_similar":
        return say("the password is almost your name or address.")
    return say("the password is one that many people use.")


def _refuse_elsewhere(book: Book, user: User) -> None:
    """Whoever could set this password could go where the person may: only an owner of all of it may hand it on."""
    from cartera.ledger.models import Membership

    elsewhere = Membership.objects.using(book.alias).filter(user_id=user.pk).exclude(workspace_id=book.workspace_id)
    if not elsewhere.exists():
        return
    raise CarteraError(
        say("{person} is in another workspace as well.", person=str(user.email)),
        fix=say("Ask whoever runs the server for a link: cartera people reset."),
    )


def _tokens(secret: str) -> Any:
    from django.contrib.auth.tokens import PasswordResetTokenGenerator

    made = PasswordResetTokenGenerator()
    made.secret = secret
    return made
