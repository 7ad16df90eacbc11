-- The snapshot for clients with nothing but issued invoices and credit notes without a link: no plan, mark, void, credit.
-- It knows beforehand what the rule has to find out, and is therefore the hardest to reach.
WITH seen AS (
    SELECT client_id, max(issued_on) FILTER (issued_on <= getvariable('day')) AS last_on, min(issued_on) AS first_on
    FROM invoices
    WHERE client_id IS NOT NULL AND kind = 'invoice' AND state = 'issued' AND amount > 0
    GROUP BY client_id
),
standing AS (
    SELECT client_id, last_on, least(first_on, created_on) AS born_on, getvariable('day') - last_on AS age
    FROM seen FULL JOIN (SELECT client_id, created_on FROM clients) USING (client_id)
    WHERE least(first_on, created_on) <= getvariable('day')
)
SELECT
    client_id,
    CASE
        WHEN getvariable('day') <= last_on + INTERVAL 4 MONTH THEN 'active'
        WHEN getvariable('day') <= last_on + INTERVAL 8 MONTH THEN 'sleeping_away'
        WHEN age <= 370 THEN 'hibernating'
        WHEN age <= 400 THEN 'leaving'
        WHEN last_on IS NULL AND getvariable('day') - born_on < 400 THEN 'no_activity'
        ELSE 'lost'
    END AS segment,
    CASE
        WHEN getvariable('day') <= last_on + INTERVAL 4 MONTH THEN 'invoiced'
        WHEN age <= 370 THEN 'cooling'
        WHEN age <= 400 THEN 'leaving'
        WHEN last_on IS NOT NULL THEN 'expired'
        WHEN getvariable('day') - born_on < 400 THEN 'empty'
        ELSE 'never_invoiced'
    END AS reason,
    last_on AS last_issued_on,
    NULL::DATE AS next_planned_on,
    born_on,
    NULL::DATE AS marked_on
FROM standing
