import {diffObjects} from '../../../core/diff/diff.ts';
import {MkcoaError, troubleOf} from '../../../core/error.ts';
import {isJsonObject, type JsonObject} from '../../../core/json.ts';
import type {KubeObject} from '../../../core/kube/kube-object.ts';
import type {Write} from '../../../core/plan.ts';
import type {Cluster} from '../port.ts';
import {localAfter} from './local-after.ts';
import type {Prediction} from './predict.ts';

type Create = Extract<Write, {op: 'create'}>;

/**
 * What a create would do to an object that a write before deletes: what the server would refuse must be known before anything is gone. As long as the object is
 * there nothing may be created under its name, so the server tries it under another one.
 * @throws MkcoaError what the server refuses in the object itself
 */
export async function predictAnew(cluster: Cluster, write: Create): Promise<Prediction> {
	const [{kubeSchema}, {tried, warnings}] = await Promise.all([import('./loaded-schema.ts'), tryOut(cluster, write)]);
	const after = localAfter(write, undefined, kubeSchema.kind(write.ref.apiVersion, write.ref.kind));
	return {
		write,
		before: undefined,
		after,
		change: {
			ref: write.ref,
			operation: 'create',
			fields: diffObjects(null, after, kubeSchema),
			computed: 'local',
			why: `it is deleted by this plan first, ${tried}`,
		},
		warnings,
	};
}

/** Names of Services and Jobs have 63 characters at most. */
const mostLetters = 50;

/** A valid name that nothing has. */
const trialName = (name: string) => `${name.slice(0, mostLetters).replace(/[^A-Za-z0-9]+$/, '')}-made-anew`;

/** By these labels of its pods a Job is bound to its own name. */
const nameLabels = ['job-name', 'batch.kubernetes.io/job-name'];

function underName(manifest: KubeObject, name: string): KubeObject {
	const spec = isJsonObject(manifest.spec) ? manifest.spec : {};
	const template = isJsonObject(spec.template) ? spec.template : {};
	const metadata = isJsonObject(template.metadata) ? template.metadata : {};
	const labels = isJsonObject(metadata.labels) ? metadata.labels : {};
	const bound = Object.fromEntries(nameLabels.filter(label => labels[label] === manifest.metadata.name).map(label => [label, name]));
	const renamed = {...manifest, metadata: {...manifest.metadata, name}};
	if (manifest.kind !== 'Job' || Object.keys(bound).length === 0) return renamed;
	const told: JsonObject = {...spec, template: {...template, metadata: {...metadata, labels: {...labels, ...bound}}}};
	return {...renamed, spec: told};
}

/** What stands in the way of a second object, and not of the same one anew: what the first one holds is free once it is gone. */
const ofTheFirst = /(?:exceeded|failed) quota|already allocated/;

async function tryOut(cluster: Cluster, {ref, manifest}: Create): Promise<{readonly tried: string; readonly warnings: readonly string[]}> {
	const name = trialName(ref.name);
	const only = {tried: 'so the server can check it only then', warnings: []};
	try {
		const dryRun = await cluster.dryRun({op: 'create', ref: {...ref, name}, manifest: underName(manifest, name)});
		if (dryRun.computed === 'server') return {tried: 'and under another name the server takes it', warnings: dryRun.warnings};
		return dryRun.computed === 'refused' ? {tried: `and nothing tried it out: ${dryRun.reason}`, warnings: []} : only;
	} catch (error) {
		if (!(error instanceof MkcoaError)) throw error;
		const {code, why = '', quoted = ''} = error.trouble;
		if (code === 'already-exists' || ofTheFirst.test(`${why} ${quoted}`)) return only;
		throw underOwnName(error, name, ref.name);
	}
}

/** The refusal as it would be under the name that people know. */
function underOwnName(error: MkcoaError, trial: string, name: string): MkcoaError {
	const {what, why, next, quoted, ...rest} = troubleOf(error);
	const told = (text: string | undefined) => text?.replaceAll(trial, name);
	return new MkcoaError({
		...rest,
		what: told(what) ?? what,
		...(why === undefined ? {} : {why: told(why)}),
		...(next === undefined ? {} : {next: told(next)}),
		...(quoted === undefined ? {} : {quoted: told(quoted)}),
	});
}
