-- Both wait for orders: places are held while somebody pays, and a line of the order is what a ticket was bought by.
comment on column registrations.hold_ends_at is 'unused until there are orders: when a place that is held for a payment goes back';
comment on column tickets.order_line_id is 'unused until there are orders: what it was bought by; free tickets have none';
