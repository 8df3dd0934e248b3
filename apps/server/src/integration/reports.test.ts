import { expect, setDefaultTimeout, test } from "bun:test";
import { join } from "node:path";
import { create } from "@bufbuild/protobuf";
import { CommandSchema, ReportReason } from "@parley/protocol";
import {
  bearer,
  call,
  createGroup,
  freshId,
  post,
  RawDevice,
  ServerProcess,
  signUp,
  temporaryFolder,
} from "@parley/rig";

// Processes start and stop slowly on a machine that is busy.
setDefaultTimeout(30_000);

async function reports(folder: string, ...words: readonly string[]): Promise<{ code: number; said: string }> {
  const child = Bun.spawn([process.execPath, join(import.meta.dir, "../reports.ts"), ...words], {
    env: { ...process.env, PARLEY_DATA: folder },
    stdout: "pipe",
    stderr: "pipe",
  });
  const [said, failed] = await Promise.all([new Response(child.stdout).text(), new Response(child.stderr).text()]);
  return { code: await child.exited, said: said + failed };
}

async function played() {
  const folder = temporaryFolder();
  const server = await ServerProcess.start(folder);
  const [ana, ben] = [await signUp(server.url, "ana"), await signUp(server.url, "ben")];
  const devices = [new RawDevice(server.url, ana.token), new RawDevice(server.url, ben.token)] as const;
  for (const device of devices) await device.hello();
  const creation = createGroup(freshId(), [ana.account]);
  const bad = post(creation.log, "buy this\u001b[2J\nnow");
  await devices[1].submit([creation, bad]);
  const value = {
    conversation: creation.log,
    messages: [bad.id],
    reason: ReportReason.SPAM,
    note: "Again.",
    withContext: true,
  };
  const body = { case: "reportMessage", value } as const;
  const report = create(CommandSchema, { id: freshId(), log: ana.account, sentAt: Date.now(), body });
  await devices[0].submit([report]);
  return { folder, server, report, ana };
}

test("[RPT1] the operator lists, reads and closes reports beside a running server", async () => {
  const { folder, server, report } = await played();
  const code = report.id.slice(-6);
  const list = await reports(folder);
  expect(list.code).toBe(0);
  expect(list.said).toContain(code);
  expect(list.said).toContain("spam: 1 message of ben (ben), reported by ana (ana)");
  const page = await reports(folder, "show", code);
  expect(page.said).toContain("> ben (ben), ");
  expect(page.said).toContain("    buy this\ufffd[2J\n    now");
  expect(page.said).toContain("    Again.");
  expect(await reports(folder, "close", code)).toEqual({ code: 0, said: "Closed.\n" });
  expect(await reports(folder, "close", code)).toEqual({ code: 0, said: "It was closed before.\n" });
  expect(await reports(folder)).toEqual({ code: 0, said: "No report is open.\n" });
  expect((await reports(folder, "all")).said).toContain("(closed ");
  const [exported] = JSON.parse((await reports(folder, "export")).said);
  expect(exported).toMatchObject({ id: report.id, reason: "REPORT_REASON_SPAM", note: "Again." });
  await server.stop();
  expect((await reports(folder, "show", code)).said).toContain("Closed ");
});

test("[RPT1] an account that the configuration names lists and closes reports; a name that is no account yet counts from the next start", async () => {
  const { folder, server, report, ana } = await played();
  const ask = (url: string, token: string, method: string, body: object) =>
    call(url, `AccountService/${method}`, body, bearer(token));
  expect((await ask(server.url, ana.token, "ListReports", {})).status).toBe(404);
  await server.stop();
  const environment = { PARLEY_ADMINS: "ana,later" };
  const again = await ServerProcess.start(folder, { environment });
  const later = await signUp(again.url, "later");
  expect((await ask(again.url, later.token, "ListReports", {})).status).toBe(404);
  expect((await ask(again.url, later.token, "GetSession", {})).body).not.toHaveProperty("readsReports");
  expect((await ask(again.url, ana.token, "GetSession", {})).body).toMatchObject({ readsReports: true });
  const { body } = await ask(again.url, ana.token, "ListReports", {});
  expect(body).toMatchObject({ reports: [{ id: report.id, note: "Again.", messages: [{ reported: true }] }] });
  const closing = { reporter: ana.account, id: report.id };
  expect((await ask(again.url, later.token, "CloseReport", closing)).status).toBe(404);
  expect((await ask(again.url, ana.token, "CloseReport", closing)).status).toBe(200);
  expect((await ask(again.url, ana.token, "ListReports", {})).body).not.toHaveProperty("reports");
  await again.stop();
  const third = await ServerProcess.start(folder, { environment });
  expect((await ask(third.url, later.token, "ListReports", {})).status).toBe(200);
  await third.stop();
});

test("what is asked wrongly is said in a sentence", async () => {
  const { folder, server } = await played();
  await server.stop();
  expect(await reports(folder, "show", "ffff")).toEqual({
    code: 1,
    said: "There is no report ffff. Ask for the list to see which there are.\n",
  });
  expect((await reports(folder, "burn")).said).toBe("Say nothing, or one of: all, show CODE, close CODE, export.\n");
  const empty = temporaryFolder();
  expect(await reports(empty)).toEqual({
    code: 1,
    said: `There is no data of Parley in ${empty}: set PARLEY_DATA to its folder.\n`,
  });
});
