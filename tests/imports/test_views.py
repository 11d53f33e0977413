from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from clients.models import Client
from imports.models import ImportState, ListImport
from tests.conftest import DATA

LEGACY = DATA / "legacy-list/clients.csv"


def upload(browser, content, kind="clients"):
    file = SimpleUploadedFile("список.csv", content)
    return browser.post(reverse("imports:lists"), {"spec": kind, "file": file})


def test_upload_preview_apply_outcomes(admin, signed_in, django_capture_on_commit_callbacks):
    browser = signed_in(admin)

    with django_capture_on_commit_callbacks(execute=True):
        response = upload(browser, LEGACY.read_bytes())
    found = ListImport.objects.get()
    assert (found.state, Client.objects.count()) == (ImportState.PLANNED, 0)
    assert browser.get(response["Location"]).status_code == 200

    with django_capture_on_commit_callbacks(execute=True):
        browser.post(reverse("imports:apply", args=[found.pk]))
    found.refresh_from_db()

    assert (found.state, Client.objects.count()) == (ImportState.APPLIED, 25)
    assert browser.get(reverse("imports:outcomes", args=[found.pk])).status_code == 200
    assert b"".join(browser.get(reverse("imports:original", args=[found.pk]))) == LEGACY.read_bytes()


def test_an_unreadable_file_is_refused_beside_the_field(admin, signed_in):
    response = upload(signed_in(admin), b"a;b\n1;2\n")

    assert response.status_code == 422
    assert response.context["form"].errors["file"]


def test_lists_keep_their_number_of_queries(admin, signed_in, django_assert_num_queries):
    browser = signed_in(admin)
    counts = []
    for _list in range(2):
        upload(browser, LEGACY.read_bytes())
        with django_assert_num_queries(5, exact=False) as captured:
            browser.get(reverse("imports:lists"))
        counts.append(len(captured))

    assert counts[0] == counts[1]
