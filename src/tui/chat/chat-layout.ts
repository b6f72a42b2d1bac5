import {emptyLine, hanging, type Line, span} from '../../core/text/styled.ts';
import {cutText, padText, textWidth} from '../../core/text/text-width.ts';
import type {Offers} from '../keys.ts';
import {reviewLayout, type Size} from '../review-layout.ts';
import {spanText} from '../span-text.ts';
import {openCallLines} from './call-lines.ts';
import {completions} from './chat-commands.ts';
import {chatKeys} from './chat-keys.ts';
import type {Chat} from './chat-state.ts';
import {type Cursor, composerLines} from './composer-lines.ts';
import {itemLines} from './item-lines.ts';
import {runningRollout} from './running-rollout.ts';
import {commandRows} from './submit.ts';

/** The part of the screen that is drawn again; what is above it has scrolled by. */
export type LiveLayout = {readonly lines: readonly Line[]; readonly cursor?: Cursor | undefined};

const narrowest = 20;
const mostCompletions = 6;

/** Short: a line across the screen would be broken in two when the terminal becomes narrower, and its other half would stay. */
const rule = (width: number): Line => [span('─'.repeat(Math.min(width, 40)), 'dim')];

const twoColumns = (rows: readonly (readonly [string, string])[], width: number): readonly Line[] => {
	const lead = Math.min(Math.max(...rows.map(([name]) => textWidth(name))) + 2, Math.floor(width / 2));
	return rows.flatMap(([name, text]) => hanging([span(padText(name, lead), 'accent')], text, {width}));
};

const helpLines = (width: number): readonly Line[] => [
	[span('Keys', 'strong')],
	...twoColumns(
		Object.values(chatKeys).map(({label, does}) => [label, does] as const),
		width,
	),
	emptyLine,
	[span('Commands', 'strong')],
	...twoColumns(commandRows, width),
];

/** All lines of what lies over the conversation, and which of them are on the screen. */
function panelPlace({panel, calls}: Chat, width: number, room: number, now: number) {
	const all = panel?.kind === 'help' ? helpLines(width) : calls.flatMap(call => openCallLines(call, width, now));
	const page = Math.max(1, room - 1);
	const max = Math.max(0, all.length - page);
	return {all, page, max, start: panel === undefined || panel.scroll === 'end' ? max : Math.min(panel.scroll, max)};
}

function panelLines(chat: Chat, width: number, room: number, now: number): readonly Line[] {
	const {all, page, start} = panelPlace(chat, width, room, now);
	const rest = all.length - start - page;
	const above = start > 0 ? `${start} more above: PageUp; ` : '';
	const foot = rest > 0 ? `${rest} more below: PageDown; Escape closes` : `${above}Escape closes`;
	return [...all.slice(start, start + page), [span(cutText(foot, width), 'dim')]];
}

function completionLines({composer, completion, agents}: Chat, width: number): readonly Line[] {
	const found = completions(composer.text, agents);
	const first = Math.max(0, Math.min(completion - mostCompletions + 1, found.length - mostCompletions));
	const widest = Math.min(Math.max(11, ...found.map(({whole}) => whole.length + 1)), Math.max(0, width - 2));
	return found.slice(first, first + mostCompletions).map(({whole, does}, index): Line => {
		const isChosen = first + index === completion;
		const text = `${isChosen ? '> ' : '  '}${padText(cutText(whole, widest), widest)}`;
		return [span(text, isChosen ? 'accent' : 'plain'), span(cutText(does, Math.max(0, width - text.length)), 'dim')];
	});
}

/** What goes on, since when, and how to stop it. */
function statusLine({turn, open}: Chat, width: number, now: number): readonly Line[] {
	if (turn === undefined) return [];
	const running = open.filter(item => item.kind === 'call' && item.outcome === undefined).length;
	const what = turn.state === 'cancelling' ? 'Cancelling' : running > 0 ? 'Working' : 'Thinking';
	const watch = runningRollout(open) === undefined ? '' : '   Ctrl-R watches';
	const keys = turn.state === 'cancelling' ? '' : `   Ctrl-C cancels${watch}`;
	return [[span(cutText(`${what}, ${spanText(now - turn.startedAt)}${keys}`, width), 'dim')]];
}

function footLine({hint, place, choices, turn, panel, composer}: Chat, width: number, most: number): Line {
	if (hint !== '') return [span(cutText(hint, width), 'warn')];
	const lines = composer.text.split('\n').length;
	if (lines > most) return [span(cutText(`${lines} lines   Ctrl-G opens them in $EDITOR`, width), 'accent')];
	if (turn === undefined && panel === undefined && choices.length > 0)
		return [span(cutText(`Type 1${choices.length > 1 ? `-${choices.length}` : ''} and Enter, or other words`, width), 'accent')];
	const keys = '   ? keys   / commands';
	const left = cutText(place, width);
	return [span(left, 'dim'), ...(textWidth(left) + keys.length > width ? [] : [span(keys, 'dim')])];
}

/** What stays when the screen closes: what went on, and where to read how it ended. */
const leftLines = ({turn, open}: Chat, width: number, now: number): readonly Line[] =>
	turn === undefined
		? []
		: [
				...open.flatMap(item => itemLines(item, width, now)),
				...hanging([span('! ', 'warn')], 'Left while a request went on: mkcoa history tells what was done', {width}),
			];

/** The parts of the screen below the conversation, and the room that they leave above them. */
function frameOf(chat: Chat, {columns, rows}: Size, now: number) {
	const width = Math.max(narrowest, columns);
	const height = Math.max(6, rows - 1);
	const placeholder = chat.scrolled.length === 0 ? cutText('Ask, or say what to change', width - 3) : '';
	const most = Math.max(1, Math.floor(height / 3));
	const composer = composerLines(chat.composer, {width, most, placeholder});
	const below = [...completionLines(chat, width), footLine(chat, width, most)].slice(-Math.max(1, height - composer.lines.length - 2));
	const room = Math.max(0, height - composer.lines.length - below.length - 1);
	return {width, composer, below, room, status: statusLine(chat, width, now)};
}

/** The first line on the screen of what lies over the conversation, and the last one that can be the first. */
export function panelScroll(chat: Chat, size: Size, now: number): {readonly start: number; readonly max: number} {
	const {width, room, status} = frameOf(chat, size, now);
	return panelPlace(chat, width, room - status.length, now);
}

/** The live part for a terminal, always lower than it, so that it is redrawn in place and the scrollback stays as it was. */
export function chatLayout(chat: Chat, size: Size, now: number, offers?: Offers): LiveLayout {
	if (chat.isLeft) return {lines: leftLines(chat, Math.max(narrowest, size.columns), now)};
	const [review] = chat.reviews;
	if (review !== undefined && review.review.state !== 'answered')
		return {lines: reviewLayout(review.question, review.review, size, offers).lines};
	const {width, composer, below, room, status} = frameOf(chat, size, now);
	const body =
		chat.panel === undefined
			? chat.open.flatMap(item => itemLines(item, width, now)).slice(-Math.max(1, room - status.length))
			: panelLines(chat, width, room - status.length, now);
	const above = [...body, ...status].slice(-room);
	const head = room === 0 ? [] : [...above, rule(width)];
	return {lines: [...head, ...composer.lines, ...below], cursor: {x: composer.cursor.x, y: head.length + composer.cursor.y}};
}
