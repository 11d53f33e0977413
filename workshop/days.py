"""What the service desk tells of visits: a day on which a piece was brought in and its request not cancelled."""

from visits.sources import DaysSource

DAYS_BROUGHT_IN = DaysSource(
    "workshop",
    """SELECT s.store_id AS scope, s.client_id, s.accepted_on AS day, 0 AS items, 0 AS total, COUNT(*) AS services
       FROM workshop_servicerequest s
       WHERE s.client_id {whose} AND s.status <> 'cancelled' GROUP BY s.store_id, s.client_id, s.accepted_on""",
)
