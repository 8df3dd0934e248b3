/** Programs of the operating system that the fault tests run, and where they come from on Debian. */
const packages = {
  strace: "strace",
  faketime: "faketime",
  mount: "mount",
  umount: "mount",
  unshare: "util-linux",
} as const;

/** The path of a program. Throws a sentence that says what to install: a fault that cannot be made must not look like one that was survived. */
export function requireProgram(name: keyof typeof packages): string {
  const path = Bun.which(name);
  if (path !== null) return path;
  throw new Error(`The fault tests need ${name}: install it (Debian: apt-get install ${packages[name]}).`);
}
