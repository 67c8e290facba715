"""The kinds of tables: what each library has in which row and column, and how it sorts, filters and counts."""
