"""PostgreSQL + pgvector: schema, migrations, named SQL, the embedded server."""
