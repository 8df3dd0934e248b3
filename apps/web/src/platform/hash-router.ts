import type { Observable } from "@parley/client";
import { formatRoute, parseRoute, type Route } from "../app/route.ts";
import type { Router } from "../app/router.ts";
import { ObservedValue } from "../observable/observed-value.ts";

interface RoutedWindow {
  readonly location: { hash: string };
  readonly history: { replaceState(data: unknown, unused: string, address: string): void };
  addEventListener(kind: "hashchange", listener: () => void): void;
}

/** Routes in the fragment of the address: they need nothing of the server. */
export class HashRouter implements Router {
  readonly #window: RoutedWindow;
  readonly #route: ObservedValue<Route>;

  constructor(window: RoutedWindow) {
    this.#window = window;
    this.#route = new ObservedValue(parseRoute(window.location.hash));
    window.addEventListener("hashchange", () => this.#route.set(parseRoute(window.location.hash)));
  }

  get route(): Observable<Route> {
    return this.#route;
  }

  /** Whoever goes somewhere is there at once: the window tells of it in a later turn. */
  go(route: Route): void {
    this.#window.location.hash = formatRoute(route);
    this.#route.set(route);
  }

  replace(route: Route): void {
    this.#window.history.replaceState(null, "", formatRoute(route));
    this.#route.set(route);
  }
}
