"""What a list hands over: those who were ticked, or all whom its address means."""

from django.http import QueryDict

from campaigns.once import asking


def test_all_found_are_the_question_of_the_list() -> None:
    told = asking.asked(QueryDict("all=on&question=w0%3Dsilent%26g0%3D0%26p0_days%3D0%26store%3D7%26q%3D%D0%96%D1%83%D0%BA&pk=5"))

    assert told.told == {"definition": [[{"what": "silent", "days": 0}]], "words": "Жук"}
    assert (told.sentence, told.store, told.is_empty) == ("Клиенты, которые молчат. И найдены по словам «Жук».", 7, False)


def test_the_ticked_are_themselves_and_nobody_ticked_is_nobody() -> None:
    ticked, nobody = asking.asked(QueryDict("pk=5&pk=x&pk=7")), asking.asked(QueryDict("question="))

    assert (ticked.told, ticked.is_empty, nobody.is_empty) == ({"ticked": [5, 7]}, False, True)
