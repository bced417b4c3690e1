// Single-key shortcuts. A key pressed while Telex or VNI composes a letter is never one, nor is one typed into a field, and a reader may turn them off.
import { useEffect } from 'react'

export const keysAllowed = (): boolean => { try { return localStorage.getItem('sansang.keys') !== 'off' } catch { return true } }
export const allowKeys = (on: boolean): void => { try { localStorage.setItem('sansang.keys', on ? 'on' : 'off') } catch { /* a private window forgets it */ } }

/** 229 is what a keydown says while an input method is at work, also where isComposing is not yet set. */
export const isComposing = (event: KeyboardEvent): boolean => event.isComposing || event.keyCode === 229 || event.key === 'Process'
export const isTyping = (event: KeyboardEvent): boolean => {
  const at = event.target as HTMLElement | null
  return Boolean(at?.closest?.('input, textarea, select, [contenteditable], [role="textbox"], [role="combobox"]'))
}

/** `{ '?': help, 'g b': toBoard, 'mod+k': palette }`. Pairs are two keys within a second; `mod+` works in fields too. */
export function useKeys(keys: Record<string, () => void>): void {
  useEffect(() => {
    let before = ''
    let at = 0
    const down = (event: KeyboardEvent) => {
      if (isComposing(event) || event.defaultPrevented || event.altKey) return
      const mod = event.ctrlKey || event.metaKey
      const name = event.key.toLowerCase()
      const behind = document.querySelector('[role="dialog"][aria-modal="true"]') !== null
      // What a table finds stands behind the dialog: there the browser finds.
      if (mod ? behind && name === 'f' : isTyping(event) || !keysAllowed() || behind) return
      const pair = Date.now() - at < 1000 && before && !mod ? `${before} ${name}` : ''
      const run = keys[mod ? `mod+${name}` : pair] ?? (mod ? undefined : keys[name])
      before = name
      at = Date.now()
      if (!run) return
      event.preventDefault()
      before = ''
      run()
    }
    addEventListener('keydown', down)
    return () => removeEventListener('keydown', down)
  }, [keys])
}
