import { expect, test } from "@playwright/test";

// Without script nothing moves, and only what our own faces can write is compared.
test.use({ javaScriptEnabled: false, viewport: { width: 1100, height: 800 } });

const looks = [
  { name: "light", colorScheme: "light", address: "/dev/ui?lang=en" },
  { name: "dark", colorScheme: "dark", address: "/dev/ui?lang=en" },
  { name: "mirrored", colorScheme: "light", address: "/dev/ui?lang=ar-XB" },
] as const;

test("the parts of the house look as they did", async ({ page }) => {
  for (const { name, colorScheme, address } of looks) {
    await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
    await page.goto(address);
    // `playwright test e2e/style.spec.ts --update-snapshots` takes them anew, when a change was meant.
    // A word in another colour is more; letters that another machine draws are less.
    await expect.soft(page.getByRole("main")).toHaveScreenshot(`${name}.png`, { threshold: 0.05, maxDiffPixels: 100 });
  }
});
