"""Where somebody stands and which stores are theirs. Public."""

from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from stores.models import Employee, Role, Store
from stores.policies import CrmRequest

SESSION_KEY = "store"


class NoStoreError(PermissionDenied):
    """The employee works in no store yet, so there is nowhere to sell or to take in."""


class Counter:
    """The stores of the signed-in employee and the one they stand in. One query at most, when first asked."""

    def __init__(self, request: CrmRequest) -> None:
        self.request = request

    @cached_property
    def stores(self) -> list[Store]:
        """Open stores whose lists and sums are the employee's to see, by name."""
        return list(self.request.user.visible_stores)

    @cached_property
    def store(self) -> Store | None:
        """The store that sales and cards of this session go to."""
        chosen = self.request.session.get(SESSION_KEY)
        return next((s for s in self.stores if s.pk == chosen), self.stores[0] if self.stores else None)

    @cached_property
    def sees_chain(self) -> bool:
        return self.request.user.sees_chain()

    @cached_property
    def face(self) -> tuple[object, ...]:
        """What the head of a page shows of this employee and their stores: who has the same sees the same."""
        user = self.request.user
        stores = tuple((store.pk, store.name) for store in self.stores)
        return (user.username, user.get_full_name(), user.role, user.takes_contacts_out, self.store and self.store.pk, stores)

    def choose(self, pk: int) -> None:
        """Stand in another store. Raises Http404 for a store that is not the employee's."""
        self.request.session[SESSION_KEY] = self.get(pk).pk

    def get(self, pk: int) -> Store:
        """A store of the employee's by its key. Raises Http404 for any other."""
        found = next((store for store in self.stores if store.pk == pk), None)
        if found is None:
            raise Http404
        return found

    def from_query(self, name: str = "store") -> Store | None:
        """The store that the address asks for; None for the chain, where the employee may see it.

        Who may not see the chain gets the store they stand in. Raises Http404 for a foreign store,
        NoStoreError for an employee of none.
        """
        asked = self.request.GET.get(name, "")
        if asked:
            return self.get(whole_number(asked))
        if not self.sees_chain and self.store is None:
            raise NoStoreError(_("You are not assigned to a store yet."))
        return None if self.sees_chain else self.store


def whom_to_ask() -> list[Employee]:
    """Admins who can give an employee a store."""
    return list(Employee.objects.filter(is_active=True, role=Role.ADMIN))


def whole_number(text: str) -> int:
    """A primary key as an address or a form gives it; 0, which is nobody's, for anything else."""
    return int(text) if text.isdecimal() and text.isascii() and len(text) < 16 else 0


def counter(request: CrmRequest) -> Counter:
    """The one ``Counter`` of a request."""
    if not hasattr(request, "counter"):
        request.counter = Counter(request)  # type: ignore[attr-defined]
    found: Counter = request.counter  # type: ignore[attr-defined]
    return found


def store_of(request: CrmRequest) -> Store:
    """The store that the employee stands in. Raises NoStoreError if they work in none."""
    store = counter(request).store
    if store is None:
        raise NoStoreError(_("You are not assigned to a store yet."))
    return store
