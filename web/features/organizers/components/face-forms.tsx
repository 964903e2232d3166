import type { Organizer } from "#contract/organizers.ts";
import { HueField } from "#web/features/organizers/components/hue-field.tsx";
import { useFill, useWords } from "#web/platform/words.ts";
import { SubmitButton } from "#web/ui/button.tsx";
import { ZoneField } from "#web/ui/date-time-field.tsx";
import { Field, TextArea } from "#web/ui/field.tsx";
import { Form } from "#web/ui/form.tsx";
import { NumberField } from "#web/ui/number-field.tsx";
import { PictureField } from "#web/ui/picture-field.tsx";
import { Avatar } from "#web/ui/surface.tsx";
import { Switch } from "#web/ui/switch.tsx";

interface Props {
  organizer: Organizer;
  result: unknown;
}

/** Shows the picture and takes another. */
export function LogoForm({ organizer, result }: Props) {
  const words = useWords("organizers.settings");
  return (
    <Form result={result} encType="multipart/form-data" className="group/picture grid gap-3">
      <input type="hidden" name="organizer" value={organizer.id} />
      <PictureField name="picture" label={words.logo} hint={words.logoHint} round>
        <Avatar name={organizer.name} src={organizer.logoUrl} size={80} />
      </PictureField>
      <div className="flex flex-wrap gap-2">
        <SubmitButton
          variant="secondary"
          size="sm"
          name="intent"
          value="logo"
          className="[@media(scripting:enabled)]:group-not-has-[[data-chosen]]/picture:hidden"
        >
          {words.upload}
        </SubmitButton>
        {organizer.logoUrl && (
          <SubmitButton variant="quiet" size="sm" name="intent" value="no-logo">
            {words.remove}
          </SubmitButton>
        )}
      </div>
    </Form>
  );
}

/** Everything that people read about an organizer. */
export function FaceForm({ organizer, site, result }: Props & { site: string }) {
  const words = useWords("organizers.settings");
  const fill = useFill();
  return (
    <Form result={result} className="grid gap-5">
      <input type="hidden" name="organizer" value={organizer.id} />
      <Field
        name="name"
        label={words.name}
        defaultValue={organizer.name}
        autoComplete="organization"
        maxLength={120}
        required
      />
      <Field
        name="slug"
        label={words.slug}
        hint={fill(words.slugHint, { site })}
        defaultValue={organizer.slug}
        pattern="[A-Za-z0-9](-?[A-Za-z0-9])*"
        minLength={3}
        maxLength={60}
        autoCapitalize="off"
        spellCheck={false}
        required
      />
      <TextArea
        name="bio"
        label={words.bio}
        hint={words.bioHint}
        defaultValue={organizer.bio}
        maxLength={2000}
        optional
      />
      <Field
        name="website"
        type="url"
        label={words.website}
        defaultValue={organizer.website}
        placeholder={words.websiteStart}
        maxLength={300}
        optional
      />
      <HueField name="hue" defaultValue={organizer.hue} />
      <ZoneField name="timeZone" label={words.zone} hint={words.zoneHint} defaultValue={organizer.timeZone} required />
      <Switch
        name="showsFollowers"
        label={words.showsFollowers}
        hint={words.showsFollowersHint}
        defaultChecked={organizer.showsFollowers}
      />
      <SubmitButton name="intent" value="face" className="justify-self-start">
        {words.save}
      </SubmitButton>
    </Form>
  );
}

/** What holds for all that can be booked here, unless an event type says otherwise. */
export function BookingForm({ organizer, result }: Props) {
  const words = useWords("organizers.settings");
  return (
    <Form result={result} className="grid gap-5">
      <input type="hidden" name="organizer" value={organizer.id} />
      <NumberField
        name="slotIntervalMinutes"
        max={60}
        label={words.interval}
        hint={words.intervalHint}
        defaultValue={organizer.slotIntervalMinutes}
        unit={words.minutes}
        className="max-w-60"
        required
      />
      <SubmitButton name="intent" value="booking" variant="secondary" className="justify-self-start">
        {words.saveBooking}
      </SubmitButton>
    </Form>
  );
}
