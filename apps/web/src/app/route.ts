/** Where in the app one is; the address of a conversation is `#/c/ID`. */
export interface Route {
  readonly conversation: string | undefined;
}

export function parseRoute(hash: string): Route {
  const match = /^#\/c\/([0-9a-f-]{36})$/.exec(hash);
  return { conversation: match?.[1] };
}

export function formatRoute(route: Route): string {
  return route.conversation === undefined ? "#/" : `#/c/${route.conversation}`;
}
