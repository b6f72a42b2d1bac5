import type {Clause} from '../../clause.ts';
import {amountsIn} from '../../words/amounts.ts';

/** What a value is written as; `unsure` where the unit that the setting counts in is not known. */
export type ValueForm = {readonly value: string} | 'unsure';

/** The milliseconds of the unit that the end of a key tells: `TIMEOUT_MS`, `retention.hours`. */
const suffixes: readonly (readonly [end: RegExp, milliseconds: number])[] = [
	[/(?:^|[_.-])(?:ms|msecs?|millis|milliseconds?)$/i, 1],
	[/(?:^|[_.-])(?:s|secs?|seconds?)$/i, 1000],
	[/(?:^|[_.-])(?:mins?|minutes?)$/i, 60_000],
	[/(?:^|[_.-])(?:hrs?|hours?)$/i, 3_600_000],
	[/(?:^|[_.-])days?$/i, 86_400_000],
];

/** Units of a value such as `15m`, smallest first. A day is written only where days stand already. */
const written: {readonly [unit: string]: number} = {ms: 1, s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000};

const milliseconds = /^(\d+(?:\.\d+)?) ?(?:ms|msecs?|millis|milliseconds?|밀리초)$/i;

type Spoken = {readonly kind: 'time'; readonly milliseconds: number} | {readonly kind: 'bytes'; readonly quantity: string};

/** The amount that begins with a word of a clause. */
function spokenAt(clause: Pick<Clause, 'words'>, at: number): Spoken | undefined {
	const [word, next] = [clause.words[at], clause.words[at + 1]];
	if (word === undefined || word.quoted) return undefined;
	const small = milliseconds.exec(word.raw) ?? (word.stop === undefined ? milliseconds.exec(`${word.raw} ${next?.text ?? ''}`) : null);
	if (small !== null) return {kind: 'time', milliseconds: Number(small[1])};
	const minutes = /^(\d+)m$/.exec(word.raw)?.[1];
	if (minutes !== undefined) return {kind: 'time', milliseconds: Number(minutes) * 60_000};
	const amount = amountsIn(clause).find(({first}) => first === at);
	if (amount?.kind === 'duration') return {kind: 'time', milliseconds: amount.seconds * 1000};
	return amount?.kind === 'quantity' && amount.measures === 'bytes' && amount.last > at
		? {kind: 'bytes', quantity: amount.quantity}
		: undefined;
}

/** `15m` stands: half an hour is `30m`; where the unit does not fit, the next smaller one that does. */
function likeBefore(time: number, before: string | undefined): ValueForm {
	const unit = /^\d+(?:\.\d+)?(ms|s|m|h|d)$/.exec(before ?? '')?.[1];
	const most = unit === undefined ? undefined : written[unit];
	if (most === undefined) return 'unsure';
	const fits = Object.entries(written).findLast(([, size]) => size <= most && Number.isInteger(time / size));
	return fits === undefined ? 'unsure' : {value: `${time / fits[1]}${fits[0]}`};
}

/**
 * A value in the form that stands there: `4 seconds` of `TIMEOUT_MS` are 4000, `30 minutes` where `15m` stands are `30m`.
 * @param at the word where the value begins
 * @param before the value that stands there, undefined where none does
 */
export function valueForm(clause: Pick<Clause, 'words'>, key: string, at: number, before: string | undefined): ValueForm {
	const raw = clause.words[at]?.raw ?? '';
	const spoken = spokenAt(clause, at);
	if (spoken === undefined) return {value: raw};
	if (spoken.kind === 'bytes') return /[A-Za-z]$/.test(before ?? '') ? {value: spoken.quantity} : 'unsure';
	const own = suffixes.find(([end]) => end.test(key))?.[1];
	if (own !== undefined) {
		const value = spoken.milliseconds / own;
		return Number.isInteger(value) ? {value: String(value)} : 'unsure';
	}
	const like = likeBefore(spoken.milliseconds, before);
	// What is written with its unit, as programs read it, is taken as it stands where nothing is there yet to go by.
	const isAsWritten = /^\d+(?:ms|[smhd])$/.test(raw) && !/^\d+$/.test(before ?? '');
	return like === 'unsure' && isAsWritten ? {value: raw} : like;
}

const switches: readonly (readonly [on: string, off: string])[] = [
	['true', 'false'],
	['on', 'off'],
	['yes', 'no'],
	['1', '0'],
	['enabled', 'disabled'],
];

/** `on` or `off`, as the value that stands there says it; its letters stay large or small. Undefined where that is no switch. */
export function switched(before: string, isOn: boolean): string | undefined {
	const pair = switches.find(words => words.includes(before.toLowerCase()));
	const value = pair?.[isOn ? 0 : 1];
	if (value === undefined || before === before.toLowerCase()) return value;
	return before === before.toUpperCase() ? value.toUpperCase() : `${value.slice(0, 1).toUpperCase()}${value.slice(1)}`;
}
