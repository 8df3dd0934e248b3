import type { AccountView, ClientStore, Clock, Engine, Remains } from "@parley/client";
import type { Encoding } from "@parley/protocol";
import type { Inspector } from "../../features/inspector/view-model/inspector.ts";
import type { EngineSideState } from "../protocol/messages.ts";
import type { SignOuts } from "./sign-outs.ts";
import type { SessionOwner } from "./tab-session.ts";

/** What the service needs of the place where it runs. */
export interface EngineServicePorts {
  readonly clock: Pick<Clock, "after">;
  /** Gathers what happens in one turn of the event loop, so that tabs are told once. */
  readonly turns: SessionOwner["turns"];
  /** Opens the local store; `closed` is called when it was closed from outside. Rejects with StoreError. */
  openStore(account: string, closed: () => void): Promise<{ readonly store: ClientStore; readonly kept: boolean }>;
  rebuildStore(account: string): Promise<{ readonly lost: number | undefined }>;
  deleteStore(account: string): Promise<void>;
  /** Starts an engine on a store, which is its from then on. Rejects with StoreError if it cannot be read. */
  startEngine(
    store: ClientStore,
    account: AccountView,
    encoding: Encoding,
    remains: Remains | undefined,
  ): Promise<RunningEngine>;
  /** What is wrong with a store, of what opening it threw. */
  storeProblem(thrown: unknown): Extract<EngineSideState, { kind: "store-failed" }>["problem"];
  /** The device woke up, or a person looks at the app. */
  woke(): void;
  /** Calls `ended` once the tab that holds this lock is gone. */
  watchTab(tabLock: string, ended: () => void): void;
  /**
   * Takes the place of the account's one engine from whoever has it. `lost` is called when another engine side takes it, at once or as soon as this one
   * thaws. The local store's generation is what keeps a former owner from writing; this only spares everybody the wait.
   *
   * @returns how to give the place back
   */
  claim(account: string, lost: () => void): () => void;
  /** Hears of signing out by other engine sides of the account in this browser, and tells them. Undefined where they cannot be reached. */
  signOuts(account: string, heard: () => void): SignOuts | undefined;
  /** Another engine side has the account's engine now. */
  superseded(): void;
  /** No tab has been there for a while, and nothing waits to be sent. */
  unused(): void;
  /** After signing out: nothing more will be served here. */
  stopped(): void;
}

export interface RunningEngine {
  readonly engine: Engine;
  readonly inspector: Inspector;
  /** What is to be kept if its store is lost. */
  remains(): Remains;
  stop(): Promise<void>;
}
