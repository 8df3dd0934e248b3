/** An environment variable that Parley reads. */
export interface Variable {
  readonly name: string;
  readonly fallback: string;
  readonly meaning: string;
}

/** Every environment variable of the server. The README's table says the same. */
export const variables = {
  port: { name: "PORT", fallback: "8080", meaning: "The port to listen on; 0 for any that is free." },
  host: {
    name: "HOST",
    fallback: "127.0.0.1",
    meaning: "The address to listen on; 0.0.0.0 to be reached from other machines.",
  },
  data: { name: "PARLEY_DATA", fallback: "data", meaning: "The folder that holds everything Parley stores." },
  origin: {
    name: "PARLEY_ORIGIN",
    fallback: "",
    meaning: "The public address, such as https://chat.example.org; needed only behind a proxy that changes the host.",
  },
  editMinutes: {
    name: "PARLEY_EDIT_MINUTES",
    fallback: "",
    meaning: "For how many minutes after it was posted a message can be edited; for ever if empty, never if 0.",
  },
  editVersions: {
    name: "PARLEY_EDIT_VERSIONS",
    fallback: "50",
    meaning: "How many former versions of an edited message are kept for who may see it, up to 200; 0 keeps none.",
  },
  admins: {
    name: "PARLEY_ADMINS",
    fallback: "",
    meaning: "User names, with commas between them, of the accounts that read in the app what people report.",
  },
  signUps: {
    name: "PARLEY_SIGN_UPS",
    fallback: "100",
    meaning:
      "How many people may sign up from one address at once, such as a whole school behind one; then one every 10 s.",
  },
  messageRequests: {
    name: "PARLEY_MESSAGE_REQUESTS",
    fallback: "off",
    meaning:
      "on: what somebody begins with whom one shares no group is a message request, one message that waits to be accepted, and nobody adds people to groups who do not know them; off: it is a conversation at once.",
  },
  tlsCertificate: {
    name: "PARLEY_TLS_CERT",
    fallback: "",
    meaning: "A certificate in PEM, with its chain: Parley then speaks https itself.",
  },
  tlsKey: { name: "PARLEY_TLS_KEY", fallback: "", meaning: "The key of that certificate, in PEM." },
} as const satisfies Record<string, Variable>;
