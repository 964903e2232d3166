/** What an event asks of whoever comes: to keep to words, known by their digest, and to be of an age. */
export interface Terms {
  conduct: string | null;
  minimumAge: number | null;
}

/** What somebody has said to that: every wording they accepted, and the highest age that they confirmed. */
export interface Said {
  conducts: readonly (string | null)[];
  age: number | null;
}

export const noTerms: Terms = { conduct: null, minimumAge: null };

/** What is left to accept: other words than those that were accepted, and a higher age than was confirmed. */
export const leftOf = ({ conduct, minimumAge }: Terms, { conducts, age }: Said): Terms => ({
  conduct: conducts.includes(conduct) ? null : conduct,
  minimumAge: age !== null && minimumAge !== null && age >= minimumAge ? null : minimumAge,
});

export const isNothing = ({ conduct, minimumAge }: Terms): boolean => conduct === null && minimumAge === null;
