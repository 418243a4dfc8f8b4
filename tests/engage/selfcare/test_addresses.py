from engage.selfcare.addresses import HelpAddresses

DEFAULT = HelpAddresses("https://care.example", None)
OTHER = HelpAddresses("https://care.example", "a&b")


def test_default_site_has_plain_addresses() -> None:
    assert DEFAULT.home == "/help/"
    assert DEFAULT.article("pay") == "/help/pay"
    assert DEFAULT.category("bills") == "/help/#bills"
    assert DEFAULT.absolute(DEFAULT.article("pay")) == "https://care.example/help/pay"


def test_other_site_is_named_in_each_address() -> None:
    assert OTHER.home == "/help/?site=a%26b"
    assert OTHER.template == "/help/{slug}?site=a%26b"
    assert OTHER.thanks("pay") == "/help/pay?site=a%26b&thanks=yes#feedback"


def test_hostile_slug_cannot_leave_its_place() -> None:
    assert DEFAULT.article('"><b') == "/help/%22%3E%3Cb"
