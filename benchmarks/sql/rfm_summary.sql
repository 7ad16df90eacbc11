-- When did every client buy last, on how many dates, and for how much, over the whole history?
SELECT client_id, max(issued_on) AS last_issued_on, count(DISTINCT issued_on) AS frequency, sum(amount) AS monetary
FROM purchases
WHERE issued_on <= getvariable('day')
GROUP BY client_id
