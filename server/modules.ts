import "#server/modules/audit/routes.ts";
import "#server/modules/engagement/routes.ts";
import "#server/modules/events/routes.ts";
import "#server/modules/files/routes.ts";
import "#server/modules/gatherings/routes.ts";
import "#server/modules/identity/routes.ts";
import "#server/modules/installation/routes.ts";
import "#server/modules/mailbox/routes.ts";
import "#server/modules/notifications/routes.ts";
import "#server/modules/organizers/routes.ts";
import "#server/modules/privacy/routes.ts";
import "#server/modules/registrations/routes.ts";
import "#server/modules/rooms/routes.ts";
import "#server/modules/scheduling/routes.ts";
import "#server/modules/teams/routes.ts";

import { accessJobs } from "#server/modules/access/jobs.ts";
import { auditJobs } from "#server/modules/audit/jobs.ts";
import { capacityJobs } from "#server/modules/capacity/jobs.ts";
import { engagementJobs } from "#server/modules/engagement/jobs.ts";
import { chatChannel } from "#server/modules/engagement/realtime.ts";
import { eventJobs } from "#server/modules/events/jobs.ts";
import { fileJobs } from "#server/modules/files/jobs.ts";
import { gatheringJobs } from "#server/modules/gatherings/jobs.ts";
import { identityJobs } from "#server/modules/identity/jobs.ts";
import { notificationJobs } from "#server/modules/notifications/jobs.ts";
import { bellChannel } from "#server/modules/notifications/realtime.ts";
import { organizerJobs } from "#server/modules/organizers/jobs.ts";
import { privacyJobs } from "#server/modules/privacy/jobs.ts";
import { questionJobs } from "#server/modules/questions/jobs.ts";
import { registrationJobs } from "#server/modules/registrations/jobs.ts";
import { doorChannel } from "#server/modules/registrations/realtime.ts";
import { roomJobs } from "#server/modules/rooms/jobs.ts";
import { lobbyChannel, peopleChannel, roomStateChannel } from "#server/modules/rooms/realtime.ts";
import { schedulingJobs } from "#server/modules/scheduling/jobs.ts";
import { teamJobs } from "#server/modules/teams/jobs.ts";
import type { Live } from "#server/platform/channels.ts";
import { housekeeping } from "#server/platform/housekeeping.ts";
import type { Job } from "#server/platform/jobs.ts";
import { letterJobs } from "#server/platform/letters.ts";

// Each module's `routes.ts` names its use cases by being imported here.

/** The live channels of all modules. */
export const channels: Live[] = [bellChannel, chatChannel, doorChannel, lobbyChannel, peopleChannel, roomStateChannel];

/** What the modules have to do because of facts, and again and again. */
export const jobs: Job[] = [
  ...letterJobs,
  ...housekeeping(channels),
  ...auditJobs,
  ...accessJobs,
  ...capacityJobs,
  ...identityJobs,
  ...organizerJobs,
  ...gatheringJobs,
  ...teamJobs,
  ...registrationJobs,
  ...eventJobs,
  ...roomJobs,
  ...notificationJobs,
  ...engagementJobs,
  ...schedulingJobs,
  ...questionJobs,
  ...fileJobs,
  ...privacyJobs,
  ...channels.flatMap(({ hears }) => hears),
];
