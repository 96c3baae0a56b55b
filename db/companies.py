"""Who a name stands for, as the file knows it: company keys for all names a company ever had.

sync_companies(db, companies) -> int            from config/companies.toml; returns how many names changed their key
keys_of(db, names) -> Mapping[str, str]         normal name -> company key, for the names that have one

The list decides; a name it does not have may be that of a company renamed since (`db.renames`).
"""

from collections.abc import Iterable, Iterator, Mapping

from db.connection import Database
from db.renames import renamed_key
from extractors.models import Company
from extractors.resolve import normal_name


def sync_companies(db: Database, companies: Iterable[Company]) -> int:
    """Make the tables say what the list says; return how many names now stand for somebody else.

    When it is not 0, mentions stored before may carry old keys: `db.desk.rekey` brings them up to date.
    """
    listed = tuple(companies)
    before = dict(db.execute("SELECT normal_name, company_key FROM company_names").fetchall())
    after = {name: company.key for company in reversed(listed) for name in _names(company)}
    if before == after and db.execute("SELECT count(*) FROM companies").fetchone()[0] == len(listed):
        return 0
    with db.atomic():
        db.execute("DELETE FROM company_names")
        db.execute("DELETE FROM companies")
        for company in listed:
            first = company.tickers[0] if company.tickers else None
            db.execute(
                "INSERT INTO companies (key, name, kind, ticker, exchange) VALUES (?, ?, ?, ?, ?)",
                (company.key, company.name, company.kind.value, first and first.symbol, first and first.exchange),
            )
        for name, key in after.items():
            db.execute("INSERT INTO company_names (normal_name, company_key) VALUES (?, ?)", (name, key))
    return sum(1 for name in before.keys() | after.keys() if before.get(name) != after.get(name))


def keys_of(db: Database, names: Iterable[str | None]) -> Mapping[str, str]:
    """Look up the keys of the names that belong to a listed or a renamed company."""
    found = {}
    for normal in {normal_name(name) for name in names if name}:
        row = db.execute("SELECT company_key FROM company_names WHERE normal_name = ?", (normal,)).fetchone()
        key = row[0] if row is not None else renamed_key(db, normal)
        if key is not None:
            found[normal] = key
    return found


def _names(company: Company) -> Iterator[str]:
    spelled = (company.name, *company.aliases, *(old.name for old in company.former_names), *company.brands)
    yield from (normal for name in spelled if (normal := normal_name(name)))
