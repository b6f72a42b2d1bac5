import type {JournalEntry} from '../../core/journal.ts';
import {shortDigest} from '../../core/plan.ts';
import {age} from '../../core/text/age.ts';
import {changeLines, changeTitle} from '../../core/text/change-lines.ts';
import {hanging, indented, type Line, span, type Tone} from '../../core/text/styled.ts';
import {cutText, padText, textWidth} from '../../core/text/text-width.ts';
import {listLines} from '../view/list-lines.ts';
import {listView} from '../view/list-view.ts';
import {troubleLines} from '../view/trouble-lines.ts';

/** Changes, the newest first, and how far the list goes back. */
export type History = {
	readonly entries: readonly JournalEntry[];
	readonly hasMore: boolean;
	/** Milliseconds since 1970; missing until it was read once. */
	readonly readAt?: number | undefined;
	/** Why it could not be read the last time, and what to do. */
	readonly trouble?: string | undefined;
};

/** `undo` makes a plan, which a person reviews; `resume` goes on with a run that died. */
export type HistoryAct = {readonly kind: 'undo' | 'resume'; readonly id: string};

const sorts = ['time', 'cluster', 'end'] as const;

const endOf = ({outcome, undoneBy, running}: JournalEntry) =>
	undoneBy !== undefined ? 'undone' : running === true ? 'running' : (outcome ?? 'died');

const marks: {readonly [end: string]: readonly [string, Tone]} = {
	done: ['✓ ', 'good'],
	undone: ['- ', 'dim'],
	running: ['~ ', 'accent'],
	'nothing-to-do': ['- ', 'dim'],
	failed: ['✗ ', 'bad'],
	died: ['✗ ', 'bad'],
};

const orders = [
	(one: JournalEntry, other: JournalEntry) => other.startedAt.localeCompare(one.startedAt, 'en'),
	(one: JournalEntry, other: JournalEntry) => one.plan.target.context.localeCompare(other.plan.target.context, 'en'),
	(one: JournalEntry, other: JournalEntry) => endOf(one).localeCompare(endOf(other), 'en'),
];

function entryLine(entry: JournalEntry, width: number, now: number): Line {
	const [mark, tone] = marks[endOf(entry)] ?? (['! ', 'warn'] as const);
	const lead: Line = [span(mark, tone), span(`${padText(age(now - Date.parse(entry.startedAt)), 5)} `, 'dim')];
	const left = width - 8;
	if (width < 60) return [...lead, span(cutText(entry.plan.summary, left))];
	const right = `${endOf(entry)}  ${cutText(entry.plan.target.context, 20)}`;
	const text = cutText(entry.plan.summary, left - textWidth(right) - 2);
	return [...lead, span(text), span(' '.repeat(left - textWidth(text) - textWidth(right))), span(right, 'dim')];
}

const fact = (label: string, text: string, width: number) => hanging([span(padText(label, 10), 'dim')], text, {width});

/** All about an entry, with its field differences. */
export function entryLines(entry: JournalEntry, width: number): readonly Line[] {
	const {id, plan, startedAt, endedAt, approval, digest, undoes, undoneBy} = entry;
	return [
		...hanging([], plan.summary, {width, tone: 'strong'}),
		...fact('Entry', `${id}, plan ${shortDigest(digest)}`, width),
		...fact('Where', `${plan.target.context} as ${plan.target.identity}`, width),
		...fact('When', endedAt === undefined ? startedAt : `${startedAt} to ${endedAt}`, width),
		...fact('Approved', `${approval.how} by ${approval.by}`, width),
		...fact('End', undoneBy === undefined ? endOf(entry) : `undone by ${undoneBy}`, width),
		...(undoes === undefined ? [] : fact('Undoes', undoes, width)),
		...fact('Undo', plan.undo.possible ? plan.undo.how : `cannot be undone: ${plan.undo.how}`, width),
		...plan.changes.flatMap(change => [changeTitle(change), ...indented(changeLines(change, width - 2), 2)]),
	];
}

/** Why an entry cannot be taken back; undefined where it can. */
function notUndoable(entry: JournalEntry | undefined): string | undefined {
	if (entry === undefined) return 'nothing is listed';
	if (entry.undoneBy !== undefined) return 'it is taken back already';
	if (entry.running === true) return 'it still runs';
	return entry.plan.undo.possible || entry.plan.undo.contrary === true ? undefined : entry.plan.undo.how;
}

const notResumable = (entry: JournalEntry | undefined) =>
	entry !== undefined && ['died', 'failed', 'drifted'].includes(endOf(entry)) ? undefined : 'it did not stop half way';

const list = {
	title: ({hasMore}: History) => (hasMore ? 'History, the newest' : 'History'),
	head: troubleLines,
	rows: ({entries}: History, sort: number) => [...entries].sort((one, other) => orders[sort]?.(one, other) || 0),
	empty: ({readAt, trouble}: History) => (readAt !== undefined ? 'Nothing was changed yet' : trouble === undefined ? 'Reading…' : ''),
};

/** An entry without its differences, which are told when it is asked for by its id. */
function entryTold(entry: JournalEntry, width: number, now: number): readonly Line[] {
	const [mark, tone] = marks[endOf(entry)] ?? (['! ', 'warn'] as const);
	const {id, plan, startedAt, approval} = entry;
	return [
		...hanging([span(mark, tone)], plan.summary, {width}),
		...hanging([span('  ')], `${endOf(entry)}, ${age(now - Date.parse(startedAt))} ago, ${plan.target.context}, by ${approval.by}`, {
			width,
		}),
		...hanging([span('  ')], `mkcoa history ${id}`, {width, tone: 'accent'}),
	];
}

/** The same as lines, once, the newest first. */
export const historyTold = listLines<History, JournalEntry>({...list, told: entryTold});

/** What was changed, by whom, and how it ended; each can be looked at and, where possible, taken back. */
export const historyView = listView<History, JournalEntry, HistoryAct>({
	...list,
	sorts,
	key: ({id}) => id,
	line: entryLine,
	details: entryLines,
	keys: [
		{action: 'undo', keys: ['u'], label: 'u', short: 'undo', does: 'Plans to take it back, for you to review', disabled: notUndoable},
		{action: 'resume', keys: ['r'], label: 'r', short: 'resume', does: 'Goes on with a run that stopped half way', disabled: notResumable},
	],
	act: (action, entry) => (entry === undefined || (action !== 'undo' && action !== 'resume') ? undefined : {kind: action, id: entry.id}),
});
