import * as z from 'zod';
import type {Unread} from '../../../analysis/detection/snapshot.ts';
import {ownKinds, sharedKinds, wideKinds} from '../../../analysis/detection/snapshot-kinds.ts';
import {type Survey, surveyOf} from '../../../analysis/detection/survey.ts';
import {checkedText} from '../../../core/checked-text.ts';
import {MkcoaError} from '../../../core/error.ts';
import {type KubeObject, type Ref, refOf, refText} from '../../../core/kube/kube-object.ts';
import {someOf} from '../../../core/text/count.ts';
import {nearestNames} from '../../../core/text/nearest-names.ts';
import {withoutValues} from '../../../mcp/kubernetes/model/without-values.ts';
import type {Cluster} from '../../../mcp/kubernetes/port.ts';
import {deploymentInput} from '../../deploy/inputs.ts';
import {readSnapshot} from './read-snapshot.ts';

/** Which object. */
export const targetInput = z.object({
	target: checkedText(317, /^(?:[A-Za-z][A-Za-z0-9.-]*\/)?[A-Za-z0-9][A-Za-z0-9._:@~-]*$/, 'expected NAME or KIND/NAME')
		.describe('NAME, or KIND/NAME where several kinds share a name')
		.meta({completes: 'workloads'}),
	namespace: deploymentInput.shape.namespace,
});

/** An object with the cluster around it. */
export type Target = {
	readonly ref: Ref;
	/** Undefined where there is none of that name: others may lean on it all the same. */
	readonly object: KubeObject | undefined;
	/** Others of its name, of another kind, that may have been meant. */
	readonly namesakes: readonly Ref[];
	readonly survey: Survey;
	/** What could not be read, and why. */
	readonly notChecked: readonly {readonly what: string; readonly why: string}[];
};

type Asked = z.output<typeof targetInput> & {readonly nowMs: number; readonly signal: AbortSignal};

/** What people speak of by its name alone: of several of one name, that which they most likely mean comes first. */
export const spokenOf = [
	'Deployment',
	'StatefulSet',
	'DaemonSet',
	'CronJob',
	'Job',
	'Service',
	'Ingress',
	'Pod',
	'Node',
	'HTTPRoute',
	'Gateway',
];
const others = [...ownKinds, ...sharedKinds, ...wideKinds].filter(kind => kind !== 'Event' && !spokenOf.includes(kind));

/** Reads the whole cluster, since what leans on an object may live anywhere; one namespace where no more may be read. */
export async function surveyAround(cluster: Cluster, {namespace, nowMs, signal}: Omit<Asked, 'target'>): Promise<Survey> {
	const whole = await readSnapshot(cluster, {nowMs, signal});
	const place = namespace ?? cluster.namespace;
	const isKept = whole.unread.some(({kind, except}) => kind === 'Pod' && except !== undefined && except !== place);
	return surveyOf(isKept ? await readSnapshot(cluster, {namespace: place, nowMs, signal}) : whole);
}

export const toldUnread = (unread: readonly Unread[]) =>
	unread.map(({kind, why, namespace}) => ({what: namespace === undefined ? kind : `${kind} in ${namespace}`, why}));

/** The place of an object of a kind that was not read with the rest. */
async function byKind(cluster: Cluster, kind: string, name: string, {namespace}: Asked): Promise<Ref> {
	const {apiVersion, kind: fullKind, namespaced} = await cluster.typeOf(kind);
	return {apiVersion, kind: fullKind, ...(namespaced ? {namespace: namespace ?? cluster.namespace} : {}), name};
}

/** Objects of a name; of other namespaces only where this one has none, and none was asked for. */
function namedSo(survey: Survey, kinds: readonly string[], name: string, {home, isAsked}: Home): readonly KubeObject[] {
	const all = kinds.flatMap(kind => survey.all(kind).filter(({metadata}) => metadata.name === name));
	const near = all.filter(({metadata}) => metadata.namespace === undefined || metadata.namespace === home);
	const found = near.length > 0 || isAsked ? near : all;
	if (new Set(found.map(({metadata}) => metadata.namespace ?? '')).size > 1 && near.length === 0) throw several(name, found);
	return found;
}

/** The namespace to look into first, and whether somebody asked for it. */
type Home = {readonly home: string; readonly isAsked: boolean};

function noSuch(name: string, home: string, survey: Survey): MkcoaError {
	const names = spokenOf.flatMap(kind => survey.all(kind).map(({metadata}) => metadata.name));
	const close = nearestNames(name, [...new Set(names)]);
	return new MkcoaError({
		kind: 'usage',
		code: 'not-found',
		what: `Nothing is named ${name} in namespace ${home}`,
		...(close.length === 0 ? {} : {why: `there is ${someOf(close)}`}),
		next: 'Name it as KIND/NAME, and its namespace with -n',
	});
}

const several = (name: string, found: readonly KubeObject[]) =>
	new MkcoaError({
		kind: 'usage',
		code: 'ambiguous-target',
		what: `Several objects are named ${name}`,
		why: someOf(
			found.map(object => refText(refOf(object))),
			5,
		),
		next: 'Name the namespace with -n',
	});

/**
 * Finds the object that somebody means, with everything around it.
 * @throws MkcoaError `not-found` with the nearest names, `ambiguous-target` where several namespaces have one
 */
export async function readTarget(cluster: Cluster, asked: Asked): Promise<Target> {
	const {target, namespace} = asked;
	const home: Home = {home: namespace ?? cluster.namespace, isAsked: namespace !== undefined};
	const slash = target.indexOf('/');
	const name = target.slice(slash + 1);
	const known = slash === -1 ? undefined : await byKind(cluster, target.slice(0, slash), name, asked);
	const survey = await surveyAround(cluster, asked);
	const notChecked = toldUnread(survey.snapshot.unread);
	if (known === undefined) {
		const [first, ...namesakes] = namedSo(survey, spokenOf, name, home);
		const found = first ?? namedSo(survey, others, name, home)[0];
		if (found === undefined) throw noSuch(name, home.home, survey);
		return {ref: refOf(found), object: found, namesakes: namesakes.map(refOf), survey, notChecked};
	}
	const [held] = namedSo(survey, [known.kind], name, home);
	if (held !== undefined) return {ref: refOf(held), object: held, namesakes: [], survey, notChecked};
	const read = await cluster.get(known);
	if (read === undefined) return {ref: known, object: undefined, namesakes: [], survey, notChecked};
	const object = withoutValues(read);
	return {ref: refOf(object), object, namesakes: [], survey: withObject(survey, object), notChecked};
}

const withObject = ({snapshot}: Survey, object: KubeObject) => surveyOf({...snapshot, objects: [...snapshot.objects, object]});
