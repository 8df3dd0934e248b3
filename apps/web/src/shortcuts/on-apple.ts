/** Whether this is an Apple keyboard, whose shortcuts are pressed with ⌘. */
export function onApple(platform: string = navigator.platform): boolean {
  return /^(Mac|iP)/.test(platform);
}
