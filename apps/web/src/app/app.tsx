import { AvatarImages } from "../design/primitives/avatar-images.ts";
import { DialogStack } from "../design/primitives/dialog-stack.tsx";
import { AccountScreen } from "../features/accounts/view/account-screen.tsx";
import { useObservable } from "../observable/use-observable.ts";
import type { AppSnapshot, AppViewModel } from "./app-view-model.ts";
import { FaultBoundary } from "./fault-boundary.tsx";
import { AppFault } from "./fault-screens.tsx";
import { StartingScreen } from "./starting-screen.tsx";
import { Workspace } from "./workspace.tsx";

export function App({ model }: { readonly model: AppViewModel }) {
  const snapshot = useObservable(model);
  const { texts } = snapshot;
  return (
    <FaultBoundary of={shownBy(snapshot)} instead={(fault) => <AppFault fault={fault} texts={texts} />}>
      <Screen model={model} snapshot={snapshot} />
    </FaultBoundary>
  );
}

/** Whoever signs in or out, in this tab or another, goes on. */
function shownBy(snapshot: AppSnapshot): string {
  return snapshot.kind === "session" ? snapshot.key : snapshot.kind;
}

function Screen({ model, snapshot }: { readonly model: AppViewModel; readonly snapshot: AppSnapshot }) {
  const { texts } = snapshot;
  const unended = useObservable(model.unended);
  switch (snapshot.kind) {
    case "starting":
      return <StartingScreen text={texts.app.starting} />;
    case "accounts":
      return <AccountScreen model={snapshot.model} texts={texts} unended={unended} language={model.language} />;
    case "session":
      return (
        <DialogStack key={snapshot.key}>
          <AvatarImages value={snapshot.session.pictures}>
            <Workspace session={snapshot.session} texts={texts} />
          </AvatarImages>
        </DialogStack>
      );
  }
}
