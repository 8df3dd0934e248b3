import { ProblemCode } from "@parley/protocol";
import { AccountAllowances } from "./account-allowance.ts";
import { Connection, type ConnectionPorts, type Keeper } from "./connection.ts";
import { Pace } from "./pace.ts";
import { problem } from "./problem.ts";
import type { Socket } from "./socket.ts";
import type { Visitor } from "./visitor.ts";

/** How often every connection is looked at for silence. */
const CHECK_EVERY_MS = 5_000;

/** All open connections of a node, from the opening of a socket to its end. */
export class Connections {
  readonly #ports: ConnectionPorts;
  readonly #open = new Set<Connection>();
  readonly #allowances: AccountAllowances;
  readonly #keeper: Keeper;
  #checking = false;

  constructor(ports: ConnectionPorts) {
    this.#ports = ports;
    this.#allowances = new AccountAllowances(ports.limits, ports.clock);
    const pace = new Pace(ports.clock);
    this.#keeper = {
      turn: (account) => pace.turn(account),
      forget: (connection) => {
        if (this.#open.delete(connection)) connection.allowance.leave();
      },
    };
  }

  /** One that is more than its account may have is closed at once. */
  open(socket: Socket, visitor: Visitor): Connection {
    const now = this.#ports.clock.elapsed();
    const allowance = this.#allowances.of(visitor.account);
    const connection = new Connection(this.#ports, socket, visitor, allowance, this.#keeper);
    const retryAfterMs = allowance.enter(now);
    if (retryAfterMs > 0) {
      connection.refuse(problem(ProblemCode.RATE_LIMITED, "This account opens too many sockets.", retryAfterMs));
      return connection;
    }
    this.#open.add(connection);
    this.#keepChecking();
    return connection;
  }

  /** A session has ended: nobody may go on with it. */
  endSession(session: string, code: ProblemCode): void {
    for (const connection of [...this.#open]) {
      if (connection.visitor.session === session) connection.dismiss(code, 0);
    }
  }

  /** Tells all devices that the server goes away and when to come back. */
  dismissAll(retryAfterMs: number): void {
    for (const connection of [...this.#open]) connection.dismiss(ProblemCode.SHUTTING_DOWN, retryAfterMs);
  }

  /** One timer for all connections, and none while there is no connection. */
  #keepChecking(): void {
    if (this.#checking) return;
    this.#checking = true;
    this.#ports.clock.after(CHECK_EVERY_MS, () => {
      this.#checking = false;
      for (const connection of [...this.#open]) connection.check();
      if (this.#open.size > 0) this.#keepChecking();
    });
  }
}
