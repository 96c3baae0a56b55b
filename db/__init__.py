"""The only room that knows SQL: schema, migrations, one module per aggregate, views, data dictionary."""
