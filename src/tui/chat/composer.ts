import {stripControl} from '../../core/text/strip-control.ts';

/** The text that is being written, and the requests before it. */
export type Composer = {
	readonly text: string;
	/** Place in the text, in code units, always between two letters as people see them. */
	readonly cursor: number;
	/** Earlier requests, the oldest first. */
	readonly history: readonly string[];
	/** Place in the history; its length for the text that is new. */
	readonly at: number;
	/** The new text while an earlier one is shown. */
	readonly draft: string;
};

/** More are not kept: typing stays quick, and nobody goes further back. */
const mostHistory = 2000;

export const emptyComposer = (history: readonly string[] = []): Composer => {
	const kept = history.slice(-mostHistory);
	return {text: '', cursor: 0, history: kept, at: kept.length, draft: ''};
};

const segmenter = new Intl.Segmenter(undefined, {granularity: 'grapheme'});

const lengthOfLast = (text: string) => [...segmenter.segment(text.slice(-40))].at(-1)?.segment.length ?? 0;
const lengthOfFirst = (text: string) => [...segmenter.segment(text.slice(0, 40))][0]?.segment.length ?? 0;

/** The same composer with another text, the cursor at its end unless told. */
export const withText = (composer: Composer, text: string, cursor = text.length): Composer => ({...composer, text, cursor});

/** Text put in at the cursor, in one piece; line breaks stay, what a terminal obeys goes. */
function inserted(composer: Composer, text: string): Composer {
	const clean = stripControl(text.replaceAll('\r\n', '\n').replaceAll('\r', '\n')).replaceAll('\t', '  ');
	return withText(
		composer,
		composer.text.slice(0, composer.cursor) + clean + composer.text.slice(composer.cursor),
		composer.cursor + clean.length,
	);
}

const removed = (composer: Composer, from: number): Composer =>
	withText(composer, composer.text.slice(0, from) + composer.text.slice(composer.cursor), from);

const lineStart = ({text, cursor}: Composer) => text.lastIndexOf('\n', cursor - 1) + 1;
const lineEnd = ({text, cursor}: Composer) => (text.indexOf('\n', cursor) === -1 ? text.length : text.indexOf('\n', cursor));

/** The cursor one line up or down in the text; undefined where there is no such line. */
function inOtherLine(composer: Composer, step: 1 | -1): Composer | undefined {
	const {text, cursor} = composer;
	const start = lineStart(composer);
	const column = cursor - start;
	if (step === -1) {
		if (start === 0) return undefined;
		const before = text.lastIndexOf('\n', start - 2) + 1;
		return {...composer, cursor: Math.min(before + column, start - 1)};
	}
	const end = lineEnd(composer);
	if (end === text.length) return undefined;
	const next = {...composer, cursor: end + 1};
	return {...next, cursor: Math.min(end + 1 + column, lineEnd(next))};
}

/** An earlier or later request; what was being written is kept and comes back. */
function inHistory(composer: Composer, step: 1 | -1): Composer {
	const {history, at, text} = composer;
	const next = at + step;
	if (next < 0 || next > history.length) return composer;
	const draft = at === history.length ? text : composer.draft;
	return {...withText(composer, history[next] ?? draft), at: next, draft};
}

const edits: {readonly [key: string]: (composer: Composer) => Composer} = {
	left: composer => ({...composer, cursor: composer.cursor - lengthOfLast(composer.text.slice(0, composer.cursor))}),
	right: composer => ({...composer, cursor: composer.cursor + lengthOfFirst(composer.text.slice(composer.cursor))}),
	home: composer => ({...composer, cursor: lineStart(composer)}),
	end: composer => ({...composer, cursor: lineEnd(composer)}),
	up: composer => inOtherLine(composer, -1) ?? inHistory(composer, -1),
	down: composer => inOtherLine(composer, 1) ?? inHistory(composer, 1),
	backspace: composer => removed(composer, composer.cursor - lengthOfLast(composer.text.slice(0, composer.cursor))),
	'ctrl+u': composer => removed(composer, lineStart(composer)),
	'ctrl+w': composer => removed(composer, composer.text.slice(0, composer.cursor).search(/\S*\s*$/)),
	'ctrl+k': composer =>
		withText(composer, composer.text.slice(0, composer.cursor) + composer.text.slice(lineEnd(composer)), composer.cursor),
	newline: composer => inserted(composer, '\n'),
};

const sameKeys: {readonly [key: string]: string} = {'ctrl+a': 'home', 'ctrl+e': 'end', 'ctrl+p': 'up', 'ctrl+n': 'down'};

/** The text after a key of editing, or the letters that were typed; undefined for a key that edits nothing. */
export function edited(composer: Composer, {name, text}: {readonly name: string; readonly text: string}): Composer | undefined {
	const edit = edits[sameKeys[name] ?? name];
	if (edit !== undefined) return edit(composer);
	return text === '' ? undefined : inserted(composer, text);
}

/** The composer after its text was sent: it is empty, and the request is the newest of the history. */
export function sent(composer: Composer): Composer {
	const {history, text} = composer;
	return emptyComposer(history.at(-1) === text ? history : [...history, text]);
}
