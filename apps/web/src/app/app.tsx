import { DialogStack } from "../design/primitives/dialog-stack.tsx";
import { AccountScreen } from "../features/accounts/view/account-screen.tsx";
import { useObservable } from "../observable/use-observable.ts";
import type { AppViewModel } from "./app-view-model.ts";
import { StartingScreen } from "./starting-screen.tsx";
import { Workspace } from "./workspace.tsx";

export function App({ model }: { readonly model: AppViewModel }) {
  const snapshot = useObservable(model);
  const { texts } = snapshot;
  const unended = useObservable(model.unended);
  switch (snapshot.kind) {
    case "starting":
      return <StartingScreen text={texts.app.starting} />;
    case "accounts":
      return <AccountScreen model={snapshot.model} texts={texts} unended={unended} />;
    case "session":
      return (
        <DialogStack key={snapshot.key}>
          <Workspace session={snapshot.session} texts={texts} />
        </DialogStack>
      );
  }
}
