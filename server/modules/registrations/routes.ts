import { directory } from "#contract/directory.ts";
import { exchange } from "#contract/exchange.ts";
import { invitations } from "#contract/invitations.ts";
import { people } from "#contract/people.ts";
import { registrations } from "#contract/registrations.ts";
import { seats } from "#contract/seats.ts";
import { tickets } from "#contract/tickets.ts";
import { checkIn, openDoor, undo } from "#server/modules/registrations/service/check-ins.ts";
import {
  accept,
  approve,
  cancel,
  decline,
  leave,
  resend,
  swapSide,
} from "#server/modules/registrations/service/decide.ts";
import { listAttendees, setListing } from "#server/modules/registrations/service/directory.ts";
import { exportCsv, exportXlsx, preview } from "#server/modules/registrations/service/exchange.ts";
import {
  declineInvitation,
  invite,
  listInvitations,
  openInvitation,
  resendInvitation,
  withdraw,
} from "#server/modules/registrations/service/invitations.ts";
import { listParticipants, setAttendance } from "#server/modules/registrations/service/participants.ts";
import { add, bulk, move } from "#server/modules/registrations/service/people.ts";
import { options } from "#server/modules/registrations/service/sale.ts";
import { claim, nameHolder, openClaim, renew } from "#server/modules/registrations/service/seats.ts";
import { register } from "#server/modules/registrations/service/take.ts";
import { acceptTerms } from "#server/modules/registrations/service/terms.ts";
import { listAtEvent, saveAtEvent } from "#server/modules/registrations/service/ticket-types.ts";
import { calendar, code, get, listHeld, openLink } from "#server/modules/registrations/service/views.ts";
import { answer } from "#server/platform/dispatch.ts";

answer(registrations.options, (ctx, { params, query }) => options(ctx, params.id, query.occurrence_id));
// Open to guests: asking for an account before a seat costs us the audience.
answer(registrations.register, (ctx, { params, body }) => register(ctx, params.id, body));
answer(registrations.create, (ctx, { body: { eventId, ...input } }) => register(ctx, eventId, input));
answer(registrations.leave, async (ctx, { params, query }) => void (await leave(ctx, params.id, query.occurrence_id)));
// The answer is the same for any address, so nobody learns who is registered.
answer(registrations.resend, (ctx, { body }) => resend(ctx, body.email, body.eventId));
answer(registrations.mine, (ctx, { query }) => listHeld(ctx, query));
answer(registrations.get, (ctx, { params }) => get(ctx, params.id));
// The token is the right.
answer(registrations.openLink, (ctx, { body }) => openLink(ctx, body.token));
answer(registrations.code, (ctx, { params }) => code(ctx, params.id));
answer(registrations.calendar, (ctx, { params }) => calendar(ctx, params.id));
answer(registrations.cancel, (ctx, { params }) => cancel(ctx, params.id));
answer(registrations.accept, (ctx, { params }) => accept(ctx, params.id));
answer(registrations.swapSide, (ctx, { params, body }) => swapSide(ctx, params.id, body.side));
answer(registrations.approve, (ctx, { params, body }) => approve(ctx, params.id, body.note));
answer(registrations.decline, (ctx, { params, body }) => decline(ctx, params.id, body.note));
answer(registrations.acceptTerms, (ctx, { params, body }) => acceptTerms(ctx, params.id, body));
answer(registrations.participants, (ctx, { params, query }) => listParticipants(ctx, params.id, query));
answer(registrations.attendance, (ctx, { params, body }) => setAttendance(ctx, params.id, body));

answer(people.add, (ctx, { params, body }) => add(ctx, params.id, body));
answer(people.move, (ctx, { params, body }) => move(ctx, params.id, body));
answer(people.bulk, (ctx, { params, body }) => bulk(ctx, params.id, body));

answer(directory.list, (ctx, { params, query }) => listAttendees(ctx, params.id, query));
answer(directory.listing, (ctx, { params, body }) => setListing(ctx, params.id, body));

answer(exchange.csv, (ctx, { params, query }) => exportCsv(ctx, params.id, query));
answer(exchange.xlsx, (ctx, { params, query }) => exportXlsx(ctx, params.id, query));
answer(exchange.preview, (ctx, { params, query, body }) =>
  preview(ctx, params.id, { bytes: body.bytes, occurrenceId: query.occurrence_id }),
);

answer(invitations.list, (ctx, { params, query }) => listInvitations(ctx, params.id, query));
answer(invitations.invite, (ctx, { params, body }) => invite(ctx, params.id, body.people));
answer(invitations.resend, (ctx, { params }) => resendInvitation(ctx, params.id));
answer(invitations.withdraw, (ctx, { params }) => withdraw(ctx, params.id));
// The token is the right.
answer(invitations.open, (ctx, { body }) => openInvitation(ctx, body.token));
answer(invitations.decline, (ctx, { body }) => declineInvitation(ctx, body.token));

answer(seats.holder, (ctx, { params, body }) => nameHolder(ctx, params.id, body));
answer(seats.renew, (ctx, { params }) => renew(ctx, params.id));
// The token is the right.
answer(seats.openClaim, (ctx, { body }) => openClaim(ctx, body.token));
answer(seats.claim, (ctx, { body: { token, ...holder } }) => claim(ctx, token, holder));

answer(tickets.types, (ctx, { params }) => listAtEvent(ctx, params.id));
answer(tickets.saveTypes, (ctx, { params, body }) => saveAtEvent(ctx, params.id, body.items, body.overbook));
answer(tickets.door, (ctx, { params, query }) => openDoor(ctx, params.id, query));
answer(tickets.checkIn, (ctx, { params, body }) => checkIn(ctx, params.id, body));
answer(tickets.undo, (ctx, { params }) => undo(ctx, params.id));
