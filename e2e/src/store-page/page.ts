import { type CaseResult, runContract } from "./contract-run.ts";
import { fillStore } from "./full-disk-case.ts";
import { typeOnFullDisk } from "./room-case.ts";

/** Runs the contract where the address says (`#page`, `#shared-worker`, `#worker`), or fills the store (`#full`, `#room`); leaves the results on `globalThis`. */
const place = location.hash.slice(1);
const results = await resultsOf(place);
Object.assign(globalThis, { results });

function resultsOf(where: string): Promise<unknown> {
  if (where === "full") return fillStore(where);
  return where === "room" ? typeOnFullDisk() : runIn(where);
}

function runIn(where: string): Promise<readonly CaseResult[]> {
  if (where === "page") return runContract(where);
  return new Promise((resolve, reject) => {
    const options = { type: "module", name: where } as const;
    const worker = where === "worker" ? new Worker("/worker.js", options) : new SharedWorker("/worker.js", options);
    worker.onerror = (event) => reject(new Error(event instanceof ErrorEvent ? event.message : "the worker failed"));
    const port = worker instanceof Worker ? worker : worker.port;
    port.onmessage = ({ data }: MessageEvent<readonly CaseResult[]>) => resolve(data);
  });
}
