"""Companies that go by another name, as articles say it, and which company an unlisted name stands for by that.

    store_renames(db, article_id, renames, *, title, text) -> names     replaces what the article said
    unite(db) -> names                                                  after the list of companies changed
    renamed_key(db, normal) -> company key | None                              also of a short form of the name

The names returned are those that stand for another company than before, with the keys they had and have: mentions that
bear them need new keys.
"""

from collections.abc import Sequence

from db.claims import proven_sentence
from db.connection import Database
from extractors.models import Rename
from extractors.resolution.identity import same_party
from extractors.resolution.renaming import united
from extractors.resolve import block_of, normal_name


def store_renames(
    db: Database, article_id: int, renames: Sequence[Rename], *, title: str = "", text: str = ""
) -> set[str]:
    """Replace what an article says of renamed companies; return the names that now stand for another company."""
    gone = db.execute("DELETE FROM renames WHERE article_id = ?", (article_id,)).rowcount
    for told in renames:
        old, new = normal_name(told.old), normal_name(told.new)
        if not old or not new or old == new:
            continue
        db.execute(
            "INSERT OR IGNORE INTO renames (article_id, name, old_name, new_name, old_normal_name, new_normal_name,"
            " sentence) VALUES (?, ?, ?, ?, ?, ?, ?)",
            (
                *(article_id, f"{told.old} is now {told.new}", told.old, told.new, old, new),
                proven_sentence(told.evidence, title=title, text=text),
            ),
        )
    return unite(db) if gone > 0 or renames else set()


def unite(db: Database) -> set[str]:
    """Work out again which company each renamed one is; return the names for which that changed."""
    told = db.execute("SELECT DISTINCT old_normal_name, new_normal_name FROM renames").fetchall()
    listed = dict(
        db.execute(
            "SELECT normal_name, company_key FROM company_names WHERE normal_name IN"
            " (SELECT old_normal_name FROM renames UNION SELECT new_normal_name FROM renames)"
        ).fetchall()
    )
    before = dict(db.execute("SELECT normal_name, company_key FROM renamed_names").fetchall())
    after = united(told, listed)
    if before != after:
        db.execute("DELETE FROM renamed_names")
        for name, key in sorted(after.items()):
            db.execute(
                "INSERT INTO renamed_names (normal_name, block, company_key) VALUES (?, ?, ?)",
                (name, block_of(name), key),
            )
    changed = {name for name in before.keys() | after.keys() if before.get(name) != after.get(name)}
    keys = {key for name in changed for key in (before.get(name), after.get(name)) if key is not None}
    return changed | keys


def renamed_key(db: Database, normal: str) -> str | None:
    """Return the company that a name, or the beginning of a name, stands for since it was renamed."""
    rows = db.execute(
        "SELECT normal_name, company_key FROM renamed_names WHERE block = ?", (block_of(normal),)
    ).fetchall()
    exact = dict(rows).get(normal)
    if exact is not None:
        return str(exact)
    meant = {str(key) for name, key in rows if same_party(normal, name)}
    return meant.pop() if len(meant) == 1 else None
