import { DemoConversation } from "./demo-conversation.ts";
import { demoForms, demoHostilePeople, demoHostileTexts } from "./demo-forms.ts";
import { type DemoPerson, demoPeople } from "./demo-people.ts";
import { demoPicture } from "./demo-picture.ts";

const titles = [
  "Allotment 12",
  "Film night",
  "Long history",
  "Band practice",
  "Flat 4b",
  "Sunday league of very long group names indeed",
];

/** Two dozen conversations in many states, and groups that nothing happens in, until there are `atLeast` of them. */
export function demoConversations(self: DemoPerson, now: number, atLeast: number): DemoConversation[] {
  const others = demoPeople.filter((person) => person !== self);
  const online = new Set(others.filter((_, index) => index % 3 === 0).map((person) => person.account));
  const groups = titles.map((title, index) => {
    const people = others.slice(index, index + 3 + index * 2);
    const count = title === "Long history" ? 100_000 : 120 + index * 31;
    const typing = index === 0 ? ["Bram Otterly", "Suki Vance", "Theo Marrow", "Lena Fogg", "Oskar Plum"] : [];
    const endsAt = now - index * 5_400_000 - 60_000;
    return conversation(index, {
      kind: "group",
      title,
      people,
      count,
      unread: index === 1 ? 12 : 0,
      endsAt,
      typing,
      draft: "",
      texts: [],
    });
  });
  for (const group of groups.slice(0, 1)) group.picture = { id: "allotment", bytes: demoPicture };
  const directs = others.map((person, index) => {
    const endsAt = now - (index * index + 0.4) * 3_100_000;
    const draft = index === 3 ? "I was thinking that we could" : "";
    const typing = index === 1 ? [person.displayName] : [];
    const unread = [3, 0, 1][index] ?? 0;
    return conversation(20 + index, {
      kind: "direct",
      title: "",
      people: [person],
      count: 40 + index * 9,
      unread,
      endsAt,
      typing,
      draft,
      texts: [],
    });
  });
  const read = { kind: "group", unread: 0, typing: [], draft: "" } as const;
  const forms = conversation(50, {
    ...read,
    title: "Every form",
    people: others.slice(0, 4),
    count: demoForms.length + 1,
    endsAt: now - 900_000_000,
    texts: demoForms,
  });
  const hostile = conversation(51, {
    ...read,
    title: "\u202eHostile <b>texts</b>",
    people: demoHostilePeople,
    count: demoHostileTexts.length + 1,
    endsAt: now - 910_000_000,
    texts: demoHostileTexts,
  });
  const all = [...groups, ...directs, forms, hostile];
  const quiet = Array.from({ length: Math.max(0, atLeast - all.length) }, (_, index) =>
    conversation(1_000 + index, {
      ...read,
      title: `Quiet group ${index + 1}`,
      people: others.slice(index % 8, (index % 8) + 4),
      count: 1 + (index % 40),
      endsAt: now - 920_000_000 - index * 60_000,
      texts: [],
    }),
  );
  return [...all, ...quiet];

  function conversation(
    index: number,
    seed: Omit<ConstructorParameters<typeof DemoConversation>[0], "id" | "self" | "online">,
  ): DemoConversation {
    const id = `00000000-0000-7000-9000-${String(index).padStart(12, "0")}`;
    return new DemoConversation({ ...seed, id, self, online });
  }
}
