// Crockford's alphabet: capital letters and digits take the least room in a QR code, and none of them looks like another.
const alphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
const lookalikes: Record<string, string> = { O: "0", I: "1", L: "1" };

/** Writes bytes as capital letters and digits. */
export function toBase32(bytes: Uint8Array): string {
  let text = "";
  let bits = 0;
  let value = 0;
  for (const byte of bytes) {
    value = (value << 8) | byte;
    bits += 8;
    while (bits >= 5) {
      bits -= 5;
      text += alphabet[(value >>> bits) & 31];
    }
    value &= (1 << bits) - 1;
  }
  return bits > 0 ? text + alphabet[(value << (5 - bits)) & 31] : text;
}

/** Reads what `toBase32` wrote; null for anything else, so that one code has one text only. */
export function fromBase32(text: string): Uint8Array | null {
  const bytes = new Uint8Array(Math.floor((text.length * 5) / 8));
  let length = 0;
  let bits = 0;
  let value = 0;
  for (const letter of text) {
    const digit = alphabet.indexOf(letter);
    if (digit < 0) return null;
    value = (value << 5) | digit;
    bits += 5;
    if (bits >= 8) {
      bits -= 8;
      bytes[length++] = (value >>> bits) & 255;
    }
    value &= (1 << bits) - 1;
  }
  return bits < 5 && value === 0 ? bytes : null;
}

/** Reads letters as people type them: lower case, with spaces and dashes, O for zero, I and L for one. */
export const tidyTyped = (text: string): string =>
  text
    .toUpperCase()
    .replace(/[\s-]/g, "")
    .replace(/[OIL]/g, (letter) => lookalikes[letter] ?? letter);
