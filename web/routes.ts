import { index, layout, type RouteConfig, route } from "@react-router/dev/routes";

/** Every page of the house. To add one: a line in the frame that it stands in. */
export default [
  layout("shell/public-frame.tsx", [
    index("features/home/home-page.tsx"),
    route("api/docs", "features/api/docs-page.tsx"),
    route("events/:slug/register", "features/registrations/register-page.tsx"),
    route("events/:slug/registered", "features/registrations/registered-page.tsx"),
    route("me", "features/me/me-page.tsx"),
    route("me/tickets/:id", "features/tickets/ticket-page.tsx"),
    route("t/:token", "features/tickets/link-page.tsx"),
    route("*", "shell/missing-page.tsx"),
  ]),

  layout("shell/console-frame.tsx", []),

  layout("shell/bare-frame.tsx", [route("organize/events/:id/door", "features/door/door-page.tsx")]),

  route("look", "shell/look.ts"),
] satisfies RouteConfig;
