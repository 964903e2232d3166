interface Asking {
  ask: () => Promise<unknown>;
  answer: PromiseWithResolvers<unknown>;
}

/** Those who wait for a question to be put; while one is under way, the next gathers behind it. */
interface Line {
  next?: Asking;
}

const houses = new WeakMap<object, Map<string, Line>>();

/**
 * Puts a question once for all who ask the same at once, of one house (a database).
 *
 * Nobody is answered from before they asked: who comes while the question is under way waits for the next one, with all
 * others who do. Only for questions that have one answer for every caller.
 */
export function together<T>(house: object, question: string, ask: () => Promise<T>): Promise<T> {
  const lines = houses.get(house) ?? new Map<string, Line>();
  houses.set(house, lines);
  const line = lines.get(question);
  const asking = line?.next ?? { ask, answer: Promise.withResolvers<unknown>() };
  if (line) line.next = asking;
  else void putAll(lines, question, { next: asking });
  return asking.answer.promise as Promise<T>;
}

async function putAll(lines: Map<string, Line>, question: string, line: Line): Promise<void> {
  lines.set(question, line);
  // Whoever asks in the same breath is answered by the first question already.
  await new Promise((ready) => setImmediate(ready));
  while (line.next) {
    const { ask, answer } = line.next;
    line.next = undefined;
    await ask().then(answer.resolve, answer.reject);
  }
  lines.delete(question);
}
