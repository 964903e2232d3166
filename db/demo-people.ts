/** Accounts of a first start, for whoever tries Plenary out on their own machine. */
export const demoPassword = "come-together";

export const demoAccounts = [
  {
    does: "organizes",
    name: "Mara Lindqvist",
    email: "mara@example.org",
    role: "attendee",
    timeZone: "Europe/Berlin",
  },
  { does: "attends", name: "Jonas Okafor", email: "jonas@example.org", role: "attendee", timeZone: "Europe/Berlin" },
  {
    does: "runs the installation",
    name: "Ada Brandt",
    email: "ada@example.org",
    role: "admin",
    timeZone: "Europe/Berlin",
  },
  // Organizes the other half of the events.
  {
    does: "organizes too",
    name: "Riverside Library",
    email: "library@example.org",
    role: "attendee",
    timeZone: "Europe/London",
  },
  // Host some of what can be booked with the one who organizes.
  {
    does: "hosts too",
    name: "Tomasz Keller",
    email: "tomasz@example.org",
    role: "attendee",
    timeZone: "Europe/Berlin",
  },
  { does: "hosts too", name: "Leila Haddad", email: "leila@example.org", role: "attendee", timeZone: "Europe/Lisbon" },
] as const;

export type DemoAccount = (typeof demoAccounts)[number];

const first =
  "Amara Noor Elias Ines Tomasz Yuki Leila Mateo Freya Kwame Sofia Anton Priya Hugo Zainab Olek Clara Dario Mei Samir Greta Pablo Nia Viktor Hana Idris Lotte Rafael Asha Emil".split(
    " ",
  );
const last =
  "Abara Keller Moreau Nakamura Svensson Rossi Haddad Kowalski Mensah Duarte Fischer Novak Iyer Larsen Castillo Weber Petrov Adeyemi Bianchi Yilmaz Horn Sato Olsen Ferrari Brandão".split(
    " ",
  );

/** People who have registered, never twice the same one. */
export function demoGuests(count: number, from = 0): { name: string; email: string }[] {
  return Array.from({ length: count }, (_, offset) => {
    const n = from + offset;
    // Steps that share no factor with the lists' lengths meet every pair before one comes again.
    const name = `${first[n % first.length]} ${last[(n * 7 + Math.floor(n / first.length)) % last.length]}`;
    return { name, email: `guest-${n + 1}@example.org` };
  });
}
