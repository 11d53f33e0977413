"""Blocks as a campaign keeps them."""

from campaigns.letters import blocks
from campaigns.letters.blocks import Block, Kind


def test_there_and_back() -> None:
    made = [Block(Kind.PICTURE, "Свет", "R1-1"), Block(Kind.BUTTON, "Смотреть", address="https://example.ru/")]

    assert blocks.read(blocks.written(made)) == made


def test_what_is_of_no_kind_is_left_out() -> None:
    assert blocks.read([{"kind": "script", "text": "!"}, {"text": "!"}, {"kind": "heading"}]) == [Block(Kind.HEADING)]


def test_articles_are_read_one_by_one() -> None:
    assert Block(Kind.ARTICLES, articles=" R1-1, E2 ,\nP3,,").codes == ["R1-1", "E2", "P3"]
