import { index, layout, type RouteConfig, route } from "@react-router/dev/routes";

/** Every page of the house. To add one: a line in the frame that it stands in. */
export default [
  layout("shell/public-frame.tsx", [
    index("features/home/home-page.tsx"),
    route("api/docs", "features/api/docs-page.tsx"),
    route("events", "features/events/events-page.tsx"),
    route("events/:slug", "features/events/event-page.tsx"),
    route("events/:slug/register", "features/registrations/register-page.tsx"),
    route("events/:slug/registered", "features/registrations/registered-page.tsx"),
    route("me", "features/me/me-page.tsx"),
    route("me/tickets/:id", "features/tickets/ticket-page.tsx"),
    route("claim/:token", "features/tickets/claim-page.tsx"),
    route("t/:token", "features/tickets/link-page.tsx"),
    route("sign-up", "features/identity/sign-up-page.tsx"),
    route("sign-in", "features/identity/sign-in-page.tsx"),
    route("sign-in/link", "features/identity/link-page.tsx"),
    route("sign-in/second", "features/identity/second-page.tsx"),
    route("verify/email", "features/identity/new-email-page.tsx"),
    route("verify", "features/identity/verify-page.tsx"),
    route("forgot", "features/identity/forgot-page.tsx"),
    route("reset", "features/identity/reset-page.tsx"),
    route("me/settings", "features/identity/settings-page.tsx"),
    route("me/security", "features/security/security-page.tsx"),
    route("me/security/email", "features/security/email-page.tsx"),
    route("me/security/password", "features/security/password-page.tsx"),
    route("me/security/second-factor", "features/security/second-factor-page.tsx"),
    route("me/security/passkeys", "features/security/passkeys-page.tsx"),
    route("me/security/accounts", "features/security/accounts-page.tsx"),
    route("me/confirm", "features/security/confirm-page.tsx"),
    route("me/sessions", "features/identity/sessions-page.tsx"),
    route("dev/mail", "features/mailbox/mailbox-page.tsx"),
    route(":organizerSlug", "features/organizers/organizer-page.tsx"),
    route("*", "shell/missing-page.tsx"),
  ]),

  layout("shell/console-frame.tsx", [
    route("organize/settings", "features/organizers/settings-page.tsx"),
    route("organize", "features/organize/organize-page.tsx"),
    route("organize/events", "features/organize/organized-events-page.tsx"),
    route("organize/events/new", "features/organize/new-event-page.tsx"),
    layout("features/organize/event-console-page.tsx", [
      route("organize/events/:id", "features/organize/event-overview-page.tsx"),
      route("organize/events/:id/edit", "features/organize/event-edit-page.tsx"),
      route("organize/events/:id/attendance", "features/organize/event-attendance-page.tsx"),
      route("organize/events/:id/people", "features/registrations/people-page.tsx"),
    ]),
  ]),

  layout("shell/admin-frame.tsx", [
    route("admin/review", "features/admin/review-page.tsx"),
    route("admin/events", "features/admin/events-page.tsx"),
    route("admin/events/:id", "features/admin/event-page.tsx"),
    route("admin/users", "features/admin/users-page.tsx"),
    route("admin/users/:id", "features/admin/user-page.tsx"),
    route("admin", "features/admin/overview-page.tsx"),
    layout("features/admin/system-page.tsx", [
      route("admin/health", "features/admin/health-page.tsx"),
      route("admin/letters", "features/admin/letters-page.tsx"),
      route("admin/jobs", "features/admin/jobs-page.tsx"),
      route("admin/audit", "features/admin/audit-page.tsx"),
      route("admin/settings", "features/admin/settings-page.tsx"),
    ]),
  ]),

  layout("shell/bare-frame.tsx", [
    route("organize/events/:id/door", "features/door/door-page.tsx"),
    route("live/:gatheringId", "features/rooms/live-page.tsx"),
  ]),

  route("events/:slug/live", "features/rooms/event-live-page.tsx"),
  route("look", "shell/look.ts"),
  route("sign-in/with/:provider", "features/identity/with-page.tsx"),
  route("sign-in/with/:provider/done", "features/identity/with-done-page.tsx"),
  route("sign-out", "features/identity/sign-out-page.tsx"),
  route("dev/mail.json", "features/mailbox/mailbox-json-page.tsx"),
] satisfies RouteConfig;
