"""What a list of articles and a list of stock call the same things, and why a row of theirs is refused."""

from django.utils.translation import gettext_lazy as _

from imports.specs import Column

ARTICLE = Column(
    "article", _("Article"), ("артикул", "арт", "article", "sku", "код изделия", "код товара", "модель", "код", "vendor code", "variant sku", "product sku"), r"артик|article|\bsku\b|vendor code|product code"
)  # fmt: skip
SIZE = Column("size", _("Size"), ("размер", "размер изделия", "size", "длина"), r"^размер|\bsize$|длина")
REASONS = {
    "article": _("there is no article, or it is longer than 40 characters"),
    "unknown article": _("the catalogue does not know this article: load the list of articles first"),
    "store": _("of which store this row is, is not said: say it on the page of values"),
    "count": _("this is no number of pieces"),
    "twice": _("the list says another count for this article, size and store too"),
    "price": _("this is no price"),
    "weight": _("this is no weight in grams"),
    "carats": _("this is no weight in carats"),
    "in stock": _("stays: pieces of this article lie in the stores"),
}
