import { LockKeyhole } from "lucide-react";

import type { WordedAnswer } from "#contract/questions.ts";
import { dateFormat } from "#web/platform/format.ts";
import { useLocale, useWords } from "#web/platform/words.ts";

/** What somebody answered, each beside the words in which it was asked. */
export function AnswerList({ answers }: { answers: readonly WordedAnswer[] }) {
  const words = useWords("questions.answers");
  if (answers.length === 0) return null;
  return (
    <dl className="mt-2 grid gap-x-6 gap-y-2 text-sm sm:grid-cols-[minmax(0,14rem)_minmax(0,1fr)]">
      {answers.map((one) => (
        <div key={one.questionId} className="grid gap-x-6 sm:col-span-2 sm:grid-cols-subgrid">
          <dt className="text-ink-soft">
            <span dir="auto">{one.questionText}</span>
            {one.isSensitive && (
              <LockKeyhole aria-label={words.sensitive} role="img" className="ms-1.5 inline size-3.5 align-[-2px]" />
            )}
          </dt>
          <dd className="min-w-0 whitespace-pre-line [overflow-wrap:anywhere]">
            <Answer {...one} />
          </dd>
        </div>
      ))}
    </dl>
  );
}

function Answer({ answer, questionType }: WordedAnswer) {
  const words = useWords("questions.answers");
  const locale = useLocale();
  if (answer === null) return <span className="text-ink-soft">{words.hidden}</span>;
  if (typeof answer === "boolean") return answer ? words.yes : words.no;
  if (Array.isArray(answer)) return <span dir="auto">{answer.join(", ")}</span>;
  if (questionType === "date") {
    const format = dateFormat(locale, { day: "numeric", month: "long", year: "numeric", timeZone: "UTC" });
    return <time dateTime={String(answer)}>{format.format(new Date(`${answer}T00:00:00Z`))}</time>;
  }
  if (questionType === "url")
    return (
      <a href={String(answer)} rel="noreferrer nofollow ugc" className="link">
        {answer}
      </a>
    );
  return <span dir="auto">{String(answer)}</span>;
}
