const lanes = new Map<string, Promise<unknown>>();

/**
 * Lets those who want the same go one after another, in this process.
 *
 * Whoever is too late then learns it from one look at what is kept, instead of waiting for a lock with a connection in hand.
 */
export function inLane<T>(name: string, run: () => Promise<T>): Promise<T> {
  const mine = (lanes.get(name) ?? Promise.resolve()).then(run);
  const passed = mine.then(
    () => {},
    () => {},
  );
  lanes.set(name, passed);
  void passed.then(() => {
    if (lanes.get(name) === passed) lanes.delete(name);
  });
  return mine;
}
