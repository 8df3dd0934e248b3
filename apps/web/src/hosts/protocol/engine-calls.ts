import type { Engine, Timeline } from "@parley/client";

/** Methods that answer. All of them do nothing when repeated with the same ids, so an unanswered call may be sent again. */
type EngineCallName =
  | "startDirect"
  | "startGroup"
  | "followThread"
  | "post"
  | "forward"
  | "edit"
  | "deleteMessage"
  | "react"
  | "pinMessage"
  | "addMembers"
  | "removeMembers"
  | "leave"
  | "setRole"
  | "setTitle"
  | "setDescription"
  | "setPicture"
  | "picture"
  | "setTimer"
  | "makeInvite"
  | "revokeInvite"
  | "lookUpInvite"
  | "join"
  | "cancelJoin"
  | "answerJoin"
  | "prefer"
  | "save"
  | "hide"
  | "clear"
  | "block"
  | "schedule"
  | "changeScheduled"
  | "cancelScheduled"
  | "report"
  | "remind"
  | "clearReminder"
  | "takeLeftOut"
  | "messagesAt"
  | "discard"
  | "retry"
  | "saveDraft"
  | "draft"
  | "receipts"
  | "savedMessages"
  | "mentions"
  | "nextMention"
  | "versions"
  | "search"
  | "searchAgain";

/** Methods that nobody waits for. */
type EngineTellName = "markRead" | "typing" | "reconnect";

type TimelineCallName = "loadOlder" | "loadNewer" | "jumpToNewest" | "jumpTo" | "stick" | "answer";

type MethodCall<Target, Name extends keyof Target> = {
  [Method in Name]: Target[Method] extends (...args: infer Args) => unknown
    ? { readonly method: Method; readonly args: Args }
    : never;
}[Name];

export type EngineCall = MethodCall<Engine, EngineCallName>;
export type EngineTell = MethodCall<Engine, EngineTellName>;
export type TimelineCall = MethodCall<Timeline, TimelineCallName>;

export function callEngine(engine: Engine, call: EngineCall): Promise<unknown> {
  switch (call.method) {
    case "startDirect":
      return engine.startDirect(...call.args);
    case "startGroup":
      return engine.startGroup(...call.args);
    case "followThread":
      return engine.followThread(...call.args);
    case "post":
      return engine.post(...call.args);
    case "forward":
      return engine.forward(...call.args);
    case "edit":
      return engine.edit(...call.args);
    case "deleteMessage":
      return engine.deleteMessage(...call.args);
    case "react":
      return engine.react(...call.args);
    case "pinMessage":
      return engine.pinMessage(...call.args);
    case "addMembers":
      return engine.addMembers(...call.args);
    case "removeMembers":
      return engine.removeMembers(...call.args);
    case "leave":
      return engine.leave(...call.args);
    case "setTitle":
      return engine.setTitle(...call.args);
    case "setRole":
      return engine.setRole(...call.args);
    case "setPicture":
      return engine.setPicture(...call.args);
    case "picture":
      return engine.picture(...call.args);
    case "setDescription":
      return engine.setDescription(...call.args);
    case "setTimer":
      return engine.setTimer(...call.args);
    case "makeInvite":
      return engine.makeInvite(...call.args);
    case "revokeInvite":
      return engine.revokeInvite(...call.args);
    case "lookUpInvite":
      return engine.lookUpInvite(...call.args);
    case "join":
      return engine.join(...call.args);
    case "cancelJoin":
      return engine.cancelJoin(...call.args);
    case "answerJoin":
      return engine.answerJoin(...call.args);
    case "prefer":
      return engine.prefer(...call.args);
    case "save":
      return engine.save(...call.args);
    case "hide":
      return engine.hide(...call.args);
    case "clear":
      return engine.clear(...call.args);
    case "block":
      return engine.block(...call.args);
    case "schedule":
      return engine.schedule(...call.args);
    case "changeScheduled":
      return engine.changeScheduled(...call.args);
    case "cancelScheduled":
      return engine.cancelScheduled(...call.args);
    case "report":
      return engine.report(...call.args);
    case "remind":
      return engine.remind(...call.args);
    case "clearReminder":
      return engine.clearReminder(...call.args);
    case "takeLeftOut":
      return engine.takeLeftOut(...call.args);
    case "messagesAt":
      return engine.messagesAt(...call.args);
    case "savedMessages":
      return engine.savedMessages(...call.args);
    case "mentions":
      return engine.mentions(...call.args);
    case "nextMention":
      return engine.nextMention(...call.args);
    case "discard":
      return engine.discard(...call.args);
    case "retry":
      return engine.retry(...call.args);
    case "saveDraft":
      return engine.saveDraft(...call.args);
    case "draft":
      return engine.draft(...call.args);
    case "receipts":
      return engine.receipts(...call.args);
    case "versions":
      return engine.versions(...call.args);
    case "search":
      return engine.search(...call.args);
    case "searchAgain":
      return engine.searchAgain(...call.args);
  }
}

export function tellEngine(engine: Engine, tell: EngineTell): void {
  switch (tell.method) {
    case "markRead":
      engine.markRead(...tell.args);
      break;
    case "typing":
      engine.typing(...tell.args);
      break;
    case "reconnect":
      engine.reconnect(...tell.args);
      break;
  }
}

export function callTimeline(timeline: Timeline, call: TimelineCall): Promise<void> {
  switch (call.method) {
    case "loadOlder":
      return timeline.loadOlder(...call.args);
    case "loadNewer":
      return timeline.loadNewer(...call.args);
    case "jumpToNewest":
      return timeline.jumpToNewest(...call.args);
    case "jumpTo":
      return timeline.jumpTo(...call.args);
    case "stick":
      return timeline.stick(...call.args);
    case "answer":
      return timeline.answer(...call.args);
  }
}
