import { createClient, type Interceptor } from "@connectrpc/connect";
import { createConnectTransport } from "@connectrpc/connect-web";
import {
  AccountService,
  type Device,
  type ListReportsResponse,
  type Privacy,
  type Profile,
  type Session,
} from "@parley/protocol";
import type { AccountClientOptions } from "./account-client-options.ts";
import { accountErrorOf } from "./account-error-of.ts";
import { CALL_TIMEOUT_MS } from "./call-time.ts";

/** Accounts, sessions and devices over HTTP. Every call rejects with AccountError. */
export interface AccountClient {
  signUp(fields: {
    readonly userName: string;
    readonly displayName: string;
    readonly password: string;
  }): Promise<Session>;
  signIn(fields: { readonly userName: string; readonly password: string }): Promise<Session>;
  /** Ends this session and closes its device. */
  signOut(): Promise<void>;
  setDisplayName(displayName: string): Promise<Profile>;
  /** What is left out stays as it is. */
  setPrivacy(change: { readonly hidesReads?: boolean; readonly hidesPresence?: boolean }): Promise<Privacy>;
  listDevices(): Promise<readonly Device[]>;
  revokeDevice(id: string): Promise<void>;
  /** For admins of the server: the reports that are open, the oldest first. */
  listReports(): Promise<ListReportsResponse>;
  /** For admins of the server. @param reporter whose report it is */
  closeReport(reporter: string, id: string): Promise<void>;
  /** People whose user name or display name begins like this. */
  findPeople(query: string, limit?: number): Promise<readonly Profile[]>;
}

export function createAccountClient({ address, token }: AccountClientOptions): AccountClient {
  const authorise: Interceptor = (next) => (request) => {
    const current = token?.();
    if (current !== undefined) request.header.set("Authorization", `Bearer ${current}`);
    return next(request);
  };
  const service = createClient(
    AccountService,
    createConnectTransport({ baseUrl: address, defaultTimeoutMs: CALL_TIMEOUT_MS, interceptors: [authorise] }),
  );
  return {
    signUp: (fields) => typed(service.signUp(fields)),
    signIn: (fields) => typed(service.signIn(fields)),
    async signOut() {
      await typed(service.signOut({}));
    },
    setDisplayName: (displayName) => typed(service.setDisplayName({ displayName })),
    setPrivacy: (change) => typed(service.setPrivacy(change)),
    listDevices: async () => (await typed(service.listDevices({}))).devices,
    async revokeDevice(id) {
      await typed(service.revokeDevice({ id }));
    },
    listReports: () => typed(service.listReports({})),
    async closeReport(reporter, id) {
      await typed(service.closeReport({ reporter, id }));
    },
    findPeople: async (query, limit = 0) => (await typed(service.findPeople({ query, limit }))).people,
  };
}

async function typed<T>(call: Promise<T>): Promise<T> {
  try {
    return await call;
  } catch (thrown) {
    throw accountErrorOf(thrown);
  }
}
