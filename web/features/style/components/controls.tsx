import type { FormFailure } from "#web/platform/form.ts";
import { useWords } from "#web/platform/words.ts";
import { SubmitButton } from "#web/ui/button.tsx";
import { RadioGroup, Segmented } from "#web/ui/choice.tsx";
import { DateTimeField } from "#web/ui/date-time-field.tsx";
import { Field, Select, TextArea } from "#web/ui/field.tsx";
import { Form } from "#web/ui/form.tsx";
import { SearchField } from "#web/ui/list.tsx";
import { NumberField } from "#web/ui/number-field.tsx";
import { PictureField } from "#web/ui/picture-field.tsx";
import { Avatar, Section } from "#web/ui/surface.tsx";
import { Switch } from "#web/ui/switch.tsx";

export function Controls() {
  const words = useWords("style.page");
  const options = [
    { value: "first", label: words.first, hint: words.hint },
    { value: "second", label: words.second },
    { value: "third", label: words.third, disabled: true },
  ];
  return (
    <>
      <Section id="fields" title={words.fields}>
        <div className="grid items-start gap-5 sm:grid-cols-2">
          <Field name="plain" label={words.name} hint={words.hint} />
          <Field name="filled" label={words.name} defaultValue={words.value} optional />
          <Field name="wrong" label={words.name} hint={words.hint} problem={words.problem} />
          <Field name="disabled" label={words.name} defaultValue={words.value} disabled />
          <NumberField name="unit" label={words.seats} defaultValue={12} unit={words.unit} />
          <DateTimeField name="time" label={words.times} defaultValue="2030-05-01T18:00" />
          <Select name="select" label={words.one}>
            <option>{words.first}</option>
            <option>{words.second}</option>
          </Select>
          <SearchField label={words.name} />
          <TextArea name="area" label={words.letters} defaultValue={words.text} rows={2} />
          <PictureField name="picture" label={words.pictures} hint={words.hint} round>
            <Avatar name={words.value} size={64} />
          </PictureField>
        </div>
      </Section>
      <Section id="choose" title={words.choose}>
        <div className="grid items-start gap-6 sm:grid-cols-2">
          <RadioGroup name="radio" label={words.one} options={options} defaultValue="first" />
          <div className="grid gap-4">
            <Segmented name="segment" label={words.one} options={options} defaultValue="second" />
            <Switch name="on" label={words.switch} hint={words.hint} defaultChecked />
            <Switch name="off" label={words.switch} problem={words.problem} />
            <Switch name="never" label={words.third} disabled />
          </div>
        </div>
      </Section>
    </>
  );
}

const problem = { code: "tooShort", says: "", values: { minimum: 8 } };
const refused: FormFailure = {
  ok: false,
  code: "request.invalid",
  message: "",
  details: {},
  fields: { name: problem },
  typed: { name: "Ada" },
};

export function RefusedForm() {
  const words = useWords("style.page");
  return (
    <Section id="form" title={words.form}>
      <Form result={refused} className="grid max-w-md gap-4">
        <Field name="name" label={words.name} />
        <SubmitButton className="justify-self-start">{words.send}</SubmitButton>
      </Form>
    </Section>
  );
}
