import {randomBytes} from 'node:crypto';

/** Answers that were longer than their budget, for those who want the rest. */
export type KeptAnswers = {
	/** @returns where the text goes on from `from`; undefined where it is too large to be kept */
	readonly keep: (principal: string, text: string, from: number) => string | undefined;
	/** One page, with what follows it; undefined where nothing is kept under this address for this principal. */
	readonly read: (principal: string, uri: string) => {readonly text: string; readonly next: string | undefined} | undefined;
};

type Kept = {readonly principal: string; readonly text: string; readonly atMs: number};

const scheme = 'mkcoa://answers/';

/** The address of an answer's rest, as a template of RFC 6570. */
export const answerTemplate = `${scheme}{id}/{from}`;

const keptForMs = 15 * 60_000;
/** Characters of all answers together. */
const mostCharacters = 16_000_000;
/** Characters of one page: what one answer may usually have. */
const pageCharacters = 16_000;

const addressOf = (id: string, from: number) => `${scheme}${id}/${from}`;

/** In memory, the oldest given up first: a rest that nobody fetched in time is asked for again. */
export function keptAnswers(now: () => number): KeptAnswers {
	const kept = new Map<string, Kept>();
	const dropOld = () => {
		let characters = [...kept.values()].reduce((sum, {text}) => sum + text.length, 0);
		for (const [id, {atMs, text}] of kept) {
			if (characters <= mostCharacters && now() - atMs <= keptForMs) return;
			kept.delete(id);
			characters -= text.length;
		}
	};
	return {
		keep(principal, text, from) {
			if (text.length > mostCharacters) return undefined;
			const id = randomBytes(12).toString('base64url');
			kept.set(id, {principal, text, atMs: now()});
			dropOld();
			return addressOf(id, from);
		},
		read(principal, uri) {
			dropOld();
			const [, id = '', from = ''] = /^mkcoa:\/\/answers\/([\w-]+)\/(\d{1,9})$/.exec(uri) ?? [];
			const found = kept.get(id);
			if (found === undefined || found.principal !== principal) return undefined;
			const start = Number(from);
			const page = lines(found.text, start, pageCharacters);
			const end = start + page.length;
			return {text: page, next: end < found.text.length ? addressOf(id, end) : undefined};
		},
	};
}

/** A text from a place on, up to the end of a line where one is near enough. */
export function lines(text: string, from: number, characters: number): string {
	if (text.length - from <= characters) return text.slice(from);
	const end = text.lastIndexOf('\n', from + characters);
	if (end > from + characters / 2) return text.slice(from, end + 1);
	const last = text.charCodeAt(from + characters - 1);
	// Half a character of two code units would be no text.
	const isHalf = last >= 0xd800 && last < 0xdc00;
	return text.slice(from, from + characters - (isHalf ? 1 : 0));
}
