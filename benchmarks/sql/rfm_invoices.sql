-- The same, counting every invoice instead of the dates that have one.
SELECT client_id, max(issued_on) AS last_issued_on, count(*) AS frequency, sum(amount) AS monetary
FROM purchases
WHERE issued_on <= getvariable('day')
GROUP BY client_id
