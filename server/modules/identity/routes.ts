import { accounts } from "#contract/accounts.ts";
import { auth, me } from "#contract/identity.ts";
import { nostr } from "#contract/nostr.ts";
import { security, signIn } from "#contract/security.ts";
import { confirmByPassword, getSecurity } from "#server/modules/identity/service/confirming.ts";
import { askEmailChange, confirmEmailChange, undoEmailChange } from "#server/modules/identity/service/email-change.ts";
import { freshToken, withToken } from "#server/modules/identity/service/entering.ts";
import {
  ban,
  changeRole,
  getAccount,
  listAccounts,
  sendPasswordLetter,
  unban,
} from "#server/modules/identity/service/governing.ts";
import {
  beginProvider,
  endProvider,
  listLinked,
  listProviders,
  unlink,
} from "#server/modules/identity/service/linked-accounts.ts";
import { askLink, useLink } from "#server/modules/identity/service/magic-links.ts";
import { linkKey, signInByKey, unlinkKey } from "#server/modules/identity/service/nostr.ts";
import {
  addPasskey,
  askPasskey,
  beginPasskey,
  confirmByPasskey,
  listPasskeys,
  removePasskey,
  renamePasskey,
  usePasskey,
} from "#server/modules/identity/service/passkeys.ts";
import { changePassword, forgotPassword, resetPassword } from "#server/modules/identity/service/passwords.ts";
import { changeMe, getMe, setPicture } from "#server/modules/identity/service/profile.ts";
import {
  beginFactor,
  confirmFactor,
  newCodes,
  removeFactor,
  showSecond,
} from "#server/modules/identity/service/second-factors.ts";
import {
  endOtherSessions,
  endSession,
  listSessions,
  login,
  logout,
} from "#server/modules/identity/service/sessions.ts";
import { register, verify } from "#server/modules/identity/service/sign-up.ts";
import { answer } from "#server/platform/dispatch.ts";

answer(auth.register, (ctx, { body }) => register(ctx, body));
answer(auth.verify, (ctx, { body }) => verify(ctx, body));
answer(auth.login, async (ctx, { body, query }) => withToken(ctx, await login(ctx, body), query.token));
answer(auth.token, freshToken);
answer(auth.logout, async (ctx) => void (await logout(ctx)));
answer(auth.me, async (ctx) => ({ user: await getMe(ctx) }));
answer(auth.forgotPassword, (ctx, { body }) => forgotPassword(ctx, body.email));
answer(auth.resetPassword, (ctx, { body }) => resetPassword(ctx, body));
answer(auth.changePassword, async (ctx, { body }) => void (await changePassword(ctx, body)));
answer(auth.sessions, (ctx, { query }) => listSessions(ctx, query));
answer(auth.endSession, async (ctx, { params }) => void (await endSession(ctx, params.id)));
answer(auth.endOtherSessions, async (ctx) => void (await endOtherSessions(ctx)));

answer(signIn.askLink, (ctx, { body }) => askLink(ctx, body));
answer(signIn.useLink, (ctx, { body }) => useLink(ctx, body.token));
answer(signIn.second, async (ctx, { body, query }) => withToken(ctx, await showSecond(ctx, body), query.token));
answer(signIn.askPasskey, askPasskey);
answer(signIn.usePasskey, (ctx, { body }) => usePasskey(ctx, body));
answer(signIn.providers, listProviders);
answer(signIn.beginProvider, (ctx, { params, body }) => beginProvider(ctx, params.id, body.next ?? ""));
answer(signIn.endProvider, (ctx, { params, body }) => endProvider(ctx, params.id, body));
answer(signIn.confirmEmail, async (ctx, { body }) => void (await confirmEmailChange(ctx, body.token)));
answer(signIn.undoEmail, (ctx, { body }) => undoEmailChange(ctx, body.token));

answer(security.get, getSecurity);
answer(security.confirm, async (ctx, { body }) => void (await confirmByPassword(ctx, body.password)));
answer(security.confirmByPasskey, async (ctx, { body }) => void (await confirmByPasskey(ctx, body)));
answer(security.passkeys, listPasskeys);
answer(security.beginPasskey, beginPasskey);
answer(security.addPasskey, (ctx, { body }) => addPasskey(ctx, body));
answer(security.renamePasskey, async (ctx, { params, body }) => void (await renamePasskey(ctx, params.id, body.name)));
answer(security.removePasskey, async (ctx, { params }) => void (await removePasskey(ctx, params.id)));
answer(security.linkedAccounts, listLinked);
answer(security.unlink, async (ctx, { params }) => void (await unlink(ctx, params.id)));
answer(security.changeEmail, (ctx, { body }) => askEmailChange(ctx, body.email));

answer(security.beginFactor, beginFactor);
answer(security.confirmFactor, (ctx, { body }) => confirmFactor(ctx, body.code));
answer(security.removeFactor, async (ctx) => void (await removeFactor(ctx)));
answer(security.newCodes, newCodes);

answer(nostr.signIn, async (ctx, { body, query }) => withToken(ctx, await signInByKey(ctx, body, query), query.token));
answer(nostr.link, (ctx, { body }) => linkKey(ctx, body));
answer(nostr.unlink, async (ctx) => void (await unlinkKey(ctx)));

answer(me.get, getMe);
answer(me.change, (ctx, { body }) => changeMe(ctx, body));
answer(me.setPicture, (ctx, { body }) => setPicture(ctx, body.bytes));
answer(me.removePicture, (ctx) => setPicture(ctx, null));

answer(accounts.list, (ctx, { query }) => listAccounts(ctx, query));
answer(accounts.get, (ctx, { params }) => getAccount(ctx, params.id));
answer(accounts.role, (ctx, { params, body }) => changeRole(ctx, params.id, body.role));
answer(accounts.ban, (ctx, { params, body }) => ban(ctx, params.id, body));
answer(accounts.unban, (ctx, { params }) => unban(ctx, params.id));
answer(accounts.passwordLetter, async (ctx, { params }) => void (await sendPasswordLetter(ctx, params.id)));
