import { mailbox } from "#contract/mailbox.ts";
import { getLetter, listLetters, readAttachment } from "#server/modules/mailbox/service.ts";
import { answer } from "#server/platform/dispatch.ts";

answer(mailbox.list, (ctx, { query }) => listLetters(ctx, query));
answer(mailbox.get, (ctx, { params }) => getLetter(ctx, params.id));
answer(mailbox.attachment, (ctx, { params }) => readAttachment(ctx, params.id, params.number));
