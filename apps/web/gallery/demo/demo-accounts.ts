import type { AccountService } from "../../src/app/account-service.ts";
import type { OpenReport } from "../../src/features/reports/view-model/open-report.ts";
import { ObservedValue } from "../../src/observable/observed-value.ts";
import { demoPeople } from "./demo-people.ts";

function demoReports(): readonly OpenReport[] {
  const [, reporter, author] = demoPeople;
  const said = { authorName: author?.displayName ?? "", at: Date.now() - 7_200_000 };
  return [
    {
      id: "1",
      reporter: reporter?.account ?? "",
      reporterName: reporter?.displayName ?? "",
      title: "Allotments",
      at: Date.now() - 3_600_000,
      keptUntil: Date.now() + 7_000_000_000,
      reason: "spam",
      note: "The third time today.",
      messages: [
        { id: "1", ...said, text: "Has anybody seen my spade?", reported: false },
        { id: "2", ...said, text: "Buy seeds, half price, only here!", reported: true },
      ],
    },
  ];
}

/** Accounts without a server. Signing in as "wrong", "often" or "nowhere" shows each refusal. */
export function demoAccounts(signedIn: boolean, unended: boolean): AccountService {
  const self = demoPeople[0];
  if (self === undefined) throw new Error("The demo has no people");
  const enter: AccountService["signIn"] = async ({ userName }) => {
    await new Promise((done) => setTimeout(done, 400));
    if (userName === "wrong") return { kind: "wrong-credentials" };
    if (userName === "taken") return { kind: "name-taken" };
    if (userName === "often") return { kind: "rate-limited", retryAt: Date.now() + 42_000 };
    if (userName === "nowhere") return { kind: "unreachable" };
    return { kind: "signed-in", account: self };
  };
  return {
    current: async () => (signedIn ? { kind: "signed-in", account: self } : { kind: "signed-out" }),
    signIn: enter,
    signUp: enter,
    signOut: (_account, forget) => forget(),
    unended: new ObservedValue(unended),
    setDisplayName: async () => {},
    setPrivacy: async () => {},
    devices: async () => [
      { id: "1", name: "Firefox on Linux", lastSeenAt: Date.now(), current: true },
      { id: "2", name: "Chrome on Android", lastSeenAt: Date.now() - 90_000_000, current: false },
    ],
    revokeDevice: async () => {},
    readsReports: async () => true,
    reports: async () => demoReports(),
    closeReport: async () => {},
    findPeople: async (query) =>
      demoPeople.filter((person) => person.displayName.toLowerCase().includes(query.toLowerCase())),
  };
}
