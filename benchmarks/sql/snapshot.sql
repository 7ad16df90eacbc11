-- Where does every client stand on the day? The decision table of docs, policy kopilot with its published numbers.
WITH credited AS (
    SELECT credits AS invoice_id, client_id, currency, -sum(amount) AS credited
    FROM invoices
    WHERE credits IS NOT NULL AND amount < 0 AND issued_on <= getvariable('day')
        AND (state = 'issued' OR state = 'void') AND (void_on > getvariable('day') OR (void_on IS NULL AND state = 'issued'))
    GROUP BY ALL
),
sales AS (
    SELECT
        i.client_id, i.issued_on, i.known_on, i.state,
        (i.void_on IS NULL OR i.void_on > getvariable('day')) AND coalesce(c.credited, 0) < i.amount AS stands
    FROM invoices i LEFT JOIN credited c USING (invoice_id, client_id, currency)
    WHERE i.client_id IS NOT NULL AND i.kind = 'invoice' AND i.amount > 0 AND (i.state <> 'void' OR i.void_on IS NOT NULL)
),
seen AS (
    SELECT
        client_id,
        max(issued_on) FILTER (state <> 'planned' AND stands AND issued_on <= getvariable('day')) AS last_on,
        min(issued_on) FILTER (is_coming) AS next_on,
        max(known_on) FILTER (is_coming) AS next_known_on,
        min(CASE WHEN state = 'planned' THEN known_on ELSE least(issued_on, known_on) END) AS shown_on
    FROM (
        SELECT *,
            stands AND issued_on > getvariable('day') AND issued_on <= getvariable('day') + INTERVAL 12 MONTH
            AND (known_on <= getvariable('day') OR (known_on IS NULL AND state = 'planned')) AS is_coming
        FROM sales
    )
    GROUP BY client_id
),
marked AS (
    SELECT client_id, arg_max(mark, rank) AS mark, max(marked_on) AS marked_on
    FROM (
        SELECT client_id, mark, marked_on, {
            'a': marked_on, 'b': coalesce(recorded_at, TIMESTAMP '0001-01-01'),
            'c': CASE mark WHEN 'cancelled' THEN 3 WHEN 'lost' THEN 2 ELSE 1 END
        } AS rank
        FROM marks WHERE marked_on <= getvariable('day')
    )
    GROUP BY client_id
),
standing AS (
    SELECT
        client_id, last_on, next_on, least(shown_on, created_on) AS born_on,
        CASE WHEN mark IN ('cancelled', 'lost') AND NOT coalesce(last_on > marked_on, false)
            AND NOT coalesce(next_known_on > marked_on, false) THEN mark END AS mark,
        marked_on,
        getvariable('day') - last_on AS age
    FROM seen FULL JOIN (SELECT client_id, created_on FROM clients) USING (client_id) LEFT JOIN marked USING (client_id)
    WHERE least(shown_on, created_on) <= getvariable('day')
)
SELECT
    client_id,
    CASE
        WHEN mark IS NOT NULL THEN mark
        WHEN getvariable('day') <= last_on + INTERVAL 4 MONTH THEN 'active'
        WHEN getvariable('day') <= last_on + INTERVAL 8 MONTH THEN 'sleeping_away'
        WHEN age <= 370 OR (age <= 400 AND next_on IS NOT NULL) THEN 'hibernating'
        WHEN age <= 400 THEN 'leaving'
        WHEN next_on IS NOT NULL THEN 'new'
        WHEN last_on IS NOT NULL THEN 'lost'
        WHEN getvariable('day') - born_on < 400 THEN 'no_activity'
        ELSE 'lost'
    END AS segment,
    CASE
        WHEN mark IS NOT NULL THEN 'marked'
        WHEN getvariable('day') <= last_on + INTERVAL 4 MONTH THEN 'invoiced'
        WHEN getvariable('day') <= last_on + INTERVAL 8 MONTH OR age <= 370 THEN 'cooling'
        WHEN age <= 400 AND next_on IS NOT NULL THEN 'planned'
        WHEN age <= 400 THEN 'leaving'
        WHEN next_on IS NOT NULL THEN CASE WHEN last_on IS NULL THEN 'first' ELSE 'returning' END
        WHEN last_on IS NOT NULL THEN 'expired'
        WHEN getvariable('day') - born_on < 400 THEN 'empty'
        ELSE 'never_invoiced'
    END AS reason,
    last_on AS last_issued_on,
    next_on AS next_planned_on,
    born_on,
    CASE WHEN mark IS NOT NULL THEN marked_on END AS marked_on
FROM standing
