"""Do receipts add up: with the ledger of bonuses, with their payments, with their deductions? Nothing is changed. Public."""

from collections.abc import Iterator

from visits import dialect

# What a receipt has spent and earned by the ledger, and by its kept pieces.
_RECEIPTS = """
SELECT told_by, SUM(spent), SUM(paid), SUM(earned), SUM(brought) FROM (
    SELECT receipt_key AS told_by, SUM(CASE WHEN kind IN ('spend', 'unspend') THEN -amount ELSE 0 END) AS spent, 0 AS paid,
        SUM(CASE WHEN kind IN ('earn', 'revoke') THEN amount ELSE 0 END) AS earned, 0 AS brought
    FROM loyalty_entry WHERE receipt_key LIKE 'receipt:%%' GROUP BY receipt_key
    UNION ALL
    SELECT receipt_key, SUM(CASE WHEN kind = 'spend' THEN amount ELSE 0 END), 0,
        SUM(CASE WHEN kind = 'revoke' THEN -amount ELSE 0 END), 0
    FROM loyalty_debt WHERE receipt_key LIKE 'receipt:%%' GROUP BY receipt_key
    UNION ALL
    SELECT 'receipt:' || p.id, 0, COALESCE(SUM(d.bonus), 0), 0, SUM(x.earned)
    FROM purchases_purchase p JOIN purchases_piece x ON x.purchase_id = p.id AND x.returned_on IS NULL
    LEFT JOIN (SELECT piece_id, SUM(amount) AS bonus FROM purchases_deduction WHERE source = 'bonus' GROUP BY piece_id) d
        ON d.piece_id = x.id
    WHERE p.voided_at IS NULL AND p.client_id IS NOT NULL AND (x.earned > 0 OR d.bonus > 0) GROUP BY p.id
) both_sides GROUP BY told_by HAVING SUM(spent) <> SUM(paid) OR SUM(earned) <> SUM(brought) ORDER BY told_by"""
_PIECES = """
SELECT x.id, x.purchase_id, x.discount, SUM(d.amount) FROM purchases_piece x JOIN purchases_deduction d ON d.piece_id = x.id
GROUP BY x.id, x.purchase_id, x.discount HAVING SUM(d.amount) > x.discount ORDER BY x.id"""

# What was said of payments, and what was to pay; certificates alone may be a part of it, of the rest nobody has said.
_PAID = """
SELECT t.purchase_id, t.paid, t.others, s.sold - COALESCE(b.came, 0) FROM (
    SELECT purchase_id, SUM(sum) AS paid, SUM(CASE WHEN kind <> 'certificate' THEN 1 ELSE 0 END) AS others
    FROM purchases_tender GROUP BY purchase_id
) t JOIN (SELECT purchase_id, SUM(price) AS sold FROM purchases_piece GROUP BY purchase_id) s ON s.purchase_id = t.purchase_id
LEFT JOIN (SELECT exchanged_in_id, SUM(price) AS came FROM purchases_piece GROUP BY exchanged_in_id) b
    ON b.exchanged_in_id = t.purchase_id
WHERE t.paid - s.sold + COALESCE(b.came, 0) > 0.001 OR (t.others > 0 AND t.paid - s.sold + COALESCE(b.came, 0) < -0.001)
ORDER BY t.purchase_id"""


def differences() -> Iterator[str]:
    """Receipts that spent or earned other than the ledger has, whose payments are not what was to pay, and pieces with more
    deductions than discount. Three queries.
    """
    for key, spent, paid, earned, brought in dialect.fetch(_RECEIPTS):
        if spent != paid:
            yield f"{key}: {int(paid)} bonuses in its pieces, {int(spent)} by the ledger"
        if earned != brought:
            yield f"{key}: {int(brought)} earned by its pieces, {int(earned)} by the ledger"
    for piece, receipt, discount, taken in dialect.fetch(_PIECES):
        yield f"piece {piece} of receipt {receipt}: {discount} off, {taken} by its deductions"
    for receipt, paid, _others, to_pay in dialect.fetch(_PAID):
        yield f"receipt {receipt}: {paid} paid, {to_pay} to pay"
