-- Which segment on which days, for clients with nothing but issued invoices and credit notes without a link?
WITH sales AS (
    SELECT client_id, issued_on
    FROM invoices
    WHERE client_id IS NOT NULL AND kind = 'invoice' AND state = 'issued' AND amount > 0
),
gaps AS (
    SELECT
        client_id, issued_on AS last_on,
        lead(issued_on) OVER w AS next_on,
        lag(issued_on) OVER w IS NULL AS is_first
    FROM sales
    WINDOW w AS (PARTITION BY client_id ORDER BY issued_on)
),
-- Gaps in which a client turns colder, and the first invoice of each. Four months have 120 days or more: a comparison
-- of days spares most rows the arithmetic of months, which is slow.
cold AS (
    SELECT client_id, last_on, next_on, is_first,
        next_on IS NULL OR (next_on - last_on > 120 AND next_on > last_on + INTERVAL 4 MONTH + INTERVAL 1 DAY) AS is_cold
    FROM gaps
    WHERE is_cold OR is_first
),
runs AS (
    SELECT client_id, last_on, next_on, is_cold,
        coalesce(lag(CASE WHEN is_cold THEN next_on ELSE last_on END) OVER w, last_on) AS start_on
    FROM cold
    WINDOW w AS (PARTITION BY client_id ORDER BY last_on, next_on NULLS LAST)
),
laid AS (
    SELECT client_id, start_on, coalesce(next_on, DATE '9999-12-31') AS end_on,
        (last_on + INTERVAL 4 MONTH)::DATE + 1 AS sleeping_on,
        (last_on + INTERVAL 8 MONTH)::DATE + 1 AS hibernating_on,
        last_on + 371 AS leaving_on,
        last_on + 401 AS lost_on
    FROM runs
    WHERE is_cold
),
created AS (
    SELECT client_id, created_on, first_on
    FROM clients LEFT JOIN (SELECT client_id, last_on AS first_on FROM cold WHERE is_first) USING (client_id)
    WHERE created_on IS NOT NULL AND (first_on IS NULL OR created_on < first_on)
),
every_rung AS (
    SELECT client_id, 'active' AS segment, 'invoiced' AS reason, start_on AS from_on, least(sleeping_on, end_on) AS until_on FROM laid
    UNION ALL
    SELECT client_id, 'sleeping_away', 'cooling', sleeping_on, least(hibernating_on, end_on) FROM laid
    UNION ALL
    SELECT client_id, 'hibernating', 'cooling', hibernating_on, least(leaving_on, end_on) FROM laid
    UNION ALL
    SELECT client_id, 'leaving', 'leaving', leaving_on, least(lost_on, end_on) FROM laid
    UNION ALL
    SELECT client_id, 'lost', 'expired', lost_on, end_on FROM laid
    UNION ALL
    SELECT client_id, 'no_activity', 'empty', created_on, least(created_on + 400, coalesce(first_on, DATE '9999-12-31')) FROM created
    UNION ALL
    SELECT client_id, 'lost', 'never_invoiced', created_on + 400, coalesce(first_on, DATE '9999-12-31') FROM created
)
SELECT client_id, segment, reason, from_on, CASE WHEN until_on < DATE '9999-12-31' THEN until_on END AS until_on
FROM every_rung
WHERE from_on < until_on
