import type {AnyOutcome} from '../../core/outcome.ts';
import type {Plan} from '../../core/plan.ts';
import type {Streams} from '../../core/streams.ts';
import {emptyLine, type Line, lineText, span} from '../../core/text/styled.ts';
import {textTable} from '../../core/text/text-table.ts';
import {answerLines, remarkLines} from './outcome-lines.ts';
import {printOut} from './paint.ts';

type Screen = {readonly title: string; readonly lines: readonly Line[]};

/** One outcome of every kind, about a plan. */
function outcomesOf(plan: Plan, digest: string): readonly AnyOutcome[] {
	const about = {tool: plan.tool, digest, plan};
	const error = {
		kind: 'environment',
		code: 'unreachable',
		what: 'The cluster prod did not answer',
		why: 'connection refused after 3 attempts',
		quoted: 'dial tcp 192.0.2.7:6443: connect: connection refused',
		next: 'Check the VPN, or name another cluster with --context',
	} as const;
	return [
		{...about, kind: 'done', output: null, journal: '7k2m'},
		{...about, kind: 'planned'},
		{...about, kind: 'nothing-to-do'},
		{...about, kind: 'rejected', by: 'person', feedback: 'the image was withdrawn'},
		{...about, kind: 'rejected', by: 'policy', feedback: 'production is frozen until Monday'},
		{...about, kind: 'waiting', id: '7k2m'},
		{...about, kind: 'drifted', moved: ['Deployment shop/web moved from version 812 to 815']},
		{
			...about,
			kind: 'failed',
			error,
			journal: '7k2m',
			done: ['set image of Deployment shop/web'],
			undone: ['replicas of Deployment shop/web'],
			left: ['PodDisruptionBudget shop/web'],
		},
		{kind: 'failed', tool: plan.tool, error: {...error, kind: 'usage'}, done: [], undone: [], left: []},
	];
}

const table = {
	headers: ['NAME', 'READY', 'RESTARTS', 'AGE'],
	rows: [
		['web-7f9c5d', '1/1', 0, '3d'],
		['주문-서비스-1', '0/1', 12, '5m'],
	],
};

/** Prints every component for the eye: the screens it is given, every kind of outcome, and a table. */
export function printKitchenSink(
	streams: Streams,
	{screens, plan, digest}: {readonly screens: readonly Screen[]; readonly plan: Plan; readonly digest: string},
): void {
	const titled = (title: string, lines: readonly Line[]) => printOut(streams, () => [[span(`## ${title}`, 'accent')], ...lines, emptyLine]);
	for (const {title, lines} of screens) titled(title, lines);
	for (const outcome of outcomesOf(plan, digest)) {
		const length = {width: streams.width, quiet: false, verbose: false};
		// A plan is shown once, above: here what is said about it.
		const answer = answerLines(outcome, streams.width).filter(line => outcome.kind === 'nothing-to-do' || lineText(line) === plan.summary);
		titled(`Outcome ${outcome.kind}`, [...answer, ...remarkLines(outcome, length)]);
	}
	streams.out(`${textTable({...table, view: {width: streams.width, terminal: streams.outIsTerminal}})}\n`);
}
