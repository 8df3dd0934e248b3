import { limits, type Version } from "@parley/protocol";
import type { VersionsView, VersionView } from "../api/versions-view.ts";
import type { Batch } from "./batch.ts";
import { EngineError } from "./engine-error.ts";
import type { Requests } from "./requests.ts";
import type { Wire } from "./wire.ts";

/** Asks the server what a message said before it was edited: no device keeps it. */
export class VersionReader {
  readonly #wire: Wire;
  readonly #requests: Requests;

  constructor(wire: Wire, requests: Requests) {
    this.#wire = wire;
    this.#requests = requests;
  }

  /**
   * The answer comes as an input of its own, so it is handed out and not waited for.
   *
   * @param before the seq of the oldest version that is known; 0 for the newest
   */
  async read(
    conversation: string,
    message: string,
    before: number,
    batch: Batch,
  ): Promise<{ readonly view: Promise<VersionsView> }> {
    if (!this.#wire.ready) throw offline();
    const current = await currentOf(conversation, message, batch);
    const { promise, resolve, reject } = Promise.withResolvers<VersionsView>();
    this.#requests.ask(
      { case: "versions", value: { conversation, message, before, limit: limits.versionsPerPage } },
      {
        answered: ({ case: kind, value }) => {
          if (kind !== "versions") reject(new EngineError("not-found", "There is no such message."));
          else resolve({ current, versions: value.versions.map(versionView), more: value.more });
        },
        lost: () => reject(offline()),
      },
      batch,
    );
    return { view: promise };
  }
}

async function currentOf(conversation: string, message: string, batch: Batch): Promise<VersionView | undefined> {
  const [entry] = await batch.entriesById(conversation, [message]);
  if (entry?.body.case !== "message" || entry.body.value.state.case !== "content") return undefined;
  const { state, editedAt } = entry.body.value;
  const text = state.value.form.case === "plain" ? state.value.form.value.text : "";
  return { seq: entry.contentRev, text, at: editedAt || entry.receivedAt };
}

function versionView({ seq, at, content }: Version): VersionView {
  return { seq, at, text: content?.form.case === "plain" ? content.form.value.text : "" };
}

function offline(): EngineError {
  return new EngineError("offline", "The server is needed for this, and cannot be reached.");
}
