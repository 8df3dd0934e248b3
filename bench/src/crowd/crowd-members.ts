import { create } from "@bufbuild/protobuf";
import { ClientFrameSchema, encodeClientFrame, type Head } from "@parley/protocol";
import { freshId } from "@parley/rig";
import type { Citizen, Town } from "../town/found-town.ts";
import type { CrowdMember } from "./crowd-member.ts";

/** One device for each citizen of a town. */
export function membersOf(town: Town): CrowdMember[] {
  return town.citizens.map((citizen) => {
    const device = freshId();
    const hello = (heads: readonly Head[]) => encodedHello(town.incarnation, device, citizen, heads);
    return {
      token: citizen.person.tokens[0] ?? "",
      upToDate: hello(citizen.heads),
      wasAway: hello(citizen.earlierHeads),
      missed: citizen.missed,
    };
  });
}

/** The same crowd for a server that knows nothing but topics, named one on a line. */
export function topicMembersOf(town: Town): CrowdMember[] {
  return town.citizens.map(({ heads }) => {
    const topics = Buffer.from(heads.map(({ conversation }) => conversation).join("\n")).toString("base64");
    return { token: "", upToDate: topics, wasAway: topics, missed: 0 };
  });
}

function encodedHello(incarnation: string, device: string, { accountHead }: Citizen, heads: readonly Head[]): string {
  const hello = { device, name: "Device of a crowd", incarnation, accountHead, heads: [...heads] };
  const frame = create(ClientFrameSchema, { frame: { case: "hello", value: hello } });
  return Buffer.from(encodeClientFrame("proto", frame)).toString("base64");
}
