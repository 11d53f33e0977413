"""Keys of passport data, changed."""

from pathlib import Path

import pytest
from cryptography.fernet import Fernet
from django.core.management import call_command
from pytest_django import Settings

from tests.present import present
from tests.workshop.conftest import DATA
from workshop import passports
from workshop.models import Passport
from workshop.passports import SealError


def test_a_new_key_seals_and_the_former_still_opens(kept: Passport, settings: Settings, tmp_path: Path) -> None:
    former = (settings.DATA_DIR / "passport.key").read_text().strip()
    new = Fernet.generate_key().decode()
    settings.PASSPORT_KEYS = [new, former]
    assert present(passports.masked(kept.request)).number.endswith("12")

    call_command("rotate_passport_keys", verbosity=0)

    settings.PASSPORT_KEYS = [new]
    assert passports.open_whole(kept.request, why="сверка", by=present(kept.by)) == DATA
    settings.PASSPORT_KEYS = [former]
    with pytest.raises(SealError):
        passports.open_whole(kept.request, why="сверка", by=present(kept.by))


def test_a_new_key_is_printed_and_nothing_else_is_done(kept: Passport, capsys: pytest.CaptureFixture[str]) -> None:
    call_command("rotate_passport_keys", "--new-key")

    key = Fernet(capsys.readouterr().out.strip())
    assert key.decrypt(key.encrypt(b"x")) == b"x"
    assert bytes(Passport.objects.get().sealed) == bytes(kept.sealed)
