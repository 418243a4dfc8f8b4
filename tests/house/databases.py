"""Which databases a test runs on, where it need not be both."""

import pytest

#: what is refused or decided before any database hears of it
on_one_database = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
