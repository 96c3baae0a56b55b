"""When two names are the same company: by the company table, else by the name without its legal form."""

import re
from collections.abc import Mapping, Sequence

from extractors.models import Company

_LEGAL_FORM = re.compile(
    r"[,.]?\s+(inc|corp|corporation|ltd|limited|llc|plc|holdings|group|co|company|technologies|se|ag|s\.a)\.?$",
    re.IGNORECASE,
)
_NOT_IN_NAMES = re.compile(r"[^\w &.-]")


class Names:
    """Brings company names to one comparable form."""

    def __init__(self, companies: Sequence[Company] = ()) -> None:
        self._keys: dict[str, str] = {}
        for company in companies:
            formers = [former.name for former in company.former_names]
            for name in (company.name, *company.aliases, *formers, *company.brands):
                self._keys.setdefault(_tidy(name), company.key)

    def knowing(self, other_forms: Mapping[str, str]) -> "Names":
        """Return names that also know the further forms (form -> name) one article uses; the table goes first."""
        if not other_forms:
            return self
        names = Names()
        names._keys = {_tidy(form): self.canonical(name) or "" for form, name in other_forms.items()} | self._keys
        return names

    def same(self, one: str | None, other: str | None) -> bool:
        return self.canonical(one) == self.canonical(other)

    def canonical(self, name: str | None) -> str | None:
        """Return the company's key if the table knows it, else the bare name in small letters; None for no name."""
        if not name:
            return None
        bare = _tidy(name)
        while bare not in self._keys and (form := _LEGAL_FORM.search(bare)):
            bare = bare[: form.start()]
        bare = self._keys.get(bare) or _NOT_IN_NAMES.sub("", bare).strip()
        return self._keys.get(bare, bare)


def _tidy(name: str) -> str:
    return re.sub(r"\s+", " ", name.replace("’", "'")).strip().lower().strip(".")
