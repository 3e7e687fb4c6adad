"""The address of a channel says how to reach it; what is wrong with one is told without its secrets."""

import pytest

from monitor.channels.addresses import (
    AddressError,
    folder_address,
    mail_address,
    mailbox,
    screen_address,
    secrets_of,
)


@pytest.mark.parametrize(
    ("url", "mode", "port"),
    [
        ("mailto://h.example?to=a@b.example", "insecure", 25),
        ("mailto://u:p@h.example?to=a@b.example", "starttls", 587),
        ("mailto://u:p@h.example?to=a@b.example&mode=insecure", "insecure", 25),
        ("mailto://h.example?to=a@b.example&mode=ssl", "ssl", 465),
        ("mailtos://h.example?to=a@b.example", "ssl", 465),
        ("mailtos://h.example:2465?to=a@b.example&mode=starttls", "starttls", 2465),
    ],
)
def test_mode_and_port_follow_from_the_address(url: str, mode: str, port: int) -> None:
    found = mail_address(url)

    assert (found.mode, found.port) == (mode, port)


def test_every_part_of_a_mail_address_is_read() -> None:
    found = mail_address(
        "mailto://user%40desk.example:p%2Fw%23@smtp.desk.example:2525?from=Night%20Desk%20<night@desk.example>"
        "&to=me+alerts@desk.example,you@bücher.example&mode=starttls&verify=no"
    )

    assert (found.host, found.port, found.user, found.password) == (
        "smtp.desk.example",
        2525,
        "user@desk.example",
        "p/w#",
    )
    assert (found.sender, found.sender_name) == ("night@desk.example", "Night Desk")
    assert found.recipients == ("me+alerts@desk.example", "you@xn--bcher-kva.example")
    assert not found.is_verified


def test_mail_without_a_recipient_goes_to_its_sender() -> None:
    assert mail_address("mailto://me:pw@desk.example").recipients == ("me@desk.example",)


@pytest.mark.parametrize(
    "url",
    [
        "mailto://",
        "mailto://?to=a@b.example",
        "mailto://h.example?to=nobody",
        "mailto://h.example?to=a@b.example&mode=tls",
        "mailtos://h.example?to=a@b.example&mode=insecure",
        "mailto://h.example?to=a@b.example&colour=red",
        "mailto://h.example?to=a@b.example%0d%0aRCPT",
        "mailto://h.example?to=a@b..example",
        "mailto://h.example:port?to=a@b.example",
        "mailto://u:p#w@h.example?to=a@b.example",
        "mailto://u:pä@h.example?to=a@b.example",
        "mailto://h.example?to=a@b.example&verify=perhaps",
    ],
)
def test_a_broken_mail_address_is_an_error(url: str) -> None:
    with pytest.raises(AddressError):
        mail_address(url)


@pytest.mark.parametrize(
    "url", ["mailto://u:s3cret#word@h.example?to=a@b.example", "mailto://u:s3cret@h.example?s3cret=a"]
)
def test_an_error_tells_no_part_of_a_password(url: str) -> None:
    with pytest.raises(AddressError) as told:
        mail_address(url)

    assert "s3cret" not in str(told.value)


def test_a_folder_has_an_absolute_path_and_addresses() -> None:
    found = folder_address("eml:///var/spool/my%20alerts?from=m@d.example&to=you@d.example")

    assert (found.path, found.sender, found.recipient) == ("/var/spool/my alerts", "m@d.example", "you@d.example")


@pytest.mark.parametrize("url", ["eml://", "eml:///", "eml://here/there", "eml:///a?mode=ssl"])
def test_a_broken_folder_address_is_an_error(url: str) -> None:
    with pytest.raises(AddressError):
        folder_address(url)


def test_a_terminal_may_be_narrow_and_coloured() -> None:
    found = screen_address("console://?columns=80&colour=yes")

    assert (found.columns, found.is_coloured) == (80, True)


@pytest.mark.parametrize("text", ["a@b@c", "a b@c.example", "@c.example", "ä@c.example", "a@c.example\r\nX: y", ""])
def test_what_is_no_mailbox_is_an_error(text: str) -> None:
    with pytest.raises(AddressError):
        mailbox(text)


@pytest.mark.parametrize(
    ("url", "secret"),
    [
        ("mailto://user:pa%2Fss@h.example", "pa/ss"),
        ("slack://T1JJ3T3L2/A1BRTD4JD/TIiajkdnlazkcOXrIdevi7FQ", "TIiajkdnlazkcOXrIdevi7FQ"),
        ("discord://4174216298/JHMHI8qBe7bk2ZwO5U711o3dV_js", "4174216298"),
        ("json://h.example/hook?+Authorization=Bearer%20abcdef", "Bearer abcdef"),
    ],
)
def test_credentials_and_tokens_are_secrets(url: str, secret: str) -> None:
    assert secret in secrets_of(url)
    assert url in secrets_of(url)


def test_host_and_mailboxes_are_no_secrets() -> None:
    assert secrets_of("mailto://smtp.desk.example?to=analyst@desk.example") == {
        "mailto://smtp.desk.example?to=analyst@desk.example"
    }
