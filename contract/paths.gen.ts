// Made from contract/ by `npm run generate`.

export const paths = {
  events: {
    list: { method: "GET", path: "/events" },
    categories: { method: "GET", path: "/categories" },
    create: { method: "POST", path: "/events" },
    get: { method: "GET", path: "/events/:id" },
    change: { method: "PATCH", path: "/events/:id" },
    replace: { method: "PUT", path: "/events/:id" },
    remove: { method: "DELETE", path: "/events/:id" },
    publish: { method: "POST", path: "/events/:id/publish" },
    cancel: { method: "POST", path: "/events/:id/cancel" },
    duplicate: { method: "POST", path: "/events/:id/duplicate" },
    cover: { method: "PUT", path: "/events/:id/cover" },
    removeCover: { method: "DELETE", path: "/events/:id/cover" },
  },
  files: {
    get: { method: "GET", path: "/files/:id" },
  },
  gatherings: {
    calendar: { method: "GET", path: "/events/:id/calendar.ics" },
  },
  auth: {
    register: { method: "POST", path: "/auth/register" },
    verify: { method: "POST", path: "/auth/verify" },
    login: { method: "POST", path: "/auth/login" },
    logout: { method: "POST", path: "/auth/logout" },
    me: { method: "GET", path: "/auth/me" },
    forgotPassword: { method: "POST", path: "/auth/password/forgot" },
    resetPassword: { method: "POST", path: "/auth/password/reset" },
    changePassword: { method: "POST", path: "/auth/password/change" },
    sessions: { method: "GET", path: "/auth/sessions" },
    endSession: { method: "DELETE", path: "/auth/sessions/:id" },
    endOtherSessions: { method: "DELETE", path: "/auth/sessions" },
  },
  me: {
    get: { method: "GET", path: "/me" },
    change: { method: "PATCH", path: "/me" },
  },
  mailbox: {
    list: { method: "GET", path: "/dev/letters" },
    get: { method: "GET", path: "/dev/letters/:id" },
    attachment: { method: "GET", path: "/dev/letters/:id/attachments/:number" },
  },
  organize: {
    events: { method: "GET", path: "/organize/events" },
    overview: { method: "GET", path: "/organize/overview" },
  },
  platform: {
    openapi: { method: "GET", path: "/openapi.json" },
  },
  registrations: {
    options: { method: "GET", path: "/events/:id/register" },
    register: { method: "POST", path: "/events/:id/register" },
    create: { method: "POST", path: "/registrations" },
    leave: { method: "DELETE", path: "/events/:id/register" },
    resend: { method: "POST", path: "/registrations/resend" },
    mine: { method: "GET", path: "/registrations/me" },
    get: { method: "GET", path: "/registrations/:id" },
    openLink: { method: "POST", path: "/links/open" },
    cancel: { method: "DELETE", path: "/registrations/:id" },
    swapSide: { method: "POST", path: "/registrations/:id/swap-side" },
    code: { method: "GET", path: "/registrations/:id/code.svg" },
    calendar: { method: "GET", path: "/registrations/:id/calendar.ics" },
    accept: { method: "POST", path: "/registrations/:id/accept" },
    approve: { method: "POST", path: "/registrations/:id/approve" },
    decline: { method: "POST", path: "/registrations/:id/decline" },
    participants: { method: "GET", path: "/events/:id/participants" },
    attendance: { method: "PUT", path: "/events/:id/attendance" },
  },
  tickets: {
    door: { method: "GET", path: "/events/:id/door" },
    checkIn: { method: "POST", path: "/events/:id/check-ins" },
    undo: { method: "DELETE", path: "/check-ins/:id" },
  },
} as const;

export const channels = {
  door: { name: "gathering/:gatheringId/door" },
} as const;
