-- Which segment on which days, whatever the facts: plans, early knowledge, voids, linked credit notes and marks too.
-- Clients with nothing but issued invoices go the short way of timeline_plain.sql. For the others: the days on which
-- something begins or ends, what is in force from each of them on, and the decision table over it.
WITH special AS (
    SELECT client_id FROM invoices
    WHERE client_id IS NOT NULL
        AND (state <> 'issued' OR void_on IS NOT NULL OR credits IS NOT NULL OR known_on < issued_on)
    UNION
    SELECT client_id FROM marks
),
sales AS (
    SELECT client_id, issued_on
    FROM invoices ANTI JOIN special USING (client_id)
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
    FROM clients ANTI JOIN special USING (client_id) LEFT JOIN (SELECT client_id, last_on AS first_on FROM cold WHERE is_first) USING (client_id)
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
),
documents AS MATERIALIZED (
    SELECT invoice_id, client_id, currency, kind, state, issued_on, known_on, amount, credits,
        coalesce(void_on, DATE '9999-12-31') AS void_on
    FROM invoices SEMI JOIN special USING (client_id)
    WHERE state <> 'void' OR void_on IS NOT NULL
),
sold AS MATERIALIZED (
    SELECT * FROM documents WHERE kind = 'invoice' AND amount > 0
),
born AS MATERIALIZED (
    SELECT client_id, least(shown_on, created_on) AS born_on
    FROM (
        SELECT client_id, min(CASE WHEN state = 'planned' THEN known_on ELSE least(issued_on, known_on) END) AS shown_on
        FROM sold GROUP BY client_id
    ) FULL JOIN (SELECT client_id, created_on FROM clients SEMI JOIN special USING (client_id)) USING (client_id)
    WHERE least(shown_on, created_on) IS NOT NULL
),
-- What credit notes take back of each invoice, day by day, and the spans in which that stays below its amount.
credit_steps AS (
    SELECT invoice_id, client_id, currency, step_on, sum(step) AS step
    FROM (
        SELECT credits AS invoice_id, client_id, currency, unnest([issued_on, void_on]) AS step_on, unnest([-amount, amount]) AS step
        FROM documents
        WHERE credits IS NOT NULL AND amount < 0 AND state <> 'planned' AND void_on > issued_on
    )
    GROUP BY ALL
),
credited AS (
    SELECT invoice_id, client_id, currency, step_on,
        sum(step) OVER w AS credited, lead(step_on, 1, DATE '9999-12-31') OVER w AS until_on,
        lag(step_on) OVER w IS NULL AS is_first
    FROM credit_steps
    WINDOW w AS (PARTITION BY invoice_id, client_id, currency ORDER BY step_on)
),
free AS MATERIALIZED (
    SELECT invoice_id, client_id, currency, step_on AS from_on, until_on, credited FROM credited
    UNION ALL
    SELECT invoice_id, client_id, currency, DATE '0001-01-01', step_on, 0 FROM credited WHERE is_first
),
issued AS MATERIALIZED (
    SELECT s.client_id, s.issued_on, s.known_on,
        coalesce(f.from_on, DATE '0001-01-01') AS free_from, least(coalesce(f.until_on, DATE '9999-12-31'), s.void_on) AS end_on
    FROM sold s LEFT JOIN free f USING (invoice_id, client_id, currency)
    WHERE s.state <> 'planned' AND (f.credited IS NULL OR f.credited < s.amount)
),
counted AS MATERIALIZED (
    SELECT client_id, issued_on, greatest(free_from, issued_on) AS from_on, end_on AS until_on
    FROM issued
    WHERE greatest(free_from, issued_on) < end_on
),
coming AS MATERIALIZED (
    SELECT client_id, known_on, greatest(from_on, known_on, horizon_on) AS from_on, until_on
    FROM (
        SELECT client_id, known_on, from_on, until_on,
            -- The first day whose twelfth month reaches the date: a 29 February is seen from 1 March on.
            (issued_on - INTERVAL 12 MONTH)::DATE + ((issued_on - INTERVAL 12 MONTH) + INTERVAL 12 MONTH < issued_on)::INT AS horizon_on
        FROM (
            SELECT client_id, known_on, issued_on, free_from AS from_on, least(end_on, issued_on) AS until_on
            FROM issued WHERE known_on < issued_on
            UNION ALL
            SELECT client_id, known_on, issued_on, DATE '0001-01-01', least(void_on, issued_on)
            FROM sold WHERE state = 'planned'
        )
    )
    WHERE greatest(from_on, known_on, horizon_on) < until_on
),
statements AS MATERIALIZED (
    SELECT client_id, marked_on, arg_max(mark, {
        'first': coalesce(recorded_at, TIMESTAMP '0001-01-01'),
        'then': CASE mark WHEN 'cancelled' THEN 3 WHEN 'lost' THEN 2 ELSE 1 END
    }) AS mark
    FROM marks
    GROUP BY client_id, marked_on
),
-- An invoice that counts for ever stays the last one until the next; one that will be taken back is looked up.
events AS (
    SELECT client_id, from_on AS on_day, issued_on AS last_on, NULL::DATE AS marked_on, 0 AS coming, 0 AS passing
    FROM counted WHERE until_on = DATE '9999-12-31'
    UNION ALL
    SELECT client_id, unnest([from_on, until_on]), NULL, NULL, 0, unnest([1, -1]) FROM counted WHERE until_on < DATE '9999-12-31'
    UNION ALL
    SELECT client_id, unnest([from_on, until_on]), NULL, NULL, unnest([1, -1]), 0 FROM coming
    UNION ALL
    SELECT client_id, marked_on, NULL, marked_on, 0, 0 FROM statements
    UNION ALL
    SELECT client_id, born_on, NULL, NULL, 0, 0 FROM born
),
state AS MATERIALIZED (
    -- The frame of a window takes in all events of the same day; the last of them tells when the next day comes.
    SELECT client_id, on_day,
        max(last_on) OVER w AS last_on, max(marked_on) OVER w AS marked_on,
        sum(coming) OVER w AS coming, sum(passing) OVER w AS passing,
        lead(on_day, 1, DATE '9999-12-31') OVER w AS until_on
    FROM events
    WINDOW w AS (PARTITION BY client_id ORDER BY on_day)
    QUALIFY until_on > on_day
),
passing AS (
    SELECT s.client_id, s.on_day, max(c.issued_on) AS passing_on
    FROM state s JOIN counted c ON c.client_id = s.client_id AND c.from_on <= s.on_day AND s.on_day < c.until_on
    WHERE s.passing > 0 AND c.until_on < DATE '9999-12-31'
    GROUP BY ALL
),
newest AS (
    SELECT s.client_id, s.on_day, max(c.known_on) AS known_on
    FROM state s JOIN coming c ON c.client_id = s.client_id AND c.from_on <= s.on_day AND s.on_day < c.until_on
    WHERE s.coming > 0 AND s.marked_on IS NOT NULL
    GROUP BY ALL
),
held AS (
    SELECT s.client_id, greatest(s.on_day, b.born_on) AS start_on, s.until_on AS end_on, s.coming > 0 AS is_coming,
        greatest(s.last_on, p.passing_on) AS last_on, b.born_on,
        CASE WHEN m.mark <> 'reactivated' AND NOT coalesce(greatest(s.last_on, p.passing_on) > s.marked_on, false)
            AND NOT coalesce(n.known_on > s.marked_on, false) THEN m.mark END AS mark
    FROM state s
    JOIN born b USING (client_id)
    LEFT JOIN passing p USING (client_id, on_day)
    LEFT JOIN newest n USING (client_id, on_day)
    LEFT JOIN statements m USING (client_id, marked_on)
    WHERE s.until_on > b.born_on
),
stretches AS MATERIALIZED (
    SELECT *,
        (last_on + INTERVAL 4 MONTH)::DATE + 1 AS sleeping_on,
        (last_on + INTERVAL 8 MONTH)::DATE + 1 AS hibernating_on,
        last_on + 371 AS leaving_on, last_on + 401 AS lost_on
    FROM held
),
steps AS (
    SELECT client_id, start_on AS from_on, mark AS segment, 'marked' AS reason FROM stretches WHERE mark IS NOT NULL
    UNION ALL
    SELECT client_id, start_on, 'active', 'invoiced' FROM stretches WHERE mark IS NULL AND start_on < sleeping_on
    UNION ALL
    SELECT client_id, greatest(start_on, sleeping_on), 'sleeping_away', 'cooling' FROM stretches
    WHERE mark IS NULL AND greatest(start_on, sleeping_on) < least(end_on, hibernating_on) AND last_on IS NOT NULL
    UNION ALL
    SELECT client_id, greatest(start_on, hibernating_on), 'hibernating', 'cooling' FROM stretches
    WHERE mark IS NULL AND greatest(start_on, hibernating_on) < least(end_on, leaving_on) AND last_on IS NOT NULL
    UNION ALL
    SELECT client_id, greatest(start_on, leaving_on),
        CASE WHEN is_coming THEN 'hibernating' ELSE 'leaving' END, CASE WHEN is_coming THEN 'planned' ELSE 'leaving' END
    FROM stretches
    WHERE mark IS NULL AND greatest(start_on, leaving_on) < least(end_on, lost_on) AND last_on IS NOT NULL
    UNION ALL
    SELECT client_id, greatest(start_on, lost_on),
        CASE WHEN is_coming THEN 'new' ELSE 'lost' END, CASE WHEN is_coming THEN 'returning' ELSE 'expired' END
    FROM stretches
    WHERE mark IS NULL AND greatest(start_on, lost_on) < end_on AND last_on IS NOT NULL
    UNION ALL
    SELECT client_id, start_on, 'new', 'first' FROM stretches WHERE mark IS NULL AND last_on IS NULL AND is_coming
    UNION ALL
    SELECT client_id, start_on, 'no_activity', 'empty' FROM stretches
    WHERE mark IS NULL AND last_on IS NULL AND NOT is_coming AND start_on < born_on + 400
    UNION ALL
    SELECT client_id, greatest(start_on, born_on + 400), 'lost', 'never_invoiced' FROM stretches
    WHERE mark IS NULL AND last_on IS NULL AND NOT is_coming AND greatest(start_on, born_on + 400) < end_on
),
turns AS (
    SELECT client_id, segment, reason, from_on
    FROM steps
    WINDOW w AS (PARTITION BY client_id ORDER BY from_on)
    QUALIFY (segment, reason) IS DISTINCT FROM (lag(segment) OVER w, lag(reason) OVER w)
)
SELECT client_id, segment, reason, from_on, CASE WHEN until_on < DATE '9999-12-31' THEN until_on END AS until_on
FROM every_rung
WHERE from_on < until_on
UNION ALL
SELECT client_id, segment, reason, from_on, lead(from_on) OVER (PARTITION BY client_id ORDER BY from_on) AS until_on
FROM turns
