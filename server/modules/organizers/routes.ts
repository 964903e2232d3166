import { following } from "#contract/following.ts";
import { organizers } from "#contract/organizers.ts";
import { reviews } from "#contract/reviews.ts";
import {
  beginOwn,
  changeOrganizer,
  getOrganizer,
  listFaces,
  listFollowed,
  setFollowing,
  setLogo,
  setTrust,
} from "#server/modules/organizers/service.ts";
import { answer } from "#server/platform/dispatch.ts";

answer(organizers.mine, listFaces);
answer(organizers.begin, beginOwn);
answer(organizers.get, (ctx, { params }) => getOrganizer(ctx, params.id));
answer(organizers.change, (ctx, { params, body }) => changeOrganizer(ctx, params.id, body));
answer(organizers.setLogo, (ctx, { params, body }) => setLogo(ctx, params.id, body.bytes));
answer(organizers.removeLogo, (ctx, { params }) => setLogo(ctx, params.id, null));
answer(reviews.trust, async (ctx, { params, body }) => void (await setTrust(ctx, params.id, body.trusted)));
answer(following.follow, (ctx, { params }) => setFollowing(ctx, params.id, true));
answer(following.unfollow, (ctx, { params }) => setFollowing(ctx, params.id, false));
answer(following.mine, (ctx, { query }) => listFollowed(ctx, query));
