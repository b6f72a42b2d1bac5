import type {Json} from '../../core/json.ts';
import {listAt, objectAt, textAt, valueAt} from '../../core/kube/json-at.ts';
import {type KubeObject, refOf, refText} from '../../core/kube/kube-object.ts';
import {PatchError} from '../../core/patch/patch-error.ts';
import type {Write} from '../../core/plan.ts';
import type {Cause, Remedy} from '../diagnosis/cause.ts';
import {isPresentRun} from '../diagnosis/earlier-revision.ts';
import {inOrder, jobAnew} from '../diagnosis/writes-remedy.ts';
import type {Survey} from './survey.ts';

const isOver = (run: KubeObject) =>
	listAt(run, 'status', 'conditions').some(
		each => ['Complete', 'Failed'].includes(textAt(each, 'type') ?? '') && textAt(each, 'status') === 'True',
	);

/** Runs by the present template that keep the next ones waiting. */
const runsInTheWay = (cronJob: KubeObject, survey: Survey): readonly KubeObject[] =>
	textAt(cronJob, 'spec', 'concurrencyPolicy') === 'Forbid'
		? survey.ownedBy(cronJob).filter(run => run.kind === 'Job' && !isOver(run) && isPresentRun(run, cronJob))
		: [];

/** Where an object says how its runs are, which a run never changes. */
const runPlaces: {readonly [kind: string]: readonly string[]} = {
	CronJob: ['/spec/jobTemplate/spec/'],
	Job: ['/spec/template/', '/spec/managedBy'],
};

/** The JSON patch of a remedy that changes how runs are; undefined for any other. */
function templatePatch({tool, input}: Remedy, object: KubeObject): readonly Json[] | undefined {
	if (tool !== 'resource_patch' || input.type !== 'json') return undefined;
	const patch: Json = JSON.parse(textAt(input, 'patch') ?? '[]');
	const places = runPlaces[object.kind] ?? [''];
	const isOfRuns = (each: Json) => places.some(place => textAt(each, 'path')?.startsWith(place) === true);
	return Array.isArray(patch) && patch.some(isOfRuns) ? patch : undefined;
}

/** Whether a program of a run was ever begun: what it did so far would be lost, or done twice. */
const hasBegun = (run: KubeObject, survey: Survey) =>
	survey
		.podsOf(run)
		.some(pod =>
			['initContainerStatuses', 'containerStatuses'].some(list =>
				listAt(pod, 'status', list).some(
					each =>
						['running', 'terminated'].some(state => valueAt(each, 'state', state) !== undefined) ||
						Object.keys(objectAt(each, 'lastState')).length > 0,
				),
			),
		);

const endOf = (run: KubeObject): Write => ({op: 'delete', ref: refOf(run), propagation: 'Background'});

type Rest = Pick<Remedy, 'side' | 'sure' | 'text'>;

const ending = ({side, sure: isMeant, text}: Remedy, runs: readonly KubeObject[], survey: Survey): Rest => {
	const sure = isMeant && !runs.some(run => hasBegun(run, survey));
	const names = runs.map(each => refText(refOf(each))).join(', ');
	return {side, sure, text: {en: `${text.en}, and end ${names}`, ko: `${text.ko}. ${names}도 끝냅니다`}};
};

const startingAnew = ({side, sure, text}: Remedy, run: KubeObject, survey: Survey): Rest => ({
	side,
	sure: sure && !hasBegun(run, survey),
	text: {en: `${text.en}, and run it anew`, ko: `${text.ko}. 다시 실행합니다`},
});

function ofPatch(remedy: Remedy, survey: Survey): Remedy {
	const {kind, namespace, name} = remedy.input;
	const object = survey.find(String(kind), typeof namespace === 'string' ? namespace : undefined, String(name));
	const patch = object === undefined ? undefined : templatePatch(remedy, object);
	if (object === undefined || patch === undefined) return remedy;
	// Whoever made it makes it again, by a template of its own.
	if (object.kind === 'Job')
		return isKept(object) ? {...remedy, sure: false} : inOrder(jobAnew(object, patch), startingAnew(remedy, object, survey));
	const runs = runsInTheWay(object, survey);
	if (runs.length === 0) return remedy;
	return inOrder([{op: 'patch', ref: refOf(object), type: 'json', patch}, ...runs.map(endOf)], ending(remedy, runs, survey));
}

/** Pods of runs are made once: what marks their template so that pods are made anew does nothing for those that are there. */
function ofWrites(remedy: Remedy, writes: readonly Write[], survey: Survey): Remedy {
	const marked = writes.find(({op, ref}) => op === 'patch' && isRun(ref.kind));
	const object = marked === undefined ? undefined : survey.find(marked.ref.kind, marked.ref.namespace, marked.ref.name);
	if (object === undefined) return remedy;
	if (object.kind === 'Job') {
		const others = writes.filter(write => write !== marked);
		return isKept(object) ? {...remedy, sure: false} : inOrder([...others, ...jobAnew(object, [])], startingAnew(remedy, object, survey));
	}
	const runs = runsInTheWay(object, survey);
	return runs.length === 0 ? remedy : inOrder([...writes, ...runs.map(endOf)], ending(remedy, runs, survey));
}

const isKept = ({metadata}: KubeObject) => (metadata.ownerReferences ?? []).length > 0;

const isRun = (kind: unknown) => kind === 'CronJob' || kind === 'Job';

function withWrites(remedy: Remedy, survey: Survey): Remedy {
	const {writes, input} = remedy;
	try {
		if (writes !== undefined) return ofWrites(remedy, writes, survey);
		return isRun(input.kind) ? ofPatch(remedy, survey) : remedy;
	} catch (error) {
		// A patch that does not fit is refused when it is planned, and costs no other incident.
		if (error instanceof PatchError) return remedy;
		throw error;
	}
}

/**
 * A cause whose remedies reach what runs to its end: the template of a Job never changes, so that it is made anew; a CronJob makes its next run by itself, but
 * for one in the way that was begun by the faulty template.
 */
export const withRunWrites = (cause: Cause, survey: Survey): Cause =>
	cause.remedies.length === 0 ? cause : {...cause, remedies: cause.remedies.map(remedy => withWrites(remedy, survey))};
