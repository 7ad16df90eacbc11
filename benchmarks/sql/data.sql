-- Five years of invoices. Clients come and go, a few are large, some were created and never invoiced.
-- u(key, salt) is a number in [0, 1) that depends on the seed, the key and the salt alone.
CREATE MACRO u(key, salt) AS hash(key, salt, getvariable('seed')) / 18446744073709551616.0;
CREATE MACRO happens(key, salt, share) AS u(key, salt) < share;

CREATE TEMP TABLE life AS
SELECT
    k,
    'c' || lpad(k::VARCHAR, 7, '0') AS client_id,
    k % 10 = 3 AND getvariable('is_decided') AS is_decided,
    DATE '2020-01-01' + floor(u(k, 1) * u(k, 1) * 1500)::INT AS first_on,
    DATE '2024-12-31' AS end_on
FROM range(getvariable('client_count')) AS r(k);

ALTER TABLE life ADD COLUMN day_count INT;
UPDATE life SET day_count = 30 + floor(u(k, 2) * (end_on - first_on - 29))::INT;

CREATE TABLE clients AS
SELECT
    client_id,
    'Client ' || k AS name,
    -- Half of the sources tell when a client was created.
    CASE WHEN k % 2 = 0 OR k % 23 = 0 THEN first_on - floor(u(k, 3) * 60)::INT END AS created_on
FROM life
ORDER BY k;

CREATE TEMP TABLE documents AS
SELECT
    i,
    -- The density falls with the number of the client: the first have most. One in 23 was never invoiced.
    floor(pow(u(i, 4), 1.5) * getvariable('client_count'))::BIGINT AS drawn,
    CASE WHEN drawn % 23 = 0 THEN (drawn + 1) % getvariable('client_count') ELSE drawn END AS k,
    round(20 + 4000 * pow(u(i, 6), 3), 2)::DECIMAL(18, 4) AS amount
FROM range(getvariable('invoice_count')) AS r(i);

CREATE TEMP TABLE issued AS
SELECT
    'i' || lpad(i::VARCHAR, 8, '0') AS invoice_id,
    i, client_id, is_decided, amount,
    first_on + floor(u(i, 5) * day_count)::INT AS issued_on
FROM documents JOIN life USING (k);

CREATE TEMP TABLE rows_of_all AS
SELECT
    invoice_id,
    CASE WHEN happens(i, 7, 0.998) THEN client_id END AS client_id,
    CASE WHEN happens(i, 8, 0.01) THEN 'credit_note' ELSE 'invoice' END AS kind,
    CASE WHEN is_decided AND happens(i, 9, 0.02) THEN 'void' ELSE 'issued' END AS state,
    issued_on,
    CASE WHEN is_decided AND happens(i, 10, 0.1) THEN issued_on - 1 - floor(u(i, 11) * 90)::INT ELSE issued_on END AS known_on,
    CASE WHEN is_decided AND happens(i, 9, 0.018) THEN issued_on + 1 + floor(u(i, 12) * 200)::INT END AS void_on,
    CASE WHEN happens(i, 8, 0.01) THEN -amount WHEN happens(i, 8, 0.015) THEN 0 ELSE amount END::DECIMAL(18, 4) AS amount,
    'EUR' AS currency,
    NULL::VARCHAR AS credits
FROM issued;

-- Two plans for each client with decisions, some dropped again, some dated beyond the last invoice or the horizon.
INSERT INTO rows_of_all
SELECT
    'p' || lpad(k::VARCHAR, 7, '0') || n, client_id, 'invoice', 'planned',
    first_on + floor(u(k, 20 + n) * (day_count + 500))::INT AS planned_on,
    CASE WHEN happens(k, 30 + n, 0.95) THEN planned_on - 5 - floor(u(k, 40 + n) * u(k, 40 + n) * 500)::INT END,
    CASE WHEN happens(k, 50 + n, 0.2) THEN planned_on - floor(u(k, 60 + n) * 30)::INT END,
    round(50 + 900 * u(k, 70 + n), 2), 'EUR', NULL
FROM life, range(2) AS r(n)
WHERE is_decided;

-- Credit notes on a tenth of their invoices: half of them in full, half in two halves of which one may be void.
INSERT INTO rows_of_all
SELECT
    'n' || invoice_id || n, client_id, 'credit_note',
    CASE WHEN n = 1 AND happens(i, 84, 0.2) THEN 'void' ELSE 'issued' END,
    issued_on + floor(u(i, 81 + n) * 60)::INT AS credited_on, credited_on,
    CASE WHEN n = 1 AND happens(i, 84, 0.1) THEN credited_on + 20 END,
    CASE WHEN happens(i, 83, 0.5) THEN -amount ELSE -amount / 2 END, 'EUR', invoice_id
FROM issued, range(2) AS r(n)
WHERE is_decided AND happens(i, 80, 0.1) AND (n = 0 OR NOT happens(i, 83, 0.5));

CREATE TABLE invoices AS FROM rows_of_all ORDER BY issued_on, invoice_id;

CREATE TABLE marks AS
SELECT
    client_id,
    CASE WHEN happens(k, 100 + n, 0.6) THEN 'lost' WHEN happens(k, 100 + n, 0.8) THEN 'cancelled' ELSE 'reactivated' END AS mark,
    first_on + floor(u(k, 110 + n) * (day_count + 200))::INT AS marked_on,
    (marked_on + INTERVAL 9 HOUR)::TIMESTAMP AS recorded_at
FROM life, range(2) AS r(n)
WHERE is_decided AND happens(k, 120 + n, 0.6)
ORDER BY marked_on, client_id;

-- What programs for RFM take: they know no kinds, no amounts below zero and nobody without a client.
CREATE TABLE purchases AS
SELECT client_id, issued_on, amount
FROM invoices
WHERE client_id IS NOT NULL AND kind = 'invoice' AND state = 'issued' AND amount > 0
ORDER BY issued_on, invoice_id;
