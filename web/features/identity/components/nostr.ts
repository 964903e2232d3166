/** What an extension that keeps a Nostr key puts into the page (NIP-07). */
interface Signer {
  signEvent: (draft: { kind: number; created_at: number; tags: string[][]; content: string }) => Promise<object>;
}

export const signerOf = (): Signer | undefined => (window as { nostr?: Signer }).nostr;

export interface Asked {
  method: "POST" | "PUT";
  url: string;
}

/** Lets the extension sign a request that is about to be made (NIP-98): what goes into its `Authorization`. */
export async function sign({ method, url }: Asked): Promise<string> {
  const tags = [
    ["u", url],
    ["method", method],
  ];
  const draft = { kind: 27_235, created_at: Math.floor(Date.now() / 1000), tags, content: "" };
  const signed = await signerOf()?.signEvent(draft);
  if (!signed) throw new Error("There is no extension.");
  return `Nostr ${btoa(JSON.stringify(signed))}`;
}
