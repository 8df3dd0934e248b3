/** The people of the demo: plainly fictional, the same in every run. */
export interface DemoPerson {
  readonly userName: string;
  readonly displayName: string;
}

const given = [
  "Marigold",
  "Orlo",
  "Pip",
  "Saffron",
  "Bramble",
  "Juniper",
  "Fennel",
  "Wren",
  "Tansy",
  "Basil",
  "Clover",
  "Rowan",
  "Hazel",
  "Sorrel",
  "Linden",
  "Poppy",
] as const;

const family = [
  "Fen",
  "Brightwater",
  "Quillfeather",
  "Moonmoth",
  "Teacup",
  "Thistledown",
  "Pebble",
  "Lanternjaw",
  "Underhill",
  "Marmalade",
  "Cloudberry",
  "Winterbottom",
  "Snapdragon",
  "Copperpot",
  "Mossback",
  "Starling",
] as const;

/** 256 people: every pairing of the two lists, given names changing fastest, so that neighbours differ in both. */
export const people: readonly DemoPerson[] = family.flatMap((_, shift) =>
  given.map((first, index) => {
    const last = family[(index + shift) % family.length] ?? family[0];
    return { displayName: `${first} ${last}`, userName: `${first}.${last}`.toLowerCase() };
  }),
);
