import type { Me } from "#contract/identity.ts";
import { useWords } from "#web/platform/words.ts";
import { SubmitButton } from "#web/ui/button.tsx";
import { ZoneField } from "#web/ui/date-time-field.tsx";
import { Field, Select } from "#web/ui/field.tsx";
import { Form } from "#web/ui/form.tsx";
import { PictureField } from "#web/ui/picture-field.tsx";
import { Avatar } from "#web/ui/surface.tsx";

interface Props {
  me: Me;
  result: unknown;
}

/** Shows the picture and takes another. */
export function PictureForm({ me, result }: Props) {
  const words = useWords("identity.settings");
  return (
    <Form result={result} encType="multipart/form-data" className="group/picture mb-8 grid grid-cols-1 gap-3">
      <PictureField name="picture" label={words.picture} hint={words.pictureHint} round>
        <Avatar name={me.name} src={me.pictureUrl} size={80} />
      </PictureField>
      <div className="flex flex-wrap gap-2">
        <SubmitButton
          variant="secondary"
          size="sm"
          name="intent"
          value="picture"
          className="[@media(scripting:enabled)]:group-not-has-[[data-chosen]]/picture:hidden"
        >
          {words.upload}
        </SubmitButton>
        {me.pictureUrl && (
          <SubmitButton variant="quiet" size="sm" name="intent" value="no-picture">
            {words.remove}
          </SubmitButton>
        )}
      </div>
    </Form>
  );
}

/** Name, language and zone. */
export function ProfileForm({
  me,
  result,
  languages,
}: Props & { languages: readonly { code: string; name: string }[] }) {
  const words = useWords("identity.settings");
  return (
    <Form result={result} className="grid gap-5">
      <Field name="name" label={words.name} defaultValue={me.name} autoComplete="name" maxLength={120} required />
      <Select name="locale" label={words.language} defaultValue={me.locale}>
        {languages.map(({ code, name }) => (
          <option key={code} value={code}>
            {name}
          </option>
        ))}
      </Select>
      <ZoneField name="timeZone" label={words.zone} hint={words.zoneHint} defaultValue={me.timeZone} required />
      <SubmitButton name="intent" value="profile" className="justify-self-start">
        {words.save}
      </SubmitButton>
    </Form>
  );
}
