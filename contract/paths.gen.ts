// Made from contract/ by `npm run generate`.

export const paths = {
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
