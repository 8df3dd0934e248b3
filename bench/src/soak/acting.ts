import { create, type MessageInitShape } from "@bufbuild/protobuf";
import { type Answer, type Command, CommandSchema } from "@parley/protocol";
import { freshId } from "@parley/rig";
import type { Here, SoakWorld } from "./soak-world.ts";

/** Something that somebody does now and then. What came of it, in a word, for the counts of the report. */
export interface Action {
  readonly name: string;
  readonly weight: number;
  run(world: SoakWorld, person: Here): Promise<string>;
}

export type Body = NonNullable<MessageInitShape<typeof CommandSchema>["body"]>;

export const NOTHING = "nothing to do";

export function commandOf({ log }: { readonly log: string }, body: Body): Command {
  return create(CommandSchema, { id: freshId(), log, sentAt: Date.now(), body });
}

export async function submit({ device }: Here, command: Command): Promise<string> {
  return said(await device.submit(command));
}

/** Rejections are part of a life together: two may change the same thing at the same time. */
function said({ outcome }: Answer): string {
  if (outcome.case !== "verdict") return outcome.case ?? "nothing";
  const { outcome: verdict } = outcome.value;
  return verdict.case === "rejected" ? `rejected ${verdict.value.code}` : (verdict.case ?? "nothing");
}

export function content(text: string) {
  return { form: { case: "plain", value: { text } } } as const;
}

export function sentence({ random }: SoakWorld): string {
  return "we could meet on Thursday at the old station and take the last train home "
    .repeat(4)
    .slice(0, random.integer(5, 280));
}
