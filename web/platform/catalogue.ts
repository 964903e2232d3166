import type admin from "#locales/en/admin.json";
import type api from "#locales/en/api.json";
import type audit from "#locales/en/audit.json";
import type bookings from "#locales/en/bookings.json";
import type door from "#locales/en/door.json";
import type events from "#locales/en/events.json";
import type home from "#locales/en/home.json";
import type identity from "#locales/en/identity.json";
import type letters from "#locales/en/letters.json";
import type mailbox from "#locales/en/mailbox.json";
import type me from "#locales/en/me.json";
import type notifications from "#locales/en/notifications.json";
import type organize from "#locales/en/organize.json";
import type organizers from "#locales/en/organizers.json";
import type privacy from "#locales/en/privacy.json";
import type questions from "#locales/en/questions.json";
import type registrations from "#locales/en/registrations.json";
import type rooms from "#locales/en/rooms.json";
import type scheduling from "#locales/en/scheduling.json";
import type security from "#locales/en/security.json";
import type shell from "#locales/en/shell.json";
import type style from "#locales/en/style.json";
import type teams from "#locales/en/teams.json";
import type tickets from "#locales/en/tickets.json";
import type ui from "#locales/en/ui.json";

/** Every sentence file a page may ask for: one line for each noun. Types only, the sentences come with the loader's data. */
export interface Catalogue {
  admin: typeof admin;
  api: typeof api;
  audit: typeof audit;
  bookings: typeof bookings;
  door: typeof door;
  events: typeof events;
  home: typeof home;
  me: typeof me;
  organizers: typeof organizers;
  privacy: typeof privacy;
  organize: typeof organize;
  questions: typeof questions;
  registrations: typeof registrations;
  identity: typeof identity;
  letters: typeof letters;
  mailbox: typeof mailbox;
  notifications: typeof notifications;
  rooms: typeof rooms;
  scheduling: typeof scheduling;
  security: typeof security;
  shell: typeof shell;
  style: typeof style;
  teams: typeof teams;
  tickets: typeof tickets;
  ui: typeof ui;
}

type PartsOf<Noun extends keyof Catalogue> = `${Noun}.${keyof Catalogue[Noun] & string}`;

/** A part of a noun's sentences, such as `events.page`. */
export type Part = { [Noun in keyof Catalogue]: PartsOf<Noun> }[keyof Catalogue];

/** The sentences of a part, by their keys. */
export type Sentences<P extends Part> = P extends `${infer Noun extends keyof Catalogue}.${infer Rest}`
  ? Rest extends keyof Catalogue[Noun]
    ? Catalogue[Noun][Rest]
    : never
  : never;
