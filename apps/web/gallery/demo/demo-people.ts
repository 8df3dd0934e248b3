/** Plainly fictional. */
const names = [
  "Ines Quill",
  "Bram Otterly",
  "Suki Vance",
  "Theo Marrow",
  "Lena Fogg",
  "Oskar Plum",
  "Mina Thistle",
  "Rafi Bellweather",
  "Noor Hazel",
  "Gus Pennywhistle",
  "Dora Finch",
  "Ivo Kestrel",
  "Petra Loam",
  "Samir Wren",
  "Tilda Brook",
  "Ugo Marsh",
];

export interface DemoPerson {
  readonly account: string;
  readonly userName: string;
  readonly displayName: string;
}

export const demoPeople: readonly DemoPerson[] = names.map((displayName, index) => ({
  account: `00000000-0000-7000-8000-0000000000${String(index).padStart(2, "0")}`,
  userName: displayName.toLowerCase().replace(" ", "."),
  displayName,
}));
