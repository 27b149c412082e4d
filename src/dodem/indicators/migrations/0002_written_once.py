"""Releases and observations refuse to be changed: triggers on their tables, on both databases."""

from django.db import migrations

TABLES = ["indicators_release", "indicators_observation"]


def on_sqlite(table):
    for deed in ("UPDATE", "DELETE"):
        yield (
            f"CREATE TRIGGER {table}_no_{deed.lower()} BEFORE {deed} ON {table} "
            "BEGIN SELECT RAISE(ABORT, 'published figures are written once'); END"
        )


def on_postgresql(table):
    yield (
        f"CREATE TRIGGER {table}_no_change BEFORE UPDATE OR DELETE ON {table} "
        "FOR EACH ROW EXECUTE FUNCTION indicators_written_once()"
    )
    yield (
        f"CREATE TRIGGER {table}_no_truncate BEFORE TRUNCATE ON {table} "
        "FOR EACH STATEMENT EXECUTE FUNCTION indicators_written_once()"
    )


def guard(apps, editor):
    if editor.connection.vendor == "postgresql":
        editor.execute(
            "CREATE FUNCTION indicators_written_once() RETURNS trigger LANGUAGE plpgsql AS "
            "$$ BEGIN RAISE EXCEPTION 'published figures are written once'; END $$"
        )
    for table in TABLES:
        for statement in {"sqlite": on_sqlite, "postgresql": on_postgresql}[editor.connection.vendor](table):
            editor.execute(statement)


def unguard(apps, editor):
    for table in TABLES:
        if editor.connection.vendor == "postgresql":
            editor.execute(f"DROP TRIGGER {table}_no_change ON {table}")
            editor.execute(f"DROP TRIGGER {table}_no_truncate ON {table}")
        else:
            editor.execute(f"DROP TRIGGER {table}_no_update")
            editor.execute(f"DROP TRIGGER {table}_no_delete")
    if editor.connection.vendor == "postgresql":
        editor.execute("DROP FUNCTION indicators_written_once()")


class Migration(migrations.Migration):
    dependencies = [("indicators", "0001_initial")]
    operations = [migrations.RunPython(guard, unguard)]
