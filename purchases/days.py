"""What receipts tell of visits: a day on which something was bought and kept."""

from visits.sources import DaysSource, PiecesSource

BUYING_DAYS = DaysSource(
    "purchases",
    """SELECT p.store_id AS scope, p.client_id, p.sold_on AS day, COUNT(*) AS items, SUM(x.price) AS total, 0 AS services
       FROM purchases_purchase p JOIN purchases_piece x ON x.purchase_id = p.id AND x.returned_on IS NULL
       WHERE p.client_id {whose} AND p.voided_at IS NULL GROUP BY p.store_id, p.client_id, p.sold_on""",
)
KEPT_PIECES = PiecesSource(
    "purchases",
    """SELECT p.client_id, p.sold_on AS day, x.id, x.kind, x.price
       FROM purchases_purchase p JOIN purchases_piece x ON x.purchase_id = p.id AND x.returned_on IS NULL
       WHERE p.client_id {whose} AND p.voided_at IS NULL""",
)
