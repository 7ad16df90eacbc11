-- The summary by dates, scored from 1 to 5 by quintiles (type 7; a value equal to a cut lies below it), and named.
WITH summary AS (
    SELECT
        client_id, getvariable('day') - max(issued_on) AS recency_days, count(DISTINCT issued_on) AS frequency,
        sum(amount) AS monetary, count(*) AS invoice_count
    FROM purchases
    WHERE issued_on <= getvariable('day')
    GROUP BY client_id
),
cuts AS (
    SELECT
        quantile_cont(recency_days::DOUBLE, [0.2, 0.4, 0.6, 0.8]) AS r,
        quantile_cont(frequency::DOUBLE, [0.2, 0.4, 0.6, 0.8]) AS f,
        quantile_cont(monetary::DOUBLE, [0.2, 0.4, 0.6, 0.8]) AS m
    FROM summary
),
scored AS (
    SELECT
        summary.*,
        5 - (recency_days > r[1])::INT - (recency_days > r[2])::INT - (recency_days > r[3])::INT
            - (recency_days > r[4])::INT AS r_score,
        1 + (frequency > f[1])::INT + (frequency > f[2])::INT + (frequency > f[3])::INT + (frequency > f[4])::INT AS f_score,
        1 + (monetary::DOUBLE > m[1])::INT + (monetary::DOUBLE > m[2])::INT + (monetary::DOUBLE > m[3])::INT
            + (monetary::DOUBLE > m[4])::INT AS m_score,
        (f_score + m_score + 1) // 2 AS fm
    FROM summary, cuts
)
SELECT
    client_id, client_id AS name, 100 * r_score + 10 * f_score + m_score AS rfm_score, r_score, f_score, m_score,
    CASE
        WHEN r_score >= 4 THEN CASE fm WHEN 5 THEN 'champions' WHEN 4 THEN 'strong' WHEN 1 THEN 'beginners' ELSE 'promising' END
        WHEN r_score = 3 THEN CASE WHEN fm >= 3 THEN 'wavering' ELSE 'passing' END
        WHEN fm = 5 THEN 'not to lose'
        WHEN fm >= 3 THEN 'once good'
        ELSE 'faded'
    END AS cell,
    recency_days, frequency, monetary,
    -- In whole numbers: a quotient of floating point lies below a half that is exact.
    ((20_000 * monetary)::BIGINT + invoice_count) // (2 * invoice_count) * 0.0001::DECIMAL(18, 4) AS average_amount
FROM scored
