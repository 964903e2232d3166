import { KeySquare } from "lucide-react";
import { useEffect, useState } from "react";
import { useNavigation, useSubmit } from "react-router";

import { type Asked, sign, signerOf } from "#web/features/identity/components/nostr.ts";
import { Button } from "#web/ui/button.tsx";

interface Props {
  /** The request that is signed; the page's action makes it. */
  asks: Asked;
  /** What is posted beside the signature. */
  sends?: Record<string, string>;
  label: string;
  /** What is said when the extension signs nothing. */
  failed: string;
  /** What stands here where no extension is. */
  without?: React.ReactNode;
  size?: "lg";
}

// Extensions come into a page a moment after it.
const patienceMs = 600;

/** Shows the key that an extension keeps; it needs script, and comes with it where there is an extension. */
export function NostrButton({ asks, sends = {}, label, failed, without = null, size }: Props) {
  const [state, setState] = useState<"looking" | "without" | "ready" | "signing" | "failed">("looking");
  const submit = useSubmit();
  const { state: going } = useNavigation();

  useEffect(() => {
    if (signerOf()) return setState("ready");
    const timer = setTimeout(() => setState(signerOf() ? "ready" : "without"), patienceMs);
    return () => clearTimeout(timer);
  }, []);

  async function press(): Promise<void> {
    setState("signing");
    try {
      const proof = await sign(asks);
      setState("ready");
      await submit({ ...sends, proof }, { method: "post" });
    } catch {
      setState("failed");
    }
  }

  if (state === "looking") return null;
  if (state === "without") return without;
  return (
    <div className="grid gap-2">
      <Button
        size={size}
        wide={size === "lg"}
        variant={size === "lg" ? "secondary" : "primary"}
        className={size === "lg" ? "" : "justify-self-start"}
        icon={<KeySquare aria-hidden="true" />}
        pending={state === "signing" || going !== "idle"}
        onClick={press}
      >
        {label}
      </Button>
      <p role="status" className="text-sm text-bad empty:hidden">
        {state === "failed" ? failed : ""}
      </p>
    </div>
  );
}
