"""The store on a PostgreSQL server: for libraries that many write. Needs the extra ``postgres``."""
