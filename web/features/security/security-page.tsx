import { Fingerprint, KeyRound, KeySquare, Link2, Mail, ShieldCheck } from "lucide-react";

import { security, signIn } from "#contract/security.ts";
import { SettingsHeader } from "#web/features/identity/components/settings-header.tsx";
import { Way } from "#web/features/security/components/way.tsx";
import { call, signedIn } from "#web/platform/api.ts";
import { houseOf } from "#web/platform/house.ts";
import { said, useFill, useWords, words } from "#web/platform/words.ts";
import { NarrowPage } from "#web/ui/page.tsx";
import { Badge, Notice } from "#web/ui/surface.tsx";

import type { Route } from "./+types/security-page";

export async function loader({ request, context }: Route.LoaderArgs) {
  signedIn(context, request);
  return {
    ...(await call(context, security.get, {})),
    hasProviders: (await call(context, signIn.providers, {})).items.length > 0,
    done: new URL(request.url).searchParams.get("done"),
    words: words(context, ["security.overview", "identity.settings"]),
  };
}

export const meta: Route.MetaFunction = ({ loaderData, matches }) => [
  { title: `${said(loaderData?.words)?.["security.overview"].title} · ${houseOf(matches)}` },
];

export default function SecurityPage({ loaderData }: Route.ComponentProps) {
  const words = useWords("security.overview");
  const fill = useFill();
  const { email, hasPassword, passkeys, nostrKey, secondFactor, hasProviders, done } = loaderData;
  return (
    <NarrowPage>
      <SettingsHeader />
      {done && (
        <div className="mb-8">
          <Notice mood="good">{done === "password" ? words.changed : words.saved}</Notice>
        </div>
      )}
      <ul>
        <Way
          icon={<Mail />}
          title={words.email}
          text={fill(words.emailText, { email })}
          to="/me/security/email"
          action={words.change}
        />
        <Way
          icon={<KeyRound />}
          title={words.password}
          text={hasPassword ? words.passwordSet : words.passwordUnset}
          to="/me/security/password"
          action={hasPassword ? words.change : words.choose}
        />
        <Way
          icon={<Fingerprint />}
          title={words.passkeys}
          text={passkeys > 0 ? fill(words.passkeysSome, { n: passkeys }) : words.passkeysNone}
          to="/me/security/passkeys"
          action={passkeys > 0 ? words.manage : words.add}
        />
        <Way
          icon={<ShieldCheck />}
          title={words.factor}
          badge={secondFactor && <Badge mood="good">{words.on}</Badge>}
          text={secondFactor ? fill(words.factorOn, { n: secondFactor.codesLeft }) : words.factorOff}
          to="/me/security/second-factor"
          action={secondFactor ? words.manage : words.setUp}
        />
        <Way
          icon={<KeySquare />}
          title={words.nostr}
          text={
            nostrKey
              ? fill(words.nostrLinked, { key: `${nostrKey.slice(0, 12)}…${nostrKey.slice(-6)}` })
              : words.nostrNone
          }
          to="/me/security/nostr"
          action={nostrKey ? words.manage : words.link}
        />
        {hasProviders && (
          <Way
            icon={<Link2 />}
            title={words.linked}
            text={words.linkedText}
            to="/me/security/accounts"
            action={words.manage}
          />
        )}
      </ul>
    </NarrowPage>
  );
}
