"""The tests of the library once more, on a PostgreSQL server: it promises the same."""
