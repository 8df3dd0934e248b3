import { describe, expect, test } from "bun:test";
import { ManualClock } from "../../../testing/manual-clock.ts";
import { en } from "../../../texts/en.ts";
import { AccountViewModel } from "./account-view-model.ts";
import type { SignedInAccount, SignInOutcome, SignUpForm } from "./accounts.ts";

const ana: SignedInAccount = { account: "a", userName: "ana", displayName: "Ana" };

function form(mode: "sign-in" | "sign-up", outcome: (clock: ManualClock) => SignInOutcome, only?: SignedInAccount) {
  const clock = new ManualClock();
  const asked: Partial<SignUpForm>[] = [];
  const entered: SignedInAccount[] = [];
  const ask = async (fields: Partial<SignUpForm>) => {
    asked.push(fields);
    return outcome(clock);
  };
  const ports = {
    accounts: { signUp: ask, signIn: ask },
    clock,
    texts: en,
    signedIn: (one: SignedInAccount) => void entered.push(one),
  };
  const model = new AccountViewModel(only === undefined ? ports : { ...ports, only }, { mode });
  return { model, clock, asked, entered };
}

function fill(model: AccountViewModel, userName: string, password: string) {
  model.setField("userName", userName);
  model.setField("password", password);
}

describe("signing up", () => {
  test("says what is wrong before asking the server, and forgets it at the next key press", async () => {
    const { model, asked } = form("sign-up", () => ({ kind: "signed-in", account: ana }));
    fill(model, "a!", "short");
    await model.submit();
    expect(model.get().errors).toEqual({
      userName: en.accounts.errors.userName,
      password: en.accounts.errors.passwordShort,
    });
    expect(asked).toEqual([]);
    model.setField("userName", "ana");
    expect(model.get().errors).toEqual({ password: en.accounts.errors.passwordShort });
  });

  test("sends trimmed names, and enters", async () => {
    const { model, asked, entered } = form("sign-up", () => ({ kind: "signed-in", account: ana }));
    fill(model, " Ana ", "correct horse");
    model.setField("displayName", " Ana Ruiz ");
    await model.submit();
    expect(asked).toEqual([{ userName: "ana", displayName: "Ana Ruiz", password: "correct horse" }]);
    expect(entered).toEqual([ana]);
    expect(model.get().password).toBe("");
  });

  test("says at the field that a name is taken", async () => {
    const { model } = form("sign-up", () => ({ kind: "name-taken" }));
    fill(model, "ana", "correct horse");
    await model.submit();
    expect(model.get()).toMatchObject({ errors: { userName: en.accounts.errors.nameTaken }, busy: false });
  });
});

describe("signing in", () => {
  test("counts down to when it can be tried again", async () => {
    const { model, clock } = form("sign-in", (now) => ({ kind: "rate-limited", retryAt: now.now() + 3000 }));
    fill(model, "ana", "wrong");
    await model.submit();
    expect(model.get().problem).toBe("Too many attempts. Try again in 3 seconds.");
    clock.advance(2000);
    expect(model.get().problem).toBe("Too many attempts. Try again in 1 second.");
    clock.advance(1000);
    expect(model.get().problem).toBe(en.accounts.errors.rateLimitOver);
  });

  test("keeps the user name after a wrong password", async () => {
    const { model } = form("sign-in", () => ({ kind: "wrong-credentials" }));
    fill(model, "ana", "wrong");
    await model.submit();
    expect(model.get()).toMatchObject({ userName: "ana", password: "", problem: en.accounts.errors.wrongCredentials });
  });

  test("again lets in nobody but the one whose messages wait", async () => {
    const { model, entered } = form("sign-in", () => ({ kind: "signed-in", account: ana }), {
      ...ana,
      account: "b",
      userName: "bo.lind",
    });
    model.setField("password", "correct horse");
    await model.submit();
    expect(entered).toEqual([]);
    expect(model.get().problem).toBe(en.accounts.errors.otherAccount("bo.lind"));
  });
});
