-- A minimum age is confirmed as it stood that day, and no birth date is kept: who confirmed a lower one is asked again.
alter table registrations add column age_confirmed integer check (age_confirmed between 1 and 120);
