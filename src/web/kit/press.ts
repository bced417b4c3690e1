// What appears between pressing and letting go moves the button away from under the pointer, and the press is lost: it waits until it was let go.
let down = false
if (typeof document !== 'undefined') {
  document.addEventListener('pointerdown', () => { down = true }, true)
  for (const end of ['pointerup', 'pointercancel']) document.addEventListener(end, () => { down = false }, true)
}

/** Now; or after the press that is under way, with its click. */
export function afterPress(then: () => void): void {
  if (down) document.addEventListener('pointerup', () => setTimeout(then), { once: true })
  else setTimeout(then)
}
