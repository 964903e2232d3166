import { numberFormat, pluralRules } from "#web/platform/format.ts";

/** What a sentence may be filled with. */
export type Values = Record<string, string | number>;

/**
 * Fills a sentence of `locales/` in the browser: `{name}`, `{n, number}`, `{n, plural, one {…} other {…}}`, `selectordinal`, `select`.
 *
 * Says the same as the ICU library on the server for all that our sentences use; that library would cost each page 14 kB.
 * Texts stand there as `put` gives them: as they are, for titles and for what is sent on.
 */
export function fill(sentence: string, values: Values, locale: string, put = asItIs): string {
  return sentence.includes("{") || sentence.includes("'") ? new Reader(sentence, values, locale, put).text() : sentence;
}

const asItIs = (text: string) => text;

class Reader {
  #at = 0;
  readonly #source: string;
  readonly #values: Values;
  readonly #locale: string;
  readonly #put: (text: string) => string;

  constructor(source: string, values: Values, locale: string, put: (text: string) => string) {
    this.#source = source;
    this.#values = values;
    this.#locale = locale;
    this.#put = put;
  }

  /** Reads up to the end, or to the brace that closes a branch; `count` is what `#` stands for there. */
  text(count?: number): string {
    let said = "";
    while (this.#at < this.#source.length) {
      const character = this.#source[this.#at] ?? "";
      if (character === "}") break;
      this.#at++;
      if (character === "{") said += this.#slot();
      else if (character === "#" && count !== undefined) said += this.#number(count);
      else if (character === "'") said += this.#quoted(count !== undefined);
      else said += character;
    }
    return said;
  }

  /** An apostrophe is itself, unless it shields a brace. */
  #quoted(inPlural: boolean): string {
    const next = this.#source[this.#at] ?? "";
    if (next === "'") {
      this.#at++;
      return "'";
    }
    if (next !== "{" && next !== "}" && !(inPlural && next === "#")) return "'";
    const end = this.#source.indexOf("'", this.#at);
    const shielded = this.#source.slice(this.#at, end < 0 ? undefined : end);
    this.#at = end < 0 ? this.#source.length : end + 1;
    return shielded;
  }

  #slot(): string {
    const name = this.#word();
    const value = this.#values[name];
    if (this.#next() === "}") {
      if (value === undefined) return `{${name}}`;
      return typeof value === "string" ? this.#put(value) : String(value);
    }
    const kind = this.#word();
    if (this.#next() === "}") return kind === "number" ? this.#number(Number(value)) : String(value);
    return this.#choose(kind, value);
  }

  /** Reads every branch, since the end of the slot is only known behind the last, and says the fitting one. */
  #choose(kind: string, value: string | number | undefined): string {
    const offset = this.#offset();
    const count = kind === "select" ? undefined : Number(value) - offset;
    const branches = new Map<string, string>();
    for (let key = this.#word(); key; key = this.#word()) {
      this.#next();
      branches.set(key, this.text(count));
      this.#at++;
    }
    this.#next();
    if (count === undefined) return branches.get(String(value)) ?? branches.get("other") ?? "";
    const type = kind === "selectordinal" ? "ordinal" : "cardinal";
    const category = pluralRules(this.#locale, { type }).select(count);
    return branches.get(`=${value}`) ?? branches.get(category) ?? branches.get("other") ?? "";
  }

  #offset(): number {
    const match = /^\s*offset:\s*(\d+)/.exec(this.#source.slice(this.#at));
    this.#at += match?.[0].length ?? 0;
    return Number(match?.[1] ?? 0);
  }

  /** A name, a kind or the key of a branch; empty before a brace. */
  #word(): string {
    const [all = "", word = ""] = /^\s*([^\s{},]*)\s*/.exec(this.#source.slice(this.#at)) ?? [];
    this.#at += all.length;
    return word;
  }

  #next(): string {
    return this.#source[this.#at++] ?? "}";
  }

  #number(value: number): string {
    return numberFormat(this.#locale, {}).format(value);
  }
}
