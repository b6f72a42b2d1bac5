import {type Advisory, readAdvisory} from '../../../analysis/vulnerabilities/advisory.ts';
import type {Wanted} from './port.ts';

/** Spellings that any ecosystem takes for the same, and some more: what passes is looked at closely. */
const loosely = (name: string) => name.toLowerCase().replace(/[-_.]+/g, '-');

const nameFields = /"name"\s*:\s*"((?:[^"\\]|\\.)*)"/g;
const modifiedField = /"modified"\s*:\s*"([^"]*)"/;

function unescaped(text: string): string {
	if (!text.includes('\\')) return text;
	try {
		return String(JSON.parse(`"${text}"`));
	} catch {
		return text;
	}
}

/** Records of one file. `undefined` is a file that holds none. */
export type Sifted = {readonly advisories: readonly Advisory[]; readonly records: number; readonly newest?: string | undefined} | undefined;

/**
 * Takes the wanted records out of the text of a file. Of two hundred thousand a handful is wanted, so names are looked for in the text, and what has
 * none of them is never taken apart.
 */
export function sieve({names, ids}: Wanted): (text: string) => Sifted {
	const wanted = new Set([...(names ?? [])].map(loosely));
	const quoted = [...(ids ?? [])].map(id => `"${id}"`);
	const mayPass = (text: string) =>
		quoted.some(id => text.includes(id)) ||
		(wanted.size > 0 && text.matchAll(nameFields).some(([, name = '']) => wanted.has(loosely(unescaped(name)))));
	return text => {
		const newest = modifiedField.exec(text)?.[1];
		const isMany = text.trimStart().startsWith('[');
		if (!isMany && newest === undefined) return undefined;
		if (!isMany && !mayPass(text)) return {advisories: [], records: 1, newest};
		try {
			const json: unknown = JSON.parse(text);
			const all = (Array.isArray(json) ? json : [json]).map(readAdvisory);
			const read = all.filter(advisory => advisory !== undefined);
			if (read.length === 0) return undefined;
			const dates = read.flatMap(({modified}) => modified ?? []).toSorted();
			return {advisories: read, records: read.length, newest: dates.at(-1)};
		} catch {
			return undefined;
		}
	};
}
