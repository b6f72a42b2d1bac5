import {gravestFirst} from '../consequences/gravest-first.ts';
import {type Consequence, isBesideCluster, type Plan, shortDigest} from '../plan.ts';
import {isMachine} from '../this-machine.ts';
import {changeLines, changeTitle} from './change-lines.ts';
import {count} from './count.ts';
import {emptyLine, hanging, indented, type Line, span, type Tone} from './styled.ts';
import {padText} from './text-width.ts';

const labelWidth = 8;

/** A fact with its name in front, set in two columns. */
const fact = (label: string, text: string, width: number, tone: Tone = 'plain', mark: Line = []) =>
	hanging([span(padText(label, labelWidth), 'dim'), ...mark], text, {width, tone});

const riskTones = {low: 'plain', medium: 'warn', high: 'bad'} as const;
const riskMarks = {low: '- ', medium: '! ', high: '✗ '} as const;

/** Where the plan applies and as whom: what a tired person must see first. */
export function targetLines(plan: Plan, width: number): readonly Line[] {
	const {target} = plan;
	// The cluster is only where it was asked for, and no identity there counts.
	if (isBesideCluster(plan)) return fact('Target', `outside the cluster, asked for at ${target.context}`, width, 'strong');
	if (isMachine(target))
		return [...fact('Target', `${target.context}, ${target.cluster}`, width, 'strong'), ...fact('As', target.identity, width)];
	const where = target.namespace === undefined ? 'whole cluster' : `namespace ${target.namespace}`;
	const cluster = target.cluster === target.context ? '' : `, cluster ${target.cluster}`;
	return [...fact('Target', `${target.context}, ${where}${cluster}`, width, 'strong'), ...fact('As', target.identity, width)];
}

/** Reasons that stand among the consequences are told there. */
export function riskLines({risk, consequences}: Plan, width: number): readonly Line[] {
	const untold = risk.reasons.filter(reason => consequences.every(({text}) => text !== reason));
	const reasons = untold.length === 0 ? '' : `: ${untold.join('; ')}`;
	const tone = riskTones[risk.level];
	return fact('Risk', `${risk.level}${reasons}`, width, tone, [span(riskMarks[risk.level], tone)]);
}

/** Whether and how the plan can be taken back. */
export const undoLines = ({undo}: Plan, width: number): readonly Line[] =>
	undo.possible || undo.contrary === true
		? fact('Undo', undo.how, width, 'plain', [span('✓ ', 'good')])
		: fact('Undo', `cannot be undone: ${undo.how}`, width, 'bad', [span('✗ ', 'bad')]);

const severityMarks = {danger: ['✗ ', 'bad'], warning: ['! ', 'warn'], info: ['- ', 'plain']} as const;

const consequenceLines = ({severity, text}: Consequence, width: number) => {
	const [mark, tone] = severityMarks[severity];
	return hanging([span(mark, tone)], text, {width, tone});
};

/** What follows from the changes, the worst first. */
export const consequencesLines = ({consequences}: Plan, width: number): readonly Line[] =>
	gravestFirst(consequences.filter(({ifDies}) => ifDies === undefined)).flatMap(each => consequenceLines(each, width));

/** What the cluster looks like if mkcoa dies, by the numbers of the steps. */
const ifDiesLines = ({consequences}: Plan, width: number) =>
	consequences.filter(({ifDies}) => ifDies === true).flatMap(each => consequenceLines(each, width));

const numbered = (titles: readonly string[], width: number) =>
	titles.flatMap((title, index) => hanging([span(`${index + 1}. `, 'dim')], title, {width}));

/** The steps by number. */
const stepsLines = ({steps}: Plan, width: number): readonly Line[] =>
	numbered(
		steps.map(({title}) => title),
		width,
	);

/** How success will be judged, one line each. */
const verifyLines = ({verify}: Plan, width: number): readonly Line[] => verify.flatMap(text => hanging([span('- ', 'dim')], text, {width}));

/** A headed block; nothing at all when it is empty. */
const section = (title: string, lines: readonly Line[]): readonly Line[] =>
	lines.length === 0 ? [] : [emptyLine, [span(title, 'strong')], ...indented(lines, 2)];

/** What is done, what stands if it ends half way, and how it is judged. */
export const courseLines = (plan: Plan, width: number): readonly Line[] => [
	...section('Steps', stepsLines(plan, width)),
	...section('If mkcoa dies', ifDiesLines(plan, width)),
	...section('Verified by', verifyLines(plan, width)),
];

/** How many resources change, as a heading. */
export const changesTitle = ({changes}: Plan) => `Changes to ${count(changes.length, 'resource')}`;

/**
 * The whole plan to read from top to bottom: the same content as the review screen.
 * @param more lines of the one who shows it, below the facts
 * @param width columns that no line exceeds, from 20; Infinity in a pipe, where nothing is wrapped
 */
export function planLines(plan: Plan, digest: string, width: number, more: readonly Line[] = []): readonly Line[] {
	const inner = width - 2;
	return [
		...hanging([], plan.summary, {width, tone: 'strong'}),
		emptyLine,
		...targetLines(plan, width),
		...riskLines(plan, width),
		...undoLines(plan, width),
		...fact('Plan', shortDigest(digest), width),
		...more,
		...section('Consequences', consequencesLines(plan, inner)),
		...section(
			changesTitle(plan),
			plan.changes.flatMap((change, index) => [
				changeTitle(change),
				...indented(changeLines(change, inner - 2, plan.changes[index - 1]), 2),
			]),
		),
		...courseLines(plan, inner),
	];
}
