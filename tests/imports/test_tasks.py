"""Lists whose task was lost, and files whose time is up."""

from datetime import timedelta

from django.utils import timezone
from pytest_django import Settings

from imports import intake, tasks
from imports.models import Goal, ImportState, ListImport
from imports.passes import engine
from stores import rules
from tests.imports.brought import keep, people


def test_a_lost_task_is_woken(db: None, settings: Settings) -> None:
    kept = keep(people(5), goal=Goal.APPLY)
    ListImport.objects.update(created_at=timezone.now() - timedelta(minutes=10))

    assert tasks.resume_lists() == 1

    kept.refresh_from_db()
    assert (kept.state, tasks.resume_lists()) == (ImportState.APPLIED, 0)


def test_files_are_deleted_after_their_time_and_rows_stay(db: None) -> None:
    kept = engine.apply(keep(people(2)))
    path = intake.path_of(kept)
    assert tasks.forget_files() == 0

    ListImport.objects.update(created_at=timezone.now() - timedelta(days=rules.current().list_files_kept_days + 1))
    assert tasks.forget_files() == 1

    assert (path.exists(), kept.rows.count()) == (False, 2)
