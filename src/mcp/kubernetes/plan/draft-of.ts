import {riskOf} from '../../../core/consequences/consequences.ts';
import {gravestFirst} from '../../../core/consequences/gravest-first.ts';
import type {JsonObject} from '../../../core/json.ts';
import {refKey} from '../../../core/kube/kube-object.ts';
import type {Consequence, Draft, Precondition, Step} from '../../../core/plan.ts';
import {preconditionOf} from '../../../core/road/precondition.ts';
import type {Prediction} from './predict.ts';

/** A step with what each of its writes would do. */
export type PredictedStep = {readonly title: string; readonly predictions: readonly Prediction[]};

/** The parts of a draft that differ from tool to tool. */
export type Parts<Resolved extends JsonObject> = {
	readonly effect: 'change' | 'destructive';
	readonly input: Resolved;
	readonly summary: string;
	readonly steps: readonly PredictedStep[];
	/** What the tool itself knows to follow, beside what is computed from the surroundings. */
	readonly consequences: readonly Consequence[];
	/** Conditions beside those of the objects written. */
	readonly preconditions?: readonly Precondition[];
	readonly verify: readonly string[];
	readonly undo: Draft['undo'];
};

/** A write that changes no field of an object that exists. Commands and evictions always do something. */
const isIdle = ({write, before, change}: Prediction) =>
	before !== undefined && change.fields.length === 0 && (write.op === 'apply' || write.op === 'patch' || write.op === 'replace');

/** The steps without writes that would do nothing, and without those that are empty then. */
const working = (steps: readonly PredictedStep[]): readonly PredictedStep[] =>
	steps
		.map(({title, predictions}) => ({title, predictions: predictions.filter(prediction => !isIdle(prediction))}))
		.filter(({predictions}) => predictions.length > 0);

const stepOf = ({title, predictions}: PredictedStep): Step => ({title, writes: predictions.map(({write}) => write)});

/** One condition for each object, the first that was read. */
function distinct(conditions: readonly Precondition[]): readonly Precondition[] {
	const byObject = new Map<string, Precondition>();
	for (const condition of conditions) if (!byObject.has(refKey(condition.ref))) byObject.set(refKey(condition.ref), condition);
	return [...byObject.values()];
}

/** What the server said of a write that it would take, such as pods that its admission will refuse. */
export const warningsOf = ({write, warnings}: Pick<Prediction, 'write' | 'warnings'>): readonly Consequence[] =>
	warnings.map(text => ({id: 'server-warning', severity: 'warning', text: `The server warns: ${text}`, ref: write.ref}));

/** What a server might have said is missing; what none of its kind says is not, and stands beside the change. */
const unasked = ({write, change, neverAsked}: Prediction): readonly Consequence[] =>
	change.why === undefined || write.op === 'exec' || write.op === 'evict' || neverAsked === true
		? []
		: [{id: 'not-asked', severity: 'warning', text: `The server did not compute this change: ${change.why}`, ref: write.ref}];

/** Puts a draft together: writes that would do nothing are left out, every object written has its condition. */
export function draftOf<Resolved extends JsonObject>(parts: Parts<Resolved>): Draft<Resolved> {
	const steps = working(parts.steps);
	const predictions = steps.flatMap(step => step.predictions);
	const consequences = gravestFirst([...parts.consequences, ...predictions.flatMap(warningsOf), ...predictions.flatMap(unasked)]);
	return {
		input: parts.input,
		summary: parts.summary,
		risk: riskOf(consequences, parts.effect),
		steps: steps.map(stepOf),
		changes: predictions.map(({change}) => change),
		consequences,
		preconditions: distinct([...predictions.map(({write, before}) => preconditionOf(before, write.ref)), ...(parts.preconditions ?? [])]),
		verify: parts.verify,
		undo: parts.undo,
	};
}
