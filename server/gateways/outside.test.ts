import { describe, expect, it } from "vitest";

import { isOutside, isPublicAddress, lookUpOutside, postOutside } from "#server/gateways/outside.ts";

describe("an address that a stranger named", () => {
  it.each([
    ...["127.0.0.1", "10.1.2.3", "172.31.0.1", "192.168.1.1", "169.254.169.254", "100.64.0.1", "0.0.0.0", "224.0.0.1"],
    ...["255.255.255.255", "::", "::1", "fe80::1", "fd00::1", "ff02::1", "::ffff:127.0.0.1", "64:ff9b::7f00:1"],
    ...["2001:db8::1", "2002:7f00:1::", "nonsense", ""],
  ])("that is %s is no public one", (address) => {
    expect(isPublicAddress(address)).toBe(false);
  });

  it.each(["1.1.1.1", "142.250.74.110", "172.32.0.1", "2606:4700:4700::1111"])(
    "that is %s is a public one",
    (address) => {
      expect(isPublicAddress(address)).toBe(true);
    },
  );

  it.each([
    ...["http://push.example.org/x", "ftp://push.example.org/x", "https://localhost/x", "https://app.localhost/x"],
    ...[
      "https://127.0.0.1/x",
      "https://2130706433/x",
      "https://0x7f.1/x",
      "https://[::1]/x",
      "https://[::ffff:a00:1]/x",
    ],
    ...["https://router/x", "https://metadata.google.internal/x", "https://who:cares@push.example.org/x", "nonsense"],
  ])("is not asked as %s", async (url) => {
    expect(isOutside(url)).toBe(false);
    await expect(postOutside(url, { headers: {}, body: Buffer.of() })).rejects.toThrow();
  });

  it("may have a name, whose own address is looked at when it is asked", async () => {
    expect(isOutside("https://fcm.googleapis.com/fcm/send/abc")).toBe(true);
    const answer = (all: boolean) =>
      new Promise((resolve) => lookUpOutside("localhost", { all }, (error) => resolve(error?.message)));

    expect([await answer(true), await answer(false)]).toEqual(Array(2).fill("This name does not lead outside."));
  });
});
