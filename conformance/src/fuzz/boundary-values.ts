import { ScalarType } from "@bufbuild/protobuf";

/** Values at the edges of what a scalar of protobuf can be. */
export function boundaryValues(type: ScalarType): readonly (string | number | boolean | Uint8Array)[] {
  switch (type) {
    case ScalarType.STRING:
      return BOUNDARY_TEXTS;
    case ScalarType.BYTES:
      return [new Uint8Array(), new Uint8Array(1), new Uint8Array(70_000), Uint8Array.of(255, 255, 255)];
    case ScalarType.BOOL:
      return [true, false];
    case ScalarType.DOUBLE:
    case ScalarType.FLOAT:
      return [
        0,
        -0,
        -1,
        0.5,
        Number.NaN,
        Number.POSITIVE_INFINITY,
        Number.NEGATIVE_INFINITY,
        1e308,
        -1e308,
        5e-324,
        2 ** 53,
        8.64e15 + 1,
      ];
    default:
      return [0, 1, 127, 128, 255, 256, 65_535, 65_536, 2 ** 31 - 1, 2 ** 31, 2 ** 32 - 2, 2 ** 32 - 1];
  }
}

export const BOUNDARY_TEXTS: readonly string[] = [
  "",
  " ",
  "x",
  "\u0000",
  "a\u0000b",
  "\ufeff",
  "\u202eright to left",
  "' OR 1=1 --",
  "%_\\*",
  "../../etc/passwd",
  "<script>alert(1)</script>",
  "👩‍👩‍👧‍👦",
  "é".repeat(300),
  "z".repeat(201),
  "z".repeat(16_001),
  "z".repeat(70_000),
  "00000000-0000-0000-0000-000000000000",
  "ffffffff-ffff-7fff-bfff-ffffffffffff",
  "01936D2F-1000-7AAA-8BBB-0C0D0E0F1011",
  "df247f46-95fe-8db5-9c27-c9e94b78efea",
  "01936d2f-1000-4aaa-8bbb-0c0d0e0f1011",
];

/** Values of JSON that fit nowhere, or only just. */
export const BOUNDARY_JSON: readonly string[] = [
  "null",
  "true",
  "0",
  "-0",
  "-1",
  "0.5",
  "1e400",
  "-1e400",
  "4294967295",
  "4294967296",
  "9007199254740993",
  '"NaN"',
  '"Infinity"',
  "NaN",
  "[]",
  "{}",
  "[[]]",
  '""',
  '"\\ud800"',
  '"\\u0000"',
  '"4294967295"',
  '"CONVERSATION_KIND_UNSPECIFIED"',
  '{"__proto__":{"x":1}}',
  `"${"z".repeat(20_000)}"`,
  `${"[".repeat(2_000)}${"]".repeat(2_000)}`,
];
