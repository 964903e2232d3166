import { useEffect, useState } from "react";
import { useNavigate, useRevalidator } from "react-router";
import { paths } from "#contract/paths.gen.ts";
import type { security } from "#contract/security.ts";
import { nameOfAgent } from "#web/features/identity/components/agent.ts";
import { fill } from "#web/platform/fill.ts";
import { refusalOf } from "#web/platform/refusal.ts";
import { send } from "#web/platform/send.ts";
import { useLocale, useWords } from "#web/platform/words.ts";
import { Button } from "#web/ui/button.tsx";
import { Field } from "#web/ui/field.tsx";

type Begin = typeof security.beginPasskey;
type Add = typeof security.addPasskey;

async function make(name: string): Promise<void> {
  const { startRegistration } = await import("@simplewebauthn/browser");
  const { step, options } = await send<Begin>(paths.security.beginPasskey, {});
  const optionsJSON = options as unknown as Parameters<typeof startRegistration>[0]["optionsJSON"];
  const response = await startRegistration({ optionsJSON });
  await send<Add>(paths.security.addPasskey, { body: { step, name, response: { ...response } } });
}

/** Makes a passkey on this device; its words are `security.passkeys`. */
export function NewPasskey() {
  const words = useWords("security.passkeys");
  const locale = useLocale();
  const navigate = useNavigate();
  const { revalidate } = useRevalidator();
  const [state, setState] = useState<"still" | "unable" | "ready" | "busy" | "failed">("still");
  const [name, setName] = useState("");

  useEffect(() => {
    setState("PublicKeyCredential" in window ? "ready" : "unable");
    const { system } = nameOfAgent(navigator.userAgent);
    if (system) setName(fill(words.nameDefault, { device: system }, locale));
  }, [locale, words.nameDefault]);

  async function press(): Promise<void> {
    setState("busy");
    try {
      await make(name);
      await revalidate();
      setState("ready");
    } catch (thrown) {
      // The ten minutes are over.
      if (refusalOf(thrown)?.code === "auth.confirm_needed") navigate("/me/confirm?next=/me/security/passkeys");
      setState("failed");
    }
  }

  if (state === "still") return <noscript>{words.needsScript}</noscript>;
  if (state === "unable") return <p className="text-ink-soft">{words.unsupported}</p>;
  return (
    <form
      className="grid gap-5"
      onSubmit={(submit) => {
        submit.preventDefault();
        void press();
      }}
    >
      <Field
        name="name"
        label={words.name}
        hint={words.nameHint}
        value={name}
        onChange={(change) => setName(change.target.value)}
        maxLength={60}
        required
      />
      <Button type="submit" variant="primary" pending={state === "busy"} className="justify-self-start">
        {words.add}
      </Button>
      <p role="status" className="text-sm text-bad empty:hidden">
        {state === "failed" ? words.failed : ""}
      </p>
    </form>
  );
}
