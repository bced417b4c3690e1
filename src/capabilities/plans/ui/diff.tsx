// Two texts, word by word: what is out is struck, what is in is underlined; colour says it again.
import { changesIn } from '../decide/compare.ts'

type Parts = readonly (readonly ['same' | 'in' | 'out', string])[]
export const Words = ({ parts }: { parts: Parts }) => <p className="plan-diff">{parts.map(([what, text], i) => (what === 'in' ? <ins key={i}>{text}</ins> : what === 'out' ? <del key={i}>{text}</del> : <span key={i}>{text}</span>))}</p>
export default function Diff({ was, now }: { was: string; now: string }) { return <Words parts={changesIn(was, now)} /> }
