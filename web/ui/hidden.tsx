interface Props {
  values: Readonly<Record<string, string | number | boolean>> | readonly (readonly [name: string, value: string])[];
}

/** What a form sends along unseen; in pairs, a name may come more than once. */
export const Hidden = ({ values }: Props) =>
  (Symbol.iterator in values ? values : Object.entries(values)).map(([name, value]) => (
    <input key={`${name}=${value}`} type="hidden" name={name} value={String(value)} />
  ));
