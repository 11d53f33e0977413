"""What lies in a demo chain's stores: the models that were sold last, some of them in several sizes."""

from collections.abc import Sequence
from random import Random

from catalogue import services
from catalogue.kinds import Metal, PieceKind
from catalogue.services import ArticleFacts, StockFacts
from purchases.models import Piece
from stores.models import Store

MODELS = 600
COLLECTIONS = ("", "", "Север", "Амур", "Классика")
STONES = ("", "", "фианит", "бриллиант 0,12 ct", "сапфир 0,45 ct", "топаз 1,8 ct", "жемчуг")
METALS = ((Metal.RED_GOLD, 585), (Metal.WHITE_GOLD, 585), (Metal.YELLOW_GOLD, 750), (Metal.SILVER, 925))
RING_SIZES = ("16", "16.5", "17", "17.5", "18", "18.5")


def lay(stores: Sequence[Store], chance: Random) -> None:
    """Articles of the pieces that were sold last, and where they lie."""
    pieces = list(Piece.objects.order_by("-purchase__sold_on", "-pk")[:MODELS])
    services.upsert_articles([_facts(piece, chance) for piece in pieces])
    services.set_stock([fact for piece in pieces for fact in _lying(piece, stores, chance)])


def _facts(piece: Piece, chance: Random) -> ArticleFacts:
    metal, fineness = chance.choice(METALS)
    stones = chance.choice(STONES)
    name = f"{PieceKind(piece.kind).label} {stones.split(' ')[0]}".strip().capitalize()
    sizes = RING_SIZES if piece.kind == PieceKind.RING else None
    return ArticleFacts(
        piece.article, name=name, kind=piece.kind, metal=metal, fineness=fineness, stones=stones, sizes=sizes,
        collection=chance.choice(COLLECTIONS), price=piece.tag,
    )  # fmt: skip


def _lying(piece: Piece, stores: Sequence[Store], chance: Random) -> list[StockFacts]:
    sizes = chance.sample(RING_SIZES, 3) if piece.kind == PieceKind.RING else [""]
    return [StockFacts(piece.article, chance.choice(stores), chance.randrange(0, 3), size) for size in sizes]
