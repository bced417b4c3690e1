// The fields of a form in a row. By itself, so that a screen need not load what reads YAML.
import type { Field, Form, NumberField } from '../contract/form.ts'

export const fieldsOf = (form: Form): Field[] => form.sections.flatMap((section) => section.fields)
/** In the order in which facts and totals keep them. */
export const numbersIn = (form: Form): NumberField[] => fieldsOf(form).filter((field): field is NumberField => field.kind === 'number')
