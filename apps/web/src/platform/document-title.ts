import type { AppViewModel } from "../app/app-view-model.ts";

/** Says in the tab's title how many conversations have something unread. */
export function showUnreadInTitle(document: Document, name: string, app: AppViewModel): void {
  let stop: () => void = () => {};
  const follow = () => {
    stop();
    const snapshot = app.get();
    if (snapshot.kind !== "session") {
      document.title = name;
      return;
    }
    const { list } = snapshot.session;
    const show = () => {
      const { unread } = list.get();
      document.title = unread > 0 ? `(${unread}) ${name}` : name;
    };
    stop = list.subscribe(show);
    show();
  };
  app.subscribe(follow);
  follow();
}
