import type {Confirm} from '../core/decision.ts';
import {refText} from '../core/kube/kube-object.ts';
import {nameToType} from '../core/name-to-type.ts';
import {shortDigest} from '../core/plan.ts';
import {changeLines, changeTitle} from '../core/text/change-lines.ts';
import {markdownLines} from '../core/text/markdown/markdown-lines.ts';
import {changesTitle, consequencesLines, courseLines, planLines, riskLines, targetLines, undoLines} from '../core/text/plan-lines.ts';
import {emptyLine, hanging, indented, type Line, lineWidth, span} from '../core/text/styled.ts';
import {cutText, textWidth} from '../core/text/text-width.ts';
import {keyHelp, keyLine} from './key-table.ts';
import {type Offers, reviewKeys, type Situation} from './keys.ts';
import type {Review} from './review-state.ts';
import {rule} from './rule.ts';
import {windowed} from './windowed.ts';

export type Question = Parameters<Confirm>[0];
export type Size = {readonly columns: number; readonly rows: number};

/** A whole screen, and what the keys can do on it. */
export type Layout = {readonly lines: readonly Line[]; readonly situation: Situation};

type Open = Exclude<Review, {state: 'answered'}>;

/** Rows of the list: a fifth of the screen, and at least four. */
const listRows = (room: number) => Math.max(4, Math.floor(room / 5));
const fewestDetailRows = 4;
const narrowest = 20;

/** Lines beside a label. */
const labelled = (label: string, lines: readonly Line[]): readonly Line[] =>
	lines.map((line, row) => [span(row === 0 ? label : ' '.repeat(label.length), 'dim'), ...line]);

const askedLines = ({why}: Question, width: number) => (why === '' ? [] : hanging([span('Asked   ', 'dim')], why, {width}));

const headLines = (question: Question, width: number): readonly Line[] => {
	const {plan} = question;
	return [
		...hanging([], plan.summary, {width, tone: 'strong'}),
		...targetLines(plan, width),
		...riskLines(plan, width),
		...undoLines(plan, width),
		...askedLines(question, width),
		...labelled('Effects ', consequencesLines(plan, width - 8)),
	];
};

function listLines({plan}: Question, selected: number, width: number, room: number): readonly Line[] {
	const rows = plan.changes.map((change, index): Line => {
		const title = changeTitle(change);
		const mark = index === selected ? span('> ', 'accent') : span('  ');
		return lineWidth(title) + 2 <= width
			? [mark, ...title]
			: [mark, span(cutText(`${change.operation} ${refText(change.ref)}`, width - 2))];
	});
	const shown = windowed(rows, selected, listRows(room));
	const remark = shown.length < rows.length ? `${selected + 1} of ${rows.length}` : '';
	return rows.length === 0 ? [] : [rule(width, changesTitle(plan), remark), ...shown];
}

/** What a rehearsal said, above everything else: it was asked for. */
const rehearsalLines = ({rehearsal}: Open, width: number): readonly Line[] =>
	rehearsal === undefined ? [] : [[span('Rehearsal', 'strong')], ...indented(markdownLines(rehearsal, width - 2), 2), emptyLine];

/** The difference of the selected resource, then what is done and how it is judged. */
function detailLines({plan}: Question, selected: number, width: number): readonly Line[] {
	const change = plan.changes[selected];
	const difference = change === undefined ? [] : changeLines(change, width - 2, undefined, true);
	const shown = difference.length > 0 ? difference : [[span('The whole resource; no single fields', 'dim')]];
	return [...indented(shown, 2), ...courseLines(plan, width - 2)];
}

const helpLines = (situation: Situation, width: number) => keyHelp(reviewKeys, situation, width);

/** The question and what is typed, at the foot of the screen. */
function footLines(review: Open, situation: Situation, width: number): readonly Line[] {
	if (review.state === 'reading') {
		if (review.help) return [hint('n says no, any other key goes back to the plan', width)];
		return [[span(cutText('Apply this plan? [y/N]', width), 'strong')], keyLine(reviewKeys, situation, width)];
	}
	if (review.state === 'rehearsing' || review.state === 'editing') {
		const what = review.state === 'editing' ? 'The inputs are edited in another program' : 'Rehearsing on a copy of the namespace…';
		return [[span(cutText(what, width), 'strong')], hint('Escape says no', width)];
	}
	if (review.state === 'typing-feedback')
		return [...input('Why not?', review.typed, width), hint('Enter sends it, Escape says no without words', width)];
	const hintText = review.isWrong ? `✗ That is not ${situation.nameToType ?? ''}` : 'Enter applies the plan, Escape says no';
	return [
		...hanging([], `This cannot be undone. To apply it, type ${situation.nameToType ?? ''}`, {width, tone: 'strong'}),
		...input('Name:', review.typed, width),
		hint(hintText, width, review.isWrong),
	];
}

/** What is typed, its end kept in sight, with a block where the cursor stands. */
function input(label: string, typed: string, width: number): readonly Line[] {
	const room = width - textWidth(label) - 3;
	let shown = typed;
	while (textWidth(shown) > room) shown = [...shown].slice(1).join('');
	return [[span(`${label} `, 'strong'), span(shown), span('█', 'accent')]];
}

const hint = (text: string, width: number, isBad = false): Line => [span(cutText(text, width), isBad ? 'bad' : 'dim')];

type Body = {readonly fixed: readonly Line[]; readonly title: string; readonly scrolling: readonly Line[]; readonly listed: number};

/** List and difference where there is room for both, else the whole plan to scroll through. */
function bodyOf(question: Question, review: Open, width: number, room: number): Body {
	const {plan, digest} = question;
	const {selected} = review;
	const head = [rule(width, 'Review', `plan ${shortDigest(digest)}`), ...headLines(question, width)];
	const list = listLines(question, selected, width, room);
	const change = plan.changes[selected];
	if (head.length + list.length + 1 + fewestDetailRows > room)
		return {
			fixed: [],
			title: 'Review',
			scrolling: [...rehearsalLines(review, width), ...planLines(plan, digest, width, askedLines(question, width))],
			listed: 0,
		};
	return {
		fixed: [...head, ...list],
		title: change === undefined ? 'Steps' : refText(change.ref),
		scrolling: [...rehearsalLines(review, width), ...detailLines(question, selected, width)],
		listed: plan.changes.length,
	};
}

/**
 * The screen of a review, laid out for a terminal: never wider than it, and one row lower, so that it is redrawn in place and the
 * scrollback above stays as it was.
 */
export function reviewLayout(question: Question, review: Open, {columns, rows}: Size, offers?: Offers): Layout {
	const width = Math.max(narrowest, columns);
	const foot = (situation: Situation) => [rule(width), ...footLines(review, situation, width)];
	const unknown: Situation = {listed: 0, scrollMax: 0, page: 1, nameToType: nameToType(question.plan), offers};
	const room = Math.max(6, rows - 1) - foot(unknown).length;
	const {fixed, title, scrolling, listed} = bodyOf(question, review, width, room);
	const page = Math.max(1, room - fixed.length - 1);
	const situation: Situation = {...unknown, listed, page, scrollMax: Math.max(0, scrolling.length - page)};
	if (review.state === 'reading' && review.help)
		return {lines: [rule(width, 'Keys'), ...helpLines(situation, width).slice(0, room - 1), ...foot(situation)], situation};
	const start = Math.min(review.scroll, situation.scrollMax);
	const shown = scrolling.slice(start, start + page);
	const rest = scrolling.length - start - shown.length;
	const remark = situation.scrollMax === 0 ? '' : rest > 0 ? `${rest} more below` : 'end';
	return {lines: [...fixed, rule(width, title, remark), ...shown, ...foot(situation)], situation};
}

/** What stays of a review in the scrollback. */
export function answeredLines(
	{plan, digest}: Question,
	{kind, ...decision}: Extract<Review, {state: 'answered'}>['decision'],
	columns: number,
): readonly Line[] {
	const width = Math.max(narrowest, columns);
	const text = `${plan.summary} (plan ${shortDigest(digest)})`;
	if (kind === 'approve') return [[span('✓ ', 'good'), span(cutText(`Approved: ${text}`, width - 2))]];
	const words = 'feedback' in decision && decision.feedback !== '' ? ` (${decision.feedback})` : '';
	return [[span('✗ ', 'bad'), span(cutText(`Not approved${words}: ${text}`, width - 2))]];
}
