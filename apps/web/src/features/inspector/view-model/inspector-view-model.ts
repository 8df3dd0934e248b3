import type { Clock, EngineInspection, Observable, TransportWay } from "@parley/client";
import { ObservedValue } from "../../../observable/observed-value.ts";
import type { InspectorTexts } from "../../../texts/en-inspector.ts";
import { type ConversationCells, conversationCells } from "./conversation-cells.ts";
import { type ConnectionMoment, type InspectedFrame, type Inspector, noTrouble, type Trouble } from "./inspector.ts";

const LOOK_MS = 500;
/** As many frames as are kept and drawn. */
const MOST_FRAMES = 500;

export interface InspectorSnapshot {
  /** The newest first; those that the filter lets through. */
  readonly frames: readonly InspectedFrame[];
  readonly filter: string;
  readonly selected: InspectedFrame | undefined;
  readonly paused: boolean;
  readonly connections: readonly ConnectionMoment[];
  readonly conversations: readonly ConversationCells[];
  /** Undefined until an engine answered. */
  readonly engine: EngineInspection | undefined;
  readonly way: TransportWay | undefined;
  readonly trouble: Trouble;
  /** Whether the last look was answered. */
  readonly reached: boolean;
}

export interface InspectorPorts {
  /** What its parts are called; fetched with it. */
  readonly words: () => Promise<InspectorTexts>;
  readonly inspector: Inspector;
  readonly clock: Clock;
  /** Gives a file to the person. */
  readonly saveFile: (name: string, text: string) => void;
}

/** Looks at the engine twice a second for as long as it is open. */
export class InspectorViewModel implements Observable<InspectorSnapshot> {
  readonly #ports: InspectorPorts;
  readonly #snapshot = new ObservedValue<InspectorSnapshot>({
    frames: [],
    filter: "",
    selected: undefined,
    paused: false,
    connections: [],
    conversations: [],
    engine: undefined,
    way: undefined,
    trouble: noTrouble,
    reached: false,
  });
  #all: readonly InspectedFrame[] = [];
  #last = 0;
  #cancel: () => void = () => undefined;
  #disposed = false;

  constructor(ports: InspectorPorts) {
    this.#ports = ports;
    void this.#look();
  }

  get = (): InspectorSnapshot => this.#snapshot.get();
  subscribe = (listener: () => void): (() => void) => this.#snapshot.subscribe(listener);

  /** Nothing stays troubled for an inspector that is closed. */
  dispose = (): void => {
    this.#disposed = true;
    this.#cancel();
    void this.#ports.inspector.setTrouble(noTrouble).catch(() => undefined);
  };

  setFilter = (filter: string): void => this.#snapshot.change({ filter, frames: filtered(this.#all, filter) });
  select = (selected: InspectedFrame | undefined): void => this.#snapshot.change({ selected });
  setPaused = (paused: boolean): void => this.#snapshot.change({ paused });

  clear = (): void => {
    this.#all = [];
    this.#snapshot.change({ frames: [], selected: undefined });
  };

  resync = (): Promise<void> => this.#ask(() => this.#ports.inspector.resync());

  setTrouble = (changes: Partial<Trouble>): Promise<void> => {
    const trouble = { ...this.get().trouble, ...changes };
    this.#snapshot.change({ trouble });
    return this.#ask(() => this.#ports.inspector.setTrouble(trouble));
  };

  export = (): Promise<void> =>
    this.#ask(async () => {
      const { saveFile, clock, inspector } = this.#ports;
      saveFile(
        `parley-debug-${new Date(clock.now()).toISOString().replaceAll(":", "-")}.json`,
        await inspector.bundle(),
      );
    });

  async #ask(run: () => Promise<void>): Promise<void> {
    try {
      await run();
    } catch {
      this.#snapshot.change({ reached: false });
    }
  }

  async #look(): Promise<void> {
    await this.#ask(async () => {
      if (this.get().paused) return;
      const { frames, connections, engine, way, trouble } = await this.#ports.inspector.look(this.#last);
      this.#take(frames);
      this.#snapshot.change({
        connections,
        conversations: engine.conversations.map(conversationCells),
        engine,
        way,
        trouble,
        reached: true,
        frames: filtered(this.#all, this.get().filter),
      });
    });
    if (!this.#disposed) this.#cancel = this.#ports.clock.after(LOOK_MS, () => void this.#look());
  }

  #take(frames: readonly InspectedFrame[]): void {
    const newest = frames.at(-1);
    if (newest === undefined) return;
    this.#last = newest.number;
    this.#all = [...[...frames].reverse(), ...this.#all].slice(0, MOST_FRAMES);
  }
}

function filtered(frames: readonly InspectedFrame[], filter: string): readonly InspectedFrame[] {
  const wanted = filter.trim().toLowerCase();
  if (wanted === "") return frames;
  return frames.filter(({ kind, json }) => kind.toLowerCase().includes(wanted) || json.toLowerCase().includes(wanted));
}
