"""Values that are kept whole come back as they were."""

import dataclasses
import json
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings

from monitor.errors import StoreError
from monitor.model import Alert, Fingerprint, Hit, Report
from monitor.store import values
from tests import strategies
from tests.builders import a_hit, a_report, an_alert


def through_json(kept: Any) -> Any:
    return json.loads(json.dumps(kept, ensure_ascii=False))


@given(strategies.hits)
def test_a_hit_comes_back_as_it_was(hit: Hit) -> None:
    assert values.hit_from_json(through_json(values.hit_to_json(hit))) == hit


@given(strategies.reports)
def test_a_report_comes_back_as_it_was(report: Report) -> None:
    assert values.report_from_json(through_json(values.report_to_json(report))) == report


@settings(max_examples=40)
@given(strategies.alerts)
def test_an_alert_comes_back_as_it_was(alert: Alert) -> None:
    assert values.alert_from_json(through_json(values.alert_to_json(alert))) == alert


@pytest.mark.parametrize(
    ("kept", "kind"), [(values.hit_to_json(a_hit()), Hit), (values.alert_to_json(an_alert()), Alert)]
)
def test_every_field_is_kept(kept: dict[str, Any], kind: type) -> None:
    assert set(kept) == {field.name for field in dataclasses.fields(kind)} | {"v"}


def test_a_value_of_a_newer_version_is_refused_with_a_remedy() -> None:
    with pytest.raises(StoreError, match="version 2") as caught:
        values.hit_from_json(values.hit_to_json(a_hit()) | {"v": 2})

    assert caught.value.remedy


def test_a_report_keeps_its_fingerprint_with_its_story_alone() -> None:
    report = replace(a_report(), fingerprint=Fingerprint(sentences=frozenset({1, 2**63 - 1}), runs=frozenset({3})))

    kept = through_json(values.report_to_json(report, with_fingerprint=True))

    assert values.report_from_json(kept) == report
    assert "print" not in values.report_to_json(report)
