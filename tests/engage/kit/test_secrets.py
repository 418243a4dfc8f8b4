import pytest

from engage.kit.secrets import SecretUnreadable, Vault


def test_what_was_sealed_opens_to_the_same_text_and_looks_different_each_time() -> None:
    vault = Vault("the program's secret")

    sealed = vault.seal("smtp password")

    assert vault.open(sealed) == "smtp password"
    assert "smtp" not in sealed
    assert sealed != vault.seal("smtp password")


def test_another_secret_or_a_changed_text_opens_nothing() -> None:
    sealed = Vault("the program's secret").seal("smtp password")

    with pytest.raises(SecretUnreadable):
        Vault("another secret").open(sealed)
    with pytest.raises(SecretUnreadable):
        Vault("the program's secret").open(sealed[:-4] + "AAA=")
