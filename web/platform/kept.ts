const most = 500;

/** The same function, whose answers are kept by what it was given: for what takes longer to make than to look up. */
export function kept<Given extends unknown[], Made>(make: (...given: Given) => Made): (...given: Given) => Made {
  const made = new Map<string, Made>();
  return (...given) => {
    const key = JSON.stringify(given);
    const found = made.get(key);
    if (found !== undefined) return found;
    // Zones, languages and titles come from people; nobody may fill the memory with them.
    if (made.size >= most) made.clear();
    const one = make(...given);
    made.set(key, one);
    return one;
  };
}
