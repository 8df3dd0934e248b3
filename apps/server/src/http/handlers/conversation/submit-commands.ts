import type { MethodImpl } from "@connectrpc/connect";
import { type ConversationService, ProblemCode } from "@parley/protocol";
import { Refusal } from "../../../accounts/refusal.ts";
import { faultOfSubmit } from "../../../connection/check-frame.ts";
import { authorise } from "../../authorise.ts";
import type { Services } from "../../services.ts";
import { requireNoFault } from "../../validate.ts";

export function submitCommands(services: Services): MethodImpl<typeof ConversationService.method.submitCommands> {
  return async (submit, context) => {
    const { account, session } = await authorise(services, context);
    requireNoFault(faultOfSubmit(submit));
    const device = await services.reader.deviceOf(session);
    if (device === undefined)
      throw new Refusal(ProblemCode.DEVICE_CLOSED, "This session has no open device: say Hello first.");
    if (submit.device !== "" && submit.device !== device)
      throw new Refusal(ProblemCode.DEVICE_CLOSED, "These commands are those of another device than this session's.");
    const commands = submit.submissions.flatMap(({ order, command }) =>
      order === undefined ? [] : [{ account, device, order, command }],
    );
    return { answers: [...(await services.submitter.submit(commands))] };
  };
}
