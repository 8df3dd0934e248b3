/** A page of rules with ids, and where the tests of them may be. */
export interface RulePage {
  readonly path: string;
  readonly text: string;
  /** Finds an id as its first group. */
  readonly rule: RegExp;
  /** Paths of files whose titles count. */
  readonly tests: RegExp;
}

export interface TextFile {
  readonly path: string;
  readonly text: string;
}

/** Titles begin with one id or several: "[ORD2] …", "[ORD2] [ORD3] …". Contract suites and pinned cases have them as names. */
const TITLE = /["'`]((?:\[[A-Z]{3,}\d+\]\s*)+)/g;
/** Cases of the simulator list their rules; their titles are made of them. */
const LISTED = /^\s*rules: \[((?:"[A-Z]{3,}\d+"(?:, )?)+)\]/gm;
const ID = /[A-Z]{3,}\d+/g;

/** Every rule has a test whose title begins with its id in brackets, and every id in a title is a rule. */
export function ruleFindings(pages: readonly RulePage[], files: readonly TextFile[]): string[] {
  const known = pages.flatMap(idsOf);
  const titles = files.flatMap(titledIds);
  return [
    ...pages.filter((page) => idsOf(page).length === 0).map(({ path }) => `${path} has no rules`),
    ...repeated(known).map((id) => `the id ${id} is used twice in ${pages.map(({ path }) => path).join(" and ")}`),
    ...pages.flatMap((page) => untested(page, titles)),
    ...titles.filter(({ id }) => !known.includes(id)).map(({ id, path }) => `${path}: [${id}] is no rule of any page`),
  ];
}

interface TitledId {
  readonly id: string;
  readonly path: string;
}

function idsOf({ text, rule }: RulePage): string[] {
  return [...text.matchAll(rule)].map((match) => match[1] ?? "");
}

function titledIds({ path, text }: TextFile): TitledId[] {
  const titles = [...text.matchAll(TITLE), ...text.matchAll(LISTED)].map((match) => match[1] ?? "");
  return titles.flatMap((title) => title.match(ID) ?? []).map((id) => ({ id, path }));
}

function untested(page: RulePage, titles: readonly TitledId[]): string[] {
  const tested = new Set(titles.filter(({ path }) => page.tests.test(path)).map(({ id }) => id));
  return idsOf(page)
    .filter((id) => !tested.has(id))
    .map((id) => `${page.path}: no test title begins with [${id}]`);
}

function repeated(ids: readonly string[]): string[] {
  return ids.filter((id, index) => ids.indexOf(id) < index);
}
