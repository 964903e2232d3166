import { operations } from "#contract/operations.ts";
import { Fact } from "#web/features/admin/components/fact.tsx";
import { diskState, HealthPart, mailState, Share, useBytes } from "#web/features/admin/components/health-parts.tsx";
import { call } from "#web/platform/api.ts";
import { said, useFill, useWords, words } from "#web/platform/words.ts";
import { Time } from "#web/ui/time.tsx";

import type { Route } from "./+types/health-page";

export async function loader({ context }: Route.LoaderArgs) {
  return { health: await call(context, operations.health, {}), words: words(context, ["admin.health"]) };
}

export const meta: Route.MetaFunction = ({ loaderData }) => [
  { title: said(loaderData?.words)?.["admin.health"].pageTitle },
];

export default function HealthPage({ loaderData: { health } }: Route.ComponentProps) {
  const words = useWords("admin.health");
  const fill = useFill();
  const bytes = useBytes();
  const { database, jobs, media, redis, mail, disk, versions, startedAt } = health;
  const free = { free: bytes(disk.freeBytes), total: bytes(disk.totalBytes) };
  return (
    <>
      <h2 className="mb-4">{words.title}</h2>
      <ul className="max-w-[44rem] divide-y divide-line">
        <HealthPart name={words.database} state={database.state}>
          <p>{database.reason}</p>
          <p>{fill(words.postgres, { version: database.version, size: bytes(database.bytes) })}</p>
          <p>{fill(words.connections, { n: database.connections })}</p>
        </HealthPart>
        <HealthPart name={words.jobs} state={jobs.state}>
          <p>{jobs.reason}</p>
          <p>{fill(words.workers, { n: jobs.workers })}</p>
          <p>{fill(words.queue, { waiting: jobs.waiting, failed: jobs.failed })}</p>
        </HealthPart>
        <HealthPart name={words.media} state={media.state}>
          <p>{media.reason}</p>
        </HealthPart>
        {redis && (
          <HealthPart name={words.redis} state={redis.state}>
            <p>{redis.reason}</p>
          </HealthPart>
        )}
        <HealthPart name={words.mail} state={mailState(mail)}>
          <p>{words[mail.kind]}</p>
          <p>{fill(words.queue, { waiting: mail.waiting, failed: mail.failed })}</p>
        </HealthPart>
        <HealthPart name={words.disk} state={diskState(disk)}>
          <Share used={1 - disk.freeBytes / Math.max(1, disk.totalBytes)} says={fill(words.space, free)} />
        </HealthPart>
      </ul>
      <dl className="mt-8 grid max-w-[44rem] gap-x-8 gap-y-4 border-t border-line pt-6 text-sm sm:grid-cols-3">
        <Fact name={words.plenary}>{versions.plenary}</Fact>
        <Fact name={words.node}>{versions.node}</Fact>
        <Fact name={words.since}>
          <Time at={startedAt} zone="UTC" />
        </Fact>
      </dl>
    </>
  );
}
