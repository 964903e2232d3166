import { FilterChips } from "#web/ui/list.tsx";

interface Props {
  /** How the address calls it. */
  name?: string;
  /** The one last used first: it is meant where the address names none. */
  mine: readonly { id: string; name: string }[];
  label: string;
}

/** For which organizer a page is looked at; asked of those who belong to several. */
export function OrganizerChips({ name = "organizer_id", mine: [first, ...others], label }: Props) {
  if (!first || others.length === 0) return null;
  return (
    <FilterChips
      name={name}
      label={label}
      all={first.name}
      options={others.map(({ id, name }) => ({ value: id, label: name }))}
    />
  );
}
