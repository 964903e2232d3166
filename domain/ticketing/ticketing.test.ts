import { generateKeyPairSync, sign, verify } from "node:crypto";

import fc from "fast-check";
import { describe, expect, it } from "vitest";

import { fromBase32, toBase32 } from "#domain/ticketing/base32.ts";
import { claimBytes, readTicket, readTyped, type TicketClaim, typedCode, writeTicket } from "#domain/ticketing/code.ts";

const { privateKey, publicKey } = generateKeyPairSync("ed25519");
const anyClaim = fc.record<TicketClaim>({
  keyId: fc.nat(0xffffffff),
  ticketId: fc.uuid(),
  version: fc.nat(0xffff),
});

const issue = (claim: TicketClaim) => {
  const bytes = claimBytes(claim);
  return writeTicket(bytes, sign(null, bytes, privateKey));
};
const holds = (text: string) => {
  const read = readTicket(text);
  return read !== null && verify(null, read.signed, publicKey, read.signature);
};

describe("a ticket's code", () => {
  it("always reads as it was written, and its signature holds", () => {
    fc.assert(
      fc.property(anyClaim, (claim) => {
        const text = issue(claim);
        expect(readTicket(text)?.claim).toEqual(claim);
        expect(holds(text)).toBe(true);
      }),
    );
  });

  it("fits the small alphabet of QR codes", () => {
    expect(issue({ keyId: 7, ticketId: "0197a1b2-0000-7000-8000-000000000001", version: 0 })).toMatch(
      /^[0-9A-Z]{141}$/,
    );
  });

  it("never holds after any letter of it was changed", () => {
    fc.assert(
      fc.property(anyClaim, fc.nat(140), fc.integer({ min: 1, max: 31 }), (claim, at, shift) => {
        const alphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
        const text = issue(claim);
        const letter = alphabet[(alphabet.indexOf(text[at] ?? "") + shift) % 32];
        const forged = text.slice(0, at) + letter + text.slice(at + 1);
        fc.pre(forged !== text);
        expect(holds(forged)).toBe(false);
      }),
    );
  });

  it("is nothing to anybody who shows us any other text", () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 200 }), (text) => {
        expect(holds(text) || holds(`PL1${text}`)).toBe(false);
      }),
    );
  });

  it("is for tickets only", () => {
    expect(() => claimBytes({ keyId: 1, ticketId: "../1", version: 0 })).toThrow(RangeError);
  });
});

describe("a typed code", () => {
  it("is read however people write it, as the end of its ticket's id", () => {
    fc.assert(
      fc.property(fc.uuid(), (ticketId) => {
        const code = typedCode(ticketId);
        expect(code).toMatch(/^[0-9A-Z]{5}-[0-9A-Z]{5}$/);
        expect(ticketId.endsWith(readTyped(code) ?? "?")).toBe(true);
        const sloppy = ` ${code.toLowerCase().replace("-", " ").replaceAll("0", "o").replaceAll("1", "l")} `;
        expect(readTyped(sloppy)).toBe(readTyped(code));
      }),
    );
  });

  it("is never read out of anything else", () => {
    for (const text of ["", "12345", "4F7K2-9QTRU", "4F7K2-9QTRW-1", "4F7K2/9QTRW"]) expect(readTyped(text)).toBeNull();
  });
});

describe("base32", () => {
  it("always reads what it wrote, and has one text for one value", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 90 }), (bytes) => {
        expect(fromBase32(toBase32(bytes))).toEqual(bytes);
      }),
    );
    fc.assert(
      fc.property(fc.string({ maxLength: 40 }), (text) => {
        const bytes = fromBase32(text);
        if (bytes) expect(toBase32(bytes)).toBe(text);
      }),
    );
  });
});
