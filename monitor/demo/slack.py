"""The alerts of the demo as Slack would get them: the very payloads, as files, since there is no Slack to post to."""

from datetime import datetime, tzinfo
from pathlib import Path

from monitor.alerts.message import compose
from monitor.channels import slack
from monitor.model import ChannelName, Names
from monitor.store import Store, alerts
from monitor.store.asked import Asked


def write(channel: ChannelName, store: Store, names: Names, now: datetime, *, zone: tzinfo, folder: Path) -> int:
    """Write each alert that a channel was told as Block Kit JSON, in the order in which they came; returns how many."""
    folder.mkdir()
    with store.look() as work:
        told = [one.alert for one in alerts.found(work, Asked(channel=channel))]
    told.sort(key=lambda alert: (alert.raised_at, alert.kind == "update", alert.id))
    for number, alert in enumerate(told, 1):
        payload = slack.render(compose(alert, names, now, zone=zone))
        (folder / f"{number:02}-{alert.severity}-{alert.event}.json").write_text(payload + "\n", encoding="utf-8")
    return len(told)
