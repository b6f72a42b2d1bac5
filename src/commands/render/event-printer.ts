import type {Clock} from '../../core/clock.ts';
import type {Emit, Event} from '../../core/event.ts';
import {isJsonObject, type Json} from '../../core/json.ts';
import {refText} from '../../core/kube/kube-object.ts';
import type {Streams} from '../../core/streams.ts';
import {age} from '../../core/text/age.ts';
import {evidenceLines} from '../../core/text/evidence-lines.ts';
import {hanging, indented, type Line, span} from '../../core/text/styled.ts';
import {workloadWordLines} from '../../core/text/word-lines.ts';
import {liveLine} from './live-line.ts';
import {isPutBack} from './outcome-lines.ts';
import {printErr} from './paint.ts';

type Step = {readonly title: string; readonly place: string; readonly sinceMs: number; readonly isBad?: boolean};

const verdictMarks: {readonly [verdict: string]: Line} = {
	pass: [span('✓ ', 'good')],
	promote: [span('✓ ', 'good')],
	fail: [span('✗ ', 'bad')],
	abort: [span('✗ ', 'bad')],
};

type Verdict = Extract<Event, {kind: 'verdict'}>;

const isBad = ({verdict}: {readonly verdict: string}) => verdict === 'fail' || verdict === 'abort';

/** Whether the last step did what it says: also where a tool stopped and put everything back. */
const endsWell = (outcome: Extract<Event, {kind: 'ended'}>['outcome']) =>
	outcome.kind === 'done' || (outcome.kind === 'failed' && isPutBack(outcome));

/** `errorRate 0.02, samples 120`: the plain values of a verdict's data. */
const numbersOf = (data: Json) =>
	Object.entries(isJsonObject(data) ? data : {})
		.filter(([, value]) => ['number', 'string', 'boolean'].includes(typeof value))
		.map(([key, value]) => `${key} ${value}`)
		.join(', ');

const detailOf = ({verdict}: Verdict, verbose: boolean) => (verbose ? 'all' : verdict === 'pass' ? 'short' : 'bad');

/** Whether tests and queries of some metrics are not printed with this verdict. */
const leavesOut = (event: Verdict, verbose: boolean) =>
	!verbose && event.evidence?.metrics.some(({verdict}) => verdict === 'pass') === true;

/** The verdict in a sentence, and its evidence below: in detail where it is no pass, or where somebody wants to know. */
function verdictLines(event: Verdict, {width, verbose, unicode}: Look): readonly Line[] {
	const {verdict, text, data, evidence} = event;
	const numbers = verbose ? numbersOf(data) : '';
	const detail = detailOf(event, verbose);
	return [
		...hanging(verdictMarks[verdict] ?? [span('- ')], `${text}${numbers === '' ? '' : ` (${numbers})`}`, {width}),
		...(evidence === undefined ? [] : indented(evidenceLines(evidence, {width: width - 2, unicode, detail, told: text}), 2)),
	];
}

/** Said once in a run. */
const whereTheRestIs = 'Its tests and queries are printed with --verbose, and stand in output.stages of --json';

type Look = {readonly width: number; readonly verbose: boolean; readonly unicode: boolean};

const counted = ({text, done, total}: Extract<Event, {kind: 'progress'}>) =>
	done === undefined || total === undefined ? text : `${text} (${done} of ${total})`;

/**
 * Tells on standard error how a run goes on: one live line with the elapsed time in a terminal, plain lines in a pipe.
 * Call `stop` before anything else is printed, a question above all; the next event starts it again.
 */
export function eventPrinter(
	streams: Streams,
	{quiet, verbose, clock}: {readonly quiet: boolean; readonly verbose: boolean; readonly clock: Clock},
): {readonly emit: Emit; readonly stop: () => void} {
	let step: Step | undefined;
	let lastProgress = '';
	let toldWhere = false;
	const live = liveLine(streams, clock);
	const say = (lines: (width: number) => readonly Line[]) => live.above(() => printErr(streams, lines));
	const elapsed = () => (step === undefined ? '' : ` (${age(clock.now() - step.sinceMs)})`);
	const finishStep = (isWell: boolean) => {
		if (step === undefined) return;
		const mark: Line = isWell && step.isBad !== true ? [span('✓ ', 'good')] : [span('✗ ', 'bad')];
		const text = `${step.title}${elapsed()}`;
		step = undefined;
		live.clear();
		if (streams.errIsTerminal) printErr(streams, width => hanging(mark, text, {width}));
	};
	const start = (event: Extract<Event, {kind: 'step'}>) => {
		finishStep(true);
		step = {title: event.title, place: `${event.index + 1} of ${event.of}`, sinceMs: clock.now()};
		const {title, place} = step;
		if (streams.errIsTerminal) live.show(() => `${place}: ${title}${elapsed()}`);
		else say(width => hanging([span(`${place}: `)], title, {width}));
	};
	const progress = (event: Extract<Event, {kind: 'progress'}>) => {
		const text = counted(event);
		if (text === lastProgress) return;
		lastProgress = text;
		const place = step === undefined ? '' : `${step.place}: `;
		if (streams.errIsTerminal) live.show(() => `${place}${text}${elapsed()}`);
		else say(width => hanging([span('  ')], `${text}${elapsed()}`, {width}));
	};
	/** A step whose pods had to be asked for their last words did not do what it says. */
	const failing = ({words}: Extract<Event, {kind: 'words'}>) => {
		if (step !== undefined) step = {...step, isBad: true};
		say(width => indented(workloadWordLines(words, width - 2), 2));
	};
	const judged = (event: Verdict) => {
		if (step !== undefined && isBad(event)) step = {...step, isBad: true};
		// Who wants no colour, or has a terminal that knows little, is better served with digits than with bars.
		const unicode = streams.colour && streams.errIsTerminal;
		const isToBeTold = !toldWhere && leavesOut(event, verbose);
		toldWhere ||= isToBeTold;
		say(width => [
			...verdictLines(event, {width, verbose, unicode}),
			...(isToBeTold ? indented(hanging([], whereTheRestIs, {width: width - 2, tone: 'dim'}), 2) : []),
		]);
	};
	const emit: Emit = event => {
		if (event.kind === 'ended') {
			finishStep(endsWell(event.outcome));
			return live.clear();
		}
		if (event.kind === 'note') return say(width => hanging([span('! ', 'warn')], event.text, {width}));
		if (quiet) return;
		if (event.kind === 'words') return failing(event);
		if (event.kind === 'step') return start(event);
		if (event.kind === 'progress') return progress(event);
		if (event.kind === 'verdict') return judged(event);
		if (event.kind === 'write' && verbose) say(width => hanging([span('+ ', 'dim')], `${event.op} ${refText(event.ref)}`, {width}));
	};
	return {emit, stop: live.clear};
}
