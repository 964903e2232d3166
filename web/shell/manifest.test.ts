import { RouterContextProvider } from "react-router";
import { expect, it } from "vitest";

import { requestContext } from "#web/platform/request.ts";
import { loader } from "#web/shell/manifest.ts";

const manifestIn = (locale: string) => {
  const context = new RouterContextProvider();
  const say = (key: string) => `${key} in ${locale}`;
  context.set(requestContext, { installation: "A house of many rooms", locale, say } as never);
  return loader({ context } as never).json();
};

it.each([
  ["de", "ltr"],
  ["ar", "rtl"],
])("names the program in the reader's language: %s, %s", async (lang, dir) => {
  expect(await manifestIn(lang)).toMatchObject({
    lang,
    dir,
    name: "A house of many rooms",
    description: `home.page.description in ${lang}`,
    shortcuts: [{ name: `shell.frame.mine in ${lang}`, url: "/me" }],
  });
});
