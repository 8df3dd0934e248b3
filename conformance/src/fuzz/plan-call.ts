import { toBinary, toJsonString } from "@bufbuild/protobuf";
import { AccountService, ConversationService, type Encoding } from "@parley/protocol";
import { bytes } from "../hostile/wire/protobuf-bytes.ts";
import { generateMessage } from "./generate-message.ts";
import { mutateBytes } from "./mutate-bytes.ts";
import { mutateMessage } from "./mutate-message.ts";
import { mutateText } from "./mutate-text.ts";
import type { Step } from "./session-plan.ts";
import type { Vocabulary } from "./vocabulary.ts";

/** Signing up and in are dear, and signing out would end the session: they have cases of their own. */
const LEFT_OUT = new Set(["SignUp", "SignIn", "SignOut"]);

export const fuzzedMethods = [...AccountService.methods, ...ConversationService.methods].filter(
  ({ name }) => !LEFT_OUT.has(name),
);

const HEADERS = [
  "Content-Encoding: gzip",
  "Content-Encoding: identity",
  "Connect-Timeout-Ms: 0",
  "Connect-Timeout-Ms: 99999999999",
  "Connect-Protocol-Version: 2",
  "Origin: https://elsewhere.example",
  "Cookie: parley.session_token=x",
  "X-Forwarded-For: 1.2.3.4, evil",
  "Accept-Encoding: gzip, br",
  "Content-Type: application/json",
] as const;

/** A call of any method, right or spoiled. */
export function planCall(words: Vocabulary): Step {
  const { random } = words;
  const method = random.pick(fuzzedMethods);
  const encoding = random.pick<Encoding>(["proto", "json"]);
  const message = generateMessage(method.input, words);
  if (random.chance(0.4)) mutateMessage(method.input, message, words);
  const spoil = random.chance(0.3);
  const binary = (data: Uint8Array) => (spoil ? mutateBytes(data, random) : data);
  const text = (data: string) => bytes(spoil ? mutateText(data, random) : data);
  return {
    kind: "call",
    label: method.name,
    method: `${method.parent.name}/${method.name}`,
    encoding,
    body: encoding === "proto" ? binary(toBinary(method.input, message)) : text(toJsonString(method.input, message)),
    headers: random.chance(0.1) ? [random.pick(HEADERS)] : [],
  };
}
