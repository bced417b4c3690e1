// Label above, hint below it, the error in words beside the field. Native controls: they work with any keyboard, reader and phone.
import { useEffect, useId, useRef, useState } from 'react'
import type { InputHTMLAttributes, ReactNode, SelectHTMLAttributes, TextareaHTMLAttributes } from 'react'
import type { Refused } from '../client.ts'
import { useT } from '../i18n.tsx'
import { Icon } from './icons.tsx'
import { parseNumber } from '../written.ts'
import { kit } from './messages.ts'
import { Refusal } from './waiting.tsx'

type About = { label: string; hint?: ReactNode; error?: string | undefined; /** true: says so beside the label. 'quiet': a filter, which goes without saying. */ optional?: boolean | 'quiet' }
type Wiring = { id: string; 'aria-describedby': string | undefined; 'aria-invalid': true | undefined; 'aria-required': true | undefined }

/** Wires any control: `<Field label=…>{(wiring) => <input {...wiring} />}</Field>`. What may be left empty says so; the rest is required. */
export function Field({ label, hint, error, optional, children }: About & { children: (wiring: Wiring) => ReactNode }) {
  const t = useT(kit)
  const id = useId()
  return (
    <div className={`field${error ? ' wrong' : ''}`}>
      <label htmlFor={id}>{label}{optional === true && <>{' '}<span className="field-optional">{t('field.optional')}</span></>}</label>
      {hint && <p className="field-hint" id={`${id}-hint`}>{hint}</p>}
      {children({ id, 'aria-describedby': [hint && `${id}-hint`, error && `${id}-error`].filter(Boolean).join(' ') || undefined, 'aria-invalid': error ? true : undefined, 'aria-required': optional ? undefined : true })}
      {error && <p className="field-error" id={`${id}-error`}><Icon name="alert" size={14} />{error}</p>}
    </div>
  )
}

type Value = { value: string; onValue: (value: string) => void }
type TextProps = About & Value & Omit<InputHTMLAttributes<HTMLInputElement>, 'value' | 'onChange'>

export function TextField({ label, hint, error, optional, value, onValue, ...rest }: TextProps) {
  return <Field label={label} hint={hint} error={error} {...(optional ? { optional } : {})}>{(wiring) => <input className="input" {...rest} {...wiring} value={value} onChange={(event) => onValue(event.target.value)} />}</Field>
}

export function PasswordField({ label, hint, error, value, onValue, ...rest }: TextProps) {
  const t = useT(kit)
  const [shown, show] = useState(false)
  return (
    <Field label={label} hint={hint} error={error}>{(wiring) => (
      <div className="input-with">
        <input className="input" {...rest} {...wiring} type={shown ? 'text' : 'password'} autoCapitalize="none" autoCorrect="off" spellCheck={false} value={value} onChange={(event) => onValue(event.target.value)} />
        <button type="button" className="input-side" aria-pressed={shown} onClick={() => show(!shown)}>{shown ? t('field.password.hide') : t('field.password.show')}</button>
      </div>
    )}</Field>
  )
}

export function TextArea({ label, hint, error, optional, value, onValue, ...rest }: About & Value & Omit<TextareaHTMLAttributes<HTMLTextAreaElement>, 'value' | 'onChange'>) {
  return <Field label={label} hint={hint} error={error} {...(optional ? { optional } : {})}>{(wiring) => <textarea className="input" rows={4} {...rest} {...wiring} value={value} onChange={(event) => onValue(event.target.value)} />}</Field>
}

/** Takes 1.234,5 and 1234.5; answers a number, or undefined while it is none. */
export function NumberField({ value, onValue, unit, ...about }: About & { value: string; onValue: (text: string, number: number | undefined) => void; unit?: string }) {
  return (
    <Field {...about}>{(wiring) => (
      <div className="input-with">
        <input className="input number" inputMode="decimal" {...wiring} value={value} onChange={(event) => onValue(event.target.value, parseNumber(event.target.value))} />
        {unit && <span className="input-unit">{unit}</span>}
      </div>
    )}</Field>
  )
}

type Option = { value: string; label: string; hint?: string }
export function SelectField({ label, hint, error, optional, value, onValue, options, empty, ...rest }: About & Value & { options: readonly Option[]; empty?: string } & Omit<SelectHTMLAttributes<HTMLSelectElement>, 'value' | 'onChange'>) {
  return (
    <Field label={label} hint={hint} error={error} {...(optional ? { optional } : {})}>{(wiring) => (
      <span className="select"><select className="input" {...rest} {...wiring} value={value} onChange={(event) => onValue(event.target.value)}>
        {empty !== undefined && <option value="">{empty}</option>}
        {options.map((option) => <option key={option.value} value={option.value}>{option.label}</option>)}
      </select><Icon name="down" size={14} /></span>
    )}</Field>
  )
}

export function CheckField({ label, hint, value, onValue }: { label: ReactNode; hint?: ReactNode; value: boolean; onValue: (value: boolean) => void }) {
  const id = useId()
  return (
    <div className="check">
      <input type="checkbox" id={id} checked={value} onChange={(event) => onValue(event.target.checked)} aria-describedby={hint ? `${id}-hint` : undefined} />
      <div><label htmlFor={id}>{label}</label>{hint && <p className="field-hint" id={`${id}-hint`}>{hint}</p>}</div>
    </div>
  )
}

/** One of a few, all in sight. */
export function ChoiceField({ label, value, onValue, options, error, inline }: { label: string; error?: string | undefined; inline?: boolean; options: readonly Option[] } & Value) {
  const name = useId()
  return (
    <fieldset className={`field choice${inline ? ' inline' : ''}`} aria-describedby={error ? `${name}-error` : undefined}>
      <legend>{label}</legend>
      <div>{options.map((option) => (
        <label key={option.value} className="check"><input type="radio" name={name} checked={value === option.value} onChange={() => onValue(option.value)} />
          <span>{option.label}{option.hint && <span className="field-hint">{option.hint}</span>}</span></label>
      ))}</div>
      {error && <p className="field-error" id={`${name}-error`}><Icon name="alert" size={14} />{error}</p>}
    </fieldset>
  )
}

/** False where a field holds what it cannot read (a day that is none): the field says so, the first of them is gone to, and nothing may be sent. */
export function allRead(within: ParentNode | null): boolean {
  const wrong = [...within?.querySelectorAll('input') ?? []].filter((one) => one.validity.customError && !one.checkValidity())
  wrong[0]?.focus()
  return wrong.length === 0
}

/** Enter sends, the server's sentence stands above the buttons, and fields named by it get theirs: `error={refused?.fields.name}`; the first of them is gone to. */
export function Form({ onSend, refused, foot, children }: { onSend: () => void; refused?: Refused | undefined; foot: ReactNode; children: ReactNode }) {
  const form = useRef<HTMLFormElement>(null)
  // What is wrong may stand far above the button.
  const toFault = () => requestAnimationFrame(() => form.current?.querySelector<HTMLElement>('[aria-invalid=true]')?.focus())
  const was = useRef(refused)
  useEffect(() => { if (refused && refused !== was.current) toFault(); was.current = refused }, [refused])
  return (
    <form ref={form} className="form" noValidate onSubmit={(event) => { event.preventDefault(); if (allRead(form.current)) { onSend(); toFault() } }}>
      {children}
      <Refusal error={refused} />
      <div className="form-foot">{foot}</div>
    </form>
  )
}
