import type { Preferences } from "#contract/notifications.ts";
import { useFill, useWords } from "#web/platform/words.ts";

type Topic = keyof Preferences["wishes"];

/** Each topic with a switch for each way; what cannot be switched off says so. */
export function WishesTable({ wishes, fixed }: Preferences) {
  const words = useWords("notifications.settings");
  return (
    <table className="w-full text-sm">
      <thead>
        <tr className="border-b border-line text-xs text-ink-soft [&_th]:py-2 [&_th]:font-medium">
          <th scope="col" className="text-start">
            {words.topic}
          </th>
          <th scope="col" className="w-16 sm:w-20">
            {words.letter}
          </th>
          <th scope="col" className="w-16 sm:w-20">
            {words.notice}
          </th>
          <th scope="col" className="w-16 sm:w-20">
            {words.push}
          </th>
        </tr>
      </thead>
      <tbody>
        {(Object.keys(wishes) as Topic[]).map((topic) => (
          <Row key={topic} topic={topic} wish={wishes[topic]} fixed={fixed} />
        ))}
      </tbody>
    </table>
  );
}

function Row({
  topic,
  wish,
  fixed,
}: {
  topic: Topic;
  wish: Preferences["wishes"][Topic];
  fixed: Preferences["fixed"];
}) {
  const words = useWords("notifications.settings");
  const topics = useWords("notifications.topics");
  const fill = useFill();
  const name = topics[topic];
  const says = {
    letter: fill(words.byLetter, { topic: name }),
    notice: fill(words.byNotice, { topic: name }),
    push: fill(words.byPush, { topic: name }),
  };
  return (
    <tr className="border-b border-line">
      <th scope="row" className="py-3 pe-4 text-start font-normal">
        <span className="block font-medium">{name}</span>
        <span className="block text-xs text-ink-soft">{topics[`${topic}Text`]}</span>
      </th>
      {(["letter", "notice", "push"] as const).map((way) => (
        <td key={way} className="text-center">
          {fixed.some((one) => one.topic === topic && one.way === way) ? (
            <span className="text-xs text-ink-soft">{words.always}</span>
          ) : (
            <Toggle name={`${topic}.${way}`} label={says[way]} isOn={wish[way]} />
          )}
        </td>
      ))}
    </tr>
  );
}

// As in `Switch`: whether it is on is told by the checkbox itself, and the hidden field lets a form switch it off.
const asSwitch = { role: "switch" };

function Toggle({ name, label, isOn }: { name: string; label: string; isOn: boolean }) {
  return (
    <>
      <input type="hidden" name={name} value="false" />
      <input
        type="checkbox"
        {...asSwitch}
        name={name}
        value="true"
        aria-label={label}
        defaultChecked={isOn}
        className="switch mx-auto"
      />
    </>
  );
}
